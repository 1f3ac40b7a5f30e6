"""Two records of one person become one: what is kept of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos_app.domain.customers.records import (
    LONGEST_CUSTOMER_NOTE,
    MOST_MARKS,
    CustomerDraft,
    CustomerRefused,
    clean_marks,
)
from pos_app.domain.sentences import say
from pos_app.domain.texts import name_key

if TYPE_CHECKING:
    from pos_app.domain.customers.records import CustomerRecord


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do. wanted: what is known of the kept one afterwards.

    orders, waiting: how many orders and entries of waiting lists move. former: what was typed of the other one and
    does not stand in `wanted`; it stays with its number, and finds the kept one.
    """

    kept: CustomerRecord
    other: CustomerRecord
    wanted: CustomerDraft
    orders: int
    waiting: int
    former: tuple[str, ...] = ()


def merged(kept: CustomerRecord, other: CustomerRecord) -> CustomerDraft:
    """Return what is known of a person by two records: the kept one's words, and the other's where it has none.

    Notes and marks are joined. Consent to letters goes with the address that it was given for. Raises CustomerRefused
    where they are too long together: nothing of them is cut.
    """
    own, more = kept.draft(), other.draft()
    address = own if own.email else more
    is_same_note = name_key(own.note) == name_key(more.note)
    note = own.note if is_same_note else "; ".join(filter(None, (own.note, more.note)))
    if len(note) > LONGEST_CUSTOMER_NOTE:
        raise CustomerRefused(
            say(
                "Their notes are too long together: {count} letters, and {longest} are kept.",
                count=len(note),
                longest=LONGEST_CUSTOMER_NOTE,
            ),
            advice=say("Shorten one of them, then merge."),
        )
    marks = clean_marks((*own.marks, *more.marks))
    if len(marks) > MOST_MARKS:
        raise CustomerRefused(
            say("They have {count} marks together, and {most} are kept.", count=len(marks), most=MOST_MARKS),
            advice=say("Take some off one of them, then merge."),
        )
    phone = own.phone or more.phone
    return replace(own, email=address.email, letters=address.letters, phone=phone, note=note, marks=marks)


def left_over(other: CustomerRecord, wanted: CustomerDraft) -> tuple[str, ...]:
    """Return what was typed of the other one, and stands in none of the same fields of what is wanted."""
    return tuple(
        text
        for field in ("name", "email", "phone")
        if (text := getattr(other, field)) and name_key(text) != name_key(getattr(wanted, field))
    )
