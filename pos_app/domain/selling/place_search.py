"""Finding seats by what a person types: "G18", "row G seat 18", "box b", "12a", "gallery prem".

Each word typed must mean something of the place: its zone, its row, its number, its category, or what it is for. A word
of one or two letters, or of digits alone, means a field only as a whole: the B of "box b" is none of the letters of
"Box A". Longer words may be the beginning of a word in a field. Rows are typed before seats unless they are named
("seat 18 row G"), so that "1 2" is never row 2, seat 1.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from pos_app.domain.searching import typed_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LONG: Final = 3
_MOST_WORDS: Final = 10
"""What is typed beyond is more than any place is called."""

_ZONE, _ROW, _SEAT, _CATEGORY, _KIND = range(5)
_ENGLISH: Final = ("zone", "row", "seat", "category")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("'`\u00b4\u2018\u2019\u02bc\u2032\uff07"))


class SoughtPlace(NamedTuple):
    """What a seat is called, in the house's own words; empty where it has none. kind: "wheelchair", or the like."""

    zone: str
    row: str
    number: str
    category: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand the words: beginnings among them, parts they fall into, what the parts meant."""

    beginnings: int = 0
    parts: int = 0
    whole: frozenset[int] = frozenset()
    begun: frozenset[int] = frozenset()
    was_number_bare: bool = False

    def with_whole(self, field: int, *, is_bare: bool = False) -> _Reading:
        """Return the reading with a part more that is a whole field."""
        was_bare = self.was_number_bare or is_bare
        return replace(self, parts=self.parts + 1, whole=self.whole | {field}, was_number_bare=was_bare)

    def with_beginning(self, field: int) -> _Reading:
        """Return the reading with a part more that is only the beginning of something in a field."""
        begun = self.begun | {field}
        return replace(self, parts=self.parts + 1, beginnings=self.beginnings + 1, begun=begun)

    @property
    def is_by_category(self) -> bool:
        return _CATEGORY in self.whole

    @property
    def order(self) -> tuple[int, bool, int]:
        """What is better stands first."""
        return self.beginnings, self.is_by_category, self.parts


class PlaceFinder:
    """The places of one plan, made ready to be searched at each key.

    names: what "Zone", "Row", "Seat" and "Category" are called where it is typed, beside the English words.
    """

    def __init__(self, places: Sequence[SoughtPlace], names: Sequence[str] = ()) -> None:
        self._names: list[tuple[tuple[str, ...], int]] = [
            (_words(name), field) for told in (_ENGLISH, names) for field, name in enumerate(told)
        ]
        self._words: dict[str, tuple[str, ...]] = {"": ()}
        self._size = len(places)
        # Places that differ in their numbers alone are read together.
        self._groups: defaultdict[SoughtPlace, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for index, place in enumerate(places):
            self._groups[place._replace(number="")][place.number].append(index)
            for text in place:
                if text not in self._words:
                    self._words[text] = _words(text)
        self._numbers = {place.number for place in places}

    def find(self, typed: str) -> tuple[tuple[int, ...], ...]:
        """Return the places that fit, by their indexes: those that fit best first, each time in the order of the house.

        No word typed: all of them, together.
        """
        words = _words(typed)[:_MOST_WORDS]
        if not words:
            return (tuple(range(self._size)),) if self._size else ()
        readings = list(self._readings(_Typed(words, self._names, self._words)))
        least = min((one.parts for one, _place, _seats in readings), default=0)
        named = any(_is_named(one, place) for one, place, _seats in readings)
        found: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
        for reading, place, seats in readings:
            # What is one name ("Box B", "12A") is not the beginning of another ("Box A") with something else behind it,
            # nor a seat 12 of category A.
            if (reading.beginnings or reading.is_by_category) and reading.parts > least:
                continue
            # Where "A 12" is a row and a seat, it is not each seat 12 of category A as well.
            if named and reading.is_by_category and not _is_named(reading, place):
                continue
            found[reading.beginnings, reading.is_by_category] += seats
        return tuple(tuple(sorted(found[order])) for order in sorted(found))

    def _readings(self, read: _Typed) -> Iterator[tuple[_Reading, SoughtPlace, Iterable[int]]]:
        meant = {number for number in self._numbers if read.touches(number)}
        for place, by_number in self._groups.items():
            if (best := read.best(place)) is not None:
                for number, seats in by_number.items():
                    if number not in meant:
                        yield best, place, seats
            for number in by_number.keys() & meant:
                if (best := read.best(place._replace(number=number))) is not None:
                    yield best, place, by_number[number]


def _words(text: str) -> tuple[str, ...]:
    """Return the words of what is typed, or of a field; an apostrophe parts none, and marks alone are nothing."""
    return typed_words(text.translate(_APOSTROPHES)) if any(map(str.isalnum, text)) else ()


def _is_named(reading: _Reading, place: SoughtPlace) -> bool:
    """Tell whether the words name one seat: its row and number, or where it has no row its zone and number."""
    if _SEAT not in reading.whole:
        return False
    return _ROW in reading.whole if place.row else _ZONE in reading.whole | reading.begun


class _Typed:
    """The words typed, and what they can mean in a field; each text is looked at once."""

    def __init__(
        self, words: tuple[str, ...], names: list[tuple[tuple[str, ...], int]], known: dict[str, tuple[str, ...]]
    ) -> None:
        self._typed = words
        self._known = known
        self._meanings: dict[str, dict[tuple[int, int], bool]] = {}
        self._glued: dict[tuple[str, str], frozenset[int]] = {}
        self._touches: dict[str, bool] = {}
        self._alike: dict[frozenset[tuple[tuple[int, int], bool]], dict[tuple[int, int], bool]] = {}
        self._best: dict[tuple[object, ...], _Reading | None] = {}
        self._named = [
            {(at + len(name), field) for name, field in names if name and words[at : at + len(name)] == name}
            for at in range(len(words))
        ]

    def touches(self, number: str) -> bool:
        """Tell whether a number could be meant by any of the words."""
        if number not in self._touches:
            seat = "".join(self._known[number])
            self._touches[number] = bool(seat) and (
                bool(self._meant(number)) or any(word.endswith(seat) for word in self._typed)
            )
        return self._touches[number]

    def best(self, place: SoughtPlace) -> _Reading | None:
        """Return the best way in which the words mean this place, None where they do not."""
        glued = self._glued_with(place)
        alike = *(id(self._meant(text)) for text in place), bool(place.row), glued
        if alike not in self._best:
            readings = self._read(place, glued, 0, _Reading())
            self._best[alike] = min(readings, key=lambda one: one.order, default=None)
        return self._best[alike]

    def _read(self, place: SoughtPlace, glued: frozenset[int], at: int, so_far: _Reading) -> Iterator[_Reading]:
        if at == len(self._typed):
            yield so_far
            return
        for end, field in self._named[at]:
            if end == len(self._typed):
                # What is to be named is still to be typed.
                yield so_far
            else:
                yield from self._read_fields(place, glued, end, so_far, (field,), is_named=True)
        yield from self._read_fields(place, glued, at, so_far, range(len(place)))
        first = _first_of(place)
        if at in glued and not {first, _SEAT} & (so_far.whole | so_far.begun):
            yield from self._read(place, glued, at + 1, so_far.with_whole(first).with_whole(_SEAT, is_bare=True))

    def _read_fields(
        self,
        place: SoughtPlace,
        glued: frozenset[int],
        at: int,
        so_far: _Reading,
        fields: Iterable[int],
        *,
        is_named: bool = False,
    ) -> Iterator[_Reading]:
        for field in fields:
            if field in so_far.whole or (field == _ROW and so_far.was_number_bare and not is_named):
                continue
            for (begin, end), is_whole in self._meant(place[field]).items():
                if begin != at or (is_whole and field in so_far.begun):
                    continue
                is_bare = field == _SEAT and not is_named
                reading = so_far.with_whole(field, is_bare=is_bare) if is_whole else so_far.with_beginning(field)
                yield from self._read(place, glued, end, reading)

    def _meant(self, text: str) -> dict[tuple[int, int], bool]:
        """Return which runs of the words mean a field, and whether as a whole; what is alike is one object."""
        if text not in self._meanings:
            field, runs = self._known[text], {}
            for begin in range(len(self._typed) if field else 0):
                for end in range(begin + 1, len(self._typed) + 1):
                    run = self._typed[begin:end]
                    if run == field or (_joined(run) or run) == (_joined(field) or field):
                        runs[begin, end] = True
                    elif _begins(run, field):
                        runs[begin, end] = False
            self._meanings[text] = self._alike.setdefault(frozenset(runs.items()), runs)
        return self._meanings[text]

    def _glued_with(self, place: SoughtPlace) -> frozenset[int]:
        """Return which words are row (or zone) and seat in one: "g18". Two numbers in one would be anything."""
        pair = place[_first_of(place)], place.number
        if not place.number:
            return frozenset()
        if pair not in self._glued:
            row, seat = ("".join(self._known[text]) for text in pair)
            parted = bool(row and seat) and row[-1].isdigit() != seat[0].isdigit()
            found = (at for at, word in enumerate(self._typed) if parted and word == row + seat)
            self._glued[pair] = frozenset(found)
        return self._glued[pair]


def _first_of(place: SoughtPlace) -> int:
    """Return the field that stands before the number."""
    return _ROW if place.row else _ZONE


def _joined(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return words as one ("12 a" as "12a", "box b" as "boxb"), None where two numbers would run into one."""
    if any(one[-1].isdigit() and other[0].isdigit() for one, other in pairwise(words)):
        return None
    return ("".join(words),)


def _begins(run: tuple[str, ...], field: tuple[str, ...]) -> bool:
    """Tell whether words stand behind each other in a field, the last of them perhaps not yet whole."""
    *before, last = run
    for at in range(len(field) - len(run) + 1):
        if list(field[at : at + len(before)]) == before:
            other = field[at + len(before)]
            if (before and other == last) or (_is_long(last) and other.startswith(last)):
                return True
    return False


def _is_long(word: str) -> bool:
    return len(word) >= _LONG and not word.isdigit()
