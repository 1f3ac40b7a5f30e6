"""One seat, two seats: sentences with a number in them."""

from __future__ import annotations


def counted(number: int, one: str, many: str) -> str:
    """Return `one` for exactly one, else `many` with {0} replaced by the number; both are translated before."""
    return one if number == 1 else many.format(number)
