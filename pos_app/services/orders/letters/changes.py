"""What the customer of an order is told of a change of it, in the transaction of that change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import OrderLine, TicketType
from pos_app.domain.letters.kinds import LetterKind
from pos_app.services.letters.telling import moment_told, new_tickets, seats_told, tell_change

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.services.orders.ledger import OpenChange


def tell_kept_longer(
    session: Session, actor: Actor, change: OpenChange, seats: Collection[SeatKey], release_at: datetime
) -> None:
    """Tell until when seats are reserved now (UTC)."""
    tell_change(
        session,
        LetterKind.RESERVATION,
        change.order_id,
        change.change_id,
        staff_id=actor.staff_id,
        seats=seats_told(seats),
        release_at=moment_told(release_at),
    )


def tell_picked_up(
    session: Session,
    actor: Actor,
    change: OpenChange,
    lines: Mapping[SeatKey, int],
    tickets: Collection[int],
    *,
    total_minor: int,
) -> None:
    """Tell that what was reserved is paid, or was given away. lines: of its seats; total_minor: in minor units."""
    is_given = not total_minor and _all_given(session, lines.values())
    tell_change(
        session,
        LetterKind.GIFT if is_given else LetterKind.CONFIRMATION,
        change.order_id,
        change.change_id,
        staff_id=actor.staff_id,
        tickets=new_tickets(tickets),
        seats=seats_told(lines),
    )


def _all_given(session: Session, line_ids: Collection[int]) -> bool:
    """Tell whether all lines are of what the house gives away."""
    given = session.execute(
        select(func.count())
        .select_from(OrderLine)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .where(OrderLine.id.in_(sorted(line_ids)), TicketType.complimentary, OrderLine.price_minor == 0)
    )
    return given.scalar_one() == len(line_ids)
