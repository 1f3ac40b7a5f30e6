"""What the desk asks for about reservations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.flows.print_slips import send_slip, set_slip
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.reservations.counting import count_reservations
from pos_app.services.orders.reservations.keeping import give_up_seats, keep_longer
from pos_app.services.orders.reservations.listing import list_reservations, list_reserved_performances

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.orders.reservations import (
        GiveUpRequest,
        KeepLongerRequest,
        KeptReservation,
        OpenReservation,
    )
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.flows.print_slips import PrintedSlip
    from pos_app.flows.print_tickets import TicketPress
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class ReservationOperations:
    """Listing, keeping longer, giving back, slips; `owner` is who wants the answer. press: see OrderOperations."""

    def __init__(self, office: Office, press: Callable[[], TicketPress]) -> None:
        self._office = office
        self._press = press

    @property
    def printer(self) -> str:
        """The printer queue of this till, "" for none."""
        return self._press().queue

    @property
    def till_name(self) -> str:
        """Return how this till is called."""
        return self._office.actor.till_name

    def count(self, owner: QObject) -> Reply[int]:
        """Count the reservations that are open; nobody waits for it."""
        return self._office.background.poll(owner, "reservations", count_reservations, self._office.actor)

    def open_reservations(
        self, owner: QObject, words: str, performance_id: int | None
    ) -> Reply[tuple[OpenReservation, ...]]:
        """List those that fit; an answer that is no longer the one asked for is dropped."""
        return self._office.read_latest(
            owner, "reservations", list_reservations, text=words, performance_id=performance_id
        )

    def look_again(self, owner: QObject, words: str, performance_id: int | None) -> Reply[tuple[OpenReservation, ...]]:
        """As open_reservations, by the screen's turn; nobody waits for it."""
        return self._office.background.poll(
            owner,
            "reservations again",
            list_reservations,
            self._office.actor,
            text=words,
            performance_id=performance_id,
        )

    def performances(self, owner: QObject) -> Reply[tuple[PerformanceSeats, ...]]:
        """List those that have open reservations; nobody waits for it."""
        return self._office.background.poll(
            owner, "reserved performances", list_reserved_performances, self._office.actor
        )

    def order(self, owner: QObject, order_id: int) -> Reply[OrderPage]:
        """Read the order of a reservation as it is now."""
        return self._office.read_latest(owner, "order", load_order_page, order_id)

    def keep_longer(self, owner: QObject, request: KeepLongerRequest) -> Reply[KeptReservation]:
        """Keep its seats until another time."""
        return self._office.write(owner, keep_longer, request)

    def give_back(self, owner: QObject, request: GiveUpRequest) -> Reply[KeptReservation]:
        """Put reserved seats on sale again."""
        return self._office.write(owner, give_up_seats, request)

    def slip(self, owner: QObject, order_id: int) -> Reply[PrintedSlip]:
        """Set the slip of a reservation, and save it as a PDF."""
        return self._office.background.run_flow(owner, set_slip, self._press(), order_id)

    def print_out(self, owner: QObject, printed: PrintedSlip) -> Reply[None]:
        """Send a slip to the printer."""
        return self._office.background.outside(owner, send_slip, self._press(), printed)
