"""What became of orders, lines and refunds, and what was done to them, in words."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from pos_app.domain.orders.changes import ChangeKind, LineState, RefundState
from pos_app.domain.orders.standing import OrderStanding


def standing_words(standing: OrderStanding) -> str:
    """Say how an order stands."""
    match standing:
        case OrderStanding.PAID:
            return _tr("Paid")
        case OrderStanding.PART_REFUNDED:
            return _tr("Part refunded")
        case OrderStanding.REFUNDED:
            return _tr("Refunded")
        case OrderStanding.VOID:
            return _tr("Void")
        case OrderStanding.RESERVED:
            return _tr("Reserved")
        case OrderStanding.EXCHANGED:
            return _tr("Exchanged")
        case OrderStanding.RELEASED:
            # Its time came, or a person gave the seats back: the last change tells which.
            return _tr("Given back")
        case _:
            assert_never(standing)


def standing_tone(standing: OrderStanding) -> str:
    """Return the tone in which it is told; the words tell it, too."""
    match standing:
        case OrderStanding.PAID | OrderStanding.EXCHANGED:
            return "ok"
        case OrderStanding.PART_REFUNDED | OrderStanding.RESERVED:
            return "warn"
        case OrderStanding.REFUNDED | OrderStanding.VOID | OrderStanding.RELEASED:
            return "danger"
        case _:
            assert_never(standing)


def line_words(state: LineState) -> str:
    """Say what became of a line; "" of one that counts."""
    match state:
        case LineState.LIVE:
            return ""
        case LineState.RESERVED:
            return _tr("Reserved")
        case LineState.VOID:
            return _tr("Void")
        case LineState.RETURNED:
            return _tr("Refunded")
        case LineState.EXCHANGED:
            return _tr("Exchanged")
        case LineState.RELEASED:
            return _tr("Given back")
        case _:
            assert_never(state)


def refund_words(state: RefundState) -> str:
    """Say how far a refund is."""
    match state:
        case RefundState.DUE:
            return _tr("Due")
        case RefundState.PENDING:
            return _tr("On its way")
        case RefundState.PAID:
            return _tr("Paid out")
        case RefundState.FAILED:
            return _tr("Failed")
        case RefundState.GIVEN_UP:
            return _tr("Given up")
        case _:
            assert_never(state)


def change_words(kind: ChangeKind, *, changes_tickets: bool) -> str:
    """Say what was done. changes_tickets: tickets ended by it, which tells two kinds of correction apart."""
    corrected = _tr("Ticket types changed") if changes_tickets else _tr("Customer or note corrected")
    return {
        ChangeKind.SALE: _tr("Sold"),
        ChangeKind.RESERVE: _tr("Reserved"),
        ChangeKind.PICK_UP: _tr("Picked up and paid"),
        ChangeKind.KEEP_LONGER: _tr("Kept longer"),
        ChangeKind.GIVE_UP_SEATS: _tr("Reserved seats given back"),
        ChangeKind.RELEASE: _tr("Not picked up in time"),
        ChangeKind.TAKEN_OVER: _tr("Taken over from another box office"),
        ChangeKind.VOID: _tr("Taken back"),
        ChangeKind.REFUND: _tr("Refunded"),
        ChangeKind.EXCHANGE: _tr("Exchanged"),
        ChangeKind.SWAP: _tr("Places swapped"),
        ChangeKind.CORRECTION: corrected,
        ChangeKind.RESALE: _tr("Put on resale"),
        ChangeKind.RESALE_BACK: _tr("Taken off resale"),
        ChangeKind.RESOLD: _tr("Resold"),
        ChangeKind.REPRINT: _tr("Printed anew"),
        ChangeKind.PAY_OUT: _tr("Paid out"),
        ChangeKind.GIVE_UP: _tr("Way of paying out changed"),
        ChangeKind.HAND_OVER: _tr("Handed over"),
        ChangeKind.MOVE: _tr("Moved to another evening"),
    }[kind]


def _tr(words: str) -> str:
    return QCoreApplication.translate("Standings", words)
