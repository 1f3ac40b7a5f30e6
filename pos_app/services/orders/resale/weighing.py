"""What giving tickets back for resale comes to, and why it cannot be done: the same for who looks and for who does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from pos_app.db.clock import seconds_until
from pos_app.db.models import Event, OrderLine, Performance, Resale, Ticket, TicketPresence
from pos_app.domain.codes import grouped
from pos_app.domain.errors import ResaleRefused
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.resale import ResaleLine, commission_of
from pos_app.domain.seats import SeatKey
from pos_app.domain.sentences import say
from pos_app.services.house.settings import load_house_settings
from pos_app.services.seats.claims import INVENTORY, open_to_all
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.resale import ResaleAsk

_LOOK_AGAIN: Final = say("Nothing was done. Look at the order as it is now, then decide.")
_REFUND_INSTEAD: Final = say("Refund the ticket, or exchange it.")


@dataclass(frozen=True, slots=True)
class WeighedResale:
    """The tickets, their seats by line, and the percentage of the house."""

    lines: tuple[ResaleLine, ...]
    seats: dict[int, SeatKey]
    percent: int

    @property
    def commission_minor(self) -> int:
        """What the house keeps if all are resold."""
        return sum(line.commission_minor for line in self.lines)


def weigh_resale(session: Session, ask: ResaleAsk, number: str) -> WeighedResale:
    """Tell what giving tickets back for resale comes to, as their order and their evenings stand.

    Raises ResaleRefused: nothing is chosen, a ticket is none of the order's any more, is reserved, was used or is on
    resale already; its evening has begun, is called off, is not on sale, or is not sold out.
    """
    wanted = sorted(set(ask.line_ids))
    if not wanted:
        raise ResaleRefused(say("No ticket is chosen."), advice=say("Tick the tickets that go on resale."))
    rows = _load(session, ask.order_id, wanted)
    if len(rows) != len(wanted):
        raise ResaleRefused(
            say("Not all that is chosen of order {number} are tickets that count.", number=grouped(number)),
            advice=_LOOK_AGAIN,
        )
    _require_good(rows)
    for performance in {row.performance_id: row for row in rows}.values():
        _require_sold_out(session, performance)
    percent = load_house_settings(session).resale_percent
    places = places_of(session, [row.seat_id for row in rows])
    lines = tuple(
        ResaleLine(row.id, places[row.seat_id], int(row.brought), commission_of(int(row.brought), percent))
        for row in rows
    )
    return WeighedResale(lines, {row.id: SeatKey(row.performance_id, row.seat_id) for row in rows}, percent)


def _load(session: Session, order_id: int, line_ids: Collection[int]) -> Sequence[Row[Any]]:
    return session.execute(
        select(
            OrderLine.id,
            OrderLine.performance_id,
            OrderLine.seat_id,
            OrderLine.state,
            (OrderLine.price_minor - OrderLine.discount_minor).label("brought"),
            TicketPresence.entries,
            Resale.id.label("resale_id"),
            Performance.state.label("evening"),
            Event.title,
            seconds_until(Performance.starts_at).label("until_start"),
            seconds_until(Performance.off_sale_at).label("until_end"),
        )
        .join(Performance, Performance.id == OrderLine.performance_id)
        .join(Event, Event.id == Performance.event_id)
        .outerjoin(Ticket, Ticket.order_line_id == OrderLine.id)
        .outerjoin(TicketPresence, TicketPresence.ticket_id == Ticket.id)
        .outerjoin(Resale, Resale.open_line_id == OrderLine.id)
        .where(
            OrderLine.id.in_(line_ids),
            OrderLine.order_id == order_id,
            OrderLine.kind == LineKind.SEAT,
            OrderLine.state.in_((LineState.LIVE, LineState.RESERVED)),
        )
        .order_by(OrderLine.performance_id, OrderLine.seat_id)
    ).all()


def _require_good(rows: Sequence[Row[Any]]) -> None:
    """Raise ResaleRefused for a ticket that cannot be given back, whoever else sits there."""
    for row in rows:
        if row.state == LineState.RESERVED:
            raise ResaleRefused(
                say("A seat that is chosen is reserved and not paid."),
                advice=say("Give it back in the list of reservations: it is on sale again at once."),
            )
        if row.resale_id is not None:
            raise ResaleRefused(say("A ticket that is chosen is on resale already."), advice=_LOOK_AGAIN)
        if row.entries:
            raise ResaleRefused(
                say("Somebody came in with a ticket that is chosen."),
                advice=say("A used ticket is not resold. A manager may refund it."),
            )
        if row.evening == "cancelled":
            raise ResaleRefused(
                say("“{title}” is cancelled.", title=row.title), advice=say("Refund the ticket: all of it goes back.")
            )
        if row.until_start <= 0:
            raise ResaleRefused(say("“{title}” has begun.", title=row.title), advice=say("Nobody would buy the seat."))
        if row.until_end is not None and row.until_end <= 0:
            raise ResaleRefused(
                say("“{title}” is no longer on sale.", title=row.title), advice=say("Nobody could buy the seat.")
            )


def _require_sold_out(session: Session, performance: Row[Any]) -> None:
    """Raise ResaleRefused where anybody can still buy a seat that is not on resale."""
    free = select(INVENTORY.c.seat_id).where(
        INVENTORY.c.performance_id == performance.performance_id,
        INVENTORY.c.prior_order_line_id.is_(None),
        open_to_all(),
    )
    if session.execute(free.limit(1)).first() is not None:
        raise ResaleRefused(
            say("“{title}” is not sold out: there are seats that nobody has bought yet.", title=performance.title),
            advice=_REFUND_INSTEAD,
        )
