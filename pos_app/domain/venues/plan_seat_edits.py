"""Edits of seats: each takes a draft and returns another one that shares whatever it left alone.

Seats are named by their guids. A guid that is not there is passed over, so that an edit may be asked for again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.domain.venues.plan_draft import LONGEST_LABEL, LONGEST_NAME, LONGEST_NUMBER, rounded
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.domain.venues.plan_numbers import Numbering, leftmost_first, seat_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pos_app.domain.seats import SeatKind
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.venues.plan_draft import DraftRow, DraftSeat, DraftZone, PlanDraft


def set_category(draft: PlanDraft, seats: Collection[str], category: str) -> PlanDraft:
    """Put seats into a category. Raises PlanRefused when the plan has none of this name."""
    if category not in draft.category_names():
        raise PlanRefused(
            say("This plan has no category “{category}”.", category=category), advice=say("Add it first.")
        )
    return _each_seat(draft, seats, lambda seat: replace(seat, category=category))


def set_kind(draft: PlanDraft, seats: Collection[str], kind: SeatKind) -> PlanDraft:
    """Mark seats as wheelchair places, companions', with a restricted view, or ordinary ones."""
    return _each_seat(draft, seats, lambda seat: replace(seat, kind=kind))


def remove_seats(draft: PlanDraft, seats: Collection[str]) -> PlanDraft:
    """Take seats away, and rows that have none left; zones stay."""
    gone = frozenset(seats)

    def thinned(zone: DraftZone) -> DraftZone:
        rows = []
        for row in zone.rows:
            left = tuple(seat for seat in row.seats if seat.guid not in gone)
            if len(left) == len(row.seats):
                rows.append(row)
            elif left:
                rows.append(replace(row, seats=left))
        return zone if _same(rows, zone.rows) else replace(zone, rows=tuple(rows))

    return _each_zone(draft, thinned)


def move_seats(draft: PlanDraft, seats: Collection[str], dx: float, dy: float) -> PlanDraft:
    """Move seats by plan units."""
    return _each_seat(draft, seats, lambda seat: replace(seat, x=rounded(seat.x + dx), y=rounded(seat.y + dy)))


def renumber(draft: PlanDraft, seats: Collection[str], numbering: Numbering, *, first: int = 1) -> PlanDraft:
    """Number the seats among these anew within each row, every row from the same lowest number."""
    wanted = frozenset(seats)

    def numbered(_zone: DraftZone, row: DraftRow) -> DraftRow:
        chosen = [at for at, seat in enumerate(row.seats) if seat.guid in wanted]
        return _with_numbers(row, _from_left(row, chosen), seat_numbers(len(chosen), numbering, first=first))

    return _each_row(draft, numbered)


def number_on(
    draft: PlanDraft, seats: Collection[str], *, first: int = 1, from_right: bool = False, serpentine: bool = False
) -> PlanDraft:
    """Number the seats among these through, each row going on where the one before it ended.

    serpentine: every second row is numbered the other way. Raises PlanRefused for too long a number.
    """
    wanted = frozenset(seats)
    at_row, following = 0, first

    def numbered(_zone: DraftZone, row: DraftRow) -> DraftRow:
        nonlocal at_row, following
        chosen = _from_left(row, [at for at, seat in enumerate(row.seats) if seat.guid in wanted])
        if not chosen:
            return row
        if from_right != (serpentine and at_row % 2 == 1):
            chosen.reverse()
        numbers = list(range(following, following + len(chosen)))
        at_row, following = at_row + 1, following + len(chosen)
        return _with_numbers(row, chosen, numbers)

    return _each_row(draft, numbered)


def rename_rows(draft: PlanDraft, labels: dict[str, str]) -> PlanDraft:
    """Call rows otherwise: labels by guid of the row. Raises PlanRefused for too long a name."""
    too_long = say("A row's name has at most {longest} letters.", longest=LONGEST_LABEL)
    words = {guid: _word(label, LONGEST_LABEL, too_long) for guid, label in labels.items()}

    def renamed(_zone: DraftZone, row: DraftRow) -> DraftRow:
        label = words.get(row.guid, row.label)
        return row if label == row.label else replace(row, label=label)

    return _each_row(draft, renamed)


def rename_zone(draft: PlanDraft, zone_guid: str, name: str) -> PlanDraft:
    """Call a zone otherwise. Raises PlanRefused for no name, and for too long a one."""
    line = _word(name, LONGEST_NAME, say("A zone's name has at most {longest} letters.", longest=LONGEST_NAME))
    if not line:
        raise PlanRefused(say("A zone needs a name: it is printed on the tickets."), advice=say("Type one."))
    return _each_zone(
        draft, lambda zone: replace(zone, name=line) if zone.guid == zone_guid and zone.name != line else zone
    )


def _each_seat(draft: PlanDraft, seats: Collection[str], edit: Callable[[DraftSeat], DraftSeat]) -> PlanDraft:
    wanted = frozenset(seats)

    def edited(_zone: DraftZone, row: DraftRow) -> DraftRow:
        if wanted.isdisjoint([seat.guid for seat in row.seats]):
            return row
        return replace(row, seats=tuple(edit(seat) if seat.guid in wanted else seat for seat in row.seats))

    return _each_row(draft, edited)


def _each_row(draft: PlanDraft, edit: Callable[[DraftZone, DraftRow], DraftRow]) -> PlanDraft:
    def edited(zone: DraftZone) -> DraftZone:
        rows = [edit(zone, row) for row in zone.rows]
        return zone if _same(rows, zone.rows) else replace(zone, rows=tuple(rows))

    return _each_zone(draft, edited)


def _each_zone(draft: PlanDraft, edit: Callable[[DraftZone], DraftZone]) -> PlanDraft:
    zones = [edit(zone) for zone in draft.zones]
    return draft if _same(zones, draft.zones) else replace(draft, zones=tuple(zones))


def _same(some: Sequence[object], others: Sequence[object]) -> bool:
    """Tell whether these are the very same things."""
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))


def _from_left(row: DraftRow, chosen: list[int]) -> list[int]:
    """Return the places of seats within their row, from left to right as they stand."""
    return chosen if leftmost_first([(row.seats[at].x, row.seats[at].y) for at in chosen]) else chosen[::-1]


def _with_numbers(row: DraftRow, chosen: Sequence[int], numbers: Sequence[int]) -> DraftRow:
    wanted = dict(zip(chosen, map(str, numbers), strict=True))
    if all(row.seats[at].number == number for at, number in wanted.items()):
        return row
    if any(len(number) > LONGEST_NUMBER for number in wanted.values()):
        raise PlanRefused(say("This number is too long."), advice=say("Start with a lower one."))
    return replace(
        row, seats=tuple(replace(seat, number=wanted.get(at, seat.number)) for at, seat in enumerate(row.seats))
    )


def _word(text: str, longest: int, too_long: Sentence) -> str:
    line = clean_line(text, len(text))
    if len(line) > longest:
        raise PlanRefused(too_long, advice=say("Shorten it."))
    return line
