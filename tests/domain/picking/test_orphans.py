from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import event, given
from hypothesis import strategies as st

from pos_app.domain.picking.orphans import orphans_left, shift_without_orphans
from tests.domain.picking.small_houses import Model, models
from tests.domain.picking.wishes import ROUNDING, WHEELS, many

if TYPE_CHECKING:
    from tests.domain.picking.small_houses import Chair


def chosen_of(model: Model, data: st.DataObject) -> list[Chair]:
    free = [chair for chair in model.chairs if chair.free]
    return data.draw(st.lists(st.sampled_from(free), max_size=6, unique=True)) if free else []


@many
@given(models(kinds=WHEELS), st.data(), st.sampled_from(("free", "held")))
def test_a_basket_orphans_the_seats_that_it_leaves_alone(model: Model, data: st.DataObject, basket_is: str) -> None:
    chosen = chosen_of(model, data)
    seats = {chair.seat for chair in chosen}
    house = model.house()
    if basket_is == "held":
        house.set_free(seats, free=False)
    assert set(orphans_left(house, seats)) == model.orphans(chosen)


@many
@given(models(kinds=WHEELS), st.data(), st.sampled_from(("free", "held")))
def test_a_shifted_basket_keeps_its_shape_and_leaves_nobody_alone(
    model: Model, data: st.DataObject, basket_is: str
) -> None:
    chosen = chosen_of(model, data)
    seats = {chair.seat for chair in chosen}
    house = model.house()
    if basket_is == "held":
        house.set_free(seats, free=False)
    shifted = shift_without_orphans(house, seats)
    if shifted is None:
        assert model.orphans(chosen)
        return
    by_seat = model.by_seat()
    moved = [by_seat[seat] for seat in shifted]
    assert not model.orphans(moved)
    assert len(set(shifted)) == len(seats)
    assert all(chair.free for chair in moved)
    assert shape(moved) == shape(chosen)
    if not model.orphans(chosen):
        assert set(shifted) == seats


def shape(chairs: list[Chair]) -> list[tuple[int, int, int, list[int]]]:
    """How many sit in each row, of which categories and kinds; not in which row."""
    rows = {(chair.zone, chair.row) for chair in chairs}
    return sorted(
        (
            zone,
            sum(1 for chair in chairs if (chair.zone, chair.row) == (zone, row)),
            sum(1 for chair in chairs if (chair.zone, chair.row) == (zone, row) and not chair.ordinary),
            sorted(chair.category for chair in chairs if (chair.zone, chair.row) == (zone, row)),
        )
        for zone, row in rows
    )


@many
@given(models(kinds=(0, 0, 3), most_rows=1), st.data())
def test_a_shift_within_a_row_is_the_nearest_that_there_is(model: Model, data: st.DataObject) -> None:
    row = [chair for chair in model.chairs if chair.zone == 0]
    free = sorted((chair for chair in row if chair.free), key=lambda chair: chair.position)
    if not free:
        return
    chosen = sorted(
        data.draw(st.lists(st.sampled_from(free), min_size=1, max_size=5, unique=True)),
        key=lambda chair: chair.position,
    )
    shifted = shift_without_orphans(model.house(), [chair.seat for chair in chosen])

    def moved_by(some: tuple[Chair, ...]) -> float:
        return sum(abs(old.x - new.x) for old, new in zip(chosen, some, strict=True))

    def blocks(some: list[Chair]) -> int:
        return sum(1 for chair in some if all(chair.position - other.position != 1 for other in some))

    ways = [
        moved_by(some)
        for some in combinations(free, len(chosen))
        if not model.orphans(some)
        and blocks(list(some)) <= blocks(chosen)
        and all(
            new.kind in {0, old.kind} and new.category == old.category for old, new in zip(chosen, some, strict=True)
        )
    ]
    if not model.orphans(chosen):
        assert set(shifted or ()) == {chair.seat for chair in chosen}
    elif not ways:
        assert shifted is None
    else:
        event("shifted")
        assert shifted is not None
        by_seat = model.by_seat()
        found = sorted((by_seat[seat] for seat in shifted), key=lambda chair: chair.position)
        assert abs(moved_by(tuple(found)) - min(ways)) < ROUNDING * len(chosen)
