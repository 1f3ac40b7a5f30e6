"""Reservations: seats under a name without payment, until a time. Amounts in minor units, times in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.customers.records import CustomerDraft
    from pos_app.domain.orders.changes import LineKind
    from pos_app.domain.seats import Place, SeatKey
    from pos_app.domain.selling.gifts import Gift
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.domain.selling.sales import SaleLine, Tender
    from pos_app.domain.sentences import Sentence

WARN_SECONDS: Final = 60
"""So long before its seats are given back, the tills are warned."""


@dataclass(frozen=True, slots=True)
class ReserveRequest:
    """One reservation as the till asks for it.

    request_id: made by the till, so that a repeat reserves nothing twice. total_minor: what the customer was told.
    customer_name: under which it is kept; one is needed, be it a customer's. customer_id: whose; new_customer: made
    together with it. release_at: None as the house has decided. promo_code: as it was typed.
    """

    request_id: str
    basket_key: str
    lines: tuple[SaleLine, ...]
    total_minor: int
    customer_name: str = ""
    note: str = ""
    customer_id: int | None = None
    new_customer: CustomerDraft | None = None
    release_at: datetime | None = None
    promo_code: str = ""
    gift: Gift | None = None


@dataclass(frozen=True, slots=True)
class ReservationTerms:
    """What the house allows for a basket. usual_release_at: where nothing else is said; latest: the first start.

    now: the server's time as it was asked. too_late: why nothing is reserved any more, None: it is. begins_at: when the
    first performance begins; what people come to all the time keeps seats longer than that.
    """

    usual_release_at: datetime
    latest_release_at: datetime
    most_seats: int
    time_zone: str
    now: datetime | None = None
    too_late: Sentence | None = None
    begins_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation that was made; the same for each repeat of its request.

    emailed_to: the address that its letter goes to; "": none does.
    """

    order_id: int
    number: str
    customer_name: str
    total_minor: int
    currency: str
    release_at: datetime
    time_zone: str
    seats: int
    customer_id: int | None = None
    emailed_to: str = ""


@dataclass(frozen=True, slots=True)
class OpenReservation:
    """A reservation in the list of those that wait. revision: of this picture.

    performances: what is still reserved. owed_minor: what that costs, by the prices that were told. open_at: the till
    that has it open for paying just now; "" none. seconds_left: until its seats are given back.
    """

    order_id: int
    number: str
    revision: int
    customer_name: str
    phone: str
    performances: tuple[PerformanceSeats, ...]
    seats: int
    owed_minor: int
    currency: str
    release_at: datetime
    time_zone: str
    seconds_left: float
    created_at: datetime
    note: str = ""
    customer_id: int | None = None
    open_at: str = ""

    @property
    def is_in_vain(self) -> bool:
        """Tell whether seats of cancelled performances are all that is still reserved: they can but be given back."""
        return bool(self.performances) and all(one.is_cancelled for one in self.performances)


@dataclass(frozen=True, slots=True)
class ReservedLine:
    """A reserved line, as a pick-up offers it. told_minor: what it costs as it was told, and is kept.

    now_minor: by today's prices; None where there is none any more. for_line_id: the seat's whose fee this is.
    """

    line_id: int
    kind: LineKind
    told_minor: int
    now_minor: int | None
    seat: SeatKey | None = None
    place: Place | None = None
    ticket_type_id: int | None = None
    ticket_type: str = ""
    for_line_id: int | None = None


@dataclass(frozen=True, slots=True)
class PickUp:
    """A reservation that this till has open for paying, and nobody else.

    hold: how long, as a basket's; its seats are those reserved. lines: what can be paid now.
    """

    order_id: int
    number: str
    revision: int
    customer_name: str
    note: str
    currency: str
    time_zone: str
    release_at: datetime
    hold: PlacedHold
    performances: tuple[PerformanceSeats, ...]
    lines: tuple[ReservedLine, ...]
    customer_id: int | None = None

    @property
    def price_has_changed(self) -> bool:
        """Tell whether today's prices are others than were told."""
        return any(line.now_minor is not None and line.now_minor != line.told_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class PickUpRequest:
    """Paying what was reserved. line_ids: of the seats that are taken; the others stay reserved.

    total_minor: what the customer was told. price_of_now: by today's prices and not by those told; approval_id: of the
    manager who allows that, None: who acts is one. after_start: the cashier has said that it has begun.
    """

    request_id: str
    order_id: int
    basket_key: str
    line_ids: tuple[int, ...]
    total_minor: int
    tender: Tender
    price_of_now: bool = False
    approval_id: int | None = None
    collect: bool = False
    after_start: bool = False


@dataclass(frozen=True, slots=True)
class KeepLongerRequest:
    """Another time of release, with a reason. revision: of the picture that it was decided on."""

    request_id: str
    order_id: int
    revision: int
    release_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GiveUpRequest:
    """Giving reserved seats back before their time. line_ids: of seats; the fees go with them."""

    request_id: str
    order_id: int
    revision: int
    line_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class KeptReservation:
    """What a reservation is after it was kept longer, or lost some seats. seats: how many are still reserved."""

    order_id: int
    number: str
    revision: int
    seats: int
    release_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReleasedReservations:
    """What housekeeping gave back. more: whether there may be others that are due."""

    orders: int
    seats: int
    more: bool
