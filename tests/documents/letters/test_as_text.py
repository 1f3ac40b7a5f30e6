"""Letters as plain text: all of it, and what runs the other way stays in its place."""

from __future__ import annotations

from dataclasses import replace

from pos_app.documents.letters.rendering import compose_letter
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.samples import sample_content
from pos_app.domain.letters.templates import Template

FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def test_a_letter_is_read_from_top_to_bottom() -> None:
    content = sample_content(LetterKind.CONFIRMATION, "en_GB")
    body = "Dear {customer},\n\n# Tickets\n{tickets}\n\n{payments}\n\nBye,\n{organisation}"
    assert compose_letter(content, Template(content.kind, "en_GB", "A", body, 1)).text == (
        "Dear Anna Novak,\n\n* Tickets *\n\n"
        "- Stalls, row C, seat 11: €48.00\n  Adult · A\n  SAMP-LE22-22\n\n"
        "- Stalls, row C, seat 12: €48.00\n  Adult · A\n  SAMP-LE22-32\n\n"
        "- Fees: €2.00\n- Total: €98.00\n- Paid by card: €98.00\n\n"
        "Bye,\nPlayhouse\n\n-- \nPlayhouse\n1 Market Square\n"
    )


def test_what_runs_the_other_way_is_kept_apart() -> None:
    english = replace(sample_content(LetterKind.NOTE, "en_GB"), customer_name="ليلى")
    text = compose_letter(english, standard_template(english.kind, "en_GB")).text
    assert f"Dear {FSI}ليلى{PDI}," in text
    assert text.count(FSI) == 1
    arabic = replace(sample_content(LetterKind.NOTE, "ar"), customer_name="ليلى")
    text = compose_letter(arabic, Template(arabic.kind, "ar", "ا", "مرحباً {customer}،\n\n{performances}", 1)).text
    assert "مرحباً ليلى،" in text
    assert f"- {FSI}The Marriage of Figaro{PDI}" in text
