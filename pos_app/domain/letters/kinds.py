"""The kinds of letters, and what becomes of one."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class LetterKind(StrEnum):
    """What a letter is about."""

    CONFIRMATION = "confirmation"
    """Tickets were sold, or what was reserved is paid."""
    GIFT = "gift"
    """Tickets were given away by the house."""
    RESERVATION = "reservation"
    """Seats are reserved, or kept until another time than was told."""
    LAPSE_SOON = "lapse_soon"
    """A reservation is about to give its seats back."""
    LAPSED = "lapsed"
    """A reservation has given its seats back."""
    REFUND = "refund"
    EXCHANGE = "exchange"
    """Other seats, other ticket types, guests who changed places: the new tickets are with it."""
    CANCELLED = "cancelled"
    """A performance is not given; the money of its tickets goes back."""
    MOVED = "moved"
    """A performance is given at another time, or its guests were moved to another one."""
    WAITING = "waiting"
    """A party waits for a sold-out performance: its place, and the code by which it is found."""
    OFFER = "offer"
    """Seats are held for a party that waited."""
    OFFER_LAPSED = "offer_lapsed"
    """A party did not take the seats that were offered in time."""
    WAITING_ENDED = "waiting_ended"
    """A waiting list is closed, or the performance is not given: nobody will hear of seats any more."""
    RESALE = "resale"
    """A ticket was given back for resale: it is valid until somebody buys the seat."""
    RESOLD = "resold"
    """Somebody bought the seat: the ticket is void, and the money goes back, less the commission."""
    RESALE_ENDED = "resale_ended"
    """A ticket is not on resale any more: it was taken back, or nobody bought the seat."""
    NOTE = "note"
    """The house writes something itself."""
    VERIFICATION = "verification"
    """The code that shows that an address is the customer's."""
    TEST = "test"
    """A manager tries the settings."""


class LetterState(StrEnum):
    """What becomes of a letter."""

    WAITING = "waiting"
    SENDING = "sending"
    """A till has it, until its lease is over."""
    SENT = "sent"
    FAILED = "failed"
    """It was refused for good, or tried in vain for too long; somebody has to look at it."""
    STOPPED = "stopped"
    """A person stopped it, or it tells of what is true no more."""


WITH_TICKETS: Final = frozenset({LetterKind.CONFIRMATION, LetterKind.GIFT, LetterKind.EXCHANGE, LetterKind.MOVED})
"""Kinds that bring tickets, where there are some."""

OF_WAITING: Final = frozenset({LetterKind.WAITING, LetterKind.OFFER, LetterKind.OFFER_LAPSED, LetterKind.WAITING_ENDED})
"""Kinds that tell a party of its place on a waiting list; no order is behind them."""

OF_RESALE: Final = frozenset({LetterKind.RESALE, LetterKind.RESOLD, LetterKind.RESALE_ENDED})
"""Kinds that tell of tickets that were given back for resale."""

ASKING_CONSENT: Final = frozenset({LetterKind.NOTE})
"""Kinds that no order asks for: they go to who has said that letters may come, or who has an order of what is told."""
