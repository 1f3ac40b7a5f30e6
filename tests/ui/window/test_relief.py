"""A manager gets in at a lock behind which a basket is held; the others are told whose it is and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.window import relief
from tests.evening import start_evening
from tests.journals import noted
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import seat_row
from tests.small_house import NAMES, PASSWORDS, PINS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.seats import SeatKey
    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


@pytest.fixture
def seat(evening: Evening) -> SeatKey:
    """Let the cashier hold a seat and go away."""
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    evening.wait(lambda: not evening.foyer.background._replies)
    evening.window.lock()
    return evening.sell.hold.basket.seats[0]


def _give(evening: Evening, role: Role, secret: str) -> None:
    lock = evening.window.lock_screen
    lock.somebody_else.click()
    lock.other.name_field.setText(NAMES[role])
    lock.other.password_field.setText(secret)
    evening.press(Qt.Key.Key_Return)


def _press(sheet: Sheet, words: str) -> None:
    next(one for one in sheet.findChildren(KeyButton) if words in one.accessibleName() or words in one.text()).click()


@SQLITE
def test_the_lock_says_how_long_the_seats_are_held(evening: Evening, seat: SeatKey) -> None:
    lock = evening.window.lock_screen
    assert "1 seat is held for a customer: 1" in lock.held.text()
    before = lock.held.text()
    evening.wait(lambda: lock.held.text() != before)
    assert lock.findChildren(type(evening.window.top_bar.connection))[0].isVisible()


@SQLITE_FIRST
@pytest.mark.parametrize("secrets", [PASSWORDS, PINS], ids=["password", "PIN"])
def test_a_manager_goes_on_with_the_customer(
    evening: Evening, house: OpenHouse, seat: SeatKey, secrets: dict[Role, str]
) -> None:
    _give(evening, Role.MANAGER, secrets[Role.MANAGER])
    sheet = evening.sheet()
    assert f"held for a customer of {NAMES[Role.CASHIER]}" in sheet.accessibleName()
    _press(sheet, "Go on")
    evening.wait(lambda: evening.window.actor is not None and evening.window.actor.role is Role.MANAGER)
    evening.wait(lambda: evening.sell.hold.basket.seats == (seat,))
    assert f"{NAMES[Role.CASHIER]} began it" in evening.sell.banner.message.advice
    assert seat_row(house, seat).state == "claimed"


@SQLITE
def test_a_manager_releases_the_seats(evening: Evening, house: OpenHouse, seat: SeatKey, tmp_path: Path) -> None:
    _give(evening, Role.MANAGER, PASSWORDS[Role.MANAGER])
    _press(evening.sheet(), "Release")
    evening.wait(lambda: evening.window.actor is not None and evening.window.actor.role is Role.MANAGER)
    assert f"1 seat of {NAMES[Role.CASHIER]} is on sale again" in evening.window.banner.message.text
    assert seat_row(house, seat).state == "free"
    evening.wait(lambda: not evening.foyer.background._replies)
    assert not evening.sell.has_basket
    assert noted(tmp_path, ".basket") == []


@SQLITE
def test_a_manager_may_leave_it_locked(evening: Evening, seat: SeatKey) -> None:
    _give(evening, Role.MANAGER, PASSWORDS[Role.MANAGER])
    evening.sheet()
    evening.press(Qt.Key.Key_Escape)
    assert not any(one.isVisible() for one in evening.window.findChildren(Sheet))
    assert evening.window.lock_screen.pin.hasFocus()
    assert evening.window.is_locked
    evening.type_pin(Role.CASHIER)
    evening.wait(lambda: not evening.window.is_locked)
    assert evening.sell.hold.basket.seats == (seat,)


@SQLITE
def test_seats_that_could_not_be_released_stay_with_their_basket(
    evening: Evening, seat: SeatKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise ServerUnreachable(say("The server cannot be reached."), advice=say("Nothing was changed."))

    monkeypatch.setattr(relief, "release_seats", lost)
    _give(evening, Role.MANAGER, PASSWORDS[Role.MANAGER])
    _press(evening.sheet(), "Release")
    evening.wait(lambda: "Nothing was changed" in evening.window.lock_screen.status.refusal.words)
    assert evening.window.is_locked
    assert evening.sell.hold.basket.seats == (seat,)


@SQLITE
def test_somebody_who_is_no_manager_is_told_whose_it_is_and_gets_in_when_it_has_run_out(
    evening: Evening, seat: SeatKey
) -> None:
    _give(evening, Role.DOOR_STEWARD, PASSWORDS[Role.DOOR_STEWARD])
    refusal = evening.window.lock_screen.status.refusal
    evening.wait(lambda: refusal.words)
    assert f"{NAMES[Role.CASHIER]} holds 1 seat here, for another 1" in refusal.words
    assert evening.window.is_locked
    evening.sell.hold._clock.start(0)
    evening.wait(lambda: evening.sell.hold.is_expired)
    assert not evening.window.lock_screen.held.isVisible()
    evening.window.lock_screen.other.password_field.setText(PASSWORDS[Role.DOOR_STEWARD])
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: evening.window.current_screen == "door")
