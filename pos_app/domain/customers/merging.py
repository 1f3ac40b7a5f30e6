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

    Of two addresses the one that is verified is kept. Notes and marks are joined. Consent to letters goes with the
    address that it was given for. Raises CustomerRefused where they are too long together: nothing of them is cut.
    """
    own, more = kept.draft(), other.draft()
    address = address_from(kept, other).draft()
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
    phone, language = own.phone or more.phone, own.language or more.language
    return replace(
        own, email=address.email, letters=address.letters, phone=phone, note=note, marks=marks, language=language
    )


def address_from(kept: CustomerRecord, other: CustomerRecord) -> CustomerRecord:
    """Return whose e-mail address is kept: a verified one before one that is not, then the kept one's own."""
    better = kept.verified_at is None and other.verified_at is not None
    return other if other.email and (better or not kept.email) else kept


def left_over(kept: CustomerRecord, other: CustomerRecord, wanted: CustomerDraft) -> tuple[str, ...]:
    """Return what was typed of the other one, and stands in none of the same fields of what is wanted.

    An address of the kept one is among it where a verified one takes its place.
    """
    former = kept.email if address_from(kept, other) is other else other.email
    typed = (("name", other.name), ("email", former), ("phone", other.phone))
    return tuple(text for field, text in typed if text and name_key(text) != name_key(getattr(wanted, field)))
