"""A letter for each change of an order that its customer hears of: never two for one, whatever is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pos_app.db.base import table_of
from pos_app.db.models import OutboxEmail
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.occasions import Occasion
from pos_app.services.letters.writing import write_order_letter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, ScalarSelect
    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey

_LETTER = table_of(OutboxEmail)


def tell_change(
    session: Session,
    kind: LetterKind,
    order_id: int,
    change_id: int,
    *,
    staff_id: int | None = None,
    performance_id: int | None = None,
    **facts: Any,
) -> bool:
    """Write the letter of a change; tell whether the order has a customer who can be reached.

    Call it behind what the change writes and before the audit, in the transaction that made the change: whoever repeats
    the request finds the change, and writes nothing. facts: as Occasion tells.
    """
    return write_order_letter(
        session,
        Occasion(
            kind,
            f"change-{change_id}",
            order_id=order_id,
            change_id=change_id,
            performance_id=performance_id,
            facts=facts,
            staff_id=staff_id,
        ),
    )


def emailed_to(
    order_id: ColumnElement[int],
    change_id: ColumnElement[int],
    kinds: Collection[LetterKind] = (LetterKind.CONFIRMATION, LetterKind.GIFT),
) -> ScalarSelect[str]:
    """Ask, in a statement, for the address that the letter of a change goes to; NULL: to none.

    order_id, change_id: of a table. kinds: of the letter; usual: those that bring what was sold.
    """
    return (
        select(_LETTER.c.recipient)
        .where(_LETTER.c.order_id == order_id, _LETTER.c.change_id == change_id, _LETTER.c.kind.in_(kinds))
        .limit(1)
        .correlate_except(_LETTER)
        .scalar_subquery()
    )


def new_tickets(ticket_ids: Iterable[int]) -> list[list[int]]:
    """Return tickets that were made just now, as facts: with their first issue count."""
    return [[ticket_id, 1] for ticket_id in sorted(ticket_ids)]


def seats_told(seats: Iterable[SeatKey]) -> list[list[int]]:
    """Return seats as facts, in their order."""
    return [[seat.performance_id, seat.seat_id] for seat in sorted(seats)]


def money_back(amount_minor: int, currency: str, *, paid: bool) -> dict[str, Any]:
    """Return money that goes back, as facts. amount_minor: in minor units; paid: it was handed over already."""
    return {"amount_minor": amount_minor, "currency": currency, "paid": paid}


def moment_told(moment: datetime) -> str:
    """Return a moment (UTC) as facts tell it."""
    return moment.isoformat()
