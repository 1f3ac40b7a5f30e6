from __future__ import annotations

from hypothesis import event, given
from hypothesis import strategies as st

from pos_app.domain.picking.proposals import NoProposal, Proposal, Reason, Wish
from pos_app.domain.picking.rule import best_seats
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
