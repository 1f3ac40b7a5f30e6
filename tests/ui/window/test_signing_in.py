"""People come, go away, change hands, and find what the one before them left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.computer.journal import PendingSale
from pos_app.computer.memory import TillMemory
from pos_app.domain.errors import ServerBusy, ServerUnreachable
from pos_app.domain.house.settings import HouseSettings
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say
from pos_app.services.house.settings import save_house_settings
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import sell
from pos_app.services.staff.pin_lengths import note_pin_length
from tests.evening import start_evening
from tests.journals import noted
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import cash_request, hold, seat_row
from tests.small_house import NAMES, PASSWORDS, PINS
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


def _shown(evening: Evening) -> list[str]:
    return [key for key, button in evening.window.top_bar._buttons.items() if button.isVisible()]


@SQLITE
def test_the_window_is_named_after_the_house(evening: Evening) -> None:
    assert evening.window.windowTitle() == "The Little House · Foyer"
    usual = HouseSettings()
    wanted = replace(usual, organisation="City Theatres")
    evening.house.database.transact(save_house_settings, evening.house.small.manager, usual, wanted)
    assert evening.foyer.signing_in is not None
    evening.foyer.signing_in.look_again()
    evening.wait(lambda: evening.window.windowTitle() == "City Theatres · Foyer")


@SQLITE_FIRST
def test_a_cashier_signs_in_by_password_and_sells(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    assert _shown(evening) == ["sell", "orders", "customers", "letters"]
    assert evening.window.current_screen == "sell"
    evening.hold_a_seat()


@SQLITE
def test_a_wrong_password_is_refused_in_a_sentence(evening: Evening) -> None:
    evening.give_password(NAMES[Role.CASHIER], "wrong")
    refusal = evening.window.sign_in_screen.status.refusal
    evening.wait(lambda: refusal.words)
    assert "do not belong together" in refusal.words
    assert evening.window.actor is None
    evening.sign_in(Role.CASHIER)


@SQLITE
def test_a_server_that_is_back_is_no_longer_said_to_be_away(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise ServerUnreachable(say("The server cannot be reached."))

    refusal = evening.window.sign_in_screen.status.refusal
    with monkeypatch.context() as broken:
        broken.setattr("pos_app.ui.window.signing_in.sign_in", lost)
        evening.give_password(NAMES[Role.CASHIER], PASSWORDS[Role.CASHIER])
        evening.wait(refusal.isVisible)
        assert "cannot be reached" in refusal.words
    assert evening.foyer.signing_in is not None
    evening.foyer.signing_in.look_again()
    evening.wait(refusal.isHidden)


@SQLITE
def test_after_many_wrong_tries_the_wait_is_shown(evening: Evening) -> None:
    screen = evening.window.sign_in_screen
    tries = 0
    while not screen.status.refusal.waiting and tries < 12:
        evening.give_password(NAMES[Role.CASHIER], "wrong")
        evening.wait(lambda: not evening.foyer.background._replies)
        tries += 1
    assert screen.status.refusal.waiting
    assert "try again in" in screen.status.refusal.words
    assert not screen.form.button.isEnabled()


@SQLITE
def test_a_pin_signs_in_too(evening: Evening) -> None:
    screen = evening.window.sign_in_screen
    assert evening.foyer.house is not None
    cashier = next(one for one in evening.foyer.house.choices.staff if one.name == NAMES[Role.CASHIER])
    screen.cards.chosen.emit(cashier)
    evening.type_pin(Role.CASHIER)
    evening.wait(lambda: evening.window.actor is not None)


@SQLITE
def test_a_pin_of_the_houses_length_needs_no_enter_at_the_sign_in_and_at_the_lock(evening: Evening) -> None:
    cashier = evening.house.small.cashier
    evening.house.database.transact(note_pin_length, cashier.staff_id, len(PINS[Role.CASHIER]))
    screen = evening.window.sign_in_screen
    assert evening.foyer.signing_in is not None
    evening.foyer.signing_in.look_again()
    evening.wait(lambda: any(one.pin_digits for one in screen.cards.shown))
    QTest.keyClicks(screen.cards.search, cashier.name[:4])
    evening.press(Qt.Key.Key_Return)
    QTest.keyClicks(screen.pin, PINS[Role.CASHIER])
    evening.wait(lambda: evening.window.actor is not None)
    evening.window.lock()
    QTest.keyClicks(evening.window.lock_screen.pin, PINS[Role.CASHIER])
    evening.wait(lambda: not evening.window.is_locked)


@SQLITE
def test_a_computer_that_did_not_get_its_name_tells_whoever_signs_in(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    evening = start_evening(qtbot, house, tmp_path, machine_key="machine-new", named="Till 1")
    try:
        evening.sign_in(Role.CASHIER)
        text = evening.window.banner.message.text
        assert "This computer is Till 3: another till is called Till 1 already." in text
        assert "tell a manager before you sell" in text
        evening.window.lock()
        evening.window.lock_screen.somebody_else.click()
        evening.sign_in(Role.MANAGER)
        assert "Manage, Tills" in evening.window.banner.message.text
    finally:
        evening.foyer.shut_down()


@SQLITE
def test_locking_and_unlocking_keeps_the_basket(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    sell = evening.sell
    evening.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert evening.window.is_locked
    assert not sell.live._timer.isActive()
    assert evening.window.lock_screen.held.isVisible()
    evening.type_pin(Role.MANAGER)
    evening.wait(lambda: evening.window.lock_screen.status.refusal.words)
    assert evening.window.is_locked
    evening.type_pin(Role.CASHIER)
    evening.wait(lambda: not evening.window.is_locked)
    assert evening.sell is sell
    assert len(sell.hold.basket.lines) == 1
    evening.open_cash()
    assert sell.checkout.sheet.is_open


@SQLITE
def test_somebody_else_signs_in_after_an_empty_basket(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    before = evening.workplace
    evening.window.lock()
    evening.window.lock_screen.somebody_else.click()
    assert evening.window.actor is None
    evening.sign_in(Role.DOOR_STEWARD)
    assert evening.workplace is not before
    assert evening.window.current_screen == "door"


@SQLITE
def test_a_steward_sees_only_the_door(evening: Evening) -> None:
    evening.sign_in(Role.DOOR_STEWARD)
    assert evening.window.current_screen == "door"
    assert evening.workplace.sell is None
    assert evening.workplace.orders is None
    evening.window.show_screen("sell")
    assert evening.window.current_screen == "door"


@SQLITE_FIRST
def test_a_till_without_a_key_tells_the_cashier_and_offers_the_manager_to_enrol_it(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    evening = start_evening(qtbot, house, tmp_path, machine_key="machine-new", key=bytes(range(32, 64)))
    try:
        evening.sign_in(Role.CASHIER)
        told = evening.window.banner.message
        assert "do not know this till" in told.text
        assert "manager" in told.advice
        assert not told.action
        evening.window.lock()
        evening.window.lock_screen.somebody_else.click()
        evening.sign_in(Role.MANAGER)
        assert evening.window.banner.message.action == "Enrol this till"
        evening.window.banner._action.click()
        evening.give_own_password(Role.MANAGER)
        evening.wait(lambda: "is enrolled" in evening.window.banner.message.text)
        assert len(house.database.read(trusted_keys)) == 2
        evening.window.lock()
        evening.window.lock_screen.somebody_else.click()
        evening.sign_in(Role.CASHIER)
        assert "do not know" not in evening.window.banner.message.text
    finally:
        evening.foyer.shut_down()


def _leave_note(house: OpenHouse, folder: Path, request_id: str, basket_key: str) -> None:
    """Write a sale down as a window does, and be cut off; a till of before wrote no basket."""
    memory = TillMemory(folder, str(house.database.address.path or house.database.address.shown()), house.small.till_id)
    memory.journal.note(PendingSale(request_id, basket_key, house.small.till_id, 4000, "EUR", "cash", "Row A, seat 1"))
    memory.close()


def _notes(folder: Path) -> list[Path]:
    return noted(folder, ".json")


@SQLITE_FIRST
def test_a_sale_that_a_killed_till_had_made_is_shown_to_who_signs_in(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    sale = house.database.transact(sell, house.small.cashier, request)
    _leave_note(house, tmp_path, request.request_id, request.basket_key)
    evening = start_evening(qtbot, house, tmp_path)
    try:
        evening.sign_in(Role.CASHIER)
        tickets = evening.sell.tickets
        evening.wait(lambda: tickets.printed is not None)
        assert tickets.sale is not None
        assert tickets.sale.number == sale.number
        assert tickets.panel.isVisible()
        assert "is paid" in evening.sell.banner.message.text
        evening.wait(lambda: not _notes(tmp_path))
    finally:
        evening.foyer.shut_down()


@SQLITE
def test_a_sale_that_a_killed_till_had_not_made_comes_back_with_its_seats(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    seat, key = house.small.seat(1, 1), uuid4().hex
    house.database.transact(place_hold, house.small.cashier, key, [seat])
    _leave_note(house, tmp_path, uuid4().hex, key)
    evening = start_evening(qtbot, house, tmp_path)
    try:
        evening.sign_in(Role.CASHIER)
        evening.wait(lambda: evening.sell.has_basket)
        assert "still held" in evening.sell.banner.message.text
        assert "cash was handed over" in evening.sell.banner.message.advice
        assert evening.sell.hold.basket.seats == (seat,)
        evening.wait(lambda: not _notes(tmp_path))
    finally:
        evening.foyer.shut_down()
    assert seat_row(house, seat).state == "claimed"


@SQLITE
def test_a_sale_that_cannot_be_settled_yet_blocks_payments(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise ServerBusy(say("The server is busy just now."))

    _leave_note(house, tmp_path, uuid4().hex, uuid4().hex)
    evening = start_evening(qtbot, house, tmp_path)
    try:
        monkeypatch.setattr("pos_app.flows.find_cut_off.look_at_basket", busy)
        monkeypatch.setattr("pos_app.ui.screens.selling.cut_off.sales.ASK_AGAIN_MS", 50)
        evening.sign_in(Role.CASHIER)
        banner = evening.sell.banner
        evening.wait(lambda: banner.message.text)
        assert banner.message.text == "A sale was cut off at this till: Row A, seat 1, €40.00."
        assert "keeps asking" in banner.message.advice
        evening.hold_a_seat()
        evening.press(Qt.Key.Key_F10)
        assert "not settled" in banner.message.text
        monkeypatch.undo()
        evening.wait(lambda: not evening.sell.checkout.taking.is_in_doubt)
        assert "does not know it" in banner.message.text
        evening.open_cash()
        assert evening.sell.checkout.sheet.is_open
        QTest.keyClick(evening.sell.checkout.sheet, Qt.Key.Key_Escape)
    finally:
        evening.foyer.shut_down()
