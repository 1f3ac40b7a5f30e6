"""What a party on a waiting list is told: each thing once, by one statement, and nothing where nobody can be reached.

The recipient is read by the statement that writes the row, as in writing.py. Call each behind the locks of what it
tells of and before the audit. Repeated it writes nothing: a letter bears the name of what it tells of.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import String, cast, exists, func, insert, literal, null, or_, select, update
from sqlalchemy.orm import aliased

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, OutboxEmail, WaitingEntry, WaitingOffer
from pos_app.db.results import matched_rows
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.waiting.entries import EntryState, OfferState
from pos_app.services.letters.telling import moment_told

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

_LETTER = table_of(OutboxEmail)
_CUSTOMER = table_of(Customer)
_ENTRY = table_of(WaitingEntry)
_OFFER = table_of(WaitingOffer)

_COLUMNS: Final = (
    "request_id", "kind", "performance_id", "facts", "staff_id", "language", "customer_id", "recipient", "state",
    "due_at", "created_at",
)  # fmt: skip


def tell_joined(session: Session, entry_id: int) -> bool:
    """Tell a party that it waits, and at which place; tell whether there is an address it can go to.

    Nothing is written of one that was offered seats at once, for it does not wait.
    """
    facts = _with_place(json.dumps({"entry": entry_id}))
    of_entry = _to_party(LetterKind.WAITING, literal(f"waiting-{entry_id}"), facts)
    return _write(session, of_entry.where(_ENTRY.c.id == entry_id, _ENTRY.c.state == EntryState.WAITING))


def tell_offer(session: Session, offer_id: int) -> bool:
    """Tell a party which seats are held for it; as tell_joined. That it waits is told no more."""
    waits = select(_OFFER.c.waiting_entry_id).where(_OFFER.c.id == offer_id).scalar_subquery()
    _stop(session, literal("waiting-") + cast(waits, String))
    facts = literal(json.dumps({"offer": offer_id}))
    return _write(session, _to_party_of(offer_id, LetterKind.OFFER, f"offer-{offer_id}", facts))


def tell_offer_lapsed(session: Session, offer_id: int) -> bool:
    """Tell a party that it did not take its seats in time; as tell_joined. What was offered is told no more."""
    _stop(session, literal(f"offer-{offer_id}"))
    facts = literal(json.dumps({"offer": offer_id}))
    return _write(session, _to_party_of(offer_id, LetterKind.OFFER_LAPSED, f"offer-lapsed-{offer_id}", facts))


def tell_waiting_ended(session: Session, entry_id: int) -> bool:
    """Tell a party that nothing will be offered to it any more, or is; as tell_joined. What waited is told no more."""
    _stop(session, literal(f"waiting-{entry_id}"))
    _stop_offers_of(session, entry_id)
    facts = literal(json.dumps({"entry": entry_id}))
    ended = _to_party(LetterKind.WAITING_ENDED, literal(f"waiting-ended-{entry_id}"), facts)
    return _write(session, ended.where(_ENTRY.c.id == entry_id))


def tell_waiting_moved(session: Session, performance_id: int, request_id: str, starts_was: datetime) -> int:
    """Tell all who wait for a performance, or have an offer, its new time; return how many. starts_was: UTC.

    What waits to be sent tells the new time by itself: whoever hears of it so is not told twice. request_id: of the
    move, which writes one letter to each.
    """
    was = {"starts_was": moment_told(starts_was)}
    number = cast(_ENTRY.c.id, String)
    waiting = _to_party(
        LetterKind.WAITING,
        literal(f"waiting-moved-{request_id}-") + number,
        _with_place(json.dumps(was)[:-1] + ', "entry": ', number),
    ).where(_ENTRY.c.state == EntryState.WAITING)
    offered = (
        _to_party(
            LetterKind.OFFER,
            literal(f"waiting-moved-{request_id}-") + number,
            literal(json.dumps(was)[:-1] + ', "offer": ') + cast(_OFFER.c.id, String) + literal("}"),
        )
        .join(_OFFER, _OFFER.c.waiting_entry_id == _ENTRY.c.id)
        .where(_ENTRY.c.state == EntryState.OFFERED, _OFFER.c.state == OfferState.OPEN)
    )
    told = 0
    for statement in (waiting, offered):
        here = statement.where(_ENTRY.c.performance_id == performance_id, ~_is_to_be_told())
        told += matched_rows(session.connection().execute(insert(_LETTER).from_select(_COLUMNS, here)))
    return told


def _to_party(kind: LetterKind, request_id: ColumnElement[str], facts: ColumnElement[str]) -> Select[Any]:
    return (
        select(
            request_id,
            literal(kind.value),
            _ENTRY.c.performance_id,
            facts,
            null(),
            _CUSTOMER.c.language,
            _CUSTOMER.c.id,
            _CUSTOMER.c.email,
            literal(LetterState.WAITING.value),
            utc_now(),
            utc_now(),
        )
        .select_from(_ENTRY.join(_CUSTOMER, _CUSTOMER.c.id == _ENTRY.c.customer_id))
        .where(
            _CUSTOMER.c.email != "",
            _CUSTOMER.c.erased_at.is_(None),
            ~exists(select(_LETTER.c.id).where(_LETTER.c.request_id == request_id)),
        )
    )


def _to_party_of(offer_id: int, kind: LetterKind, request_id: str, facts: ColumnElement[str]) -> Select[Any]:
    of_offer = _to_party(kind, literal(request_id), facts).join(_OFFER, _OFFER.c.waiting_entry_id == _ENTRY.c.id)
    return of_offer.where(_OFFER.c.id == offer_id)


def _with_place(facts: str, entry: ColumnElement[str] | None = None) -> ColumnElement[str]:
    """Return facts with the place of the entry in its queue: behind all that come sooner and wait. entry: its id."""
    other = aliased(WaitingEntry)
    sooner = or_(other.turn < _ENTRY.c.turn, (other.turn == _ENTRY.c.turn) & (other.id < _ENTRY.c.id))
    ahead = (
        select(func.count())
        .where(other.performance_id == _ENTRY.c.performance_id, other.state == EntryState.WAITING, sooner)
        .correlate(_ENTRY)
        .scalar_subquery()
    )
    begun = literal(facts[:-1]) if entry is None else literal(facts) + entry
    return begun + literal(', "place": ') + cast(ahead + 1, String) + literal("}")


def _is_to_be_told() -> ColumnElement[bool]:
    """Tell, in a statement, whether a letter to the party waits to be sent that tells when its performance begins."""
    other = aliased(OutboxEmail)
    return exists(
        select(other.id).where(
            other.customer_id == _ENTRY.c.customer_id,
            other.performance_id == _ENTRY.c.performance_id,
            other.kind.in_((LetterKind.WAITING, LetterKind.OFFER)),
            other.state == LetterState.WAITING,
        )
    ).correlate(_ENTRY)


def _write(session: Session, rows: Select[Any]) -> bool:
    return matched_rows(session.connection().execute(insert(_LETTER).from_select(_COLUMNS, rows))) > 0


def _stop_offers_of(session: Session, entry_id: int) -> None:
    """Stop what waits to be told of offers of an entry, one by one, by its name: nobody else's letter is locked."""
    for offer_id in session.scalars(select(_OFFER.c.id).where(_OFFER.c.waiting_entry_id == entry_id)).all():
        _stop(session, literal(f"offer-{offer_id}"))


def _stop(session: Session, request_id: ColumnElement[str]) -> None:
    session.execute(
        update(_LETTER)
        .where(_LETTER.c.request_id == request_id, _LETTER.c.state == LetterState.WAITING)
        .values(state=LetterState.STOPPED, closed_at=utc_now(), failure="")
    )
