"""Resale in the tour: two tickets given back, one seat of them bought, and both of their holders at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos_app.tour.hands import Hands
from pos_app.tour.letters.receiver import SENT_WITHIN
from pos_app.tour.stage import fail
from pos_app.tour.waiting.counter import ADDRESSES, SELLER
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.screens.orders.resale.sheet import ResaleSheet

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.domain.seats import Place
    from pos_app.domain.tickets.faces import TicketFace
    from pos_app.tour.admitting import Admitting
    from pos_app.tour.letters.receiver import Receiver
    from pos_app.tour.selling import Selling
    from pos_app.tour.stage import Stage
    from pos_app.tour.waiting.offers import Offers

_ORDER: Final = 1
_GIVEN: Final = 2
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier


class Sellers:
    """Puts tickets on resale, lets somebody buy the first of them, and scans both. faces: the seller's tickets."""

    def __init__(self, stage: Stage, foyer: Foyer, selling: Selling, offers: Offers, receiver: Receiver) -> None:
        self._stage = stage
        self._selling = selling
        self._offers = offers
        self._receiver = receiver
        self._hands = Hands(stage, foyer.window)
        self._seats: list[int] = []
        self._places: list[Place] = []
        self.faces: list[TicketFace] = []

    def keep_faces(self) -> None:
        """Keep the seller's tickets, as the gate will see them."""
        if self._selling.printed is None:
            fail("nothing was printed")
        self.faces = list(self._selling.printed.faces)

    def ask_to_give_back(self) -> None:
        """Tick two tickets and press Ctrl+F7: what goes back is told before."""
        self._offers.show_order(_ORDER)
        self._offers.tick(_GIVEN)
        order = self._offers.screen.panel.order
        if order is None:
            fail("no order is shown")
        given = order.live_seats[:_GIVEN]
        self._seats = [line.seat_id for line in given if line.seat_id is not None]
        self._places = [line.place for line in given if line.place is not None]
        self._hands.key(Qt.Key.Key_F7, _CONTROL)
        sheet = self._hands.wait_for_sheet(ResaleSheet)
        self._stage.wait_for("it is reckoned", lambda: sheet.preview is not None and sheet.yes.isEnabled())

    def give_back(self) -> None:
        """Press Enter: they are on resale, and valid."""
        self._hands.click(self._hands.wait_for_sheet(ResaleSheet).yes)
        self._hands.wait_for_no_sheet()
        panel = self._offers.screen.panel

        def is_told() -> bool:
            return panel.order is not None and sum(line.is_on_resale for line in panel.order.live_seats) == _GIVEN

        self._stage.wait_for("the order tells it", is_told)

    def pick(self) -> None:
        """Go to the map, and click the first of the seats."""
        self._hands.key(Qt.Key.Key_1, _ALT)
        live, board = self._selling.sell.live, self._selling.sell.map_panel.map
        if live.plan is None:
            fail("no plan is shown")
        at = list(live.plan.seat_id).index(self._seats[0])
        basket = self._selling.sell.hold.basket
        self._stage.rest()

        def is_held() -> bool:
            if basket.lines:
                return True
            center = board.seat_center(at)
            QTest.mouseClick(
                board, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(center.x(), center.y())
            )
            self._stage.rest()
            return bool(self._selling.sell.hold.basket.lines)

        self._stage.wait_for("the seat is held", is_held)

    def hear_of_sale(self) -> None:
        """Wait until the seller is told, and look at the order: void, the commission kept, the money due."""
        self._stage.wait_for(
            "the seller is told", lambda: len(self._receiver.letters_to(ADDRESSES[SELLER])) > 1, SENT_WITHIN
        )
        self._offers.show_order(_ORDER)

    def go_to_the_door(self, admitting: Admitting) -> None:
        """The steward's gate is for this evening; the seller shows the ticket that somebody else has bought."""
        admitting.choose_performance(self._face(0))
        admitting.scan(self._face(0).code, DoorState.REFUSED)

    def come_in_all_the_same(self, admitting: Admitting) -> None:
        """Show the other one: nobody has bought its seat, so its holder comes in."""
        admitting.scan(self._face(1).code, DoorState.ADMITTED)

    def _face(self, at: int) -> TicketFace:
        place = self._places[at]
        return next(face for face in self.faces if face.place.spoken() == place.spoken())
