"""Several windows of a till, one after the other and beside each other, and notes that are spoiled."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.app import Foyer
from pos_app.computer.leases import Lease
from pos_app.db.database import Database
from pos_app.domain.errors import OutcomeUnknown, ServerUnreachable
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say
from tests.evening import settings_in, start_evening
from tests.journals import noted
from tests.kinds import SQLITE
from tests.ui.screens.selling.cut_off.conftest import CutOff, finish, settled, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.opening.open_house import OpenHouse as OpenedHouse
    from tests.evening import Evening

pytestmark = pytest.mark.usefixtures("themed")


@SQLITE
def test_the_basket_of_a_window_that_lives_is_left_alone(
    qtbot: QtBot, left: CutOff, enter: Callable[[], Evening], tmp_path: Path
) -> None:
    living = left.memory()
    note = left.hold(left.house.small.seats_of(1, [3]))
    living.journal.keep_basket(note)
    evening = enter()
    settled(evening)
    assert not evening.sell.has_basket
    assert not evening.sell.banner.message.text
    assert not evening.window.banner.message.text
    living.close()
    evening.window.lock()
    evening.window.lock_screen.somebody_else.click()
    evening.sign_in(Role.CASHIER)
    assert "still held" in told(evening)
    assert evening.sell.hold.basket.key == note.basket_key


@SQLITE
@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: content.replace(b'"format": 1', b'"format": 2'),
        lambda content: content.replace(b'"house": "', b'"house": "elsewhere '),
        lambda content: content.replace(b'"late": []', b'"late": ["x"]'),
    ],
    ids=["cut in half", "empty", "of another version", "of another house", "of another kind"],
)
def test_a_note_that_cannot_be_read_is_said_and_its_seats_are_offered(
    left: CutOff, enter: Callable[[], Evening], spoil: Callable[[bytes], bytes]
) -> None:
    left.leave(left.hold(left.house.small.seats_of(1, [3])))
    (file,) = left.notes()
    file.write_bytes(spoil(file.read_bytes()))
    evening = enter()
    texts: list[str] = []

    def heard() -> bool:
        texts.append(evening.window.banner.message.text)
        return "still holds 1 seat" in texts[-1]

    evening.wait(heard)
    assert not evening.sell.has_basket
    assert any("cannot be read" in text for text in texts) or "cannot be read" in evening.sell.banner.message.text
    assert file.with_suffix(".unreadable").exists()


@SQLITE
def test_another_box_office_and_another_till_have_a_memory_of_their_own(
    left: CutOff, enter: Callable[[], Evening], tmp_path: Path
) -> None:
    note = left.hold(left.house.small.seats_of(1, [3]))
    other = CutOff(
        replace(left.house, small=replace(left.house.small, till_id=left.house.small.other_till_id)), tmp_path
    )
    other.leave(note)
    evening = enter()
    evening.wait(lambda: "still holds 1 seat" in evening.window.banner.message.text)
    assert not evening.sell.has_basket
    assert len(left.notes()) == 1


@SQLITE
@pytest.mark.parametrize("moment", [0, 4_000_000_000], ids=["1970", "2096"])
def test_the_clock_of_the_till_does_not_matter(left: CutOff, enter: Callable[[], Evening], moment: int) -> None:
    left.leave(left.hold(left.house.small.seats_of(1, [3])))
    for path in left.notes():
        os.utime(path, (moment, moment))
    evening = enter()
    assert re.search(r"still held for 1(4:5\d|5:00)\.", told(evening))
    assert evening.sell.hold.seconds_left > 880


@SQLITE
def test_of_two_customers_the_second_comes_back_when_the_first_is_served(
    left: CutOff, enter: Callable[[], Evening]
) -> None:
    first, second = (left.hold([left.house.small.seat(row, 3)]) for row in (1, 2))
    left.leave(first)
    left.leave(second)
    for path in left.notes():
        os.utime(path, (first.basket_key in path.name,) * 2)
    evening = enter()
    evening.wait(lambda: evening.sell.has_basket)
    assert evening.sell.hold.basket.key == first.basket_key
    settled(evening)
    assert not evening.window.banner.message.text
    evening.open_cash()
    QTest.keyClick(evening.sell.checkout.sheet.cash.field, Qt.Key.Key_Return)
    evening.wait(lambda: evening.sell.tickets.printed is not None)
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: evening.sell.hold.basket.key == second.basket_key)
    finish(evening, left)


@SQLITE
def test_a_window_that_is_closed_leaves_nothing_and_its_notes_are_private(
    left: CutOff, enter: Callable[[], Evening]
) -> None:
    evening = enter()
    evening.hold_a_seat()
    evening.sell.questions.take_name("Anna Guest", "")
    evening.wait(lambda: left.notes() and b"Anna Guest" in left.notes()[0].read_bytes())
    assert left.notes()[0].stat().st_mode & 0o077 == 0
    evening.open_cash()
    QTest.keyClick(evening.sell.checkout.sheet.cash.field, Qt.Key.Key_Return)
    evening.wait(lambda: evening.sell.tickets.printed is not None)
    settled(evening)
    assert b"Anna Guest" not in left.notes()[0].read_bytes()
    evening.press(Qt.Key.Key_Return)
    settled(evening)
    evening.window.close()
    evening.foyer.shut_down()
    assert noted(left.folder, "") == []


@SQLITE
def test_a_window_stays_open_while_money_changes_hands(left: CutOff, enter: Callable[[], Evening]) -> None:
    evening = enter()
    evening.hold_a_seat()
    evening.open_cash()
    assert not evening.window.close()
    assert "payment is open" in evening.window.banner.message.text
    assert evening.sell.checkout.sheet.is_open
    assert evening.sell.has_basket
    assert len(left.notes()) == 1
    evening.press(Qt.Key.Key_Escape)
    evening.wait(lambda: not evening.sell.checkout.sheet.is_open)
    evening.wait(lambda: not evening.foyer.background._replies)
    assert not evening.window.close()
    assert "1 seat is held" in evening.sheet().accessibleName()
    evening.press(Qt.Key.Key_Return)
    assert not evening.window.isVisible()


@SQLITE
def test_without_leases_a_window_would_take_the_customer_of_another_one(
    left: CutOff, enter: Callable[[], Evening], monkeypatch: pytest.MonkeyPatch
) -> None:
    living = left.memory()
    living.journal.keep_basket(left.hold(left.house.small.seats_of(1, [3])))
    monkeypatch.setattr(
        "pos_app.computer.memory.take_lease", lambda path: Lease(path, os.open(os.devnull, os.O_RDONLY))
    )
    evening = enter()
    evening.wait(lambda: evening.sell.has_basket)
    settled(evening)
    living.close()


@SQLITE
def test_a_server_that_is_away_at_the_start_is_not_all_that_is_said(qtbot: QtBot, left: CutOff, tmp_path: Path) -> None:
    def away(_tell: object) -> OpenedHouse:
        raise ServerUnreachable(say("The server does not answer."), advice=say("Check the address."))

    left.leave(left.hold(left.house.small.seats_of(1, [3])))
    foyer = Foyer(settings_in(tmp_path), away)
    qtbot.addWidget(foyer.window)
    with qtbot.waitSignal(foyer.failed) as failed:
        foyer.start()
    assert "A sale was cut off at this till." in failed.args[0].advice
    assert len(left.notes()) == 1
    foyer.shut_down()


@SQLITE
def test_a_window_closed_while_a_sale_is_in_doubt_leaves_its_customer(
    left: CutOff, enter: Callable[[], Evening], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise OutcomeUnknown(say("The connection broke."))

    evening = enter()
    evening.hold_a_seat()
    seat = evening.sell.hold.basket.seats[0]
    monkeypatch.setattr("pos_app.flows.sell.sell", lost)
    evening.open_cash()
    QTest.keyClick(evening.sell.checkout.sheet.cash.field, Qt.Key.Key_Return)
    evening.wait(lambda: evening.sell.checkout.taking.is_in_doubt)
    evening.window.close()
    evening.foyer.shut_down()
    assert {path.suffix for path in left.notes()} == {".basket", ".json"}
    monkeypatch.undo()
    opened = replace(left.house, database=Database(left.house.database.address))
    monkeypatch.setattr(left, "house", opened)
    again = start_evening(evening.qtbot, opened, left.folder)
    again.sign_in(Role.CASHIER)
    assert "still held" in told(again)
    assert "cash was handed over" in told(again)
    assert again.sell.hold.basket.seats == (seat,)
    again.foyer.shut_down()
