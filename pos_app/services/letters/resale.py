"""What the holders of tickets on resale are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def tell_resale(session: Session, order_id: int, change_id: int, line_ids: Collection[int]) -> bool:
    """Tell that tickets are on resale."""
    return False


def tell_resold(session: Session, order_id: int, change_id: int, amount_minor: int) -> bool:
    """Tell that seats were bought by somebody else, and what goes back (minor units)."""
    return False


def tell_resale_ended(session: Session, order_id: int, change_id: int, line_ids: Collection[int]) -> bool:
    """Tell that tickets are not on resale any more."""
    return False
