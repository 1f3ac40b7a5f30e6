"""What a template may name in {braces}: a fixed list, each name of which is filled with text and never with more."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pos_app.domain.letters.kinds import LetterKind


class Placeholder(StrEnum):
    """What stands in a line. A line in which one has nothing to tell is left out."""

    CUSTOMER = "customer"
    ORGANISATION = "organisation"
    ORDER = "order"
    TITLE = "title"
    """Of the performance; of several, the first one's and how many more."""
    WHEN = "when"
    WAS = "was"
    """When a performance that was moved should have begun."""
    DOORS = "doors"
    VENUE = "venue"
    ADDRESS = "address"
    TOTAL = "total"
    AMOUNT = "amount"
    """Money that goes back, all of it."""
    UNTIL = "until"
    """Until when seats are reserved or offered, or were, or until when a party waits."""
    REASON = "reason"
    """Why a performance is not given, or a waiting list was closed."""
    WAITING_CODE = "waiting_code"
    """By which a party that waits is found."""
    PARTY = "party"
    """For how many seats somebody waits."""
    WISH = "wish"
    """Which seats will do for who waits."""
    PLACE = "place"
    """In the queue of a waiting list, when the letter was written."""
    COMMISSION = "commission"
    """What the house keeps of tickets that are resold."""
    ENTRY = "entry"
    """How the tickets of the letter open the door."""
    LEFT_OUT = "left_out"
    """How many tickets do not go with the letter, because they are void meanwhile."""
    SUBJECT = "subject"
    """Typed by the house, for a note."""

    PERFORMANCES = "performances"
    TICKETS = "tickets"
    """With seats and short codes."""
    SEATS = "seats"
    PAYMENTS = "payments"
    """What it cost, and how it was paid."""
    REFUNDS = "refunds"
    """What goes back: how much, how, and when it arrives."""
    CODE = "code"
    TEXT = "text"
    """Typed by the house, for a note."""

    @property
    def is_list(self) -> bool:
        """Tell whether it is set as a list of its own, and therefore stands alone on its line."""
        return self in _LISTS


_LISTS: Final = frozenset(
    {
        Placeholder.PERFORMANCES,
        Placeholder.TICKETS,
        Placeholder.SEATS,
        Placeholder.PAYMENTS,
        Placeholder.REFUNDS,
        Placeholder.CODE,
        Placeholder.TEXT,
    }
)

_ALWAYS: Final = (Placeholder.CUSTOMER, Placeholder.ORGANISATION)
_ORDER: Final = (*_ALWAYS, Placeholder.ORDER)
_EVENING: Final = (
    Placeholder.TITLE,
    Placeholder.WHEN,
    Placeholder.DOORS,
    Placeholder.VENUE,
    Placeholder.ADDRESS,
    Placeholder.PERFORMANCES,
)
_TICKETS: Final = (Placeholder.TICKETS, Placeholder.ENTRY, Placeholder.LEFT_OUT)
_MONEY: Final = (Placeholder.TOTAL, Placeholder.PAYMENTS)
_BACK: Final = (Placeholder.AMOUNT, Placeholder.REFUNDS)
_KEPT: Final = (Placeholder.UNTIL, Placeholder.SEATS, Placeholder.TOTAL)
_PARTY: Final = (*_ALWAYS, *_EVENING, Placeholder.WAITING_CODE, Placeholder.CODE, Placeholder.PARTY, Placeholder.WISH)
_RESALE: Final = (*_ORDER, *_EVENING, Placeholder.SEATS)

OFFERED: Final[dict[LetterKind, tuple[Placeholder, ...]]] = {
    LetterKind.CONFIRMATION: (*_ORDER, *_EVENING, *_TICKETS, *_MONEY),
    LetterKind.GIFT: (*_ORDER, *_EVENING, *_TICKETS),
    LetterKind.RESERVATION: (*_ORDER, *_EVENING, *_KEPT),
    LetterKind.LAPSE_SOON: (*_ORDER, *_EVENING, *_KEPT),
    LetterKind.LAPSED: (*_ORDER, *_EVENING, *_KEPT),
    LetterKind.REFUND: (*_ORDER, *_EVENING, Placeholder.SEATS, *_BACK),
    LetterKind.EXCHANGE: (*_ORDER, *_EVENING, *_TICKETS, Placeholder.PAYMENTS, *_BACK),
    LetterKind.CANCELLED: (*_ORDER, *_EVENING, Placeholder.REASON, Placeholder.SEATS, *_BACK),
    LetterKind.MOVED: (*_ORDER, *_EVENING, Placeholder.WAS, *_TICKETS),
    LetterKind.WAITING: (*_PARTY, Placeholder.PLACE, Placeholder.UNTIL, Placeholder.WAS),
    LetterKind.OFFER: (*_PARTY, Placeholder.UNTIL, Placeholder.SEATS, Placeholder.WAS),
    LetterKind.OFFER_LAPSED: (*_PARTY, Placeholder.UNTIL, Placeholder.SEATS),
    LetterKind.WAITING_ENDED: (*_PARTY, Placeholder.UNTIL, Placeholder.REASON),
    LetterKind.RESALE: (*_RESALE, Placeholder.COMMISSION, Placeholder.AMOUNT),
    LetterKind.RESOLD: (*_RESALE, Placeholder.COMMISSION, *_BACK),
    LetterKind.RESALE_ENDED: _RESALE,
    LetterKind.NOTE: (*_ORDER, *_EVENING, Placeholder.SUBJECT, Placeholder.TEXT),
    LetterKind.VERIFICATION: (*_ALWAYS, Placeholder.CODE),
    LetterKind.TEST: _ALWAYS,
}
"""What each kind of letter has something to tell of, in the order in which it is offered."""

ASKED_FOR: Final[dict[LetterKind, tuple[Placeholder, ...]]] = {
    LetterKind.CONFIRMATION: (Placeholder.TICKETS,),
    LetterKind.GIFT: (Placeholder.TICKETS,),
    LetterKind.RESERVATION: (Placeholder.ORDER, Placeholder.UNTIL),
    LetterKind.LAPSE_SOON: (Placeholder.ORDER, Placeholder.UNTIL),
    LetterKind.REFUND: (Placeholder.REFUNDS,),
    LetterKind.EXCHANGE: (Placeholder.TICKETS,),
    LetterKind.CANCELLED: (Placeholder.PERFORMANCES, Placeholder.REFUNDS),
    LetterKind.MOVED: (Placeholder.PERFORMANCES, Placeholder.TICKETS),
    LetterKind.WAITING: (Placeholder.PERFORMANCES, Placeholder.CODE),
    LetterKind.OFFER: (Placeholder.PERFORMANCES, Placeholder.SEATS, Placeholder.UNTIL, Placeholder.CODE),
    LetterKind.OFFER_LAPSED: (Placeholder.UNTIL,),
    LetterKind.RESALE: (Placeholder.SEATS,),
    LetterKind.RESOLD: (Placeholder.SEATS, Placeholder.REFUNDS),
    LetterKind.RESALE_ENDED: (Placeholder.SEATS,),
    LetterKind.NOTE: (Placeholder.TEXT,),
    LetterKind.VERIFICATION: (Placeholder.CODE,),
}
"""Without these a letter would not say what it is for."""
