"""The words of the ledger: what changes an order, what its lines are, and the life of a line and of a refund."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ChangeKind(StrEnum):
    """What was done to an order."""

    SALE = "sale"
    RESERVE = "reserve"
    """Seats under a name, unpaid."""
    PICK_UP = "pick_up"
    """What was reserved is paid, all of it or some seats."""
    KEEP_LONGER = "keep_longer"
    """A reservation gets another time of release."""
    GIVE_UP_SEATS = "give_up_seats"
    """Some seats of a reservation, or all, are given back before its time, because somebody said so."""
    RELEASE = "release"
    """A reservation is over: its time came, and nobody picked it up. Done by housekeeping, by nobody's hand."""
    TAKEN_OVER = "taken_over"
    """Sold in another system, before the season was taken over."""
    VOID = "void"
    """All of it taken back within minutes of the sale."""
    REFUND = "refund"
    EXCHANGE = "exchange"
    SWAP = "swap"
    """Two guests of one order change places."""
    CORRECTION = "correction"
    """Another ticket type, or another name or note; nobody moves."""
    MOVE = "move"
    """To another performance, because the house called one off."""
    RESALE = "resale"
    """Tickets are given back for resale; they are valid until somebody buys their seats."""
    RESALE_BACK = "resale_back"
    """They are not on resale any more, and remain what they were."""
    RESOLD = "resold"
    """Somebody bought their seats: they are void, and the money goes back, less the commission."""
    REPRINT = "reprint"
    HAND_OVER = "hand_over"
    """The first print of tickets that waited at the window."""
    PAY_OUT = "pay_out"
    """A refund that was due is paid."""
    GIVE_UP = "give_up"
    """A refund that cannot be paid this way is replaced by another one."""


class LineKind(StrEnum):
    """What a line of an order is for. Only a seat's line has a place and a ticket."""

    SEAT = "seat"
    FEE = "fee"
    ROUNDING = "rounding"
    VOUCHER = "voucher"


class LineState(StrEnum):
    """What became of a line."""

    LIVE = "live"
    RESERVED = "reserved"
    """Not paid yet."""
    RELEASED = "released"
    """Was reserved, and never paid as it was: given back, or paid as a line at today's price."""
    VOID = "void"
    RETURNED = "returned"
    """Refunded."""
    EXCHANGED = "exchanged"
    """Replaced by other lines of the same order."""


class RefundState(StrEnum):
    """The life of a refund."""

    DUE = "due"
    PENDING = "pending"
    """A gateway has been asked, and has not answered for good."""
    PAID = "paid"
    FAILED = "failed"
    GIVEN_UP = "given_up"
    """Another refund has taken its place."""


ENDED_BY: Final = {
    ChangeKind.VOID: LineState.VOID,
    ChangeKind.REFUND: LineState.RETURNED,
    ChangeKind.RESOLD: LineState.RETURNED,
    ChangeKind.EXCHANGE: LineState.EXCHANGED,
    ChangeKind.SWAP: LineState.EXCHANGED,
    ChangeKind.CORRECTION: LineState.EXCHANGED,
    ChangeKind.MOVE: LineState.EXCHANGED,
    ChangeKind.PICK_UP: LineState.RELEASED,
    ChangeKind.GIVE_UP_SEATS: LineState.RELEASED,
    ChangeKind.RELEASE: LineState.RELEASED,
}
"""What a line that a change ends is from then on. A pick-up ends lines only where today's price takes the place of the
one that was told: otherwise the reserved line itself becomes live."""

BEGINNINGS: Final = (ChangeKind.SALE, ChangeKind.RESERVE, ChangeKind.TAKEN_OVER)
"""What an order begins with: the lines that it made are the order as it was sold, or told."""

TAKEN_FROM_PAYMENTS: Final = (RefundState.DUE, RefundState.PENDING, RefundState.PAID, RefundState.FAILED)
"""Refunds that take their amount from a payment; one that was given up does so no more."""
