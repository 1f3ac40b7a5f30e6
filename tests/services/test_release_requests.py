from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import NotFound
from pos_app.domain.release_requests import Answer
from pos_app.services.holds import load_hold, place_hold
from pos_app.services.release_requests import answer_release, ask_to_release, load_post

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_till_asks_another_for_a_seat_and_gets_it(house: OpenHouse) -> None:
    small, database = house.small, house.database
    here, there = small.cashier, small.elsewhere(small.cashier)
    first, second = small.seats_of(1, [1, 2])
    key, question = new_request_id(), new_request_id()
    database.transact(place_hold, there, key, [first, second])

    name = database.transact(ask_to_release, here, first, request_id=question)
    again = database.transact(ask_to_release, here, first, request_id=question)
    assert name == again == there.till_name

    (asked,) = database.read(load_post, there.till_id).asked
    assert (asked.seat, asked.till_name, asked.person) == (first, here.till_name, here.name)
    assert database.read(load_post, here.till_id).ours[0].answer is Answer.WAITING

    assert database.transact(answer_release, there, asked.question_id, yes=True)
    assert database.read(load_post, there.till_id).asked == ()
    assert database.read(load_post, here.till_id).ours[0].answer is Answer.YES
    assert database.read(load_hold, key).seats == (second,)
    database.transact(place_hold, here, new_request_id(), [first])


def test_a_till_may_say_no_and_keeps_the_seat(house: OpenHouse) -> None:
    small, database = house.small, house.database
    there = small.elsewhere(small.cashier)
    seat, key = small.seat(1, 1), new_request_id()
    database.transact(place_hold, there, key, [seat])
    database.transact(ask_to_release, small.cashier, seat, request_id=new_request_id())
    (asked,) = database.read(load_post, there.till_id).asked
    assert database.transact(answer_release, there, asked.question_id, yes=False)
    assert not database.transact(answer_release, there, asked.question_id, yes=False)
    assert database.read(load_hold, key).seats == (seat,)
    assert database.read(load_post, small.cashier.till_id).ours[0].answer is Answer.NO


def test_nobody_is_asked_for_a_free_seat_or_ones_own(house: OpenHouse) -> None:
    small, database = house.small, house.database
    with pytest.raises(NotFound):
        database.transact(ask_to_release, small.cashier, small.seat(1, 1), request_id=new_request_id())
    database.transact(place_hold, small.cashier, new_request_id(), [small.seat(1, 1)])
    with pytest.raises(NotFound):
        database.transact(ask_to_release, small.cashier, small.seat(1, 1), request_id=new_request_id())
