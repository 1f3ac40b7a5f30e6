from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from pos_app.doctor import Rule, judge_database
from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkStep
from pos_app.services.orders.work_lists.lists import open_work_list
from pos_app.services.orders.work_lists.steps import work_off
from pos_app.services.season.cancellations import cancel_performance
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from tests.houses import OpenHouse

pytestmark = pytest.mark.by_turns

PLANTED = (
    ("UPDATE work_list SET open_performance_id=NULL", "neither open nor closed"),
    ("UPDATE work_list SET closed_at=created_at", "neither open nor closed"),
    (
        "UPDATE work_list SET open_performance_id=(SELECT max(id) FROM performance)",
        "neither open nor closed",
    ),
    ("UPDATE work_item SET state='moved'", "says what was not done"),
    ("UPDATE work_item SET state='kept'", "says what was not done"),
    ("UPDATE work_item SET change_id=(SELECT min(id) FROM order_change)", "says what was not done"),
    ("UPDATE work_item SET change_id=NULL", "says what was not done"),
    ("UPDATE work_item SET change_id=NULL, state='kept'", "does not say what was done"),
)


@pytest.mark.parametrize(("statement", "told"), PLANTED)
def test_a_work_list_that_tells_something_else_than_the_ledger_is_named(
    house: OpenHouse, statement: str, told: str
) -> None:
    small = house.small
    with Session(house.database.writer) as session:
        sale = sell_seats(session, small, small.seats_of(1, (1, 2)))
        cancel_performance(session, small.manager, small.performance_id, "The tenor is ill.")
        list_id = open_work_list(session, small.manager, OpenWorkList(uuid4().hex, small.performance_id))
        work_off(session, small.manager, WorkStep(list_id, sale.order_id, WorkDeed.REFUND))
        assert judge_database(session) == ()
        session.execute(text(statement))
        findings = judge_database(session)
        session.rollback()
    assert {finding.rule for finding in findings} == {Rule.WORK_LISTS}
    assert any(told in finding.message for finding in findings)


@pytest.mark.parametrize("column", ["work_list_id", "order_id", "change_id"])
def test_an_item_that_points_at_what_is_gone_is_named(house: OpenHouse, column: str) -> None:
    small, gone = house.small, {"work_list_id": "work_list", "order_id": "orders", "change_id": "order_change"}
    with Session(house.database.writer) as session:
        sale = sell_seats(session, small, small.seats_of(1, (1, 2)))
        cancel_performance(session, small.manager, small.performance_id, "The tenor is ill.")
        list_id = open_work_list(session, small.manager, OpenWorkList(uuid4().hex, small.performance_id))
        work_off(session, small.manager, WorkStep(list_id, sale.order_id, WorkDeed.REFUND))
        session.execute(
            text("PRAGMA defer_foreign_keys=ON" if house.database.embedded else "SET SESSION foreign_key_checks=0")
        )
        session.execute(text(f"UPDATE work_item SET {column}=99999"))
        told = [str(finding.message) for finding in judge_database(session) if finding.rule is Rule.STRAYS]
        session.rollback()
        if not house.database.embedded:
            session.execute(text("SET SESSION foreign_key_checks=1"))
    assert len(told) == 1
    assert f"1 row points at {gone[column]} 99999" in told[0]
