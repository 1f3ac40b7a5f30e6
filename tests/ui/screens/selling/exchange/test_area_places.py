"""Places of general admission in an exchange: kept by their buttons, given back, and taken by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from pos_app.db.models import Seat
from pos_app.domain.seats import SeatKey
from tests.areas import count_areas
from tests.kinds import SQLITE_FIRST
from tests.services.orders.ledgers import live_lines
from tests.standing import add_standing
from tests.ui.screens.selling.exchange.test_exchanging import begin

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


def _places(till: Till, capacity: int) -> list[SeatKey]:
    """Add room to stand, and return its places."""
    small = till.house.small
    area = till.house.database.transact(add_standing, small, capacity)
    found = select(Seat.id).where(Seat.area_id == area).order_by(Seat.id)
    ids = till.house.database.read(lambda session: session.scalars(found).all())
    till.screen.live._plans.clear()
    till.open(small.performance_id)
    till.settle()
    return [SeatKey(small.performance_id, seat_id) for seat_id in ids]


@SQLITE_FIRST
def test_two_of_three_stay_where_they_stand_and_one_goes_to_a_seat(till: Till) -> None:
    small = till.house.small
    places = _places(till, 5)
    swap = begin(till, places[:3])
    assert "Gives back Standing, 3 places: 3 Adult (" in swap.strip_words
    first, second, _ = till.screen.exchanging.strip.keep_buttons
    first.click()
    second.click()
    assert "Gives back Standing, 1 place: 1 Adult (" in swap.strip_words
    assert swap.hint == "Choose 1 more seat."
    seat = small.seat(5, 1)
    till.hold(seat)
    assert swap.told() == 0
    swap.give_reason()
    swap.made()
    kept = set(live_lines(till.house, swap.sale.order_id))
    assert kept == {places[0], places[1], seat}
    (standing,) = till.house.database.read(count_areas, small.performance_id)
    assert (standing.free, standing.sold) == (3, 2)


@SQLITE_FIRST
def test_a_seat_goes_into_the_area_where_the_order_has_a_place_already(till: Till) -> None:
    small = till.house.small
    places = _places(till, 5)
    seat = small.seat(5, 1)
    swap = begin(till, [seat, places[0]])
    keep = till.screen.exchanging.strip.keep_buttons
    keep[[button.toolTip() for button in keep].index("Standing")].click()
    board = till.screen.map_panel.map
    QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=board.area_spot(0))
    assert till.screen.areas.stepper.isVisible()
    till.type("1")
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert len(till.seats) == 1
    assert swap.told() == 0
    swap.give_reason()
    swap.made()
    now = set(live_lines(till.house, swap.sale.order_id))
    assert places[0] in now
    assert len(now) == 2
    assert now <= set(places)
