from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pos_app.domain.picking.proposals import NoProposal, Proposal, Reason, Wish
from pos_app.domain.picking.rule import best_seats
from tests.domain.picking.drawn_houses import drawn, house_of
from tests.domain.picking.small_houses import Model, models
from tests.domain.picking.wishes import WHEELS, many, seated, wishes


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
        assert not (base.may_split and any(fits(model, wish, zone) for zone in (0, 1)))
        return
    event("a party")
    chairs = seated(model, answer)
    assert all(chair in model.open_to(wish) for chair in chairs)
    assert len({chair.zone for chair in chairs}) == 1
    assert sum(chair.kind == 1 for chair in chairs) == wheelchairs
    assert len(chairs) == wish.count
    borrowed = set(answer.borrowed)
    assert {chair.kind for chair in chairs if chair.seat in borrowed} <= {2}
    seats_left = sum(chair.ordinary and chair.zone == chairs[0].zone for chair in model.open_to(wish))
    # Other wheelchairs' companions stay what they are while there is any other seat for the party.
    assert not borrowed or seats_left == sum(chair.ordinary for chair in chairs)
    assert sum(chair.kind == 2 for chair in chairs) - len(borrowed) <= companions


def fits(model: Model, wish: Wish, zone: int) -> bool:
    """Tell whether a zone has a place for each wheelchair, and one of either kind for each other guest."""
    kinds = [chair.kind for chair in model.open_to(wish) if chair.zone == zone]
    return kinds.count(1) >= wish.wheelchairs and len(kinds) - kinds.count(1) >= wish.count - wish.wheelchairs


@many
@given(models(kinds=(1, 2, 0)), wishes)
def test_a_companion_sits_beside_the_wheelchair_where_there_is_such_a_pair(model: Model, base: Wish) -> None:
    wish = Wish(2, category=base.category, zone=base.zone, wheelchairs=1, companions=1)
    answer = best_seats(model.house(), wish)
    at = {chair.spot: chair for chair in model.open_to(wish)}
    # A companion's place that stands beside two wheelchair places belongs to one of them.
    rows = Counter((chair.zone, chair.row) for chair in model.chairs if chair.kind == 1)
    pairs = [
        (chair, beside)
        for chair in at.values()
        for step in (-1, 1)
        if chair.kind == 1
        and rows[chair.zone, chair.row] == 1
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


@pytest.mark.parametrize(
    ("rows", "guests", "expected"),
    [
        # The row of a theatre: each wheelchair place with its companion's, many seats apart.
        (["WC.WC..........CW.CW"], 1, ["WC.##..........CW.CW"]),
        (["WC.WC..........CW.CW"], 2, ["WC.WC.........###.CW"]),
        (["WC.WC..........CW.CW"], 4, ["WC.#####.......CW.CW"]),
        (["WC.WC..........CW.CW"], 8, ["WC.#########...CW.CW"]),
        # Who has no companion's place sits together, near the wheelchair, and not on a companion's place of another.
        (["WC..xxxxxxxxxxxxxxCW", "xx........xxxxxxxxxx"], 3, ["####xxxxxxxxxxxxxxCW", "xx........xxxxxxxxxx"]),
        (["xxWCx........xxxxxCW"], 3, ["xx##x##......xxxxxCW"]),
        (["WCxxxxxxxxxxxxxxxxCW", "........x..........."], 4, ["##xxxxxxxxxxxxxxxxCW", "###.....x..........."]),
        # On the left, on the right, behind, on both sides, in front.
        (["..CW......"], 2, ["..###....."]),
        (["..WC......"], 2, ["..###....."]),
        (["..W.......", "..C......."], 1, ["..#.......", "..#......."]),
        (["..C.......", "..W......."], 1, ["..#.......", "..#......."]),
        ([".CWC......"], 2, [".###......"]),
        # Rows of wheelchair places only; the companions' in the row behind.
        (["xxWWWWxx", "xxCCCCxx"], 1, ["xxW#WWxx", "xxC#CCxx"]),
        (["WWWW....", "CCCC...."], 3, ["WWW###..", "CCC#...."]),
        # The companion's place is sold: then the seats beside, and not those of another wheelchair.
        (["WK......xxxxxxCV"], 1, ["#K#.....xxxxxxCV"]),
        (["WK......xxxxxxCV"], 3, ["#K###...xxxxxxCV"]),
        # Better another wheelchair place with a companion's than one whose companion's is sold.
        (["WK............", "WC............"], 1, ["WK............", "##............"]),
    ],
)
def test_guests_of_a_wheelchair_sit_beside_it_and_leave_other_companions_their_places(
    rows: list[str], guests: int, expected: list[str]
) -> None:
    answer = best_seats(house_of(rows), Wish(guests + 1, wheelchairs=1, companions=guests))
    assert isinstance(answer, Proposal)
    assert drawn(rows, answer.seats) == expected
    assert not answer.borrowed


@pytest.mark.parametrize(
    ("rows", "guests", "expected"),
    [
        (["WC........CW........"], 2, ["##........##........"]),
        (["WWCC......"], 2, ["####......"]),
        (["WC.....CW.", ".........."], 4, ["####...##.", ".........."]),
    ],
)
def test_each_of_two_wheelchairs_has_its_own_companion(rows: list[str], guests: int, expected: list[str]) -> None:
    answer = best_seats(house_of(rows), Wish(guests + 2, wheelchairs=2, companions=guests))
    assert isinstance(answer, Proposal)
    assert drawn(rows, answer.seats) == expected


@pytest.mark.parametrize(
    ("rows", "guests", "expected", "borrowed"),
    [
        (["WCxxxxxxxxxxxxCW"], 2, ["##xxxxxxxxxxxx#W"], [14]),
        (["WC.xxxxxxxxxxxCW"], 3, ["###xxxxxxxxxxx#W"], [14]),
        (["WKxxxxxxxxxxxxCV"], 1, ["#Kxxxxxxxxxxxx#V"], [14]),
    ],
)
def test_only_where_no_seat_is_free_another_companions_place_is_given_and_said(
    rows: list[str], guests: int, expected: list[str], borrowed: list[int]
) -> None:
    answer = best_seats(house_of(rows), Wish(guests + 1, wheelchairs=1, companions=guests))
    assert isinstance(answer, Proposal)
    assert drawn(rows, answer.seats) == expected
    assert list(answer.borrowed) == borrowed
