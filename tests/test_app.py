"""The program as a whole: it opens, tells what is wrong, loses its server and finds it, and ends without a trace."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import update

from pos_app.app import Foyer
from pos_app.db.clock import utc_plus
from pos_app.db.models import Till
from pos_app.domain.errors import CannotConnect, PosError, ServerUnreachable
from pos_app.domain.roles import Role
from pos_app.domain.sentences import Sentence, say
from pos_app.services.tills.records import list_tills
from pos_app.ui.look.theme import apply_theme
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.window.connection import Connection
from pos_app.ui.words.messages import message_for
from pos_app.workers import housekeeping
from tests.evening import enter_house, settings_in, start_evening
from tests.kinds import BOTH, SQLITE
from tests.services.stories import seat_row
from tests.small_house import SIGNING_KEY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.opening.open_house import OpenHouse as OpenedHouse
    from tests.houses import OpenHouse


EAGER = {"interval_seconds": 0.02, "on_expired": None, "till_id": None}


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_STATE", str(tmp_path / "state"))
    apply_theme(qapp, dark=False)


@BOTH
def test_it_ends_without_a_thread_or_a_timer_and_leaves_held_seats_to_the_next_start(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    before = set(threading.enumerate())
    evening = start_evening(qtbot, house, tmp_path)
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    seat = evening.sell.hold.basket.seats[0]
    evening.window.close()
    evening.press(Qt.Key.Key_Return)
    assert not evening.window.isVisible()
    evening.foyer.shut_down()
    assert set(threading.enumerate()) - before == set()
    timers = [*evening.foyer.findChildren(QTimer), *evening.window.findChildren(QTimer)]
    assert [timer for timer in timers if timer.isActive()] == []
    assert seat_row(house, seat).state == "claimed"


@SQLITE
def test_a_till_that_runs_is_seen_though_nobody_signs_in(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "SEEN_SECONDS", 0.0)
    monkeypatch.setattr(housekeeping.HoldExpiry.__init__, "__kwdefaults__", EAGER)
    evening = start_evening(qtbot, house, tmp_path)

    def last_seen() -> dict[str, datetime | None]:
        return {one.name: one.last_seen for one in house.database.read(list_tills, house.small.manager)}

    try:
        long_ago = update(Till).values(last_seen_at=utc_plus(-3600))
        house.database.transact(lambda session: session.execute(long_ago))
        before = last_seen()
        evening.wait(lambda: last_seen()["Till 1"] != before["Till 1"])
        assert last_seen()["Till 2"] == before["Till 2"]
    finally:
        evening.foyer.shut_down()


@SQLITE
def test_what_keeps_it_from_opening_is_said_and_can_be_tried_again(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    answers: list[Exception] = [
        CannotConnect(say("The server refused the name or the password."), advice=say("Check them.")),
        RuntimeError("a bug"),
    ]

    def open_with(_tell: Callable[[float, Sentence], None]) -> OpenedHouse:
        if answers:
            raise answers.pop(0)
        return enter_house(house, "machine-Till 1", SIGNING_KEY)

    foyer = Foyer(settings_in(tmp_path), open_with)
    qtbot.addWidget(foyer.window)
    with qtbot.waitSignal(foyer.failed):
        foyer.start()
    with qtbot.waitSignal(foyer.failed) as failed:
        foyer.window.sign_in_screen.retry_asked.emit()
    assert "incident" in failed.args[0].message
    with qtbot.waitSignal(foyer.opened):
        foyer.window.sign_in_screen.retry_asked.emit()
    foyer.shut_down()


@SQLITE
def test_it_may_be_closed_while_it_still_connects(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def slow(_tell: Callable[[float, Sentence], None]) -> OpenedHouse:
        entered.set()
        go_on.wait(5)
        return enter_house(house, "machine-Till 1", SIGNING_KEY)

    foyer = Foyer(settings_in(tmp_path), slow)
    qtbot.addWidget(foyer.window)
    foyer.start()
    qtbot.waitUntil(entered.is_set)
    foyer.window.close()
    go_on.set()
    foyer.shut_down()
    assert not [one for one in threading.enumerate() if one.name == "expiry"]


@SQLITE
def test_a_lost_server_is_told_once_and_its_return_too(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = start_evening(qtbot, house, tmp_path)
    try:
        evening.sign_in(Role.CASHIER)
        evening.hold_a_seat()
        window = evening.window

        def lost(*_: object, **__: object) -> None:
            raise ServerUnreachable(say("The server cannot be reached."), advice=say("Foyer keeps trying."))

        with monkeypatch.context() as broken:
            broken.setattr(house.database, "read", lost)
            broken.setattr(house.database, "transact", lost)
            evening.wait(lambda: window.top_bar.connection._connection is Connection.LOST)
            assert "does not answer" in window.banner.message.text
            window.banner.dismiss()
            evening.sell.on_sale.refresh()
            evening.wait(lambda: not evening.foyer.background._replies)
            assert not window.banner.message.text
            assert len(evening.sell.hold.basket.lines) == 1
        evening.wait(lambda: window.top_bar.connection._connection is Connection.ONLINE)
        assert "answers again" in window.banner.message.text
        assert len(evening.sell.hold.basket.lines) == 1
        assert evening.sell.hold.seconds_left > 800
    finally:
        evening.foyer.shut_down()


@SQLITE
def test_what_was_said_of_a_server_that_was_away_goes_and_what_was_owed_is_made_up(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = ServerUnreachable(say("The server cannot be reached."), advice=say("Nothing was changed."))

    def lost(*_: object, **__: object) -> None:
        raise away

    evening = start_evening(qtbot, house, tmp_path)
    try:
        evening.sign_in(Role.CASHIER)
        evening.hold_a_seat()
        tickets, banner = evening.sell.tickets, evening.sell.banner
        evening.open_cash()
        with monkeypatch.context() as broken:
            broken.setattr("pos_app.ui.screens.selling.payment.tickets.set_tickets", lost)
            evening.press(Qt.Key.Key_Return)
            evening.wait(lambda: "The sale stands" in tickets.panel.print_line.words)
        assert "Nothing was changed" not in tickets.panel.print_line.words
        assert "F6 makes them" in tickets.panel.print_line.words
        evening.sell.map_panel.say(message_for(away))
        assert "cannot be reached" in banner.message.text
        evening.workplace.server.note_failure(away)
        evening.workplace.server.note_answer()
        evening.wait(lambda: not banner.message.text)
        evening.wait(lambda: tickets.printed is not None)
        evening.sell.map_panel.say(message_for(PosError(say("This seat has no price."))))
        evening.workplace.server.note_failure(away)
        evening.workplace.server.note_answer()
        assert "no price" in banner.message.text
    finally:
        evening.foyer.shut_down()


@SQLITE
def test_a_shortcut_of_the_window_reaches_no_field_of_a_sheet_above_it(
    qtbot: QtBot, house: OpenHouse, tmp_path: Path
) -> None:
    evening = start_evening(qtbot, house, tmp_path)
    try:
        evening.sign_in(Role.CASHIER)
        evening.window.activateWindow()
        evening.wait(evening.window.isActiveWindow)
        sheet, line = Sheet(evening.sell, "Erase somebody?"), QLineEdit()
        sheet.body.addWidget(line)
        sheet.open()
        line.setFocus()
        before = evening.window.current_screen
        handle = evening.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(handle, Qt.Key.Key_5)
        # A typed key is held back until it is known that no scanner sends it.
        evening.wait(lambda: line.text() == "5")
        assert evening.window.current_screen == before
        sheet.close_sheet()
    finally:
        evening.foyer.shut_down()
