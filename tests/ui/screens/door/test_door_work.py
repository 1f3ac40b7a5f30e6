from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.door.at_hand import nearest_performance
from pos_app.domain.door.check_in import GuestTicket
from pos_app.domain.door.finding import FoundGuests
from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.seats import Place
from pos_app.domain.sentences import say
from pos_app.ui.screens.door.screen import DoorScreen
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.screens.door.words import performance_words
from tests.hands import scan_with_keys
from tests.ui.screens.door.conftest import BRAHMS, NUTCRACKER

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from pytestqt.qtbot import QtBot

    from tests.ui.screens.door.conftest import FakeDoor, FakeSounds

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def shown(screen: DoorScreen) -> DoorState:
    return screen.panel.state


def find(screen: DoorScreen, qtbot: QtBot, query: str) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F3)
    screen.side.finder.field.setText(query)
    qtbot.waitUntil(lambda: screen._search.query == query)


def test_the_performance_whose_doors_are_nearest_is_preselected(screen: DoorScreen) -> None:
    assert screen.bar.performance == NUTCRACKER
    assert screen.bar._counts.text() == "411 of 1,312 inside"


def test_nearest_counts_in_both_directions_and_passes_over_cancelled_ones() -> None:
    open_already = dataclasses.replace(NUTCRACKER, performance_id=3, until_doors=-7200.0)
    soon = dataclasses.replace(NUTCRACKER, performance_id=4, until_doors=3600.0)
    gone = dataclasses.replace(NUTCRACKER, performance_id=5, cancelled=True)
    assert nearest_performance((open_already, BRAHMS, gone)) == open_already
    assert nearest_performance((open_already, BRAHMS, soon, gone)) == soon
    assert nearest_performance((gone,)) == gone
    assert nearest_performance(()) is None


def test_what_lasts_for_days_is_named_by_its_days() -> None:
    days = performance_words(
        dataclasses.replace(NUTCRACKER, ends_at=NUTCRACKER.starts_at + timedelta(days=3), until_end=3 * 86_400.0)
    )
    assert f"{NUTCRACKER.title} · {NUTCRACKER.venue}" in days
    assert " \N{EN DASH} " in days


def test_another_performance_starts_afresh(screen: DoorScreen, door: FakeDoor) -> None:
    screen.scan("7K4MXQ2R9T")
    row = [screen.bar.performances.itemData(index) for index in range(2)].index(BRAHMS)
    screen.bar.performances.setCurrentIndex(row)
    screen.bar.performances.activated.emit(row)
    assert shown(screen) is DoorState.READY
    assert not screen.undo_button.isEnabled()
    assert screen.bar._counts.text() == "0 of 900 inside"
    assert screen.side.last_scans.count() == 0
    screen.scan("AB3DEFGH7J")
    assert door.scans[-1].performance_id == 2


def test_a_late_verdict_of_another_performance_does_not_count_here(screen: DoorScreen, door: FakeDoor) -> None:
    door.slow = True
    screen.scan("7K4MXQ2R9T")
    screen.bar.performance_chosen.emit(BRAHMS)
    door.pending.popleft().arrive()
    assert screen.bar._counts.text() == "0 of 900 inside"
    assert not screen.undo_button.isEnabled()


def test_undo_takes_the_last_admission_back_and_says_whose(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    screen.scan("7K4MXQ2R9T")
    screen.scan("AB3DEFGH7J")
    assert screen.notice.text() == "Last admitted: Stalls centre · Row G · Seat 19"
    QTest.keyClick(screen, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: door.undone == [2])
    assert shown(screen) is DoorState.UNDONE
    assert screen.panel.words.zone == "Stalls centre · Row G · Seat 19"
    assert screen.notice.text() == "Last admitted: Stalls centre · Row G · Seat 18"
    QTest.keyClick(screen, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: door.undone == [2, 1])
    assert not screen.notice.text()
    assert not screen.undo_button.isEnabled()


def test_control_z_undoes_from_the_empty_field_and_edits_a_filled_one(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    screen.scan("7K4MXQ2R9T")
    QTest.keyClicks(screen.scan_field, "AB")
    QTest.keyClick(screen.scan_field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert door.undone == []
    screen.scan_field.setText("")
    QTest.keyClick(screen.scan_field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert door.undone == [1]


def test_an_undo_that_fails_can_be_tried_again(screen: DoorScreen, door: FakeDoor) -> None:
    screen.scan("7K4MXQ2R9T")
    door.broken = ServerUnreachable(say("The server does not answer."))
    screen.undo_button.click()
    assert shown(screen) is DoorState.ADMITTED
    assert screen.notice.text() == "The server does not answer."
    door.broken = None
    screen.undo_button.click()
    assert door.undone == [1]


def test_a_guest_goes_out_and_comes_back(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: shown(screen) is DoorState.READY_LEAVING)
    screen.scan("QQ2RSTUV8W")
    assert door.scans[0].leaving
    assert shown(screen) is DoorState.LEFT
    qtbot.waitUntil(lambda: screen.bar._counts.text() == "410 of 1,312 inside")
    QTest.keyClick(screen, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: shown(screen) is DoorState.READY)
    screen.scan("7K4MXQ2R9T")
    assert not door.scans[1].leaving


def test_a_guest_without_paper_is_found_by_name_and_admitted_by_keys_alone(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    find(screen, qtbot, "amina")
    finder = screen.side.finder
    assert finder.results.count() == 2
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    QTest.keyClick(finder.results, Qt.Key.Key_Down)
    assert finder.admit_button.text() == "Admit Amina Əliyeva"
    assert "Seat 19" in finder._confirm.text()
    QTest.keyClick(finder.results, Qt.Key.Key_Return)
    assert finder.admit_button.hasFocus()
    assert door.scans == []
    QTest.keyClick(finder.admit_button, Qt.Key.Key_Return)
    assert [scan.text for scan in door.scans] == ["AB3DEFGH7J"]
    assert shown(screen) is DoorState.ADMITTED
    assert not screen.side.finding


@pytest.mark.parametrize("query", ["MNP23456", "box c", "łukasz"])
def test_one_guest_found_is_chosen_at_once(screen: DoorScreen, qtbot: QtBot, query: str) -> None:
    find(screen, qtbot, query)
    assert screen.side.finder.chosen is not None
    assert screen.side.finder.chosen.customer_name == "Łukasz Nowak"


def test_a_void_ticket_cannot_be_admitted_from_the_list(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    find(screen, qtbot, "Old Order")
    assert not screen.side.finder.admit_button.isEnabled()
    assert screen.side.finder.admit_button.text() == "This ticket is void"


def test_who_has_not_paid_cannot_be_admitted_from_the_list(screen: DoorScreen, qtbot: QtBot) -> None:
    reserved = GuestTicket(
        "", Place("Stalls", "A", "2"), "Adult", "Zoë Novák", "RSV23456", inside=False, void=False, unpaid=True
    )
    finder = screen.side.finder
    finder.show_guests(FoundGuests((reserved,)))
    assert "not paid" in finder.results.item(0).text()
    assert finder.admit_button.text() == "Not paid: to the box office"
    assert not finder.admit_button.isEnabled()
    with qtbot.assertNotEmitted(finder.admit_asked):
        QTest.keyClick(finder.results, Qt.Key.Key_Return)
        QTest.keyClick(finder.admit_button, Qt.Key.Key_Return)


def test_nobody_found_says_what_to_try(screen: DoorScreen, qtbot: QtBot) -> None:
    find(screen, qtbot, "zzzz")
    assert "Nobody found" in screen.side.finder._hint.text()
    assert not screen.side.finder.admit_button.isVisible()


def test_a_name_of_one_letter_is_looked_for(screen: DoorScreen, qtbot: QtBot) -> None:
    find(screen, qtbot, "ł")
    assert screen.side.finder.chosen is not None
    screen.side.finder.field.setText("a")
    qtbot.waitUntil(lambda: screen.side.finder._hint.text() == "Type at least two characters.")


def test_more_guests_than_the_list_holds_are_told(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    door.more_guests = True
    find(screen, qtbot, "amina")
    hint = screen.side.finder._hint
    assert hint.isVisible()
    assert hint.text().startswith(f"The first {screen.side.finder.results.count()} of more.")
    door.more_guests = False
    find(screen, qtbot, "łukasz")
    assert not hint.isVisible()


def test_a_search_without_server_says_so(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    door.broken = ServerUnreachable(say("The server does not answer."))
    find(screen, qtbot, "amina")
    assert screen.side.finder._hint.text() == "The server does not answer."


def test_the_enter_of_a_scan_does_not_admit_the_guest_who_is_chosen(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    find(screen, qtbot, "box c")
    screen.side.finder.admit_button.setFocus()
    handle = screen.windowHandle()
    assert handle is not None
    scan_with_keys(handle, "12345678901234567890")
    assert [scan.text for scan in door.scans] == ["12345678901234567890"]


def test_escape_leaves_the_search(screen: DoorScreen, qtbot: QtBot) -> None:
    find(screen, qtbot, "amina")
    QTest.keyClick(screen.side.finder.field, Qt.Key.Key_Escape)
    assert not screen.side.finding
    assert screen.scan_field.hasFocus()


def test_the_screen_fits_a_small_counter_computer(screen: DoorScreen) -> None:
    hint = screen.minimumSizeHint()
    assert hint.width() <= 1280
    assert hint.height() <= 640


def test_everything_to_touch_is_large_enough(screen: DoorScreen) -> None:
    for button in (
        screen.check_button,
        screen.undo_button,
        screen.bar.leaving_button,
        screen.bar.find_button,
        screen.bar.mute_button,
        screen.bar.gates,
        screen.bar.performances,
        screen.scan_field,
    ):
        assert min(button.width(), button.height()) >= 44, button.accessibleName()


def test_a_house_without_performances_says_so(
    qtbot: QtBot, door: FakeDoor, sounds: FakeSounds, settings: QSettings
) -> None:
    door.shows = ()
    made = DoorScreen(door, sounds, settings=settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    assert made.panel.words.word == "No performance"
    made.scan("7K4MXQ2R9T")
    assert door.scans == []
    made.hide()


def test_the_guests_are_counted_once_for_several_scans(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    before = door.counted
    for code in ("7K4MXQ2R9T", "AB3DEFGH7J", "nonsense"):
        screen.scan(code)
    assert len(door.scans) == 3
    assert screen.bar._counts.text() == "413 of 1,312 inside"
    assert door.counted == before
    qtbot.waitUntil(lambda: door.counted > before)
    assert door.counted == before + 1
    assert screen.bar._counts.text() == "413 of 1,312 inside"
