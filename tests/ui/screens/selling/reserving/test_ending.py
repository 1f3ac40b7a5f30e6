"""A minute before a reservation gives its seats back, every till says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kinds import SQLITE
from tests.services.orders.reserving import move_release, reserved

if TYPE_CHECKING:
    from pos_app.domain.orders.reservations import Reservation
    from tests.ui.screens.selling.conftest import Till

pytestmark = SQLITE


def _ends_soon(till: Till, *numbers: int, name: str) -> Reservation:
    made = reserved(till.house, [till.house.small.seat(1, number) for number in numbers], name)
    move_release(till.house, made.order_id, 40)
    return made


def _look(till: Till) -> None:
    till.screen.ending.poll()
    till.settle()


def test_name_seats_and_time_are_said_and_it_is_asked_to_keep_them_longer(till: Till) -> None:
    _look(till)
    assert till.screen.ending.isHidden()
    made = _ends_soon(till, 3, 4, name="Novak")
    _look(till)
    ending = till.screen.ending
    assert ending.isVisible()
    assert ending.words.startswith("Novak: Stalls, row A, seats 3\u20134 go back on sale at ")
    with till.qtbot.waitSignal(ending.keep_asked):
        ending.keep.click()
    assert ending.first is not None
    assert ending.first.order_id == made.order_id
    move_release(till.house, made.order_id, 3600)
    _look(till)
    assert ending.isHidden(), "it was kept longer"


def test_what_was_closed_is_not_shown_again_but_the_next_one_is(till: Till) -> None:
    _ends_soon(till, 3, name="Novak")
    _look(till)
    till.screen.ending.close_button.click()
    assert till.screen.ending.isHidden()
    _look(till)
    assert till.screen.ending.isHidden()
    _ends_soon(till, 5, name="Weiß")
    _look(till)
    assert till.screen.ending.words.startswith("Weiß: ")
