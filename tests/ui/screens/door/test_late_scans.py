"""A server that was silent: no green for a guest who has gone, no scan lost, none judged twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.devices.tones import Sound
from pos_app.domain.errors import OutcomeUnknown, ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.ui.screens.door.late_scans import SAME_SCAN_SECONDS
from pos_app.ui.screens.door.scan_queue import LATE_SECONDS
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.server_answers import server_answers

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.door.screen import DoorScreen
    from tests.ui.screens.door.conftest import FakeDoor, FakeSounds

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

AWAY = ServerUnreachable(say("The server does not answer."))
FIRST, SECOND, USED, VOID = "7K4MXQ2R9T", "AB3DEFGH7J", "QQ2RSTUV8W", "XX9YZABC4D"


class Clock:
    """Seconds that the test lets pass."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(screen: DoorScreen) -> Clock:
    made = Clock()
    screen._queue._clock = made
    screen.late._clock = made
    return made


def state(screen: DoorScreen) -> DoorState:
    return screen.panel.state


def listed(screen: DoorScreen) -> list[str]:
    """Return what the list tells, a row a line: the verdict and the place, or that it was not checked."""
    assert screen.telling.middle.lists_late
    return [row.accessibleName() for row in screen.telling.late_list._rows]


def freeze_and_scan(screen: DoorScreen, door: FakeDoor, clock: Clock, *codes: str, seconds: float) -> None:
    """Let the steward scan, a guest every two seconds, while the server says nothing for so long."""
    door.slow = True
    for code in codes:
        screen.scan(code)
        clock.now += 2
    clock.now += seconds - 2 * len(codes)


def settle(screen: DoorScreen, qtbot: QtBot) -> None:
    """Let the steward look at what there is to see."""
    qtbot.waitUntil(lambda: not screen._queue._glance.isActive())


def test_a_verdict_in_time_fills_the_screen(screen: DoorScreen, door: FakeDoor, clock: Clock) -> None:
    freeze_and_scan(screen, door, clock, FIRST, seconds=LATE_SECONDS - 0.5)
    door.pending.popleft().arrive()
    assert state(screen) is DoorState.ADMITTED


def test_a_late_verdict_is_no_green_for_whoever_stands_there_now(
    screen: DoorScreen, door: FakeDoor, clock: Clock, sounds: FakeSounds
) -> None:
    freeze_and_scan(screen, door, clock, FIRST, seconds=15)
    door.pending.popleft().arrive()
    assert state(screen) is DoorState.TOLD_LATE
    (told,) = listed(screen)
    assert told.startswith("Stalls centre · Row G · Seat 18. Admitted.")
    assert "scanned 15 seconds ago" in told
    assert sounds.played == [Sound.NOT_CHECKED]
    assert screen.notice.text() == "Last admitted: Stalls centre · Row G · Seat 18"
    screen.undo_button.click()
    assert door.undone == [1], "the guest who has gone can be taken back"


def test_what_waited_behind_a_late_verdict_is_not_judged_unasked(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    freeze_and_scan(screen, door, clock, FIRST, SECOND, "nonsense", seconds=15)
    door.pending.popleft().arrive()
    settle(screen, qtbot)
    assert [scan.text for scan in door.scans] == [FIRST]
    assert state(screen) is DoorState.NOT_CHECKED
    told = listed(screen)
    assert told[0].startswith("Stalls centre · Row G · Seat 18. Admitted.")
    assert [("not checked" in one) for one in told] == [False, True, True]
    assert screen.panel.words.headline == "2 tickets were not checked."


def test_all_are_checked_again_by_one_key_and_told_together(
    screen: DoorScreen, door: FakeDoor, clock: Clock, sounds: FakeSounds, qtbot: QtBot
) -> None:
    freeze_and_scan(screen, door, clock, FIRST, SECOND, USED, "nonsense", seconds=15)
    door.slow = False
    door.pending.popleft().arrive()
    nonces = {row.scan.text: row.scan.nonce for row in screen.late.rows}
    sounds.played.clear()
    QTest.keyClick(screen, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not screen.late.unchecked)
    assert [scan.text for scan in door.scans] == [FIRST, SECOND, USED, "nonsense"]
    assert {scan.text: scan.nonce for scan in door.scans} == nonces
    assert state(screen) is DoorState.TOLD_LATE
    assert [screen.telling.late_list.verdict_of(at) for at in range(4)] == [
        "Admitted",
        "Admitted",
        "Already used",
        "Refused",
    ]
    assert "Stalls centre · Row G · Seat 19" in listed(screen)[1]
    assert sounds.played == [Sound.REFUSED], "the gravest of them"
    assert screen.side.last_scans.count() == 4
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert state(screen) is DoorState.READY


def test_each_has_a_button_of_its_own(screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot) -> None:
    door.broken = AWAY
    freeze_and_scan(screen, door, clock, FIRST, SECOND, seconds=38)
    door.pending.popleft().arrive()
    door.broken, door.slow = None, False
    button = screen.telling.late_list.again_button(1)
    qtbot.waitUntil(button.isVisible)
    assert button.height() >= 44
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(screen.late.unchecked) == 1)
    assert [row.result is None for row in screen.late.rows] == [True, False]
    assert state(screen) is DoorState.NOT_CHECKED
    assert [scan.text for scan in door.scans] == [FIRST, SECOND]


def test_a_server_that_falls_silent_again_loses_none_of_them(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.broken = AWAY
    freeze_and_scan(screen, door, clock, FIRST, SECOND, USED, seconds=38)
    door.pending.popleft().arrive()
    before = [row.scan.nonce for row in screen.late.rows]
    settle(screen, qtbot)
    QTest.keyClick(screen, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: len(door.pending) == 1)
    door.pending.popleft().arrive()
    assert [row.scan.nonce for row in screen.late.unchecked] == before
    assert not any(row.checking for row in screen.late.rows)
    door.broken, door.slow = None, False
    settle(screen, qtbot)
    QTest.keyClick(screen, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not screen.late.unchecked)
    assert [row.scan.nonce for row in screen.late.rows] == before


def test_a_ticket_scanned_anew_is_the_scan_that_may_have_been_judged_unheard(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.broken = OutcomeUnknown(say("Unknown."))
    freeze_and_scan(screen, door, clock, FIRST, SECOND, seconds=38)
    door.pending.popleft().arrive()
    door.broken, door.slow = None, False
    settle(screen, qtbot)
    screen.scan(FIRST.lower())
    assert door.scans[-1].nonce == door.scans[0].nonce, "else it would be told that it was used, by this very guest"
    assert state(screen) is DoorState.ADMITTED or door.scans[-1].text == FIRST
    assert [row.scan.text for row in screen.late.unchecked] == [SECOND]


def test_much_later_the_same_ticket_is_another_guest_s_perhaps(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.broken = OutcomeUnknown(say("Unknown."))
    freeze_and_scan(screen, door, clock, FIRST, seconds=15)
    door.pending.popleft().arrive()
    door.broken, door.slow = None, False
    settle(screen, qtbot)
    clock.now += SAME_SCAN_SECONDS
    screen.scan(FIRST)
    assert door.scans[-1].nonce != door.scans[0].nonce
    assert not screen.late.rows


def test_one_who_scans_the_same_ticket_again_and_again_is_one_row(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.broken = AWAY
    freeze_and_scan(screen, door, clock, FIRST, FIRST, SECOND, FIRST, seconds=38)
    door.pending.popleft().arrive()
    assert [(row.scan.text, row.times) for row in screen.late.rows] == [(FIRST, 3), (SECOND, 1)]
    assert "3 times" in listed(screen)[0]
    assert screen.side.last_scans.count() == 2
    door.broken, door.slow = None, False
    settle(screen, qtbot)
    QTest.keyClick(screen, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not screen.late.unchecked)
    assert [scan.text for scan in door.scans] == [FIRST, FIRST, SECOND]
    assert len({scan.nonce for scan in door.scans}) == 2


def test_the_next_guest_is_judged_meanwhile_and_the_list_comes_back(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.broken = AWAY
    freeze_and_scan(screen, door, clock, FIRST, SECOND, seconds=38)
    door.pending.popleft().arrive()
    door.broken, door.slow = None, False
    settle(screen, qtbot)
    screen.scan(USED)
    assert state(screen) is DoorState.ALREADY_USED
    screen.telling._fade.timeout.emit()
    assert state(screen) is DoorState.NOT_CHECKED
    assert len(listed(screen)) == 2


def test_while_guests_go_on_coming_one_key_shows_those_who_wait(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.broken = AWAY
    freeze_and_scan(screen, door, clock, FIRST, SECOND, seconds=38)
    door.pending.popleft().arrive()
    assert not screen.late_button.isVisible()
    door.broken, door.slow = None, False
    settle(screen, qtbot)
    screen.scan(USED)
    assert screen.late_button.isVisible()
    assert screen.late_button.words == "2 not checked"
    QTest.keyClick(screen, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: state(screen) is DoorState.NOT_CHECKED)
    assert not screen.late_button.isVisible()
    QTest.keyClick(screen, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not screen.late.unchecked)
    screen.scan("nonsense")
    assert not screen.late_button.isVisible()


def test_guests_who_have_gone_are_let_go_and_still_stand_among_the_last_scans(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.broken = AWAY
    freeze_and_scan(screen, door, clock, FIRST, SECOND, seconds=38)
    door.pending.popleft().arrive()
    assert screen.telling.late_list.close_button.words == "Guests are gone"
    screen.telling.late_list.close_button.click()
    assert state(screen) is DoorState.READY
    assert screen.side.last_scans.count() == 2
    assert "Not checked" in screen.side.last_scans.item(0).toolTip()


def test_that_the_server_answers_again_is_told_and_checks_nobody(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.broken = AWAY
    freeze_and_scan(screen, door, clock, FIRST, SECOND, seconds=38)
    door.pending.popleft().arrive()
    sent = len(door.scans)
    server_answers().answered.emit()
    assert "The server answers again." in screen.panel.accessibleName()
    assert state(screen) is DoorState.NOT_CHECKED
    settle(screen, qtbot)
    assert len(door.scans) == sent


def test_what_waited_for_its_turn_alone_is_not_judged_too_late_either(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.slow = True
    screen.scan(FIRST)
    screen.scan(SECOND)
    clock.now += 1
    door.pending.popleft().arrive()
    assert state(screen) is DoorState.ADMITTED
    clock.now += LATE_SECONDS
    settle(screen, qtbot)
    assert [scan.text for scan in door.scans] == [FIRST]
    assert state(screen) is DoorState.NOT_CHECKED


def test_a_verdict_that_came_while_the_gate_was_locked_is_no_green_when_it_is_seen_again(
    screen: DoorScreen, door: FakeDoor, clock: Clock, qtbot: QtBot
) -> None:
    door.slow = True
    screen.scan(FIRST)
    screen.scan(SECOND)
    clock.now += 0.5
    screen.hide()
    clock.now += 0.5
    door.pending.popleft().arrive()
    screen.show()
    assert state(screen) is DoorState.NOT_CHECKED
    assert listed(screen)[0].startswith("Stalls centre · Row G · Seat 18. Admitted.")
    settle(screen, qtbot)
    assert [scan.text for scan in door.scans] == [FIRST]
    door.slow = False
    screen.scan(USED)
    assert state(screen) is DoorState.ALREADY_USED


def test_the_steward_is_called_once(screen: DoorScreen, door: FakeDoor, clock: Clock, sounds: FakeSounds) -> None:
    freeze_and_scan(screen, door, clock, FIRST, SECOND, seconds=15)
    door.pending.popleft().arrive()
    assert sounds.played == [Sound.NOT_CHECKED]
