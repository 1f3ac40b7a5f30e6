"""What a house decides once for all its tills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

USUAL_PIN_DIGITS: Final = 4

SHORTEST_HOLD_MINUTES: Final = 1
LONGEST_HOLD_MINUTES: Final = 30

LONGEST_BEFORE_MINUTES: Final = 7 * 24 * 60
"""A reservation ends so long before the doors at the most, and none is made so long before the start."""
MOST_RESERVED: Final = 500
MOST_OF_A_CUSTOMER: Final = 10_000
WHOLE_PRICE: Final = 100
"""Percent: the house keeps no more of a ticket that is resold than it cost."""


@dataclass(frozen=True, slots=True)
class HouseSettings:
    """The organisation, and what a new performance begins with. Fees in minor units of the currency (ISO 4217).

    organisation: who sells, the name of the house; empty: its only venue is. language: a locale ("en_GB") in which
    money and dates stand on tickets; empty: each till's own. cash_in_cents: digits that are typed as cash given count
    as cents; else as whole units, until a separator is typed. pin_digits: of a PIN that is chosen from now on.
    refund_limit_minor: up to which a cashier gives money back for one request without a manager; 0: each needs one.
    exchange_fee_minor: what the exchange of a ticket costs the customer.
    release_before_doors: minutes before the doors at which a reservation gives its seats back, where nothing else was
    said. reservation_seats: how many one reservation keeps at the most. reservation_ends: minutes before the start from
    which on nothing is reserved any more. customer_tickets: how many one customer has of one performance at the most;
    0: as many as there are. customer_tickets_verified: where there is such a limit, each customer's e-mail address has
    to be verified, so that nobody has twice as many under two addresses. offer_minutes: how long seats are held for who
    waited for them, at the most. resale_percent: what the house keeps of a ticket that is resold for its holder.
    """

    organisation: str = ""
    currency: str = "EUR"
    ticket_fee_minor: int = 0
    order_fee_minor: int = 0
    hold_minutes: int = 15
    language: str = ""
    cash_in_cents: bool = False
    pin_digits: int = USUAL_PIN_DIGITS
    refund_limit_minor: int = 0
    exchange_fee_minor: int = 0
    release_before_doors: int = 30
    reservation_seats: int = 20
    reservation_ends: int = 60
    customer_tickets: int = 0
    customer_tickets_verified: bool = False
    offer_minutes: int = 120
    resale_percent: int = 10


@dataclass(frozen=True, slots=True)
class HouseRecord:
    """All that a manager decides for the house on one page: HouseSettings, and the look of the tickets (TicketLook)."""

    organisation: str
    currency: str
    ticket_fee_minor: int
    order_fee_minor: int
    hold_minutes: int
    language: str
    line: str
    logo_png: bytes | None
    cash_in_cents: bool = False
    pin_digits: int = USUAL_PIN_DIGITS
    refund_limit_minor: int = 0
    exchange_fee_minor: int = 0
    release_before_doors: int = 30
    reservation_seats: int = 20
    reservation_ends: int = 60
    customer_tickets: int = 0
    customer_tickets_verified: bool = False
    offer_minutes: int = 120
    resale_percent: int = 10

    def settings(self) -> HouseSettings:
        """Return the part that is no look."""
        return HouseSettings(
            self.organisation,
            self.currency,
            self.ticket_fee_minor,
            self.order_fee_minor,
            self.hold_minutes,
            self.language,
            self.cash_in_cents,
            self.pin_digits,
            self.refund_limit_minor,
            self.exchange_fee_minor,
            self.release_before_doors,
            self.reservation_seats,
            self.reservation_ends,
            self.customer_tickets,
            self.customer_tickets_verified,
            self.offer_minutes,
            self.resale_percent,
        )
