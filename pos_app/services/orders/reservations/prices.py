"""What reserved seats would cost by today's prices: the order's promo codes count again, without a new use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.orders.changes import LineState
from pos_app.domain.selling.sales import SaleLine
from pos_app.services.orders.exchanges.prices import price_new_lines
from pos_app.services.orders.exchanges.rows import NewLine, load_seat_lines

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from pos_app.services.selling.pricing import PricedLine


def price_of_now(session: Session, order_id: int, line_ids: Collection[int]) -> dict[SeatKey, PricedLine]:
    """Return what reserved lines of an order would cost now, by their seats. Raises what price_basket raises."""
    return {line.seat: line for line, _ in _priced(session, order_id, line_ids)}


def lines_of_now(session: Session, order_id: int, line_ids: Collection[int]) -> tuple[NewLine, ...]:
    """Return the lines that take the place of reserved ones at today's prices. Raises what price_basket raises."""
    return tuple(
        NewLine(
            line.seat,
            line.category_id,
            line.ticket_type_id,
            line.price_minor,
            line.discount_minor,
            (line.fee_minor,) if line.fee_minor else (),
            shares,
        )
        for line, shares in _priced(session, order_id, line_ids)
    )


def _priced(
    session: Session, order_id: int, line_ids: Collection[int]
) -> list[tuple[PricedLine, tuple[tuple[int, int], ...]]]:
    standing = load_seat_lines(session, order_id, LineState.LIVE, LineState.RESERVED)
    wanted = [line for line in standing if line.line_id in line_ids]
    kept = [line for line in standing if line.line_id not in line_ids]
    asked = [SaleLine(line.seat, line.ticket_type_id) for line in wanted]
    new = price_new_lines(session, order_id, wanted, kept, asked)
    return [
        (line, tuple((use, cuts[at]) for use, cuts in new.shares.items() if cuts[at]))
        for at, line in enumerate(new.lines)
    ]
