"""The lines of a basket, and how they are told: seats side by side in one line, evening by evening."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.seats import tell_places
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pos_app.domain.season.offers import PerformanceOffer, TypeOffer
    from pos_app.domain.seats import Place, SeatKey
    from pos_app.domain.sentences import Sentence

TIMES: Final = "\u00d7"
MOST_SINGLE_LINES: Final = 40
"""Beyond that many, seats of one row are told in one line: nobody reads 500, and no window shows them at once."""


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One seat: where, in which category, and for whom.

    position: its place within its row, which decides who sits beside whom; None: nobody knows.
    """

    seat: SeatKey
    place: Place
    category_id: int
    category: str
    title: str
    ticket_type: TypeOffer
    choices: tuple[TypeOffer, ...]
    price_minor: int
    position: int | None = None

    @property
    def usual_type(self) -> TypeOffer:
        """The ticket type that it is sold for unless a person says otherwise."""
        return usual_type(self.choices, self.place)


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines that are told in one: of one area or row, one ticket type and one price. saved_minor: of all of them.

    cuts: what is taken off each of the lines.
    """

    lines: tuple[BasketLine, ...]
    cuts: tuple[int, ...]

    @property
    def price_minor(self) -> int:
        """What all of them cost before the saving."""
        return sum(line.price_minor for line in self.lines)

    @property
    def saved_minor(self) -> int:
        """What is taken off all of them."""
        return sum(self.cuts)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where they are."""
        return tuple(line.place for line in self.lines)

    def singles(self) -> tuple[LineGroup, ...]:
        """Return each of the lines by itself."""
        return tuple(LineGroup((line,), (cut,)) for line, cut in zip(self.lines, self.cuts, strict=True))

    def spoken(self) -> Sentence:
        """Return the places, as in "Stalls, row C, seats 18-20", or "Standing \u00d7 4"."""
        place = self.lines[0].place
        if len(self.lines) > 1 and place.is_unseen:
            return say("{place} \u00d7 {count}", place=replace(place, number="").spoken(), count=len(self.lines))
        return tell_places(self.places)


@dataclass(frozen=True, slots=True)
class PerformanceGroup:
    """What a basket holds of one performance."""

    offer: PerformanceOffer
    groups: tuple[LineGroup, ...]

    def seats(self) -> PerformanceSeats:
        """Return which evening it is, and all its places."""
        offer = self.offer
        places = tuple(place for group in self.groups for place in group.places)
        return PerformanceSeats(
            offer.performance_id, offer.title, offer.starts_at, offer.time_zone, places, offer.ends_at
        )


_Cut = tuple["BasketLine", int]


def usual_type(choices: Sequence[TypeOffer], place: Place) -> TypeOffer:
    """Return the usual ticket type of a place: the first that is for its kind of seat alone, else the first."""
    return next((kind for kind in choices if kind.seat_kind == place.kind), choices[0])


def group_lines(lines: Sequence[BasketLine], cuts: Iterable[int]) -> tuple[LineGroup, ...]:
    """Group lines as they are told, in the order in which the first of each was chosen.

    Seats side by side for the same ticket type stand together, and so do places of an area; among many lines all seats
    of a row do. cuts: what is taken off each line.
    """
    many = len(lines) > MOST_SINGLE_LINES
    alike: dict[object, list[_Cut]] = {}
    for line, cut in zip(lines, cuts, strict=True):
        place = line.place
        where = (line.seat.performance_id, place.zone, place.row, place.kind)
        alike.setdefault((where, line.category_id, line.ticket_type.ticket_type_id, line.price_minor), []).append(
            (line, cut)
        )
    turn = {line.seat: at for at, line in enumerate(lines)}
    runs = [
        run for pairs in alike.values() for run in ([pairs] if many or pairs[0][0].place.is_unseen else _runs(pairs))
    ]
    runs.sort(key=lambda pairs: min(turn[line.seat] for line, _ in pairs))
    return tuple(LineGroup(tuple(line for line, _ in pairs), tuple(cut for _, cut in pairs)) for pairs in runs)


def _runs(pairs: list[_Cut]) -> Iterator[list[_Cut]]:
    """Yield those that sit side by side, from the first seat of each run to its last."""
    run: list[_Cut] = []
    for pair in sorted(pairs, key=lambda pair: pair[0].position or 0):
        if run and not _are_neighbors(run[-1][0], pair[0]):
            yield run
            run = []
        run.append(pair)
    yield run


def _are_neighbors(one: BasketLine, other: BasketLine) -> bool:
    """Without the name of a row it is not known whether it is the same one."""
    if one.position is None or other.position is None or not one.place.row:
        return False
    return other.position - one.position == 1


def by_evening(offers: dict[int, PerformanceOffer], groups: Iterable[LineGroup]) -> tuple[PerformanceGroup, ...]:
    """Return groups by performance, in the order in which the first of each stands. offers: by performance."""
    found: dict[int, list[LineGroup]] = {}
    for group in groups:
        found.setdefault(group.lines[0].seat.performance_id, []).append(group)
    return tuple(PerformanceGroup(offers[performance], tuple(own)) for performance, own in found.items())
