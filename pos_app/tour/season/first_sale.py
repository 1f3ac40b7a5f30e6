"""The first ticket of the new season in the manager's tour: sold with the promo code, printed, scanned at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.domain.roles import Role
from pos_app.domain.staff.sign_in import DemoSignIn
from pos_app.tour.admitting import Admitting
from pos_app.tour.season.manager import MANAGER, PASSWORD, Chapter
from pos_app.tour.season.papers import TITLE
from pos_app.tour.season.promoting import OPENING
from pos_app.tour.selling import Selling
from pos_app.tour.stage import fail
from pos_app.ui.screens.door.verdict_look import DoorState

if TYPE_CHECKING:
    from pos_app.tour.season.manager import Manager

_SEATS: Final = 2


class FirstSale(Chapter):
    """Sells like a cashier, and opens the door."""

    def __init__(self, manager: Manager) -> None:
        super().__init__(manager)
        person = DemoSignIn(MANAGER, PASSWORD, "", Role.MANAGER)
        self.selling = Selling(manager.stage, manager.foyer, person)
        self._admitting = Admitting(manager.stage, manager.foyer, person)

    def open_performance(self) -> None:
        """Go to the Sell screen: the new event is there."""
        self._hands.press("Sell")
        listed = self.selling.sell.performances
        self._stage.wait_for("performances are listed", listed.model.rowCount)
        if not self.selling.open_first(lambda one: one.title == TITLE):
            fail("the new event is not on sale")
        self._stage.wait_for("its seats are shown", lambda: self.selling.sell.live.plan is not None)

    def pick(self) -> None:
        """Two seats side by side."""
        self._stage.wait_for("seats are free", lambda: self.selling.has_free_run(_SEATS))
        self.selling.pick_seats(_SEATS)

    def use_code(self) -> None:
        """The promo code that was made before."""
        hold = self.selling.sell.hold
        before = hold.basket.totals().total_minor
        self._hands.key(Qt.Key.Key_F11)
        field = self.selling.sell.basket_panel.promo.field
        self._hands.write(field, OPENING.lower())
        self._hands.key(Qt.Key.Key_Return)
        self._stage.wait_for("the code is taken", lambda: hold.basket.totals().total_minor < before)

    def scan(self) -> None:
        """The guest comes in."""
        if self.selling.printed is None:
            fail("nothing was printed")
        face = self.selling.printed.faces[0]
        self._hands.press("Door")
        box = self._admitting.door.bar.performances
        self._stage.wait_for("the performances are known", box.count)
        self._admitting.choose_performance(face)
        self._admitting.scan(face.code, DoorState.ADMITTED)
