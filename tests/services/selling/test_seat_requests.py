from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import ReleaseRequest
from pos_app.doctor import judge_database
from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import NotFound
from pos_app.domain.selling.seat_requests import PATIENCE_SECONDS, Answer
from pos_app.services.selling.holds import load_hold, place_hold, release_seats
from pos_app.services.selling.sales import sell
from pos_app.services.selling.seat_requests import answer_release, ask_to_release, load_questions
from tests.services.stories import cash_request, hold, run_out

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

    (asked,) = database.read(load_questions, there.till_id).asked
    assert (asked.seat, asked.till_name, asked.person) == (first, here.till_name, here.name)
    assert database.read(load_questions, here.till_id).ours[0].answer is Answer.WAITING

    assert database.transact(answer_release, there, asked.question_id, yes=True) is Answer.YES
    assert database.transact(answer_release, there, asked.question_id, yes=True) is Answer.YES
    assert database.read(load_questions, there.till_id).asked == ()
    assert database.read(load_questions, here.till_id).ours[0].answer is Answer.YES
    assert database.read(load_hold, key).seats == (second,)
    database.transact(place_hold, here, new_request_id(), [first])


def test_a_till_may_say_no_and_keeps_the_seat(house: OpenHouse) -> None:
    small, database = house.small, house.database
    there = small.elsewhere(small.cashier)
    seat, key = small.seat(1, 1), new_request_id()
    database.transact(place_hold, there, key, [seat])
    database.transact(ask_to_release, small.cashier, seat, request_id=new_request_id())
    (asked,) = database.read(load_questions, there.till_id).asked
    assert database.transact(answer_release, there, asked.question_id, yes=False) is Answer.NO
    assert database.transact(answer_release, there, asked.question_id, yes=True) is Answer.NO
    assert database.read(load_hold, key).seats == (seat,)
    assert database.read(load_questions, small.cashier.till_id).ours[0].answer is Answer.NO


def test_nobody_is_asked_for_a_free_seat_or_ones_own(house: OpenHouse) -> None:
    small, database = house.small, house.database
    with pytest.raises(NotFound):
        database.transact(ask_to_release, small.cashier, small.seat(1, 1), request_id=new_request_id())
    database.transact(place_hold, small.cashier, new_request_id(), [small.seat(1, 1)])
    with pytest.raises(NotFound):
        database.transact(ask_to_release, small.cashier, small.seat(1, 1), request_id=new_request_id())


def test_a_question_that_was_heard_is_answered_so_when_it_is_sent_again(house: OpenHouse) -> None:
    small, database = house.small, house.database
    there, key, question = small.elsewhere(small.cashier), new_request_id(), new_request_id()
    database.transact(place_hold, there, key, [small.seat(1, 1)])
    name = database.transact(ask_to_release, small.cashier, small.seat(1, 1), request_id=question)
    database.transact(release_seats, key)
    assert database.transact(ask_to_release, small.cashier, small.seat(1, 1), request_id=question) == name


def test_a_yes_for_a_seat_that_was_sold_since_lets_nothing_go_and_says_so(house: OpenHouse) -> None:
    small, database = house.small, house.database
    there = small.elsewhere(small.cashier)
    basket = hold(house, [small.seat(1, 1)], actor=there)
    database.transact(ask_to_release, small.cashier, small.seat(1, 1), request_id=new_request_id())
    (asked,) = database.read(load_questions, there.till_id).asked
    database.transact(sell, there, cash_request(house, basket))
    assert database.transact(answer_release, there, asked.question_id, yes=True) is Answer.GONE
    assert database.read(load_questions, small.cashier.till_id).ours[0].answer is Answer.GONE
    assert database.read(judge_database) == ()


def test_a_yes_for_a_seat_whose_time_was_over_and_that_another_till_took_lets_nothing_go(house: OpenHouse) -> None:
    small, database = house.small, house.database
    there, third = small.elsewhere(small.cashier), replace(small.cashier, till_id=small.gate_till_id)
    basket = hold(house, [small.seat(1, 1)], actor=there)
    database.transact(ask_to_release, small.cashier, small.seat(1, 1), request_id=new_request_id())
    (asked,) = database.read(load_questions, there.till_id).asked
    run_out(house, basket)
    taken = hold(house, [small.seat(1, 1)], actor=third)
    assert database.transact(answer_release, there, asked.question_id, yes=True) is Answer.GONE
    assert database.read(load_hold, taken.basket_key).seats == (small.seat(1, 1),)


def test_a_yes_after_the_question_was_dropped_lets_nothing_go(house: OpenHouse) -> None:
    small, database = house.small, house.database
    there, key = small.elsewhere(small.cashier), new_request_id()
    database.transact(place_hold, there, key, [small.seat(1, 1)])
    database.transact(ask_to_release, small.cashier, small.seat(1, 1), request_id=new_request_id())
    (asked,) = database.read(load_questions, there.till_id).asked
    older = update(ReleaseRequest).values(created_at=utc_plus(-PATIENCE_SECONDS - 1))
    database.transact(lambda session: session.execute(older))
    assert database.transact(answer_release, there, asked.question_id, yes=True) is Answer.WAITING
    assert database.read(load_hold, key).seats == (small.seat(1, 1),)
