"""Seats that the server holds, or does not, of which no answer came: what becomes of them when it is back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.seats import MapState
from pos_app.domain.sentences import say
from pos_app.services.selling.best_seats import hold_best_seats
from pos_app.services.selling.holds import place_hold, release_seats
from pos_app.ui.screens.selling.basket import hold_reading
from tests.kinds import BOTH, SQLITE
from tests.services.stories import seat_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.screens.selling.conftest import Till


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hold_reading, "AGAIN_MS", 50)


def lose(till: Till, service: Callable[..., Any], *, done: bool) -> None:
    """Let the answer to the next call of a service be lost; done: after it was carried out."""
    transact = till.line.transact

    def losing(asked: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if asked is not service:
            return transact(asked, *args, **kwargs)
        till.line.transact = transact  # type: ignore[method-assign]  # as it was before
        if done:
            transact(asked, *args, **kwargs)
        raise OutcomeUnknown(say("The connection broke."), advice=say("Look when the server is back."))

    till.line.transact = losing  # type: ignore[method-assign]  # one line of a test that breaks once


@BOTH
def test_a_first_seat_whose_answer_was_lost_is_in_the_basket_as_soon_as_the_server_tells(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    lose(till, place_hold, done=True)
    till.click(seat)
    till.wait(lambda: till.seats == (seat,))
    assert till.said == "1 seat is held after all, and in the basket now. Give back what is not wanted."
    assert till.state(seat) is MapState.MINE
    assert till.screen.hold.seconds_left > 800
    till.click(seat)
    till.wait(lambda: seat_row(till.house, seat).state == "free")


@SQLITE
def test_a_further_seat_whose_answer_was_lost_joins_the_others(till: Till) -> None:
    first, second = till.house.small.seats_of(1, (3, 4))
    till.click(first)
    till.settle()
    lose(till, place_hold, done=True)
    till.click(second)
    till.wait(lambda: till.seats == (first, second))


@SQLITE
def test_a_seat_that_was_not_taken_can_be_taken_by_the_next_click(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    lose(till, place_hold, done=False)
    till.click(seat)
    reading = till.screen.hold._reading
    till.wait(lambda: "The connection broke" in till.said and not reading._unheard)
    assert not reading._again.isActive()
    assert till.seats == ()
    till.click(seat)
    till.wait(lambda: till.seats == (seat,))


@SQLITE
def test_best_seats_whose_answer_was_lost_are_in_the_basket_then(till: Till) -> None:
    lose(till, hold_best_seats, done=True)
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    assert till.said.startswith("2 seats are held after all")
    first = till.seats
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: till.seats != first and len(till.seats) == 2)
    assert not set(first) & set(till.seats)


@SQLITE
def test_the_next_best_whose_answer_was_lost_are_in_the_basket_then_and_none_is_said_to_be_gone(till: Till) -> None:
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    till.settle()
    first = till.seats
    lose(till, hold_best_seats, done=True)
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2 and not set(first) & set(till.seats))
    assert till.said.startswith("2 seats are held after all")
    second = till.seats
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2 and not {*first, *second} & set(till.seats))


@SQLITE
def test_seats_asked_for_by_a_basket_that_was_put_away_are_given_back(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    hold = till.screen.hold
    lose(till, place_hold, done=True)
    till.click(seat)
    hold.finish()
    till.settle()
    till.wait(lambda: seat_row(till.house, seat).state == "free")


@SQLITE
def test_a_seat_whose_giving_back_was_not_confirmed_is_given_back_once_more(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.click(seat)
    till.settle()
    lose(till, release_seats, done=False)
    till.click(seat)
    till.settle()
    assert seat_row(till.house, seat).state == "claimed"
    till.screen.settle()
    till.wait(lambda: seat_row(till.house, seat).state == "free")
