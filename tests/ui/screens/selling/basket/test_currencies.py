"""Seats in another currency than the basket's are refused where they are asked for, before anybody takes money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.services.selling.holds import place_hold
from tests.abroad import Barn, open_barn
from tests.kinds import SQLITE
from tests.services.stories import run_out, seat_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.houses import OpenHouse
    from tests.ui.screens.selling.conftest import Till

REFUSED = "sold in CHF, and what is in the basket is paid in EUR. Pay for what is in the basket first, or release it."


@pytest.fixture
def barn(house: OpenHouse) -> Barn:
    return open_barn(house)


@pytest.fixture
def abroad(barn: Barn, make_till: Callable[[], Till]) -> Till:
    """Give a till with a seat of the evening tomorrow in its basket, and the barn's evening on its map."""
    till = make_till()
    till.hold(till.house.small.seat(1, 3))
    till.open(barn.performance_id)
    till.settle()
    till.line.asked.clear()
    return till


def _click(till: Till, barn: Barn) -> None:
    till.click(barn.seat(0))


def _drag(till: Till, barn: Barn) -> None:
    till.drag(barn.seat(0), barn.seat(2))


def _ask_for_the_best(till: Till, _barn: Barn) -> None:
    till.press(Qt.Key.Key_F4)


def _open_the_area(till: Till, _barn: Barn) -> None:
    till.screen.map_panel.map.area_activated.emit(0)
    assert not till.screen.areas.stepper.isVisible()


def _choose_from_the_list(till: Till, barn: Barn) -> None:
    till.screen.free_seats.chosen.emit(till.index(barn.seat(0)))


def _undo_a_release(till: Till, barn: Barn) -> None:
    till.screen.hold.take([barn.seat(0)])


@SQLITE
@pytest.mark.parametrize(
    "take", [_click, _drag, _ask_for_the_best, _open_the_area, _choose_from_the_list, _undo_a_release]
)
def test_it_is_refused_at_once_with_the_way(abroad: Till, barn: Barn, take: Callable[[Till, Barn], None]) -> None:
    take(abroad, barn)
    abroad.settle()
    assert REFUSED in abroad.said
    assert abroad.seats == (abroad.house.small.seat(1, 3),)
    assert abroad.screen.basket_panel.total_words == "€40.00"
    assert not {"place_hold", "hold_best_seats", "set_places"} & set(abroad.line.asked)
    assert seat_row(abroad.house, barn.seat(0)).state == "free"


@SQLITE
def test_another_till_is_not_asked_for_a_seat_that_could_not_be_taken(abroad: Till, barn: Barn) -> None:
    abroad.elsewhere(barn.seat(0))
    abroad.poll()
    abroad.settle()
    abroad.screen.requests.focus(abroad.index(barn.seat(0)))
    abroad.press(Qt.Key.Key_F12)
    abroad.settle()
    assert REFUSED in abroad.said
    assert "ask_to_release" not in abroad.line.asked


@SQLITE
def test_a_click_while_the_first_seat_is_on_its_way_is_refused_by_the_server(
    barn: Barn, make_till: Callable[[], Till]
) -> None:
    till = make_till()
    hold = till.screen.hold
    offer, plan = till.screen.live.offer, till.screen.live.plan
    till.open(barn.performance_id)
    till.settle()
    small, barns = till.house.small, (till.screen.live.offer, till.screen.live.plan)
    till.screen.live._offer, till.screen.live._plan = offer, plan
    hold.take([small.seat(1, 3)])
    till.screen.live._offer, till.screen.live._plan = barns
    hold.take([barn.seat(0)])
    till.settle()
    assert till.seats == (small.seat(1, 3),)
    assert REFUSED in till.said
    assert seat_row(till.house, barn.seat(0)).state == "free"


@SQLITE
def test_the_seats_of_a_basket_that_ran_out_are_taken_again_whatever_is_on_the_map(abroad: Till) -> None:
    hold = abroad.screen.hold
    assert hold.placed is not None
    run_out(abroad.house, hold.placed)
    hold._end()
    assert hold.is_expired
    hold.retake()
    abroad.settle()
    assert abroad.seats == (abroad.house.small.seat(1, 3),)
    assert place_hold.__name__ in abroad.line.asked


@SQLITE
def test_once_the_basket_is_released_the_other_currency_is_taken(abroad: Till, barn: Barn) -> None:
    abroad.screen.hold.give_all_back()
    abroad.settle()
    abroad.click(barn.seat(0))
    abroad.wait(lambda: abroad.seats == (barn.seat(0),))
    assert abroad.screen.basket_panel.total_words == "CHF 30.00".replace(" ", "\N{NO-BREAK SPACE}")
