"""What is known of a person, as it is handed out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pypdfium2  # type: ignore[import-untyped]

from pos_app.documents.customers.as_json import known_as_json
from pos_app.documents.customers.as_pdf import known_as_pdf
from pos_app.domain.customers.privacy import KnownOfCustomer, KnownTable
from pos_app.domain.sentences import Money, say

_AT = datetime(2026, 11, 28, 15, 30, tzinfo=UTC)
_LONG = " ".join(f"word{number}" for number in range(300))
_COLUMNS = (("at", say("When")), ("text", say("Text")), ("amount", say("Amount")))


def known(*rows: tuple[object, ...], name: str = "Anna Novak") -> KnownOfCustomer:
    tables = (
        KnownTable("notes", say("Notes"), _COLUMNS, rows),  # type: ignore[arg-type]  # made of facts by each test
        KnownTable("letters", say("Letters"), _COLUMNS, ()),
    )
    return KnownOfCustomer(7, name, "The Little House", _AT, "Europe/Berlin", tables)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_machines_read_all_of_it() -> None:
    told = json.loads(known_as_json(known((_AT, "Amina Əliyeva", Money(4000, "EUR")), (None, "", None))))
    assert told == {
        "customer_number": 7,
        "house": "The Little House",
        "collected_at": "2026-11-28T15:30:00+00:00",
        "notes": [
            {
                "at": "2026-11-28T15:30:00+00:00",
                "text": "Amina Əliyeva",
                "amount": {"amount": "40.00", "currency": "EUR"},
            },
            {"at": None, "text": "", "amount": None},
        ],
        "letters": [],
    }


def test_people_read_all_of_it_however_long_it_is() -> None:
    text = text_of(known_as_pdf(known((_AT, _LONG, Money(4000, "EUR")), *[(_AT, "x" * 900, None)] * 12)))
    for part in (
        "What The Little House knows of Anna Novak",
        "Customer number 7",
        "Notes",
        "2026-11-28 16:30",
        "40.00 EUR",
        "word0",
        "word299",
    ):
        assert part in text, part
    assert text.count("x") >= 12 * 900
    assert "Nothing." in text
    assert "…" not in text


def test_names_of_any_script_are_set() -> None:
    pdf = known_as_pdf(known(name="محمد 田中"))
    assert "What The Little House" not in text_of(pdf), "drawn as outlines, the whole line"
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")
    title = page.crop((54, 54, 500, 82))
    assert title.histogram()[:80] != [0] * 80
