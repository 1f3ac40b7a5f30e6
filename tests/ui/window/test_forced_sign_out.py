"""A manager closes an account or changes its role while the person is at work at another till."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import func, select, update

from pos_app.db.models import Order, Till, TillKey
from pos_app.domain.house.settings import HouseSettings
from pos_app.domain.roles import Role
from pos_app.services.house.settings import save_house_settings
from pos_app.services.tills.records import archive_till, revoke_key
from pos_app.ui.widgets.person_cards import PersonTile
from tests.evening import start_evening
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import change_staff, run_out, seat_row
from tests.small_house import NAMES
from tests.trusted_keys import trusted_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


def close_account(evening: Evening, **values: Any) -> None:
    """Change the cashier's account elsewhere, and let the heart beat at once."""
    evening.wait(lambda: not evening.foyer.background._replies)
    change_staff(evening.house, evening.house.small.cashier, **(values or {"active": False}))
    evening.workplace.heart.beat()


def told(evening: Evening) -> str:
    return evening.window.sign_in_screen.status.refusal.words


def orders(house: OpenHouse) -> int:
    return house.database.read(lambda session: session.scalar(select(func.count()).select_from(Order)) or 0)


@SQLITE_FIRST
@pytest.mark.parametrize("state", ["at work", "locked"])
def test_whose_account_is_closed_is_signed_out_locked_or_not(evening: Evening, state: str) -> None:
    evening.sign_in(Role.CASHIER)
    if state == "locked":
        evening.window.lock()
    close_account(evening)
    evening.wait(lambda: evening.window.actor is None)
    assert not evening.window.is_locked
    assert "closed your account" in told(evening)
    assert evening.foyer.signing_in is not None
    assert evening.foyer.workplace is None


@SQLITE_FIRST
def test_a_till_that_is_put_away_is_left_and_only_a_manager_enters_it(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    evening.wait(lambda: not evening.foyer.background._replies)
    small = evening.house.small
    elsewhere = replace(small.manager, till_id=small.other_till_id)
    evening.house.database.transact(archive_till, elsewhere, small.till_id)
    evening.workplace.heart.beat()
    evening.wait(lambda: evening.window.actor is None)
    assert "A manager put this till away. Go on at another till" in told(evening).replace("\n", " ")
    evening.give_password(NAMES[Role.CASHIER], "cashier-secret")
    evening.wait(lambda: "was put away by a manager" in told(evening))
    assert evening.window.actor is None
    evening.sign_in(Role.MANAGER)
    evening.wait(lambda: evening.sell.has_basket)
    beaten = evening.workplace.heart.answered
    with evening.qtbot.waitSignal(beaten):
        evening.workplace.heart.beat()
    assert evening.window.actor is not None


@SQLITE
def test_the_tile_of_whose_account_is_closed_goes(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    tiles = evening.window.sign_in_screen.cards
    close_account(evening)
    evening.wait(lambda: evening.window.actor is None)
    evening.wait(lambda: not evening.foyer.background._replies)
    names = [tile.accessibleName() for tile in tiles.findChildren(PersonTile)]
    assert names
    assert not any(NAMES[Role.CASHIER] in name for name in names)


@SQLITE
def test_a_changed_role_is_worked_in_after_signing_in_again(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    close_account(evening, role=Role.MANAGER)
    evening.wait(lambda: evening.window.actor is None)
    assert "Your role was changed. Sign in again" in told(evening).replace("\n", " ")
    evening.give_password(NAMES[Role.CASHIER], "cashier-secret")
    evening.wait(lambda: evening.window.actor is not None)
    assert evening.workplace.manage is not None


@SQLITE
def test_a_customer_with_seats_is_left_to_the_next_person(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    seat = evening.sell.hold.basket.seats[0]
    close_account(evening)
    evening.wait(lambda: evening.window.actor is None)
    assert "goes on with this customer" in told(evening)
    assert seat_row(evening.house, seat).state == "claimed"
    evening.sign_in(Role.MANAGER)
    evening.wait(lambda: evening.sell.has_basket)
    assert evening.sell.hold.basket.seats == (seat,)
    evening.open_cash()
    QTest.keyClick(evening.sell.checkout.sheet, Qt.Key.Key_Return)
    evening.wait(lambda: orders(evening.house) == 1)


@SQLITE
def test_a_payment_that_is_open_is_finished_first(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos_app.ui.window.forced_sign_out.GRACE_SECONDS", 0.6)
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    evening.open_cash()
    close_account(evening)
    evening.wait(lambda: "Finish this sale" in evening.window.banner.message.advice)
    assert evening.window.actor is not None
    QTest.keyClick(evening.sell.checkout.sheet, Qt.Key.Key_Return)
    evening.wait(lambda: evening.sell.tickets.is_open)
    assert orders(evening.house) == 1
    evening.wait(lambda: evening.window.actor is None)
    assert "closed your account" in told(evening)
    assert "money" not in told(evening)


@SQLITE
def test_a_payment_whose_seats_ran_out_is_not_waited_for(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    evening.open_cash()
    hold = evening.sell.hold.placed
    assert hold is not None
    run_out(evening.house, hold)
    evening.sell.hold.read_again()
    evening.wait(lambda: evening.sell.hold.is_expired)
    close_account(evening)
    evening.wait(lambda: evening.window.actor is None)
    assert "give the money back" in told(evening)
    assert orders(evening.house) == 0


@SQLITE_FIRST
def test_what_a_manager_decides_of_a_till_holds_at_the_next_sign_in(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    evening = start_evening(qtbot, house, tmp_path, paper="", locale="")
    try:
        evening.sign_in(Role.CASHIER)
        assert evening.workplace._equipment.press().paper.value == "a4"
        wanted = HouseSettings(organisation="Stadttheater", language="de_AT")
        house.database.transact(save_house_settings, house.small.manager, HouseSettings(), wanted)
        house.database.transact(
            lambda s: s.execute(update(Till).where(Till.id == house.small.till_id).values(paper="roll80"))
        )
        evening.window.lock()
        evening.window.lock_screen.somebody_else.click()
        evening.wait(lambda: not evening.foyer.background._replies)
        assert evening.window.sign_in_screen._house.text() == "Stadttheater"
        evening.sign_in(Role.CASHIER)
        press = evening.workplace._equipment.press()
        assert (press.paper.value, press.locale) == ("roll80", "de_AT")
    finally:
        evening.foyer.shut_down()


@SQLITE
def test_what_stands_on_the_computer_comes_before_what_a_manager_decided(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    house.database.transact(lambda s: s.execute(update(Till).values(paper="roll80", ticket_queue="house-queue")))
    evening = start_evening(qtbot, house, tmp_path, ticket_queue="own-queue")
    try:
        evening.sign_in(Role.CASHIER)
        press = evening.workplace._equipment.press()
        assert (press.paper.value, press.queue) == ("a4", "own-queue")
    finally:
        evening.foyer.shut_down()


@SQLITE_FIRST
def test_a_till_whose_key_was_revoked_gets_a_new_one_from_a_manager(evening: Evening) -> None:
    house = evening.house
    old = house.small.key_id
    house.database.transact(revoke_key, house.small.manager, old)
    evening.sign_in(Role.CASHIER)
    evening.window.lock()
    evening.window.lock_screen.somebody_else.click()
    evening.wait(lambda: not evening.foyer.background._replies)
    evening.sign_in(Role.MANAGER)
    banner = evening.window.banner
    assert "was revoked" in banner.message.text
    banner._action.click()
    evening.give_own_password(Role.MANAGER)
    evening.wait(lambda: "is enrolled" in banner.message.text)
    keys = house.database.read(trusted_keys)
    assert old not in keys
    assert len(keys) == 1
    evening.hold_a_seat()
    evening.open_cash()
    QTest.keyClick(evening.sell.checkout.sheet, Qt.Key.Key_Return)
    evening.wait(lambda: evening.sell.tickets.printed is not None)
    assert house.database.read(lambda s: s.scalar(select(func.count()).select_from(TillKey))) == 2
