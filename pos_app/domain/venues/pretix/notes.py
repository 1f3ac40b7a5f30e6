"""Reading values out of a file that others wrote: what is odd is put right, and noted with its place."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.errors import PosError
from pos_app.domain.sentences import say, say_count
from pos_app.domain.texts import clean_line
from pos_app.domain.venues.plan_draft import LONGEST_GUID, rounded

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pos_app.domain.sentences import Sentence
    from pos_app.domain.venues.pretix.parts import Where

FARTHEST: Final = 1_000_000.0
"""Plan units; what lies beyond is a mistake."""
_PLACES_NAMED: Final = 3
_MOST_KINDS: Final = 100
_LONGEST_KEY: Final = 40
_SPARE: Final = 8
"""How many times the letters of a text are looked at: those that are dropped, or become one, are not so many more."""
_COLOR: Final = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}|(rgb|hsl)a?\([0-9a-z.,%/ +-]{1,24}\)")
_LONGEST_COLOR: Final = 32
_A_POSITION: Final = say("A position")
_POSITION_X: Final = say("The x of a position")
_POSITION_Y: Final = say("The y of a position")


class PlanFileRefused(PosError):
    """A file is no seating plan, or nobody could be seated by it."""


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """Something in a file that was read in spite of a fault. message: without a full stop.

    places: names of the first few, or sentences; count: how many there are.
    """

    message: Sentence
    places: tuple[str, ...]
    count: int

    def spoken(self) -> Sentence:
        """Return it as one line: "A row has no number: Stalls, 2nd row; Stalls, 5th row; and 12 more."."""
        places = tuple(place for place in self.places if place)
        more = self.count - len(self.places)
        if not places:
            return say("{fault}.", fault=self.message)
        if more <= 0:
            return say("{fault}: {places}.", fault=self.message, places=places)
        return say_count(
            "{fault}: {places}; and {count} more.",
            "{fault}: {places}; and {count} more.",
            more,
            fault=self.message,
            places=places,
        )


class Notes:
    """Collects warnings, those of one kind together; and reads single values."""

    def __init__(self) -> None:
        self._found: dict[Sentence, tuple[list[str], int]] = {}
        self._more = 0

    def warn(self, message: Sentence, place: Where) -> None:
        """Note a fault; message without a full stop. Of faults of very many kinds the first are named."""
        if message not in self._found and len(self._found) >= _MOST_KINDS:
            self._more += 1
            return
        places, count = self._found.get(message, ([], 0))
        if count < _PLACES_NAMED:
            places.append(place if isinstance(place, str) else place.spoken())
        self._found[message] = places, count + 1

    def warnings(self) -> tuple[PlanWarning, ...]:
        """Return what was noted, in the order in which it first came up."""
        named = tuple(PlanWarning(text, tuple(places), count) for text, (places, count) in self._found.items())
        more = PlanWarning(say("There is more in this file that is odd, or not known"), (), self._more)
        return (*named, more) if self._more else named

    def object(self, value: Any, what: Sentence, place: Where) -> Mapping[str, Any] | None:
        """Return an object of the file; None, noted, where there is something else."""
        if isinstance(value, dict):
            return value
        self.warn(say("{what} is no object and was left out", what=what), place)
        return None

    def items(self, holder: Mapping[str, Any], key: str, place: Where, *, required: bool = True) -> list[Any]:
        """Return a list of the file; empty, noted, where there is something else."""
        value = holder.get(key)
        if isinstance(value, list):
            return value
        if value is not None or required:
            self.warn(say("“{key}” is no list", key=key), place)
        return []

    def unknown_keys(self, holder: Mapping[str, Any], known: Collection[str], what: Sentence, place: Where) -> None:
        """Note what the format does not know; it is left out."""
        for key in islice((key for key in holder if key not in known), _MOST_KINDS + 1):
            line = clean_line(key[:_LONGEST_KEY], _LONGEST_KEY)
            self.warn(say("{what} has “{key}”, which is not known and was left out", what=what, key=line), place)

    def text(self, holder: Mapping[str, Any], key: str, place: Where, longest: int, *, required: bool = True) -> str:
        """Return a line of text; a number is taken as one."""
        value = holder.get(key)
        if isinstance(value, str):
            line = clean_line(_head(value, longest), len(value))
            if len(line) > longest:
                self.warn(say("“{key}” is longer than {longest} letters and was cut", key=key, longest=longest), place)
                line = line[:longest].strip()
            if not line and required:
                self.warn(say("“{key}” is empty", key=key), place)
            return line
        if isinstance(value, int | float) and not isinstance(value, bool):
            self.warn(say("“{key}” is a number and was taken as text", key=key), place)
            return f"{value:g}"[:longest] if isinstance(value, float) else str(value)[:longest]
        if value is not None:
            self.warn(say("“{key}” is no text", key=key), place)
        elif required:
            self.warn(say("“{key}” is missing", key=key), place)
        return ""

    def guid(self, holder: Mapping[str, Any], key: str, place: Where, longest: int = LONGEST_GUID) -> str:
        """Return a name that is no text for people; a longer one is shortened in a way that keeps it single."""
        value = holder.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            self.warn(say("“{key}” is a number and was taken as text", key=key), place)
            value = str(value)
        if not isinstance(value, str):
            if value is not None:
                self.warn(say("“{key}” is no text", key=key), place)
            return ""
        line = clean_line(_head(value, longest), len(value))
        if len(line) <= longest:
            return line
        self.warn(say("“{key}” is longer than {longest} letters and was shortened", key=key, longest=longest), place)
        whole = line if len(value) <= _SPARE * longest else value
        digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return f"{line[: longest - 25].strip()}~{digest}"

    def number(self, value: Any, fallback: float, what: Sentence, place: Where) -> float:
        """Return a coordinate or a size; the fallback, noted, where there is none that could be drawn."""
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= FARTHEST:
            return rounded(float(value))
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value:  # noqa: PLR0124 - no NaN
            self.warn(say("{what} is too far away", what=what), place)
        elif value is None:
            self.warn(say("{what} is missing", what=what), place)
        else:
            self.warn(say("{what} is no number", what=what), place)
        return fallback

    def position(
        self,
        holder: Mapping[str, Any],
        place: Where,
        fallback: tuple[float, float] = (0.0, 0.0),
        *,
        required: bool = True,
    ) -> tuple[float, float]:
        """Return a position."""
        value = holder.get("position")
        if value is None and not required:
            return fallback
        if not isinstance(value, dict):
            self.warn(say("The position is missing") if value is None else say("The position is no position"), place)
            return fallback
        self.unknown_keys(value, ("x", "y"), _A_POSITION, place)
        return (
            self.number(value.get("x"), fallback[0], _POSITION_X, place),
            self.number(value.get("y"), fallback[1], _POSITION_Y, place),
        )

    def choice(self, holder: Mapping[str, Any], key: str, allowed: Collection[str], place: Where) -> str:
        """Return one of some words, or ""."""
        value = holder.get(key)
        if value is None or value == "":
            return ""
        if isinstance(value, str) and value in allowed:
            return value
        words = ", ".join(f"“{word}”" for word in allowed)
        self.warn(say("“{key}” is none of {words}", key=key, words=words), place)
        return ""

    def color(self, holder: Mapping[str, Any], key: str, place: Where, fallback: str = "") -> str:
        """Return a CSS colour."""
        value = holder.get(key)
        if value is None or value == "":
            return fallback
        if isinstance(value, str) and len(value) <= _LONGEST_COLOR and _COLOR.fullmatch(value.strip()):
            return value.strip()
        self.warn(say("“{key}” is no colour", key=key), place)
        return fallback


def _head(text: str, longest: int) -> str:
    """Return as much of a text as can matter for so many letters of it: a file may have one of megabytes, or many."""
    return text[: _SPARE * longest]
