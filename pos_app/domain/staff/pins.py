"""PINs: how many digits they have, and when one is complete.

A house decides one length for all its PINs, so that a till can send a PIN at its last digit: what it shows of that is
the rule of the house, and nothing of a person. A PIN from before the rule keeps its length and is sent by Enter.
A manager's PIN approves what others may not do, so it has six digits at least, whatever the house decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.roles import Permission, may

if TYPE_CHECKING:
    from pos_app.domain.roles import Role

SHORTEST_PIN: Final = 4
SHORTEST_MANAGER_PIN: Final = 6
LONGEST_PIN: Final = 8


def shortest_of(role: Role) -> int:
    """Return the fewest digits of a PIN that somebody of this role may have."""
    return SHORTEST_MANAGER_PIN if may(role, Permission.APPROVE) else SHORTEST_PIN


def digits_of(role: Role, house_digits: int) -> int:
    """Return how many digits a PIN of this role has. house_digits: that the house has decided."""
    return max(house_digits, shortest_of(role))


def is_complete(typed: int, digits: int) -> bool:
    """Tell whether so many typed digits are a whole PIN. digits: that it is known to have; 0: not known."""
    return typed >= (digits or LONGEST_PIN)
