"""The door steward's part of the tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.tour.stage import fail
from pos_app.ui.screens.door.verdict_look import DoorState

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.domain.staff.sign_in import DemoSignIn
    from pos_app.domain.tickets.faces import TicketFace
    from pos_app.tour.stage import Stage
    from pos_app.ui.screens.door.screen import DoorScreen


class Admitting:
    """Signs in as the door steward and scans."""

    def __init__(self, stage: Stage, foyer: Foyer, person: DemoSignIn) -> None:
        self._stage = stage
        self._foyer = foyer
        self._person = person

    @property
    def door(self) -> DoorScreen:
        """The door screen, once the steward has signed in."""
        workplace = self._foyer.workplace
        if workplace is None or workplace.door is None:
            fail("the door screen is not open")
        return workplace.door

    def sign_in(self) -> None:
        """Change hands: the cashier signs out, the steward comes in by PIN."""
        window = self._foyer.window
        window.sign_out()
        choices = self._foyer.house.choices if self._foyer.house else None
        chosen = next((one for one in choices.staff if one.name == self._person.name), None) if choices else None
        if chosen is None:
            fail("the steward is not among the staff")
        window.sign_in_screen.pin_given.emit(chosen.staff_id, self._person.pin)
        self._stage.wait_for("the steward is in", lambda: window.actor is not None)
        self._stage.wait_for("the performances are known", lambda: self.door.bar.performances.count() > 0)

    def choose_performance(self, face: TicketFace) -> None:
        """Set the gate to the performance of the ticket."""
        box = self.door.bar.performances
        at = next((row for row in range(box.count()) if box.itemData(row).performance_id == face.performance_id), -1)
        if at < 0:
            fail("the performance is not offered at the door")
        box.setCurrentIndex(at)
        box.activated.emit(at)
        self.set_gate("Main entrance")

    def set_gate(self, name: str) -> None:
        """Stand at another gate."""
        self.door.bar.gates.use(name)

    def scan(self, code: str, wanted: DoorState) -> None:
        """Scan a code and wait for the verdict."""
        self.door.scan(code)
        self._stage.wait_for(f"the verdict {wanted}", lambda: self.door.panel.state in {wanted, DoorState.NOT_CHECKED})
        state = self.door.panel.state
        self._stage.record.scans.append({"verdict": str(state)})
        if state is not wanted:
            fail(f"the verdict was {state}")

    def type_code(self, face: TicketFace) -> None:
        """Type the short code of a ticket, as at a gate without a scanner."""
        field = self.door.scan_field
        field.setText(face.short_code.lower())
        QTest.keyClick(field, Qt.Key.Key_Return)
        self._stage.wait_for("it is admitted", lambda: self.door.panel.state is DoorState.ADMITTED)
        self._stage.record.scans.append({"verdict": str(self.door.panel.state)})


def forge(code: str) -> str:
    """Return the code of another seat, made up by somebody without the key: one digit in the middle is another."""
    middle = len(code) // 3
    return code[:middle] + str((int(code[middle]) + 1) % 10) + code[middle + 1 :]
