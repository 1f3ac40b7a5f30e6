from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.models import Order, OrderChange, OrderLine
from pos_app.domain.codes import grouped
from pos_app.domain.errors import NotFound, OrderChanged
from pos_app.domain.orders.changes import ChangeKind, LineState
from pos_app.services.orders.ledger import end_lines, open_change
from tests.services.stories import sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def revision_of(house: OpenHouse, order_id: int) -> int:
    return house.database.read(
        lambda session: session.scalars(select(Order.revision).where(Order.id == order_id)).one()
    )


def test_a_picture_that_is_stale_is_told_what_changed_and_a_repeat_gets_its_own_answer(house: OpenHouse) -> None:
    small, database = house.small, house.database
    sale = sold(house, small.seats_of(1, (1, 2)))
    seen, request_id = revision_of(house, sale.order_id), uuid4().hex
    asked: dict[str, Any] = {"request_id": request_id, "seen": seen}
    change = database.transact(open_change, small.manager, sale.order_id, ChangeKind.REFUND, **asked)
    assert not change.is_repeated
    again = database.transact(open_change, small.manager, sale.order_id, ChangeKind.REFUND, **asked)
    assert (again.change_id, again.is_repeated) == (change.change_id, True)
    with pytest.raises(OrderChanged, match=r"tickets refunded, by Mario Manager at Till 1") as told:
        database.transact(
            open_change, small.cashier, sale.order_id, ChangeKind.EXCHANGE, request_id=uuid4().hex, seen=seen
        )
    assert str(told.value.message).startswith(f"Order {grouped(sale.number)} was changed meanwhile")
    with pytest.raises(NotFound):
        database.transact(open_change, small.cashier, 999, ChangeKind.REFUND, request_id=uuid4().hex, seen=None)
    changes = database.read(lambda session: session.scalars(select(OrderChange.kind).order_by(OrderChange.id)).all())
    assert changes == ["sale", "refund"]


def test_a_line_ends_once_and_never_for_another_order(house: OpenHouse) -> None:
    small, database = house.small, house.database
    first, second = sold(house, small.seats_of(1, (1, 2))), sold(house, small.seats_of(1, (3,)))

    def end(session: Session, order_id: int, line_id: int) -> LineState:
        change = open_change(session, small.manager, order_id, ChangeKind.REFUND, request_id=uuid4().hex, seen=None)
        (ended,) = end_lines(session, change, [line_id])
        assert (ended.line_id, ended.is_used) == (line_id, False)
        return LineState(session.scalars(select(OrderLine.state).where(OrderLine.id == line_id)).one())

    lines = database.read(
        lambda session: session.scalars(select(OrderLine.id).where(OrderLine.order_id == first.order_id)).all()
    )
    with pytest.raises(OrderChanged):
        database.transact(end, second.order_id, lines[0])
    assert database.transact(end, first.order_id, lines[0]) is LineState.RETURNED
    with pytest.raises(OrderChanged):
        database.transact(end, first.order_id, lines[0])
