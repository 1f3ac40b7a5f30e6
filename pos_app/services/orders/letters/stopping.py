"""Letters that wait and tell of what is true no more: they are stopped by the change that made them untrue.

What a till sends at this moment is its own to judge: it leaves void tickets out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Order, OutboxEmail, Ticket
from pos_app.db.results import matched_rows
from pos_app.domain.letters.kinds import WITH_TICKETS, LetterKind, LetterState

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

_OF_RESERVED: Final = frozenset({LetterKind.RESERVATION, LetterKind.LAPSE_SOON})


def stop_untrue_letters(session: Session, order_id: int, *, reserved_anew: bool = False) -> int:
    """Stop the waiting letters of an order whose every ticket is void, or that tell of what is reserved no more.

    reserved_anew: what is reserved is told anew now, with another time. Call it behind the order's lock and behind the
    end of its tickets. Returns how many were stopped; each is stopped only if it waits still.
    """
    waiting = session.execute(
        select(OutboxEmail.id, OutboxEmail.kind, OutboxEmail.facts).where(
            OutboxEmail.order_id == order_id,
            OutboxEmail.state == LetterState.WAITING,
            OutboxEmail.kind.in_(sorted(WITH_TICKETS | _OF_RESERVED)),
        )
    ).all()
    if not waiting:
        return 0
    brought = {letter.id: json.loads(letter.facts).get("tickets", []) for letter in waiting}
    good = _not_void(session, {ticket for some in brought.values() for ticket, _ in some})
    release_at = session.execute(select(Order.release_at).where(Order.id == order_id)).scalar_one()
    is_reserved = release_at is not None and not reserved_anew
    untrue = [
        letter.id
        for letter in waiting
        if (letter.kind in _OF_RESERVED and not is_reserved)
        or (brought[letter.id] and good.isdisjoint(ticket for ticket, _ in brought[letter.id]))
    ]
    return _stop(session, untrue)


def _not_void(session: Session, ticket_ids: Collection[int]) -> set[int]:
    if not ticket_ids:
        return set()
    return set(session.scalars(select(Ticket.id).where(Ticket.id.in_(sorted(ticket_ids)), Ticket.voided_at.is_(None))))


def _stop(session: Session, letter_ids: Collection[int]) -> int:
    stopped = 0
    # By primary key alone, one by one: nobody else's letters are locked on the way.
    for letter_id in sorted(letter_ids):
        stopped += matched_rows(
            session.execute(
                update(OutboxEmail)
                .where(OutboxEmail.id == letter_id, OutboxEmail.state == LetterState.WAITING)
                .values(state=LetterState.STOPPED, closed_at=utc_now(), failure="")
            )
        )
    return stopped
