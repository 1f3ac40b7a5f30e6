"""What a computer of the house is for."""

from __future__ import annotations

from enum import StrEnum


class TillKind(StrEnum):
    """What a computer is for; a database account belongs to one of these, and not to a person."""

    COUNTER = "counter"
    OFFICE = "office"
    GATE = "gate"
