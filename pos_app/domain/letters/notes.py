"""Notes of the house: what a person writes to customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST_SUBJECT: Final = 150
LONGEST_TEXT: Final = 8000


@dataclass(frozen=True, slots=True)
class HouseNote:
    """A note as it was typed. request_id: of the note, however many letters it becomes; a repeat writes none."""

    request_id: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteReach:
    """How many customers of a performance a note reaches. not_reached: without an address, or without leave."""

    reached: int
    not_reached: int
