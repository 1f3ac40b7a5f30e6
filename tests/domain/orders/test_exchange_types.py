from __future__ import annotations

from pos_app.domain.orders.exchange_subject import OldSeat
from pos_app.domain.orders.exchange_types import TypesInTurn
from pos_app.domain.season.offers import TypeOffer
from pos_app.domain.seats import Place, SeatKey
from pos_app.domain.selling.basket_lines import BasketLine

ADULT, CHILD, SENIOR = (
    TypeOffer(1, "Adult", "A", ""),
    TypeOffer(2, "Child", "C", ""),
    TypeOffer(3, "Senior", "S", ""),
)


def old(seat: int, kind: TypeOffer) -> OldSeat:
    place = Place("Stalls", "A", str(seat))
    return OldSeat(seat + 100, SeatKey(1, seat), place, 1, "A", seat, kind.ticket_type_id, kind.name, 4000)


def new(seat: int, kind: TypeOffer = ADULT, choices: tuple[TypeOffer, ...] = (ADULT, CHILD, SENIOR)) -> BasketLine:
    return BasketLine(SeatKey(1, seat), Place("Stalls", "B", str(seat)), 1, "A", "Show", kind, choices, 4000)


def test_each_new_seat_takes_the_type_of_the_next_that_is_given_back_and_a_chosen_one_stays() -> None:
    types, leaving = TypesInTurn(), [old(1, CHILD), old(2, ADULT)]
    assert types.hand_out([new(11)], leaving) == {SeatKey(1, 11): 2}
    # A person chose another one for the first: the second is whose turn it is, not the child once more.
    assert types.hand_out([new(11, SENIOR), new(12)], leaving) == {}
    # One too many takes nobody's place until there is one.
    assert types.hand_out([new(11, SENIOR), new(12), new(13)], leaving) == {}
    assert types.hand_out([new(12), new(13)], leaving) == {SeatKey(1, 13): 2}
    # The child keeps its old seat after all, and gives it up again.
    assert types.hand_out([new(13, CHILD)], leaving[1:]) == {SeatKey(1, 13): 1}
    assert types.hand_out([new(13), new(14)], leaving) == {SeatKey(1, 14): 2}


def test_a_type_that_is_not_sold_there_waits_for_a_seat_where_it_is_and_what_was_chosen_before_is_left() -> None:
    types, leaving = TypesInTurn(), [old(1, CHILD), old(2, ADULT)]
    assert types.hand_out([new(11, choices=(ADULT, SENIOR)), new(12)], leaving) == {SeatKey(1, 12): 2}
    types = TypesInTurn([SeatKey(1, 11)])
    assert types.hand_out([new(11), new(12)], leaving) == {SeatKey(1, 12): 2}
    assert TypesInTurn().hand_out([new(11)], [old(1, TypeOffer(9, "Guest", "", ""))]) == {}
