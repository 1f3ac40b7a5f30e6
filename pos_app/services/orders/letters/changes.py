"""What the customer of an order is told of a change of it, in the transaction of that change.

Each is called behind the order's lock, behind what the change wrote of tickets and money, and before the audit. What
waited to be told and is true no more is stopped on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from pos_app.db.models import OrderChange, OrderLine, OutboxEmail, Ticket, TicketType, WorkList
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.occasions import Occasion
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.work_lists import WorkKind
from pos_app.domain.seats import SeatKey
from pos_app.services.letters.telling import moment_told, money_back, new_tickets, seats_told, tell_change
from pos_app.services.letters.writing import write_order_letter
from pos_app.services.orders.letters.stopping import stop_untrue_letters
from pos_app.services.season.moved_times import load_time_known

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.services.orders.ledger import OpenChange


def tell_kept_longer(
    session: Session, actor: Actor, change: OpenChange, seats: Collection[SeatKey], release_at: datetime
) -> None:
    """Tell until when seats are reserved now (UTC)."""
    until = moment_told(release_at)
    stop_untrue_letters(session, change.order_id, reserved_anew=True)
    _write(session, actor, change, LetterKind.RESERVATION, seats=seats_told(seats), release_at=until)


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
    is_given = not total_minor and are_all_given(session, lines.values())
    kind = LetterKind.GIFT if is_given else LetterKind.CONFIRMATION
    _tell(session, actor, change, kind, tickets=new_tickets(tickets), seats=seats_told(lines))


def tell_refund(
    session: Session,
    actor: Actor,
    change: OpenChange,
    amount_minor: int,
    *,
    paid: bool,
    work_list_id: int | None = None,
) -> None:
    """Tell of tickets that were taken back, and of the money (minor units). paid: it was handed over already.

    work_list_id: of the list that asked; of a cancelled performance the customer hears as of that.
    """
    kind, performance_id = LetterKind.REFUND, None
    if work_list_id is not None:
        is_cancelled, performance_id = _asking(session, work_list_id)
        kind = LetterKind.CANCELLED if is_cancelled else LetterKind.REFUND
    money = money_back(amount_minor, change.currency, paid=paid)
    _tell(session, actor, change, kind, performance_id=performance_id, **money)


def tell_given_up(session: Session, actor: Actor, change: OpenChange, work_list_id: int | None) -> None:
    """Tell that the house gave reserved seats back, and not the guest. work_list_id: of the list that asked.

    None: the guest asked, or is told already. Of a cancelled performance the customer hears as of that.
    """
    stop_untrue_letters(session, change.order_id)
    if work_list_id is not None:
        is_cancelled, performance_id = _asking(session, work_list_id)
        kind = LetterKind.CANCELLED if is_cancelled else LetterKind.LAPSED
        _write(session, actor, change, kind, performance_id=performance_id)


def tell_exchanged(
    session: Session,
    actor: Actor,
    change: OpenChange,
    tickets: Collection[int],
    *,
    back_minor: int = 0,
    paid: bool = False,
) -> None:
    """Tell of other seats, ticket types or guests, with the new tickets. back_minor: of the difference."""
    money = money_back(back_minor, change.currency, paid=paid) if back_minor else {}
    _tell(session, actor, change, LetterKind.EXCHANGE, tickets=new_tickets(tickets), **money)


def tell_moved(
    session: Session, actor: Actor, change: OpenChange, tickets: Collection[int], from_performance_id: int
) -> None:
    """Tell guests of a performance that was called off where they sit instead, with the new tickets."""
    _tell(
        session,
        actor,
        change,
        LetterKind.MOVED,
        performance_id=from_performance_id,
        tickets=new_tickets(tickets),
        from_performance=from_performance_id,
    )


def tell_kept(session: Session, actor: Actor, order_id: int, work_list_id: int) -> None:
    """Tell that tickets stay good for a performance that was moved in time, unless that was told when it was moved.

    Call it behind the order's lock. Of one that is cancelled nothing is told: nobody can go there.
    """
    is_cancelled, performance_id = _asking(session, work_list_id)
    told = select(OutboxEmail.id).where(
        OutboxEmail.order_id == order_id,
        OutboxEmail.performance_id == performance_id,
        OutboxEmail.kind == LetterKind.MOVED,
        OutboxEmail.state != LetterState.STOPPED,
    )
    if is_cancelled or session.execute(told.limit(1)).first() is not None:
        return
    rows = session.execute(
        select(OrderLine.seat_id, Ticket.id, Ticket.issue_count, OrderChange.created_at)
        .join(OrderChange, OrderChange.id == OrderLine.made_by_id)
        .outerjoin(Ticket, and_(Ticket.order_line_id == OrderLine.id, Ticket.voided_at.is_(None)))
        .where(
            OrderLine.order_id == order_id,
            OrderLine.performance_id == performance_id,
            OrderLine.kind == LineKind.SEAT,
            OrderLine.state.in_((LineState.LIVE, LineState.RESERVED)),
        )
        .order_by(OrderLine.seat_id)
    ).all()
    facts: dict[str, Any] = {
        "tickets": [[row.id, row.issue_count] for row in rows if row.id is not None],
        "seats": seats_told(SeatKey(performance_id, row.seat_id) for row in rows),
    }
    if rows:
        was = load_time_known(session, performance_id, min(row.created_at for row in rows))
        facts |= {} if was is None else {"starts_was": moment_told(was)}
    kept = f"kept-{work_list_id}-{order_id}"
    occasion = Occasion(
        LetterKind.MOVED,
        kept,
        order_id=order_id,
        performance_id=performance_id,
        facts=facts,
        staff_id=actor.staff_id,
    )
    write_order_letter(session, occasion)


def _tell(session: Session, actor: Actor, change: OpenChange, kind: LetterKind, **told: Any) -> None:
    stop_untrue_letters(session, change.order_id)
    _write(session, actor, change, kind, **told)


def _write(session: Session, actor: Actor, change: OpenChange, kind: LetterKind, **told: Any) -> None:
    tell_change(session, kind, change.order_id, change.change_id, staff_id=actor.staff_id, **told)


def _asking(session: Session, work_list_id: int) -> tuple[bool, int]:
    """Return whether the performance of a list is cancelled, and which one it is."""
    asking = session.execute(select(WorkList.kind, WorkList.performance_id).where(WorkList.id == work_list_id)).one()
    return asking.kind == WorkKind.CANCELLED, asking.performance_id


def are_all_given(session: Session, line_ids: Collection[int]) -> bool:
    """Tell whether all lines, by their ids, are of what the house gives away."""
    given = session.execute(
        select(func.count())
        .select_from(OrderLine)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .where(OrderLine.id.in_(sorted(line_ids)), TicketType.complimentary, OrderLine.price_minor == 0)
    )
    return given.scalar_one() == len(line_ids)
