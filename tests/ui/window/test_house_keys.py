"""PINs at a computer that the house does not know yet, through the window as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Role
from pos_app.flows.sign_in import sign_in
from pos_app.services.tills.registering import KnownTill
from tests.evening import start_evening
from tests.kinds import SQLITE_FIRST
from tests.small_house import NAMES, PASSWORDS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.evening import Evening
    from tests.houses import OpenHouse


def choose_card(evening: Evening, role: Role) -> None:
    screen = evening.window.sign_in_screen
    evening.wait(lambda: any(one.role is role for one in screen.cards.shown))
    screen.cards.chosen.emit(next(one for one in screen.cards.shown if one.role is role))
    evening.wait(screen.pin.isVisible)


def leave(evening: Evening) -> None:
    evening.window.lock()
    evening.window.lock_screen.somebody_else.click()
    evening.wait(lambda: evening.window.actor is None)


@SQLITE_FIRST
def test_pins_work_at_a_new_computer_once_a_manager_has_signed_in_there_with_the_password(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    small = house.small
    # The office has given the house its keys.
    house.database.place = tmp_path / "office"
    office = KnownTill(small.other_till_id, "Till 2", None, "a4", "")
    sign_in(house.database, office, NAMES[Role.MANAGER], PASSWORDS[Role.MANAGER])
    house.database.place = tmp_path / "counter"
    evening = start_evening(qtbot, house, tmp_path)
    try:
        screen = evening.window.sign_in_screen
        choose_card(evening, Role.CASHIER)
        evening.type_pin(Role.CASHIER)
        told = screen.status.refusal
        evening.wait(lambda: "PINs do not work at this computer yet" in told.words)
        assert "Use the password" in told.words
        evening.sign_in(Role.CASHIER)
        leave(evening)
        evening.sign_in(Role.MANAGER)
        leave(evening)
        choose_card(evening, Role.CASHIER)
        evening.type_pin(Role.CASHIER)
        evening.wait(lambda: evening.window.actor is not None)
        assert evening.window.actor == small.cashier
    finally:
        evening.foyer.shut_down()
