"""A ticket of this house is scanned at gates whose keyboards are set to another language than the scanner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from pos_app.domain.roles import Role
from pos_app.ui.screens.door.verdict_look import DoorState
from tests.evening import start_evening
from tests.keyboards import ROWS, backslash, enter, on_keypad, on_row, strike, with_accents, with_shift
from tests.kinds import SQLITE
from tests.services.stories import signed_code, sold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.door.screen import DoorScreen
    from tests.evening import Evening
    from tests.houses import OpenHouse
    from tests.keyboards import Stroke

pytestmark = pytest.mark.usefixtures("themed")


@dataclass
class Gate:
    """The door on the screen, and guests with their tickets."""

    evening: Evening
    door: DoorScreen
    codes: list[str]

    def next_code(self) -> str:
        return self.codes.pop()

    def scan(self, *strokes: Iterable[Stroke]) -> str:
        """Scan a ticket by its keys, and return the verdict and the seat."""
        handle = self.evening.window.windowHandle()
        assert handle is not None
        before = self.door.side.last_scans.count()
        strike(handle, [stroke for some in strokes for stroke in some])
        self.evening.wait(lambda: self.door.side.last_scans.count() == before + 1 and not self.door._queue.waiting)
        assert not self.door.scan_field.text()
        return str(self.door.panel.state)


@pytest.fixture
def gate(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Gate]:
    small = house.small
    seats = [seat for row in (1, 2, 3) for seat in small.seats_of(row, range(1, 6))]
    sale = sold(house, seats)
    evening = start_evening(qtbot, house, tmp_path)
    evening.sign_in(Role.DOOR_STEWARD)
    door = evening.workplace.door
    assert door is not None
    evening.wait(lambda: door._performance is not None)
    combo = door.bar.performances
    at = next(at for at in range(combo.count()) if combo.itemData(at).performance_id == small.performance_id)
    combo.setCurrentIndex(at)
    combo.activated.emit(at)
    yield Gate(evening, door, [signed_code(house, ticket) for ticket in sale.ticket_ids])
    evening.foyer.shut_down()


@SQLITE
def test_every_guest_is_admitted_on_fourteen_keyboards(gate: Gate) -> None:
    verdicts = {name: gate.scan(on_row(row, gate.next_code()), [enter()]) for name, row in ROWS.items()}
    assert verdicts == dict.fromkeys(ROWS, str(DoorState.ADMITTED))


@SQLITE
def test_marks_of_the_scanner_and_a_scan_sent_twice_are_garbled_too(gate: Gate) -> None:
    for name, slash in (("French", "*"), ("Czech", "ů"), ("US with Shift Lock", "|"), ("Persian", "\\")):
        row, code = ROWS[name], gate.next_code()
        marked = [backslash(slash), *on_row(row, "000026"), *on_row(row, code)]
        assert gate.scan(marked, marked, [enter(on_keypad=True)]) == str(DoorState.ADMITTED)


@SQLITE
@pytest.mark.parametrize("reach_the_window", [True, False])
def test_keys_that_put_accents_on_letters_are_digits_all_the_same(gate: Gate, *, reach_the_window: bool) -> None:
    code = gate.next_code()
    assert gate.scan(with_accents(code, reach_the_window=reach_the_window), [enter()]) == str(DoorState.ADMITTED)


@SQLITE
def test_what_accents_make_of_letters_reaches_no_field_during_a_scan(gate: Gate) -> None:
    handle = gate.evening.window.windowHandle()
    field = QApplication.focusWidget()
    assert handle is not None
    assert field is gate.door.scan_field
    strike(handle, on_row(ROWS["French"], "00112"))
    composed = QInputMethodEvent()
    composed.setCommitString("ã")
    QApplication.sendEvent(field, composed)
    assert composed.type() == QEvent.Type.InputMethod
    assert not gate.door.scan_field.text()


@SQLITE
def test_a_scanner_that_types_on_the_keypad_is_read_with_num_lock_and_without(gate: Gate) -> None:
    for num_lock in (True, False):
        code = gate.next_code()
        scanned = gate.scan(on_keypad(code, num_lock=num_lock), [enter(on_keypad=True)])
        assert scanned == str(DoorState.ADMITTED), num_lock


@SQLITE
def test_a_scanner_made_for_the_keyboard_is_read_as_it_types(gate: Gate) -> None:
    assert gate.scan(with_shift(gate.next_code()), [enter()]) == str(DoorState.ADMITTED)
