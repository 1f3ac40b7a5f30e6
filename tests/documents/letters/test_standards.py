"""The standard letters: sound as templates, and each says what its reader has to know."""

from __future__ import annotations

import pytest

from pos_app.documents.letters.rendering import compose_letter
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.samples import sample_content
from pos_app.domain.letters.templates import problems

WHEN, UNTIL = "Saturday, 6 March 2027, 19:30", "Saturday, 6 March 2027, 17:30"
WHERE, SEATS = "1 Market Square", "Stalls, row C, seat 12"
SAYS = {
    LetterKind.CONFIRMATION: ("Figaro", WHEN, WHERE, SEATS, "SAMP-LE22-32", "Doors open at 18:45", "€98.00", "by card"),
    LetterKind.GIFT: ("Figaro", WHEN, WHERE, SEATS, "SAMP-LE22-32", "compliments"),
    LetterKind.RESERVATION: ("Figaro", WHEN, UNTIL, WHERE, SEATS, "SAMP-LE22", "To pay: €98.00", "box office"),
    LetterKind.LAPSE_SOON: ("Figaro", WHEN, UNTIL, WHERE, SEATS, "SAMP-LE22", "To pay: €98.00", "box office"),
    LetterKind.LAPSED: ("Figaro", WHEN, UNTIL, SEATS, "nothing was charged"),
    LetterKind.REFUND: ("€96.00", "To your card", "ten working days", SEATS, "SAMP-LE22"),
    LetterKind.EXCHANGE: ("Figaro", WHEN, SEATS, "SAMP-LE22-32", "no longer valid", "€10.00", "To your card"),
    LetterKind.CANCELLED: ("cannot take place", WHEN, "flooded", "€96.00", "To your card", SEATS),
    LetterKind.MOVED: (WHEN, "Before: Saturday, 27 February 2027, 19:30", WHERE, SEATS, "SAMP-LE22-32"),
    LetterKind.WAITING: (
        *("Figaro", WHEN, WHERE, "SAMP-33", "2 seats", "category A or B · Stalls or Circle · side by side"),
        *("queue as we write this: 3", "until Thursday, 4 March 2027, 19:30", "do not want to wait any more"),
        "to begin on Saturday, 27 February 2027",
    ),
    LetterKind.OFFER: (
        *("Figaro", WHEN, WHERE, SEATS, "SAMP-33", "until Thursday, 4 March 2027, 19:30", "from €48.00"),
        *("box office or call us", "no ticket yet", "to begin on Saturday, 27 February 2027"),
    ),
    LetterKind.OFFER_LAPSED: ("Figaro", WHEN, "until Thursday, 4 March 2027, 19:30", SEATS, "put you on it again"),
    LetterKind.WAITING_ENDED: ("Figaro", WHEN, "none will come back", "Nothing was charged", "4 March 2027"),
    LetterKind.RESALE: ("Figaro", WHEN, SEATS, "SAMP-LE22", "€9.60", "€86.40", "stay valid until", "stays yours"),
    LetterKind.RESOLD: (SEATS, "no longer valid", "€9.60", "€86.40", "To your card", "ten working days", "SAMP-LE22"),
    LetterKind.RESALE_ENDED: ("Figaro", WHEN, SEATS, "valid as before", "SAMP-LE22"),
    LetterKind.NOTE: ("The orchestra has fallen ill", "We promise", WHEN),
    LetterKind.VERIFICATION: ("482913", "15 minutes"),
    LetterKind.TEST: ("test letter",),
}


@pytest.mark.parametrize("language", ["en_GB", "xx", "de-AT", "ar"])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_standard_letter_is_sound(kind: LetterKind, language: str) -> None:
    template = standard_template(kind, language)
    assert (template.kind, template.language, template.is_standard) == (kind, language, True)
    assert problems(kind, template.subject, template.body) == {}


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_standard_letter_says_what_its_reader_has_to_know(kind: LetterKind) -> None:
    letter = compose_letter(sample_content(kind, "en_GB"), standard_template(kind, "en_GB"))
    assert [words for words in SAYS[kind] if words not in letter.text] == []
    assert [words for words in SAYS[kind] if words not in letter.html] == []
    assert "{" not in letter.subject + letter.text


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind is not LetterKind.NOTE])
def test_a_standard_letter_speaks_the_language_throughout(kind: LetterKind) -> None:
    english, other = standard_template(kind, "en"), standard_template(kind, "xx")
    for mine, theirs in zip(english.body.split("\n"), other.body.split("\n"), strict=True):
        is_words = mine.strip("# ") and not (mine.startswith("{") and mine.endswith("}") and mine.count("{") == 1)
        assert (mine != theirs) == bool(is_words)
