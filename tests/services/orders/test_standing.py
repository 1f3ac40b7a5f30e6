from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.models import Order, OrderLine
from pos_app.domain.orders.changes import LineKind
from pos_app.services.orders.standing import standing
from tests.domain.orders.test_standing import CASES
from tests.services.stories import sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.changes import LineState
    from tests.houses import OpenHouse


def test_the_database_tells_what_python_tells(house: OpenHouse) -> None:
    """Lines are set as they are in each case; those beyond it are set as the first one."""
    small, database = house.small, house.database
    sale = sold(house, small.seats_of(1, (1, 2, 3)))

    def told(session: Session, states: list[LineState]) -> str:
        seats = select(OrderLine.id).where(OrderLine.order_id == sale.order_id, OrderLine.kind == LineKind.SEAT)
        for line, state in zip(session.scalars(seats).all(), [*states, states[0], states[0]], strict=False):
            session.execute(update(OrderLine).where(OrderLine.id == line).values(state=state))
        return session.execute(select(standing()).select_from(Order).where(Order.id == sale.order_id)).scalar_one()

    for states, expected in CASES:
        assert database.transact(told, states) == expected, states
