"""Paid orders that wait at the window: listed, and handed over with their first print."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.finding import WaitingOrder
    from pos_app.domain.roles import Actor


def list_waiting(session: Session, actor: Actor, performance_id: int | None = None) -> tuple[WaitingOrder, ...]:
    """Return what waits at the window, by performance and name; None: of all performances that are not over.

    Raises NotPermitted.
    """
    raise NotImplementedError


def hand_over(session: Session, actor: Actor, order_id: int, request_id: str) -> tuple[int, ...]:
    """Take the tickets of an order that wait at the window for printed, and return them: to be printed now.

    It is their first print, and no reprint: no code becomes void. Repeating the request returns the same tickets.
    Raises NotPermitted, NotFound, InvalidInput (nothing of it waits).
    """
    raise NotImplementedError
