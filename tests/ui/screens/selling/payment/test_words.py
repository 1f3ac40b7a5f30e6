"""What is said of the money when the seats under it are gone."""

from __future__ import annotations

import pytest

from pos_app.domain.errors import SeatsTaken
from pos_app.domain.season.offers import TypeOffer
from pos_app.domain.seats import Place, SeatKey
from pos_app.domain.selling.basket import Basket
from pos_app.domain.selling.basket_lines import BasketLine
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say_count
from pos_app.ui.screens.selling.payment.words import seats_gone

pytestmark = pytest.mark.usefixtures("qapp")
ADULT = TypeOffer(1, "Adult", "A", "")


def _basket(seats: int) -> Basket:
    places = {SeatKey(1, number): Place("Stalls", "G", str(number)) for number in range(1, seats + 1)}
    return Basket(
        lines=[BasketLine(seat, place, 1, "A", "Macbeth", ADULT, (ADULT,), 5200) for seat, place in places.items()]
    )


def test_of_many_seats_that_are_gone_the_till_still_has_the_names() -> None:
    said = say_count("{count} seat went.", "{count} seats went.", 4)
    told = seats_gone(SeatsTaken(said, seats=((1, 1), (1, 2), (1, 3), (1, 5))), _basket(5), PaymentMethod.CASH)
    assert told.text == "4 seats went. They are Stalls, row G, seats 1\u20133, 5."
    assert told.advice.startswith("Nothing was sold. Give the money back.")


def test_few_are_named_by_the_server() -> None:
    said = say_count("{count} seat went.", "{count} seats went.", 1)
    assert seats_gone(SeatsTaken(said, seats=((1, 1),)), _basket(5), None).text == "1 seat went."
