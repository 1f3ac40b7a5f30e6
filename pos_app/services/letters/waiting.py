"""Letters to parties that wait: that they are on the list, what is held for them, and that it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def tell_joined(_session: Session, _entry_id: int) -> bool:
    """Write that a party waits; tell whether there is an address it can go to."""
    return False


def tell_offer(_session: Session, _offer_id: int) -> bool:
    """Write that seats are held for a party; tell whether there is an address it can go to."""
    return False


def tell_offer_lapsed(_session: Session, _offer_id: int) -> bool:
    """Write that a party did not take its seats in time; tell whether there is an address it can go to."""
    return False


def tell_waiting_ended(_session: Session, _entry_id: int) -> bool:
    """Write that a party waits no more, for the list is closed; tell whether there is an address it can go to."""
    return False
