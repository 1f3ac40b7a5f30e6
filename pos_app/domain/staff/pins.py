"""PINs: how many digits they have, and when one is complete.

A house decides one length for all its PINs, so that a till can send a PIN at its last digit: what it shows of that is
the rule of the house, and nothing of a person. A PIN from before the rule keeps its length and is sent by Enter.
"""

from __future__ import annotations

from typing import Final

SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 8


def is_complete(typed: int, digits: int) -> bool:
    """Tell whether so many typed digits are a whole PIN. digits: that it is known to have; 0: not known."""
    return typed >= (digits or LONGEST_PIN)
