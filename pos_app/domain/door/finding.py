"""What a steward may mean who types to find a guest: an order number, a name, a place, or a name and a place.

A word is a name, the name of a zone, the label of a row or the number of a seat; whatever fits is looked for at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from pos_app.domain.codes import ALPHABET, ORDER_NUMBER_LENGTH
from pos_app.domain.searching import alone_and_joined, folded, typed_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pos_app.domain.door.check_in import GuestTicket

LONGEST_QUERY: Final = 80
"""Characters of what is typed that are looked at."""
MOST_WORDS: Final = 8
"""Words that are looked at: whoever types more has named the guest long before."""
SHORTEST_NUMBER: Final = 4
"""Letters of an order number from which on its beginning is looked for."""

_MOST_READINGS: Final = 6
_MOST_TRIED: Final = 64
_TURNED: Final = 100
_MOST_PARTS: Final = 3
_LONGEST_IN_PARTS: Final = 6
_ROW, _SEAT = "row", "seat"
_CALLED: Final = frozenset({_ROW, _SEAT, "table"})
_BETWEEN: Final = ("", "-", " ", "/", ".")
"""What may stand between two parts of a seat's number, in the plan."""


@dataclass(frozen=True, slots=True)
class FoundGuests:
    """Tickets that fit, the best first. more: there are others that fit, too many to be listed.

    time_zone: of the evening, where one of them tells when it went.
    """

    guests: tuple[GuestTicket, ...] = ()
    more: bool = False
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A zone or an area of a plan."""

    part_id: int
    name: str
    is_area: bool = False


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What the parts of a plan are called. rows: each label once, as it is stored."""

    parts: tuple[NamedPart, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what was typed; all that is told has to fit.

    names: for each word of a name the ways to begin it. parts: zones and areas, one of which it has to be; None: any.
    rows, numbers: as they may be stored; empty: any. farther: how far this is from what was typed, 0 for not at all.
    """

    names: tuple[tuple[str, ...], ...] = ()
    parts: frozenset[NamedPart] | None = None
    rows: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    farther: int = 0

    @property
    def tells_place(self) -> bool:
        """Tell whether it says anything of a place."""
        return self.parts is not None or bool(self.rows or self.numbers)


def order_numbers(words: Sequence[str]) -> tuple[str, ...]:
    """Return the order numbers that may be meant: all that was typed, a beginning too, or eight letters of it."""
    code = "".join(words).upper()
    found = [code] if SHORTEST_NUMBER <= len(code) <= ORDER_NUMBER_LENGTH else []
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            part = "".join(words[start:end]).upper()
            if len(part) == ORDER_NUMBER_LENGTH:
                found.append(part)
    return tuple(dict.fromkeys(one for one in found if set(one) <= set(ALPHABET)))


def readings(typed: str, plan: PlanWords) -> tuple[Reading, ...]:
    """Return the ways to understand what was typed for guests of a plan, the nearest first."""
    words = typed_words(typed)[:MOST_WORDS]
    if not words:
        return ()
    names = Reading(names=tuple(alone_and_joined(words, at) for at in range(len(words))))
    places = sorted(_Reader(typed, words, plan).places(), key=lambda one: (len(one.names), one.farther))
    kept = list(dict.fromkeys(places))[:_MOST_READINGS]
    return (names, *kept)


# The names of a house are the same at each letter that is typed.
_words_of: Final = lru_cache(2_000)(words_of)
_folded: Final = lru_cache(2_000)(folded)


class _Reader:
    """Reads words one after the other, each in every role that it may have."""

    def __init__(self, typed: str, words: Sequence[str], plan: PlanWords) -> None:
        self._words = words
        self._as_typed = {folded(word): word for word in typed.split()}
        self._parts = [(part, _words_of(part.name)) for part in plan.parts]
        self._rows: dict[str, set[str]] = {}
        for label in plan.rows:
            told = _folded(label).split()
            for key in ("".join(told), "".join(word for word in told if word not in _CALLED)):
                self._rows.setdefault(key, set()).add(label)

    def places(self) -> Iterator[Reading]:
        """Give readings that say something of a place; those whose row follows the seat only if none has it before."""
        found = [one for one in islice(self._from(0, Reading(), ()), _MOST_TRIED) if one.tells_place]
        usual = [one for one in found if one.farther < _TURNED]
        return iter(usual if any(one.rows and one.numbers for one in usual) else found)

    def _from(self, at: int, so_far: Reading, names: tuple[str, ...]) -> Iterator[Reading]:
        if at == len(self._words):
            if not names or any(map(_is_telling, names)):
                ways = tuple(alone_and_joined(names, turn) for turn in range(len(names)))
                yield replace(so_far, names=ways)
            return
        word, next_at = self._words[at], at + 1
        if word in _CALLED and next_at < len(self._words):
            yield from self._called(word, next_at, so_far, names)
        for end, reading in (*self._row(at, so_far), *self._number(at, so_far), *self._row_and_number(at, so_far)):
            yield from self._from(end, reading, names)
        for reading in self._part(word, so_far):
            yield from self._from(next_at, reading, names)
        if word not in _CALLED and not word.isdecimal() and not (len(word) == 1 and word in self._rows):
            yield from self._from(next_at, so_far, (*names, word))

    def _called(self, word: str, at: int, so_far: Reading, names: tuple[str, ...]) -> Iterator[Reading]:
        """Read what follows the word row, seat or table."""
        rows = () if word == _SEAT else self._row(at, so_far)
        numbers = () if word == _ROW else self._number(at, so_far)
        for end, reading in (*rows, *numbers):
            yield from self._from(end, reading, names)

    def _row(self, at: int, so_far: Reading) -> Iterator[tuple[int, Reading]]:
        if so_far.rows:
            return
        for end in range(at + 1, min(at + _MOST_PARTS, len(self._words)) + 1):
            labels = self._rows.get("".join(self._words[at:end]))
            if labels:
                farther = so_far.farther + (_TURNED if so_far.numbers else 0) + (end - at - 1)
                yield end, replace(so_far, rows=tuple(sorted(labels)), farther=farther)

    def _number(self, at: int, so_far: Reading) -> Iterator[tuple[int, Reading]]:
        if so_far.numbers:
            return
        for end in range(at + 1, min(at + 2, len(self._words)) + 1):
            parts = self._words[at:end]
            if _may_be_number(parts):
                written = {between.join(parts) for between in _BETWEEN}
                written |= {self._as_typed[part] for part in parts if len(parts) == 1 and part in self._as_typed}
                yield end, replace(so_far, numbers=_capitals(written), farther=so_far.farther + len(parts) - 1)

    def _row_and_number(self, at: int, so_far: Reading) -> Iterator[tuple[int, Reading]]:
        """Read "g18" as row G, seat 18, and "bb14" as row BB1, seat 4, too; "18g" where nothing else fits."""
        if so_far.rows or so_far.numbers:
            return
        word = self._words[at]
        for cut in range(1, len(word)):
            for row, number, farther in ((word[:cut], word[cut:], 0), (word[cut:], word[:cut], _TURNED)):
                labels = self._rows.get(row)
                begins = not farther and not row[-1].isdecimal() and number[0].isdecimal()
                if labels and not row.isdecimal() and (begins or number.isdecimal()):
                    reading = replace(so_far, rows=tuple(sorted(labels)), numbers=_capitals({number}))
                    yield at + 1, replace(reading, farther=so_far.farther + farther)

    def _part(self, word: str, so_far: Reading) -> Iterator[Reading]:
        """Read a word of a zone's or an area's name."""
        whole = frozenset(part for part, words in self._parts if word in words)
        begun = frozenset(part for part, words in self._parts if any(one.startswith(word) for one in words))
        for parts, farther in ((whole, 0), (begun - whole if len(word) > 1 else frozenset(), 1)):
            fitting = parts if so_far.parts is None else parts & so_far.parts
            if fitting:
                yield replace(so_far, parts=fitting, farther=so_far.farther + farther)


def _is_telling(name: str) -> bool:
    """Tell whether a word of a name says enough to be looked for together with a place."""
    return len(name) > 1 or not name.isascii()


def _may_be_number(parts: Sequence[str]) -> bool:
    """Tell whether this may be the number of a seat: short, and with a digit where it is not very short."""
    word = "".join(parts)
    if len(parts) > 1 and (len(word) > _LONGEST_IN_PARTS or not _CALLED.isdisjoint(parts)):
        return False
    return any(map(str.isdecimal, word)) or (len(word) <= 2 and len(parts) == 1)


def _capitals(written: set[str]) -> tuple[str, ...]:
    return tuple(sorted({way for one in written for way in (one, one.upper(), one.lower(), one.capitalize())}))
