"""The others of an order: offered beside the verdict, let in by one key, taken back by one key."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.door.check_in import Scan
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.seats import Place
from pos_app.domain.sentences import say
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.door.screen import DoorScreen
    from tests.ui.screens.door.conftest import FakeDoor

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

LEADER = "GRUPPE2222"


@pytest.fixture(autouse=True)
def group(door: FakeDoor) -> None:
    """Six guests of one order, in one row."""
    one = dataclasses.replace(door.tickets["7K4MXQ2R9T"], order_number="SCHULE22", customer_name="Form 7b")
    for number in range(6):
        code = f"GRUPPE{2222 + number}"
        door.tickets[code] = dataclasses.replace(
            one, short_code=code, place=Place("Stalls", "G", str(18 + number)), ticket_type="Child"
        )


def offer(screen: DoorScreen) -> str:
    button = screen.panel.group_button
    return "" if button.isHidden() else button.words


def test_one_key_lets_the_others_of_the_order_in_and_tells_them_together(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    screen.scan(LEADER)
    assert offer(screen) == "Admit the other 5 of this order"
    assert screen.panel.group_button.key_sequence.toString() == "F6"
    QTest.keyClick(screen, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: screen.panel.words.word == "5 ADMITTED")
    assert screen.panel.state is DoorState.ADMITTED
    assert screen.panel.words.zone == "Stalls, row G, seats 19\u201323"
    assert "Form 7b" in screen.panel.words.ticket
    assert not offer(screen)
    assert screen.bar._counts.text() == "417 of 1,312 inside"


def test_undo_takes_all_of_them_back_and_then_the_first(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    screen.scan(LEADER)
    QTest.keyClick(screen, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: screen.panel.words.word == "5 ADMITTED")
    assert screen.notice.text() == "Last admitted: Stalls, row G, seats 19\u201323"
    QTest.keyClick(screen, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: screen.panel.state is DoorState.UNDONE)
    assert sorted(door.undone) == [2, 3, 4, 5, 6]
    assert screen.panel.words.headline == "5 guests do not count as inside."
    assert screen.bar._counts.text() == "412 of 1,312 inside"
    QTest.keyClick(screen, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: 1 in door.undone)
    assert not screen.undo_button.isEnabled()


def test_nobody_is_offered_where_nobody_else_is_expected(screen: DoorScreen) -> None:
    for code in ("QQ2RSTUV8W", "nonsense"):
        screen.scan(code)
        assert not offer(screen)


def test_an_answer_that_comes_after_the_next_guest_offers_nothing(screen: DoorScreen, door: FakeDoor) -> None:
    door.slow_parties = True
    screen.scan(LEADER)
    late = door.pending.popleft()
    screen.scan("nonsense")
    late.arrive()
    assert not offer(screen)
    QTest.keyClick(screen, Qt.Key.Key_F6)
    assert not door.parties


def test_pressed_twice_they_come_in_once(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    screen.scan(LEADER)
    door.slow = True
    button = screen.panel.group_button
    button.click()
    button.click()
    assert len(door.parties) == 1
    door.pending.popleft().arrive()
    assert screen.panel.words.word == "5 ADMITTED"


def test_who_is_refused_among_them_is_named_and_it_is_no_plain_green(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    screen.scan(LEADER)
    door.tickets["GRUPPE2224"] = dataclasses.replace(door.tickets["GRUPPE2224"], inside=True)
    QTest.keyClick(screen, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: screen.panel.words.word == "4 of 5 ADMITTED")
    assert screen.panel.state is DoorState.ALREADY_USED
    assert screen.panel.words.headline == "Not admitted: Stalls · Row G · Seat 20"
    assert screen.panel.words.advice == "This ticket was used before."
    QTest.keyClick(screen, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: len(door.undone) == 4)


def test_without_an_answer_the_same_is_asked_again_and_nobody_comes_in_twice(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    screen.scan(LEADER)
    door.broken = OutcomeUnknown(say("Unknown."))
    QTest.keyClick(screen, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: screen.panel.state is DoorState.NOT_CHECKED)
    assert "not known who of them" in screen.panel.words.advice
    door.broken = None
    QTest.keyClick(screen, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: screen.panel.words.word == "5 ADMITTED")
    assert door.parties[0] == door.parties[1]


def test_a_guest_scanned_meanwhile_waits_until_they_were_told(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    screen.scan(LEADER)
    door.slow = True
    QTest.keyClick(screen, Qt.Key.Key_F6)
    screen.scan("AB3DEFGH7J")
    assert [type(one) for one in door.scans][-1] is Scan
    door.slow = False
    door.pending.popleft().arrive()
    assert screen.panel.words.word == "5 ADMITTED"
    qtbot.waitUntil(lambda: screen.panel.words.seat == "Row G · Seat 19")


def test_the_same_guest_again_still_offers_the_others(screen: DoorScreen, door: FakeDoor) -> None:
    screen.scan(LEADER)
    door.repeated = True
    screen.scan(LEADER)
    assert screen.panel.state is DoorState.REPEATED
    assert offer(screen) == "Admit the other 5 of this order"


def test_a_large_group_comes_in_by_parts(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    door.most_others = 3
    screen.scan(LEADER)
    assert offer(screen) == "Admit 3 more of this order"
    QTest.keyClick(screen, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: screen.panel.words.word == "3 ADMITTED")
    assert offer(screen) == "Admit the other 2 of this order"
    QTest.keyClick(screen, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: screen.panel.words.word == "2 ADMITTED")
    assert not offer(screen)


def test_a_payment_behind_the_door_is_not_cancelled_by_a_scan(screen: DoorScreen, door: FakeDoor) -> None:
    hidden = Sheet(screen, "A payment", reusable=True)
    hidden.open()
    hidden.hide()
    screen.scan(LEADER)
    assert hidden.is_open
