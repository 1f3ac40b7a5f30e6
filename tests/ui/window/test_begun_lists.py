"""A manager who comes in is told of a work list that was cut off, and led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.orders.work_lists import WorkDeed
from pos_app.domain.roles import Role
from tests.evening import start_evening
from tests.everywhere import settle
from tests.kinds import SQLITE
from tests.services.orders.work_lists.test_lists import cancel, open_list, work
from tests.services.stories import sold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from pytestqt.qtbot import QtBot

    from pos_app.domain.selling.sales import Sale
    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = [SQLITE, pytest.mark.usefixtures("themed")]


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


@pytest.fixture
def sales(house: OpenHouse) -> list[Sale]:
    return [sold(house, house.small.seats_of(row, (1, 2))) for row in (1, 2, 3)]


def _said(evening: Evening) -> str:
    settle(evening)
    return "" if evening.window.banner.isHidden() else evening.window.banner.message.text


def test_a_list_that_was_begun_is_told_and_opened(evening: Evening, house: OpenHouse, sales: list[Sale]) -> None:
    cancel(house)
    list_id = open_list(house)
    work(house, list_id, sales[0], WorkDeed.REFUND)
    evening.sign_in(Role.MANAGER)
    said = _said(evening)
    assert said.startswith("The work list of The Cherry Orchard, ")
    assert said.endswith(", was begun and is not done: 2 orders are left.")
    evening.window.banner._action.click()
    settle(evening)
    assert evening.window.current_screen == "manage"
    manage = evening.workplace.manage
    assert manage is not None
    events: Any = manage.section("events")
    evening.wait(events.panels.isVisible)
    settle(evening)
    assert _said(evening) == ""


def test_a_cashier_is_not_told(evening: Evening, house: OpenHouse, sales: list[Sale]) -> None:
    cancel(house)
    work(house, open_list(house), sales[0], WorkDeed.REFUND)
    evening.sign_in(Role.CASHIER)
    assert _said(evening) == ""


@pytest.mark.parametrize("done", [0, 3])
def test_one_that_is_done_or_was_not_begun_is_not_told(
    evening: Evening, house: OpenHouse, sales: list[Sale], done: int
) -> None:
    cancel(house)
    list_id = open_list(house)
    for sale in sales[:done]:
        work(house, list_id, sale, WorkDeed.REFUND)
    evening.sign_in(Role.MANAGER)
    assert _said(evening) == ""
