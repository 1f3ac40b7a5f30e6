from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import event, given, settings
from hypothesis import strategies as st

from pos_app.domain.picking.orphans import orphans_left, shift_without_orphans
from pos_app.domain.picking.proposals import NoProposal, Proposal, Reason, Wish
from pos_app.domain.picking.rule import best_seats
from tests.domain.venues.small_plans import Model, models

if TYPE_CHECKING:
    import random

    from tests.domain.venues.small_plans import Chair

ROUNDING = 0.02
WHEELS = (0, 0, 0, 0, 3, 1, 2, 1, 2)
many = settings(max_examples=200, deadline=None)

wishes = st.builds(
    Wish,
    count=st.one_of(st.integers(1, 4), st.integers(2, 9), st.integers(1, 20)),
    category=st.sampled_from((None, None, None, 0, 1)),
    zone=st.sampled_from((None, None, None, 0)),
    avoid_orphans=st.sampled_from((True, True, True, False)),
    may_split=st.sampled_from((True, True, False)),
)


def seated(model: Model, proposal: Proposal) -> list[Chair]:
    """Check what every proposal must be, whatever was wished; return its chairs."""
    by_seat = model.by_seat()
    chairs = [by_seat[seat] for seat in proposal.seats]
    assert len(set(proposal.seats)) == len(proposal.seats)
    assert all(chair.free for chair in chairs)
    assert [seat for part in proposal.parts for seat in part.seats] == list(proposal.seats)
    for part in proposal.parts:
        first, *_ = part_chairs = [by_seat[seat] for seat in part.seats]
        assert (first.row, first.zone) == (part.row, part.zone)
        spots = [(part.zone, part.row, first.position + i) for i in range(len(part.seats))]
        assert [chair.spot for chair in part_chairs] == spots
    assert proposal.split == (len(proposal.parts) > 1)
    categories = {chair.category for chair in chairs}
    assert proposal.category == (categories.pop() if len(categories) == 1 else None)
    assert bool(orphans_left(model.house(), proposal.seats)) == bool(model.orphans(chairs))
    return chairs


@many
@given(models(kinds=WHEELS), wishes)
def test_a_proposal_is_the_best_block_there_is(model: Model, wish: Wish) -> None:
    answer = best_seats(model.house(), wish)
    blocks = list(model.blocks(wish))
    if not blocks:
        assert isinstance(answer, NoProposal) or answer.split
        return
    event("together")
    assert isinstance(answer, Proposal)
    assert not answer.split
    chairs = seated(model, answer)
    assert len(chairs) == wish.count
    assert all(chair in model.open_to(wish) and chair.ordinary for chair in chairs)
    left_over, restricted, distance = min(model.rank(block, wish) for block in blocks)
    assert model.rank(chairs, wish)[:2] == (left_over, restricted)
    assert model.rank(chairs, wish)[2] <= distance + ROUNDING


@many
@given(models(kinds=WHEELS), wishes)
def test_a_party_is_split_as_little_as_can_be(model: Model, wish: Wish) -> None:
    answer = best_seats(model.house(), wish)
    fewest = model.fewest_parts(wish)
    if fewest is None or (fewest > 1 and not wish.may_split):
        assert isinstance(answer, NoProposal)
        return
    assert isinstance(answer, Proposal)
    event(f"{fewest} parts")
    chairs = seated(model, answer)
    assert len(chairs) == wish.count
    assert len(answer.parts) == fewest
    assert len({chair.zone for chair in chairs}) == 1
    assert all(chair in model.open_to(wish) and chair.ordinary for chair in chairs)
    rows = sorted({chair.row for chair in chairs})
    assert rows == list(range(rows[0], rows[-1] + 1))


@many
@given(models(kinds=WHEELS), wishes)
def test_a_refusal_is_true_and_offers_what_is_free(model: Model, wish: Wish) -> None:
    answer = best_seats(model.house(), wish)
    if isinstance(answer, Proposal):
        return
    free = sum(chair.ordinary for chair in model.open_to(wish))
    event(answer.reason)
    assert answer.free == free
    assert (answer.reason is Reason.NOT_ENOUGH) == (free < wish.count)
    for other in answer.alternatives:
        chairs = seated(model, other)
        assert all(chair.ordinary for chair in chairs)
    everything = sum(chair.free and chair.ordinary for chair in model.chairs)
    assert bool(answer.alternatives) == bool(everything)
    sizes = {len(other.seats) for other in answer.alternatives}
    assert sizes <= {wish.count} or sizes == {everything}


@many
@given(models(kinds=WHEELS), st.integers(1, 2), st.integers(0, 2), st.integers(0, 4), wishes)
def test_wheelchairs_and_companions_get_their_places_and_nobody_else_does(
    model: Model, wheelchairs: int, companions: int, others: int, base: Wish
) -> None:
    wish = Wish(
        wheelchairs + companions + others,
        category=base.category,
        zone=base.zone,
        wheelchairs=wheelchairs,
        companions=companions,
        may_split=base.may_split,
    )
    answer = best_seats(model.house(), wish)
    if isinstance(answer, NoProposal):
        free_chairs = sum(chair.kind == 1 for chair in model.open_to(wish))
        assert (answer.reason is Reason.NO_WHEELCHAIR_PLACE) == (free_chairs < wheelchairs)
        for other in answer.alternatives:
            seated(model, other)
        assert not (base.may_split and others == 0 and any(fits(model, wish, zone) for zone in (0, 1)))
        return
    event("a party")
    chairs = seated(model, answer)
    assert all(chair in model.open_to(wish) for chair in chairs)
    assert len({chair.zone for chair in chairs}) == 1
    assert sum(chair.kind == 1 for chair in chairs) == wheelchairs
    assert len(chairs) == wish.count
    on_companions_places = sum(chair.kind == 2 for chair in chairs)
    there = sum(chair.kind == 2 and chair.zone == chairs[0].zone for chair in model.open_to(wish))
    assert on_companions_places == min(companions, there)


def fits(model: Model, wish: Wish, zone: int) -> bool:
    """Tell whether a zone has a place for each wheelchair, and one of either kind for each companion."""
    kinds = [chair.kind for chair in model.open_to(wish) if chair.zone == zone]
    return kinds.count(1) >= wish.wheelchairs and len(kinds) - kinds.count(1) >= wish.companions


@many
@given(models(kinds=(1, 2, 2, 0)), wishes)
def test_a_companion_sits_beside_the_wheelchair_where_there_is_such_a_pair(model: Model, base: Wish) -> None:
    wish = Wish(2, category=base.category, zone=base.zone, wheelchairs=1, companions=1)
    answer = best_seats(model.house(), wish)
    at = {chair.spot: chair for chair in model.open_to(wish)}
    pairs = [
        (chair, beside)
        for chair in at.values()
        for step in (-1, 1)
        if chair.kind == 1
        and (beside := at.get((chair.zone, chair.row, chair.position + step))) is not None
        and beside.kind == 2
    ]
    if not pairs:
        return
    event("a pair")
    assert isinstance(answer, Proposal)
    assert not answer.split
    chairs = seated(model, answer)
    assert sorted(chair.kind for chair in chairs) == [1, 2]


@many
@given(models(kinds=WHEELS), wishes, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_or_on_what_was_asked_before(
    model: Model, wish: Wish, chance: random.Random
) -> None:
    house = model.house()
    first = best_seats(house, wish)
    best_seats(house, Wish(3))
    assert best_seats(house, wish) == first
    order = list(range(len(model.chairs)))
    chance.shuffle(order)
    assert best_seats(model.house(order), wish) == first


@many
@given(models(kinds=WHEELS), wishes, st.data())
def test_a_house_told_of_changes_is_as_one_built_anew(model: Model, wish: Wish, data: st.DataObject) -> None:
    changed = {chair.seat for chair in model.chairs if data.draw(st.booleans())}
    house = model.house()
    house.set_free([chair.seat for chair in model.chairs if chair.seat in changed and chair.free], free=False)
    house.set_free([chair.seat for chair in model.chairs if chair.seat in changed and not chair.free], free=True)
    house.set_free([987_654], free=True)
    now = Model(tuple(replace(one, free=one.free != (one.seat in changed)) for one in model.chairs), model.focal)
    assert best_seats(house, wish) == best_seats(now.house(), wish)


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
