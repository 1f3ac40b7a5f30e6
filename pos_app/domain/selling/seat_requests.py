"""One till asks another to let a held seat go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pos_app.domain.seats import Place, SeatKey

PATIENCE_SECONDS: Final = 60
"""A question that nobody answered in this time is dropped."""


class Answer(StrEnum):
    """What the other till said."""

    WAITING = ""
    YES = "yes"
    NO = "no"
    GONE = "gone"
    """Yes, but the seat was not in that basket any more."""


@dataclass(frozen=True, slots=True)
class AskedOfUs:
    """A question of another till, for the banner here."""

    question_id: int
    seat: SeatKey
    place: Place
    title: str
    till_name: str
    person: str


@dataclass(frozen=True, slots=True)
class OurQuestion:
    """What became of a question of ours. seconds_left: until it is dropped."""

    request_id: str
    answer: Answer
    till_name: str
    place: Place
    seat: SeatKey
    seconds_left: float


@dataclass(frozen=True, slots=True)
class TillQuestions:
    """What concerns this till: what others ask of it, and what became of its own questions."""

    asked: tuple[AskedOfUs, ...]
    ours: tuple[OurQuestion, ...]
