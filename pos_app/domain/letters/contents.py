"""Everything that a letter tells, read from the books when it is sent: what it is set from, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.letters.kinds import LetterKind

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.seats import Place
    from pos_app.domain.selling.sales import PaymentMethod
    from pos_app.domain.tickets.faces import TicketFace


@dataclass(frozen=True, slots=True)
class LetterEvening:
    """A performance that a letter tells of; times in UTC, written in the venue's zone (IANA name).

    starts_was: where it was moved, when it should have begun. cancel_reason: why it is not given; "": it is given, or
    nobody said why.
    """

    performance_id: int
    title: str
    venue: str
    address: str
    starts_at: datetime
    ends_at: datetime | None
    doors_at: datetime | None
    time_zone: str
    is_cancelled: bool = False
    cancel_reason: str = ""
    starts_was: datetime | None = None


@dataclass(frozen=True, slots=True)
class LetterPlace:
    """A place that a letter tells of. price_minor: what was paid for it, or is to be, in minor units.

    short_code: of its ticket, where it has one that is good.
    """

    performance_id: int
    place: Place
    category: str
    ticket_type: str
    price_minor: int
    short_code: str = ""


@dataclass(frozen=True, slots=True)
class LetterMoney:
    """Money that went one way or the other: how, and how much, in minor units. is_due: it is still to be paid."""

    method: PaymentMethod
    amount_minor: int
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class LetterParty:
    """A party on a waiting list. seats: how many they are; place: in the queue when the letter was written, 1 is next.

    categories, zones: those that will do, by name; none: any. reason: why the list was closed; "": nobody said why, or
    it is open. waited_until: a time that the party had named itself, and that is over (UTC).
    """

    seats: int
    place: int = 0
    categories: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    together: bool = True
    reason: str = ""
    waited_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LetterContent:
    """What a letter tells.

    language: a locale, never empty. organisation: who writes. customer_name: "" where nobody is called. places: in the
    order of performance and seat. faces: of the tickets that go with it and are good, without their signed codes.
    left_out: how many tickets should have gone with it and are void meanwhile. total_minor: of the places and fees that
    are told, minor units of currency; fee_minor: the part of it that is fees. paid, back: money taken, and money that
    goes back. release_at: until when seats are reserved or offered, or a party waits (UTC). code: to be typed at the
    counter, or by which a party that waits is found. subject, text: typed by a person. party: who waits.
    commission_minor: what the house keeps, or would, of tickets on resale; expected_minor: what goes back for them when
    somebody buys them. is_over: what it was written for is not so any more, as the books say now.
    """

    letter_id: int
    kind: LetterKind
    language: str
    organisation: str
    customer_name: str = ""
    order_number: str = ""
    currency: str = ""
    evenings: tuple[LetterEvening, ...] = ()
    places: tuple[LetterPlace, ...] = ()
    faces: tuple[TicketFace, ...] = ()
    left_out: int = 0
    total_minor: int = 0
    fee_minor: int = 0
    paid: tuple[LetterMoney, ...] = ()
    back: tuple[LetterMoney, ...] = ()
    release_at: datetime | None = None
    code: str = ""
    subject: str = ""
    text: str = ""
    party: LetterParty | None = None
    commission_minor: int = 0
    expected_minor: int = 0
    is_over: bool = False

    @property
    def is_untrue(self) -> bool:
        """Tell whether nothing of what it was written for is true any more: then it is not sent."""
        if self.is_over or (self.left_out and not self.faces):
            return True
        return self.kind in {LetterKind.RESERVATION, LetterKind.LAPSE_SOON} and not self.places
