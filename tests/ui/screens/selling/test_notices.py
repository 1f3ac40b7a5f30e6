"""What is said on the sell screen goes when it is no longer true, and what is said of money stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.sentences import say
from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets import banner as banner_module
from pos_app.ui.words.messages import Ending, Level, Message
from tests.kinds import SQLITE

if TYPE_CHECKING:
    import pytest

    from tests.ui.screens.selling.conftest import Till

NO_SEAT = Message("No seat is free.", "Try another zone.", Level.WARNING)
OF_MONEY = Message("The price has changed.", "Give the money back.", Level.WARNING)


@SQLITE
def test_what_was_said_of_one_performance_does_not_stand_over_the_next(till: Till) -> None:
    till.screen.best.said.emit(NO_SEAT)
    assert till.said
    till.open(till.house.small.gala_id)
    assert not till.said


@SQLITE
def test_what_was_said_to_one_customer_is_gone_for_the_next(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.elsewhere(two)
    till.hold(one)
    till.poll()
    till.screen.choosing.said.emit(Message("Row A, seat 4: taken by Till 2.", "", Level.WARNING))
    assert till.said
    till.screen.hold.give_all_back()
    assert not till.said


@SQLITE
def test_what_is_said_of_money_stays_whatever_is_done_until_the_person_closes_it(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one)
    till.screen.checkout.said.emit(OF_MONEY)
    till.hold(two)
    till.open(till.house.small.gala_id)
    till.screen.hold.give_all_back()
    assert till.said == "The price has changed. Give the money back."
    till.screen.banner._cross.click()
    assert not till.said


@SQLITE
def test_another_message_covers_the_one_about_money_for_a_while(till: Till) -> None:
    till.screen.checkout.said.emit(OF_MONEY)
    till.screen.choosing.said.emit(Message("Row A, seat 1: sold."))
    assert "sold" in till.said
    till.screen.banner.dismiss()
    assert till.said == "The price has changed. Give the money back."


@SQLITE
def test_a_later_word_about_money_takes_the_place_of_the_one_before(till: Till) -> None:
    lost = OutcomeUnknown(say("The connection broke."), advice=say("Do not take money again."))
    till.screen.checkout.taking.in_doubt.emit(lost)
    assert "Do not take money again" in till.said
    till.screen.checkout.said.emit(Message("Order A is sold.", "", Level.OK))
    till.screen.banner.dismiss()
    assert not till.said


@SQLITE
def test_a_lost_server_is_said_until_it_answers_and_long_enough_to_be_read(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banner_module, "READING_SECONDS", 0.2)
    seat = till.house.small.seat(1, 3)
    till.line.cut = True
    till.click(seat)
    till.wait(lambda: "cannot be reached" in till.said)
    till.find_server()
    till.wait(lambda: not till.said)


@SQLITE
def test_a_message_that_was_just_said_of_the_server_is_not_snatched_away(till: Till) -> None:
    till.screen.notices.say(Message("The server cannot be reached.", ends=Ending.ANSWER, level=Level.WARNING))
    server_answers().answered.emit()
    assert "cannot be reached" in till.said
