"""Why a party that waits was passed over: kept with it, so that a manager can answer "why was nothing offered?"."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from pos_app.domain.sentences import NOTHING, say, say_count

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence


class PassOver(StrEnum):
    """What was in the way."""

    NO_CATEGORY = "no_category"
    """Nothing was free where the party wants to sit."""
    TOO_FEW = "too_few"
    """Fewer were free there than the party has people."""
    NOT_TOGETHER = "not_together"
    """Enough were free, but not side by side."""
    OVER = "over"
    """The party does not wait any more: the time that it named was over."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A pass-over. found: places that would have done, where they were too few. until: when the wait was over (UTC)."""

    why: PassOver
    found: int = 0
    until: datetime | None = None

    def written(self) -> str:
        """Return it as it is stored, JSON; the same pass-over is always the same text."""
        told: dict[str, str | int] = {"why": self.why.value}
        if self.why is PassOver.TOO_FEW:
            told["found"] = self.found
        if self.until is not None:
            told["until"] = self.until.isoformat()
        return json.dumps(told, sort_keys=True)

    def sentence(self, seats: int) -> Sentence:
        """Say why a party of so many was passed over. When its wait was over is the caller's to show."""
        match self.why:
            case PassOver.NO_CATEGORY:
                return say("Nothing was free where this party wants to sit.")
            case PassOver.TOO_FEW:
                return say_count(
                    "Only {count} place was free where this party wants to sit, and it needs {seats}.",
                    "Only {count} places were free where this party wants to sit, and it needs {seats}.",
                    self.found,
                    seats=seats,
                )
            case PassOver.NOT_TOGETHER:
                return say("There were no {seats} places side by side.", seats=seats)
            case PassOver.OVER:
                return say("The time until which this party wanted to wait was over.")
            case _:
                assert_never(self.why)


def read_passed_over(text: str) -> PassedOver | None:
    """Read what was written; None where there is nothing, or nothing that is understood here."""
    if not text:
        return None
    try:
        told = json.loads(text)
        until = told.get("until")
        return PassedOver(
            PassOver(told["why"]),
            int(told.get("found", 0)),
            None if until is None else datetime.fromisoformat(until),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def tell_passed_over(text: str, seats: int) -> Sentence:
    """Say what is stored of a pass-over of a party of so many; nothing where it never was passed over."""
    read = read_passed_over(text)
    return NOTHING if read is None else read.sentence(seats)
