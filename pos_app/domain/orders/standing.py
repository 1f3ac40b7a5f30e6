"""What an order is, told by what became of its seats: derived wherever it is asked for, and stored nowhere."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pos_app.domain.orders.changes import LineState

if TYPE_CHECKING:
    from collections.abc import Collection


class OrderStanding(StrEnum):
    """What an order is."""

    PAID = "paid"
    RESERVED = "reserved"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"
    EXCHANGED = "exchanged"
    """Paid, with other seats or ticket types than were sold first."""
    VOID = "void"
    RELEASED = "released"
    """Was reserved, and was never paid: its time came, or its seats were given back before."""


def standing_of(states: Collection[LineState]) -> OrderStanding:
    """Tell what an order is. states: of its lines of kind seat; fees that were kept make no difference."""
    if LineState.RESERVED in states:
        return OrderStanding.RESERVED
    if LineState.LIVE in states:
        if LineState.RETURNED in states:
            return OrderStanding.PART_REFUNDED
        return OrderStanding.EXCHANGED if LineState.EXCHANGED in states else OrderStanding.PAID
    if LineState.RETURNED in states:
        return OrderStanding.REFUNDED
    if LineState.VOID in states:
        return OrderStanding.VOID
    return OrderStanding.RELEASED if LineState.RELEASED in states else OrderStanding.VOID
