"""What a till writes down of a customer, and what it takes for such a note."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pos_app.domain.selling.basket_notes import BasketNote, NotedLine, NoteUnreadableError, read_note, write_note

NOTE = BasketNote(
    basket_key="ab12",
    lines=(NotedLine(1, 2, 3), NotedLine(4, 5, 6)),
    places="قاعة 🎭",
    total_minor=8000,
    currency="EUR",
    promo_code="WINTER10",
    customer_name="Анна",
    note="front row",
    staff_name="Carla",
    late=(4,),
    paying="card",
)


def _changed(**facts: object) -> bytes:
    return json.dumps({**json.loads(write_note(NOTE, "here")), **facts}).encode()


def test_a_note_is_read_as_it_was_written() -> None:
    for note in (NOTE, BasketNote("a"), NOTE.as_sold().with_printing("sent")):
        assert read_note(write_note(note, "here"), "here") == note


def test_once_it_is_sold_nothing_of_the_person_is_kept() -> None:
    sold = NOTE.as_sold()
    assert (sold.basket_key, sold.total_minor, sold.sold) == ("ab12", 8000, True)
    assert not {NOTE.customer_name, NOTE.note, NOTE.staff_name} & set(
        map(str, json.loads(write_note(sold, "")).values())
    )


def test_money_is_concerned_from_the_payment_on() -> None:
    assert NOTE.concerns_money
    assert NOTE.as_sold().concerns_money
    assert not replace(NOTE, paying="").concerns_money


SPOILED: list[dict[str, object]] = [
    {"format": 2},
    {"basket_key": "../a"},
    {"basket_key": 7},
    {"total_minor": "x"},
    {"total_minor": True},
    {"late": "44"},
    {"late": [None]},
    {"lines": [{}]},
    {"lines": [[1, 2, 3]]},
    {"lines": 5},
    {"lines": [{"performance_id": "1", "seat_id": 2, "ticket_type_id": 3}]},
    {"sold": 1},
    {"paying": "gold"},
    {"printing": "maybe"},
    {"unheard_of": 1},
]
TORN = [b"", b"{", b"null", b"7", b"[]", b"{}", b"\xff\xfe", b"\x00" * 300, b"[" * 100_000]


@pytest.mark.parametrize(
    "content",
    [*TORN, write_note(NOTE, "elsewhere"), write_note(NOTE, "here")[:-9], *(_changed(**facts) for facts in SPOILED)],
)
def test_what_is_no_note_of_this_house_is_refused(content: bytes) -> None:
    with pytest.raises(NoteUnreadableError):
        read_note(content, "here")
