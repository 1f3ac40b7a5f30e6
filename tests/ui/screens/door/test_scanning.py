from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.devices.tones import Sound
from pos_app.domain.door.check_in import LONGEST_SCAN, Reason, ScanResult, Verdict
from pos_app.domain.errors import NotPermitted, OutcomeUnknown, ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.ui.screens.door.panel_words import result_words
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.screens.door.words import clock_words
from pos_app.ui.server_answers import server_answers
from tests.hands import scan_with_keys

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.door.screen import DoorScreen
    from tests.ui.screens.door.conftest import FakeDoor, FakeSounds

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def shown(screen: DoorScreen) -> DoorState:
    return screen.panel.state


def send_keys(screen: DoorScreen, text: str) -> None:
    handle = screen.windowHandle()
    assert handle is not None
    scan_with_keys(handle, text)


def test_a_good_ticket_is_admitted_with_its_seat(
    qtbot: QtBot, screen: DoorScreen, door: FakeDoor, sounds: FakeSounds
) -> None:
    screen.scan("7K4MXQ2R9T")
    words = screen.panel.words
    assert shown(screen) is DoorState.ADMITTED
    assert (words.word, words.zone, words.seat) == ("ADMITTED", "Stalls centre", "Row G · Seat 18")
    assert words.ticket == "Adult · Amina Əliyeva"
    assert "ADMITTED" in screen.panel.accessibleName()
    assert sounds.played == [Sound.ADMITTED]
    # Counted a moment later, and not with every scan.
    qtbot.waitUntil(lambda: screen.bar._counts.text() == "412 of 1,312 inside")
    assert screen.side.last_scans.count() == 1


def test_a_used_ticket_says_how_long_ago_and_where_and_the_clock_of_the_venue_small_beside(
    screen: DoorScreen, door: FakeDoor, sounds: FakeSounds
) -> None:
    from tests.ui.screens.door.conftest import DOORS

    screen.scan("QQ2RSTUV8W")
    assert shown(screen) is DoorState.ALREADY_USED
    assert screen.panel.words.used == "2 minutes ago, at North stairs"
    assert screen.panel.words.detail.startswith(clock_words(DOORS, "Asia/Baku", seconds=True))
    assert screen.panel.words.advice
    assert sounds.played == [Sound.ALREADY_USED]


@pytest.mark.parametrize("text", ["https://example.com/t?x=1", "WIFI:S:Foyer;T:WPA;P:secret;;", "9" * 100_000])
def test_what_is_no_ticket_is_sent_and_refused(
    screen: DoorScreen, door: FakeDoor, sounds: FakeSounds, text: str
) -> None:
    screen.scan(text)
    assert [scan.text for scan in door.scans] == [text[: LONGEST_SCAN + 1]]
    assert shown(screen) is DoorState.REFUSED
    assert screen.panel.words.headline == "This is not a ticket of this house."
    assert screen.panel.words.advice
    assert sounds.played == [Sound.REFUSED]


@pytest.mark.parametrize("text", ["", "  ", "\r\n", "\x00\t "])
def test_nothing_but_spaces_is_no_scan(screen: DoorScreen, door: FakeDoor, sounds: FakeSounds, text: str) -> None:
    screen.scan(text)
    screen.scan_field.setText(text)
    QTest.keyClick(screen.scan_field, Qt.Key.Key_Return)
    assert (door.scans, shown(screen), sounds.played) == ([], DoorState.READY, [])
    assert not screen.scan_field.text()


def test_the_same_guest_again_is_calm_and_silent(screen: DoorScreen, door: FakeDoor, sounds: FakeSounds) -> None:
    screen.scan("7K4MXQ2R9T")
    door.repeated = True
    screen.scan("7K4MXQ2R9T")
    assert shown(screen) is DoorState.REPEATED
    assert screen.panel.words.word == "Same guest"
    assert screen.panel.words.headline == "Admitted 3 seconds ago"
    assert "Same guest" in screen.side.last_scans.item(0).toolTip()
    assert "Already used" not in screen.side.last_scans.item(0).toolTip()
    assert sounds.played == [Sound.ADMITTED]
    screen.undo_button.click()
    assert door.undone == [1], "the repeat is no admission of its own"


def test_without_the_server_nobody_is_admitted_and_it_looks_like_no_verdict(
    screen: DoorScreen, door: FakeDoor, sounds: FakeSounds
) -> None:
    door.broken = ServerUnreachable(say("The server does not answer."))
    screen.scan("7K4MXQ2R9T")
    words = screen.panel.words
    assert shown(screen) is DoorState.NOT_CHECKED
    assert (words.headline, words.advice) == ("The server does not answer.", "Nobody was admitted. Scan again.")
    assert sounds.played == [Sound.NOT_CHECKED]


def test_when_the_server_is_back_it_is_no_longer_said_to_be_away_and_the_guest_is_still_unchecked(
    screen: DoorScreen, door: FakeDoor
) -> None:
    door.broken = ServerUnreachable(say("The server does not answer."))
    screen.scan("7K4MXQ2R9T")
    screen._on_load_failed(door.broken)
    assert "does not answer" in screen.panel.accessibleName()
    assert "does not answer" in screen.notice.text()
    server_answers().answered.emit()
    assert shown(screen) is DoorState.NOT_CHECKED
    assert "does not answer" not in screen.panel.accessibleName()
    assert "The server answers again." in screen.panel.accessibleName()
    assert "Nobody was admitted" in screen.panel.accessibleName()
    assert not screen.notice.text()
    assert screen.panel.again_button.isVisible()


def test_a_search_that_failed_is_made_again_when_the_server_is_back(screen: DoorScreen, door: FakeDoor) -> None:
    screen.side.show_finder()
    door.broken = ServerUnreachable(say("The server does not answer."))
    screen.side.finder.query_changed.emit("amina")
    assert not screen.side.finder.results.count()
    door.broken = None
    server_answers().answered.emit()
    assert screen.side.finder.results.count() == 2


def test_checking_again_repeats_the_same_scan_so_that_nobody_goes_in_twice(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    door.broken = OutcomeUnknown(say("Unknown."))
    screen.scan("7K4MXQ2R9T")
    assert "before the guest goes in" in screen.panel.words.advice
    door.broken = None
    QTest.keyClick(screen, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: shown(screen) is DoorState.ADMITTED)
    assert door.scans[0] == door.scans[1]
    assert screen.panel.again_button.isHidden()
    assert screen.side.last_scans.count() == 1, "it has its verdict now"


def test_a_refusal_of_the_service_is_told_in_its_words(screen: DoorScreen, door: FakeDoor) -> None:
    door.broken = NotPermitted(say("You may not admit guests."), advice=say("Ask a manager."))
    screen.scan("7K4MXQ2R9T")
    assert (screen.panel.words.headline, screen.panel.words.advice) == ("You may not admit guests.", "Ask a manager.")


def test_a_bug_is_no_verdict_either_and_is_passed_on(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    door.broken = ZeroDivisionError("a bug")
    with pytest.raises(ZeroDivisionError):
        screen.scan("7K4MXQ2R9T")
    assert shown(screen) is DoorState.NOT_CHECKED
    door.broken = None
    qtbot.waitUntil(lambda: not screen._queue._lost)
    screen.scan("7K4MXQ2R9T")
    assert shown(screen) is DoorState.ADMITTED


def test_a_scan_that_was_not_checked_gives_way_to_none_that_was_made_before_it_was_seen(
    screen: DoorScreen, door: FakeDoor, qtbot: QtBot
) -> None:
    door.slow = True
    door.broken = ServerUnreachable(say("The server does not answer."))
    screen.scan("7K4MXQ2R9T")
    door.broken = None
    screen.scan("AB3DEFGH7J")
    door.pending.popleft().arrive()
    assert screen.panel.words.headline == "2 tickets were not checked."
    screen.scan("nonsense")
    assert screen.panel.words.headline == "3 tickets were not checked."
    qtbot.waitUntil(lambda: not screen._queue._glance.isActive())
    assert shown(screen) is DoorState.NOT_CHECKED
    assert [scan.text for scan in door.scans] == ["7K4MXQ2R9T"], "no verdict may come over it"
    assert screen.panel.again_button.isHidden(), "it is not known which guest stands in front"
    screen.reload()
    assert screen.side.last_scans.count() == 3
    door.slow = False
    screen.scan("AB3DEFGH7J")
    assert shown(screen) is DoorState.ADMITTED
    assert screen.side.last_scans.count() == 3, "the ticket that was scanned again has its verdict"


def test_scans_that_come_while_one_is_judged_wait_in_order(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    door.slow = True
    for text in ("7K4MXQ2R9T", "nonsense", "AB3DEFGH7J"):
        screen.scan(text)
    assert [scan.text for scan in door.scans] == ["7K4MXQ2R9T"]
    assert screen.notice.text() == "Scans waiting: 2"
    for expected in (DoorState.ADMITTED, DoorState.REFUSED, DoorState.ADMITTED):
        qtbot.waitUntil(lambda: len(door.pending) == 1)
        door.pending.popleft().arrive()
        assert shown(screen) is expected
    assert [scan.text for scan in door.scans] == ["7K4MXQ2R9T", "nonsense", "AB3DEFGH7J"]
    assert len({scan.nonce for scan in door.scans}) == 3


def test_the_reason_leads_and_what_to_do_follows() -> None:
    what, to_do = say("This ticket is not paid."), say("Go to the box office.")
    result = ScanResult(Verdict.REFUSED, Reason.UNPAID, what, to_do, 1)
    words = result_words(result, "UTC")
    assert (words.word, words.headline, words.advice) == (
        "NOT PAID",
        "This ticket is not paid.",
        "Go to the box office.",
    )


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ({"used_gate": "Balcony", "used_seconds_ago": 130.0}, "2 minutes ago, at Balcony"),
        ({"used_gate": "Balcony", "used_seconds_ago": 130.0, "used_here": True}, "2 minutes ago, here at Balcony"),
        ({"used_gate": "", "used_seconds_ago": 0.2}, "1 second ago"),
        ({"used_gate": "Balcony", "used_seconds_ago": 7300.0}, "2 hours ago, at Balcony"),
        ({"used_gate": "Balcony"}, "20:00, at Balcony"),
    ],
)
def test_when_and_where_a_ticket_was_used(result: dict[str, Any], said: str) -> None:
    at = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
    used = ScanResult(
        Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED, say("Used."), say("Look."), 1, used_at=at, **result
    )
    words = result_words(used, "UTC")
    assert words.used == said
    assert words.detail == "20:00:00", "the clock stands small beside"


def test_a_slow_verdict_takes_the_one_before_off_the_screen(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    screen.scan("7K4MXQ2R9T")
    door.slow = True
    screen.scan("nonsense")
    qtbot.waitUntil(lambda: shown(screen) is DoorState.CHECKING)
    door.pending.popleft().arrive()
    assert shown(screen) is DoorState.REFUSED


def test_a_verdict_fades_back_to_ready(screen: DoorScreen, door: FakeDoor) -> None:
    screen.scan("7K4MXQ2R9T")
    assert screen.telling._fade.isActive()
    screen.telling._fade.timeout.emit()
    assert shown(screen) is DoorState.READY


def test_a_scan_that_was_not_checked_stays_until_the_next(screen: DoorScreen, door: FakeDoor) -> None:
    screen.scan("7K4MXQ2R9T")
    door.broken = ServerUnreachable(say("x"))
    screen.scan("AB3DEFGH7J")
    assert not screen.telling._fade.isActive()


def test_a_short_code_is_typed_and_the_field_is_empty_again(screen: DoorScreen, door: FakeDoor, qtbot: QtBot) -> None:
    QTest.keyClicks(screen.scan_field, "7K4MXQ2R9T")
    QTest.keyClick(screen.scan_field, Qt.Key.Key_Return)
    assert shown(screen) is DoorState.ADMITTED
    assert not screen.scan_field.text()


def test_a_scanner_is_heard_whatever_has_the_focus(screen: DoorScreen, door: FakeDoor) -> None:
    screen.bar.find_button.click()
    assert screen.side.finder.field.hasFocus()
    send_keys(screen, "7K4MXQ2R9T")
    assert [scan.text.upper() for scan in door.scans] == ["7K4MXQ2R9T"]
    assert not screen.side.finder.field.text()
    assert not screen.scan_field.text()


def test_a_click_on_the_loudspeaker_leaves_the_keyboard_where_codes_are_typed(screen: DoorScreen) -> None:
    QTest.mouseClick(screen.bar.mute_button, Qt.MouseButton.LeftButton)
    assert screen.bar.mute_button.isChecked()
    assert screen.scan_field.hasFocus()


def test_muted_is_silent(screen: DoorScreen, sounds: FakeSounds) -> None:
    screen.bar.mute_button.click()
    screen.scan("7K4MXQ2R9T")
    assert sounds.muted
    assert sounds.played == []


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_an_empty_enter_is_no_scan(screen: DoorScreen, door: FakeDoor, text: str) -> None:
    screen.scan("QQ2RSTUV8W")
    screen.scan_field.setText(text)
    QTest.keyClick(screen.scan_field, Qt.Key.Key_Return)
    assert len(door.scans) == 1
    assert shown(screen) is DoorState.ALREADY_USED
