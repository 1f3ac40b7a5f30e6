from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import select

from pos_app.db.models import PerformanceSeat
from pos_app.domain.errors import HoldExpired, NotOnSale, NotPermitted
from pos_app.domain.picking.proposals import NoProposal, NoSeatsTogether, Proposal, Reason, Wish
from pos_app.domain.picking.rule import best_seats
from pos_app.domain.seats import SeatKey
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_states
from pos_app.services.selling.best_seats import EarlierTry, _house, hold_best_seats, picking_house
from pos_app.services.selling.holds import load_hold, place_hold
from tests.houses import on_a_server
from tests.services.selling.proposing import A, B, best
from tests.services.stories import change_performance, change_seat, hold, run_out, seat_row, sold

if TYPE_CHECKING:
    from pos_app.services.selling.best_seats import HeldBest
    from tests.houses import OpenHouse


def proposed(house: OpenHouse, wish: Wish) -> Proposal | NoProposal:
    """Return what would be held now, or why it would not."""
    plan = house.database.read(load_plan, house.small.plan_id)
    return best_seats(house.database.read(_house, house.small.performance_id, plan), wish)


def ids(house: OpenHouse, row: int, *numbers: int) -> tuple[int, ...]:
    return tuple(house.small.seat_id(row, number) for number in numbers)


def test_what_is_proposed_is_what_is_held(house: OpenHouse) -> None:
    held = best(house, Wish(2))
    assert held.proposal.seats == ids(house, 1, 4, 5)
    assert held.placed.seats == tuple(SeatKey(house.small.performance_id, seat) for seat in held.proposal.seats)
    assert {seat_row(house, seat).claim_id for seat in held.placed.seats} == {held.placed.hold_id}


def test_a_proposal_alone_holds_nothing(house: OpenHouse) -> None:
    answer = proposed(house, Wish(2))
    assert isinstance(answer, Proposal)
    assert {seat_row(house, SeatKey(house.small.performance_id, seat)).state for seat in answer.seats} == {"free"}
    assert proposed(house, Wish(2)) == answer


def test_a_basket_is_offered_other_seats_than_its_own(house: OpenHouse) -> None:
    first = best(house, Wish(2), "basket")
    second = best(house, Wish(2), "basket")
    assert not set(first.proposal.seats) & set(second.proposal.seats)
    assert {seat.seat_id for seat in second.placed.seats} == {*first.proposal.seats, *second.proposal.seats}


def test_seats_that_cannot_be_taken_are_not_proposed(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(1, (4, 5)))
    hold(house, small.seats_of(1, (6, 7)))
    for number, kind in ((3, "house"), (8, "blocked"), (9, "reservation")):
        change_seat(house, small.seat(1, number), state="claimed", claim_kind=kind, claim_id=1)
    change_seat(house, small.seat(2, 5), guarded=True)
    lapsed_and_waited_for = hold(house, [small.seat(2, 6)])
    run_out(house, lapsed_and_waited_for)
    change_seat(house, small.seat(2, 6), guarded=True)
    assert best(house, Wish(4)).proposal.seats == ids(house, 3, 3, 4, 5, 6)


def test_seats_of_a_basket_whose_time_is_over_are_proposed(house: OpenHouse) -> None:
    run_out(house, hold(house, house.small.seats_of(1, (4, 5))))
    held = best(house, Wish(2))
    assert held.proposal.seats == ids(house, 1, 4, 5)
    assert seat_row(house, held.placed.seats[0]).claim_id == held.placed.hold_id


def test_a_wheelchair_and_its_companion_are_one_request(house: OpenHouse) -> None:
    held = best(house, Wish(2, wheelchairs=1, companions=1))
    assert held.proposal.seats == ids(house, 5, 9, 10)
    with pytest.raises(NoSeatsTogether, match="No wheelchair place is free") as refused:
        best(house, Wish(1, wheelchairs=1))
    assert refused.value.reason is Reason.NO_WHEELCHAIR_PLACE


def test_places_for_wheelchairs_are_never_given_unasked(house: OpenHouse) -> None:
    sold(house, [house.small.seat(row, number) for row in (1, 2, 3, 4) for number in range(1, 11)])
    with pytest.raises(NoSeatsTogether, match="Only 8 seats are free") as refused:
        best(house, Wish(9))
    # The cashier may give them, and is told so.
    assert refused.value.alternatives[0].borrowed
    assert "on places for wheelchairs and companions" in refused.value.advice
    assert best(house, Wish(8)).proposal.seats == ids(house, 5, *range(1, 9))


def test_a_split_is_held_and_says_where_all_could_sit_together(house: OpenHouse) -> None:
    small = house.small
    sold(house, [small.seat(row, number) for row in (1, 2, 3) for number in (3, 8)])
    held = best(house, Wish(7, category=A))
    assert sorted(len(part.seats) for part in held.proposal.parts) == [3, 4]
    (together,) = held.alternatives
    assert (together.category, together.split) == (B, False)


def test_asked_again_the_next_best_are_held_instead_in_one_step(house: OpenHouse) -> None:
    small = house.small
    by_hand = house.database.transact(place_hold, small.cashier, "basket", [small.seat(5, 1)])
    offered: list[int] = []
    last: tuple[int, ...] = ()
    for _ in range(4):
        held = best(house, Wish(2, without=frozenset(offered)), "basket", instead=last)
        assert not held.again
        assert not set(offered) & set(held.proposal.seats)
        assert [seat.seat_id for seat in held.given] == list(last)
        last = held.proposal.seats
        offered += last
        mine = {*by_hand.seats, *(SeatKey(small.performance_id, seat) for seat in last)}
        assert set(house.database.read(load_hold, "basket").seats) == mine
        assert set(held.placed.seats) == mine
    assert all(seat_row(house, SeatKey(small.performance_id, seat)).state == "free" for seat in offered[:-2])


def test_when_all_were_turned_down_it_begins_again_from_the_best(house: OpenHouse) -> None:
    small = house.small
    sold(house, [small.seat(row, number) for row in (1, 2, 3, 4, 5) for number in range(5, 11)])
    sold(house, [small.seat(row, number) for row in (3, 4, 5) for number in range(1, 5)])
    first = best(house, Wish(4), "basket")
    second = best(house, Wish(4, without=frozenset(first.proposal.seats)), "basket", instead=first.proposal.seats)
    seen = frozenset((*first.proposal.seats, *second.proposal.seats))
    third = best(house, Wish(4, without=seen), "basket", instead=second.proposal.seats)
    assert (first.again, second.again, third.again) == (False, False, True)
    assert third.proposal == first.proposal
    sold(house, [small.seat(row, number) for row in (2,) for number in range(1, 5)])
    alone = best(house, Wish(4, without=frozenset(first.proposal.seats)), "basket", instead=first.proposal.seats)
    assert alone.again
    assert alone.proposal == first.proposal
    assert (alone.given, alone.placed.taken) == ((), ())


def test_seats_that_cannot_be_replaced_stay_in_the_basket(house: OpenHouse) -> None:
    small = house.small
    held = best(house, Wish(2), "basket")
    with pytest.raises(NoSeatsTogether):
        best(house, Wish(3, wheelchairs=3), "basket", instead=held.proposal.seats)
    change_performance(house, state="cancelled")
    with pytest.raises(NotOnSale):
        best(house, Wish(2, without=frozenset(held.proposal.seats)), "basket", instead=held.proposal.seats)
    assert house.database.read(load_hold, "basket").seats == held.placed.seats
    assert {seat_row(house, small.seat(1, number)).state for number in (4, 5)} == {"claimed"}


def test_more_or_fewer_may_be_asked_for_instead_and_keep_what_they_have_in_common(house: OpenHouse) -> None:
    small = house.small
    two = best(house, Wish(2), "basket")
    four = best(house, Wish(4), "basket", instead=two.proposal.seats)
    assert len(four.placed.seats) == 4
    assert {seat.seat_id for seat in four.placed.taken} == set(four.proposal.seats) - set(two.proposal.seats)
    two = best(house, Wish(2), "basket", instead=four.proposal.seats)
    assert {seat.seat_id for seat in two.placed.seats} == set(two.proposal.seats)
    assert {seat.seat_id for seat in two.given} == set(four.proposal.seats) - set(two.proposal.seats)
    free = [number for number in range(1, 11) if seat_row(house, small.seat(1, number)).state == "free"]
    assert len(free) == 8


def test_instead_of_others_asked_twice_as_the_commit_was_lost_it_is_answered_the_same(house: OpenHouse) -> None:
    first = best(house, Wish(2), "basket")
    earlier, wish = EarlierTry(), Wish(2, without=frozenset(first.proposal.seats))
    answers = [best(house, wish, "basket", instead=first.proposal.seats, earlier=earlier) for _ in range(2)]
    assert answers[0].proposal == answers[1].proposal
    assert answers[0].given == answers[1].given == first.placed.seats
    assert answers[0].placed.taken == answers[1].placed.taken
    assert len(house.database.read(load_hold, "basket").seats) == 2


def test_a_basket_whose_time_is_over_replaces_nothing(house: OpenHouse) -> None:
    held = best(house, Wish(2), "basket")
    run_out(house, held.placed)
    with pytest.raises(HoldExpired):
        best(house, Wish(2, without=frozenset(held.proposal.seats)), "basket", instead=held.proposal.seats)


def test_a_request_whose_commit_was_lost_is_not_held_twice_and_answered_as_the_first_time(house: OpenHouse) -> None:
    earlier = EarlierTry()
    first = best(house, Wish(3), "basket", earlier=earlier)
    again = best(house, Wish(3), "basket", earlier=earlier)
    assert again.proposal == first.proposal
    assert again.placed.taken == first.placed.taken
    assert house.database.read(load_hold, "basket").seats == first.placed.seats


def test_a_split_whose_commit_was_lost_still_says_where_all_could_sit_together(house: OpenHouse) -> None:
    small = house.small
    sold(house, [small.seat(row, number) for row in (1, 2, 3) for number in (3, 8)])
    earlier = EarlierTry()
    first = best(house, Wish(7, category=A), "basket", earlier=earlier)
    again = best(house, Wish(7, category=A), "basket", earlier=earlier)
    assert again.proposal.split
    assert again.alternatives == first.alternatives != ()


def test_a_request_that_was_rolled_back_is_held_anew(house: OpenHouse) -> None:
    earlier = EarlierTry(held=best(house, Wish(3), "somebody else's"))
    held = best(house, Wish(3), "basket", earlier=earlier)
    assert len(held.placed.seats) == 3
    assert earlier.held == held


def test_a_basket_whose_time_is_over_gets_no_more(house: OpenHouse) -> None:
    run_out(house, best(house, Wish(2), "basket").placed)
    with pytest.raises(HoldExpired):
        best(house, Wish(2), "basket")


def test_what_is_not_on_sale_is_not_held(house: OpenHouse) -> None:
    change_performance(house, state="cancelled")
    for wish in (Wish(2), Wish(20, category=B)):
        with pytest.raises(NotOnSale):
            best(house, wish)


def test_a_door_steward_holds_nothing(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(hold_best_seats, house.small.steward, "basket", house.small.performance_id, Wish(2))


def test_a_till_asks_the_rule_with_the_arrays_of_its_map(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(1, (4, 5, 6)))
    mine = hold(house, small.seats_of(2, (4, 5)))
    plan = house.database.read(load_plan, small.plan_id)
    states = house.database.read(load_states, small.performance_id, plan, mine.hold_id)
    for wish in (Wish(1), Wish(4), Wish(5, category=B), Wish(9), Wish(2, wheelchairs=1, companions=1)):
        assert best_seats(picking_house(plan, states.state), wish) == proposed(house, wish)
    assert not np.any(plan.row_of == 0)


@on_a_server
def test_tills_that_ask_at_the_same_moment_get_different_seats_without_waiting(house: OpenHouse) -> None:
    together = Barrier(8)

    def ask(_: int) -> HeldBest:
        together.wait()
        return best(house, Wish(2))

    with ThreadPoolExecutor(8) as tills:
        answers = list(tills.map(ask, range(8)))
    seats = [seat for answer in answers for seat in answer.proposal.seats]
    assert len(set(seats)) == 16
    assert all(len(answer.placed.seats) == 2 for answer in answers)


@on_a_server
def test_seats_that_another_till_is_just_taking_are_passed_over(house: OpenHouse) -> None:
    small = house.small
    with house.database.writer.connect() as other:
        other.execute(
            select(PerformanceSeat.seat_id)
            .where(
                PerformanceSeat.performance_id == small.performance_id,
                PerformanceSeat.seat_id.in_(ids(house, 1, 4, 5)),
            )
            .with_for_update()
        )
        held = best(house, Wish(3))
        other.rollback()
    assert held.proposal.seats == ids(house, 2, 4, 5, 6)
