"""The window is closed with a customer at the counter: it asks, keeps what is not answered, and tells the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.window import closing
from pos_app.ui.window.closing import HeldSeatsSheet
from tests.evening import start_evening
from tests.journals import noted
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import seat_row

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
    if not started.foyer._closing:
        started.foyer.shut_down()


def _sheets(evening: Evening) -> list[Sheet]:
    return [one for one in evening.window.findChildren(Sheet) if one.isVisible()]


def _ask(evening: Evening) -> HeldSeatsSheet:
    evening.window.close()
    (sheet,) = _sheets(evening)
    assert isinstance(sheet, HeldSeatsSheet)
    return sheet


def _with_a_seat(evening: Evening) -> SeatKey:
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    evening.wait(lambda: not evening.foyer.background._replies)
    return evening.sell.hold.basket.seats[0]


@SQLITE_FIRST
def test_kept_seats_stay_held_and_the_next_start_brings_the_basket_back(
    qtbot: QtBot, evening: Evening, house: OpenHouse, tmp_path: Path
) -> None:
    seat = _with_a_seat(evening)
    sheet = _ask(evening)
    assert "1 seat is held" in sheet.accessibleName()
    assert "stay held for another 14:" in sheet._words.text() or "another 15:00" in sheet._words.text()
    evening.press(Qt.Key.Key_Return)
    assert not evening.window.isVisible()
    evening.foyer.shut_down()
    assert seat_row(house, seat).state == "claimed"
    again = start_evening(qtbot, house, tmp_path)
    again.sign_in(Role.CASHIER)
    again.wait(lambda: again.sell.hold.basket.seats == (seat,))
    assert "still held" in again.sell.banner.message.text
    again.foyer.shut_down()


@SQLITE
def test_released_seats_are_on_sale_again_and_nothing_is_told_at_the_next_start(
    qtbot: QtBot, evening: Evening, house: OpenHouse, tmp_path: Path
) -> None:
    seat = _with_a_seat(evening)
    sheet = _ask(evening)
    sheet._release.click()
    evening.wait(lambda: not evening.window.isVisible())
    evening.foyer.shut_down()
    assert seat_row(house, seat).state == "free"
    assert noted(tmp_path, ".basket") == []


@SQLITE
def test_esc_stays_and_another_try_asks_again(evening: Evening) -> None:
    _with_a_seat(evening)
    _ask(evening)
    evening.window.close()
    assert len(_sheets(evening)) == 1
    evening.press(Qt.Key.Key_Escape)
    assert evening.window.isVisible()
    assert not _sheets(evening)
    assert len(evening.sell.hold.basket.lines) == 1
    evening.press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert len(_sheets(evening)) == 1


@SQLITE
def test_without_a_basket_nothing_is_asked(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    evening.window.close()
    assert not evening.window.isVisible()


@SQLITE
def test_a_session_that_ends_asks_nothing_and_keeps_the_seats(evening: Evening, house: OpenHouse) -> None:
    seat = _with_a_seat(evening)
    evening.window.end_with_session()
    evening.window.close()
    assert not evening.window.isVisible()
    evening.foyer.shut_down()
    assert seat_row(house, seat).state == "claimed"


@SQLITE
def test_whoever_finds_it_locked_cannot_release_the_seats_of_another(evening: Evening) -> None:
    _with_a_seat(evening)
    evening.window.lock()
    sheet = _ask(evening)
    assert sheet._release.isHidden()
    assert sheet._keep.isVisible()


@SQLITE
def test_a_question_that_the_lock_has_covered_is_asked_anew(evening: Evening) -> None:
    _with_a_seat(evening)
    before = _ask(evening)
    evening.window.lock()
    assert _ask(evening) is not before


@SQLITE
def test_with_the_server_away_they_can_only_be_kept(evening: Evening, house: OpenHouse) -> None:
    seat = _with_a_seat(evening)
    evening.workplace.server.note_failure(ServerUnreachable(say("The server cannot be reached.")))
    sheet = _ask(evening)
    assert sheet._release.isHidden()
    assert "cannot be released now" in sheet._advice.text()
    evening.press(Qt.Key.Key_Return)
    assert not evening.window.isVisible()
    evening.foyer.shut_down()
    assert seat_row(house, seat).state == "claimed"


@SQLITE
def test_a_release_that_is_not_answered_is_told_and_the_basket_is_kept(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise ServerUnreachable(say("The server cannot be reached."))

    _with_a_seat(evening)
    sheet = _ask(evening)
    monkeypatch.setattr(closing, "release_seats", lost)
    sheet._release.click()
    evening.wait(sheet._advice.text)
    assert "cannot be released now" in sheet._advice.text()
    assert evening.window.isVisible()
    assert len(evening.sell.hold.basket.lines) == 1


@SQLITE
def test_tickets_that_are_not_out_yet_are_asked_about_and_shown_at_the_next_start(
    qtbot: QtBot, evening: Evening, house: OpenHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise ServerUnreachable(say("The server cannot be reached."))

    _with_a_seat(evening)
    evening.open_cash()
    with monkeypatch.context() as broken:
        broken.setattr("pos_app.ui.screens.selling.payment.tickets.set_tickets", lost)
        evening.press(Qt.Key.Key_Return)
        evening.wait(lambda: "The sale stands" in evening.sell.tickets.panel.print_line.words)
        sale = evening.sell.tickets.sale
        assert sale is not None
        evening.window.close()
        (sheet,) = _sheets(evening)
        assert "not out yet" in sheet.accessibleName()
        evening.press(Qt.Key.Key_Return)
        assert not evening.window.isVisible()
        evening.foyer.shut_down()
    again = start_evening(qtbot, house, tmp_path)
    again.sign_in(Role.CASHIER)
    again.wait(lambda: again.sell.tickets.sale is not None)
    assert again.sell.tickets.sale is not None
    assert again.sell.tickets.sale.number == sale.number
    again.foyer.shut_down()


@SQLITE
def test_tickets_that_are_out_are_not_asked_about(evening: Evening) -> None:
    _with_a_seat(evening)
    evening.open_cash()
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: "Saved as" in evening.sell.tickets.panel.print_line.words)
    evening.window.close()
    assert not evening.window.isVisible()
