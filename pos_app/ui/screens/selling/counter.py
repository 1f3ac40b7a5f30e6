"""Who is at the counter: a basket, an exchange, a reservation, or the sale that was made last; one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.ui.screens.selling.customer_display.display import ReservedDue

if TYPE_CHECKING:
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.sales import Sale
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.sums import Sums
    from pos_app.ui.screens.selling.exchange.exchanging import Exchanging
    from pos_app.ui.screens.selling.payment.sale import SaleTaking
    from pos_app.ui.screens.selling.payment.tickets import TicketPrinting
    from pos_app.ui.screens.selling.picking_up.leading import PickingUp
    from pos_app.ui.screens.selling.reserving.leading import Reserving


@dataclass(frozen=True, slots=True)
class Counter:
    """Tells what the parts of the sell screen are busy with."""

    hold: BasketHold
    taking: SaleTaking
    tickets: TicketPrinting
    exchanging: Exchanging
    reserving: Reserving
    picking_up: PickingUp

    @property
    def shown(self) -> tuple[Basket, Sale | None, Sums | None, ReservedDue | None]:
        """What the customer is shown: see CustomerDisplay.show_counter."""
        picked, exchanging = self.picking_up.counter.pick_up, self.exchanging
        total = self.picking_up.panel.total_words
        due = None if picked is None else ReservedDue(self.picking_up.counter.performances, total)
        return exchanging.exchange.shown, self.tickets.sale, exchanging.sums, due

    @property
    def is_asking(self) -> bool:
        """Tell whether money is about to be taken, or seats to be reserved: no others are chosen meanwhile."""
        return self.exchanging.is_opening_payment or self.reserving.is_opening or self.picking_up.is_active

    @property
    def is_done_otherwise(self) -> bool:
        """Tell whether what is at the counter is no basket, or is being paid or reserved."""
        return self.is_occupied or self.is_asking

    @property
    def is_occupied(self) -> bool:
        """Tell whether something else is done with the basket, or what was done last is still shown."""
        is_done_otherwise = self.exchanging.is_active or self.exchanging.is_paying or self.picking_up.is_active
        return is_done_otherwise or self.tickets.is_open

    @property
    def has_customer(self) -> bool:
        """Tell whether somebody is served who is to be finished with first."""
        has_basket = bool(self.hold.basket.lines) or self.hold.is_waiting
        return has_basket or self.is_occupied or self.taking.is_unsettled or self.taking.is_in_doubt
