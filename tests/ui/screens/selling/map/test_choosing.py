"""Seats are held at a click, given back at the next, and what the other tills do is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import PerformanceSeat
from pos_app.domain.codes import grouped
from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft
from pos_app.domain.seats import ClaimKind, MapState
from pos_app.services.season.kept_seats import change_kept
from pos_app.services.season.kept_together import keep_together
from pos_app.services.seats import map_cursor, map_states
from pos_app.services.selling.holds import load_hold, place_hold, release_seats
from pos_app.ui.seat_map import reload_turn
from pos_app.ui.words.times import shown_time
from tests.kinds import BOTH, SERVER, SQLITE
from tests.services.orders.reserving import reserved
from tests.services.stories import change_performance, change_seat, seat_row, sold

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.ui.background import Reply
    from pos_app.ui.screens.selling.basket.hold_request import HoldRequest
    from tests.ui.screens.selling.conftest import Till


@BOTH
def test_a_click_holds_and_the_next_one_gives_back(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    assert till.screen.basket_panel.total_words == "€40.00"
    assert "1 seat held" in till.screen.basket_panel.headline.text()
    assert till.screen.hold.seconds_left > 890
    assert seat_row(till.house, seat).claim_kind == "basket"
    till.click(seat)
    till.settle()
    assert not till.seats
    assert till.state(seat) == MapState.FREE
    assert seat_row(till.house, seat).state == "free"


@SQLITE
def test_two_fast_clicks_hold_two_seats(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.click(one, two)
    till.settle()
    assert till.seats == (one, two)
    assert till.state(one) == till.state(two) == MapState.MINE
    held = till.house.database.read(load_hold, till.screen.hold.basket.key)
    assert held.seats == (one, two)


@SQLITE
def test_a_seat_that_was_asked_for_is_not_asked_for_again(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.click(seat, seat, seat)
    till.settle()
    assert till.seats == (seat,)
    assert till.line.asked.count("place_hold") == 1


@SQLITE
def test_the_last_seat_given_back_and_another_taken_at_once(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one)
    till.click(one, two)
    till.settle()
    assert till.seats == (two,)
    assert till.state(one) == MapState.FREE
    assert till.state(two) == MapState.MINE
    assert not till.said


@SQLITE
def test_a_seat_still_asked_for_survives_the_last_one_given_back(till: Till) -> None:
    one, two, three = till.house.small.seats_of(1, (3, 4, 5))
    till.hold(one)
    till.click(two, one, three)
    till.settle()
    assert till.seats == (two, three)
    assert seat_row(till.house, one).state == "free"
    held = till.house.database.read(load_hold, till.screen.hold.basket.key)
    assert held.seats == (two, three)


@BOTH
def test_a_seat_taken_meanwhile_is_named_and_shown(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    till.elsewhere(seat)
    assert till.state(seat) == MapState.FREE
    till.click(seat)
    till.wait(lambda: till.said)
    assert "row A, seat 3" in till.said
    assert not till.seats
    till.wait(lambda: till.state(seat) == MapState.HELD)


@SQLITE
def test_seats_do_not_move_under_the_hand_while_something_is_said(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    till.elsewhere(one)
    till.settle()
    before = till.point(two)
    till.click(one)
    till.wait(lambda: till.said)
    till.settle()
    assert till.screen.banner.isVisible()
    said, seats = till.screen.banner, till.screen.map_panel.map
    assert said.mapTo(till.screen, said.rect().topLeft()).y() > seats.mapTo(till.screen, seats.rect().bottomLeft()).y()
    assert till.point(two) == before
    till.hold(two)
    assert not till.screen.banner.isVisible()
    assert till.point(two) == before


@SQLITE
def test_dragging_keeps_what_was_free(till: Till) -> None:
    one, two, three = till.house.small.seats_of(2, (3, 4, 5))
    till.elsewhere(two)
    till.drag(one, three)
    till.wait(lambda: len(till.seats) == 2)
    assert set(till.seats) == {one, three}
    assert "1 of 3 seats" in till.said
    till.wait(lambda: till.state(two) == MapState.HELD)


@SQLITE
@pytest.mark.parametrize(
    ("values", "state", "words"),
    [
        ({"state": "claimed", "claim_kind": "house"}, MapState.HOUSE, "kept back by the house"),
        ({"state": "claimed", "claim_kind": "blocked"}, MapState.BLOCKED, "blocked"),
    ],
)
def test_a_seat_that_is_not_for_sale_says_why(
    till: Till, values: dict[str, object], state: MapState, words: str
) -> None:
    seat = till.house.small.seat(1, 3)
    change_seat(till.house, seat, **values)
    till.screen.live.refresh()
    till.wait(lambda: till.state(seat) == state)
    till.click(seat)
    assert words in till.said
    assert "row A, seat 3" in till.said
    assert not till.screen.hold.is_waiting


@SQLITE
def test_sold_and_held_seats_say_so(till: Till) -> None:
    one, two = till.house.small.seats_of(1, (3, 4))
    sold(till.house, [one])
    till.elsewhere(two)
    till.screen.live.refresh()
    till.wait(lambda: till.state(two) == MapState.HELD)
    till.click(one)
    assert "sold" in till.said
    till.click(two)
    assert "held by Till 2" in till.said
    assert not till.seats


@BOTH
def test_the_other_till_is_followed_by_polling(till: Till) -> None:
    seat = till.house.small.seat(3, 3)
    key = till.elsewhere(seat)
    till.poll()
    till.wait(lambda: till.state(seat) == MapState.HELD)
    till.house.database.transact(release_seats, key, None)
    till.poll()
    till.wait(lambda: till.state(seat) == MapState.FREE)


@BOTH
def test_what_a_poll_missed_is_found_by_the_checksum(till: Till) -> None:
    seat, live = till.house.small.seat(3, 3), till.screen.live
    till.elsewhere(seat)
    # As if it had been committed longer after its time than a poll looks back.
    change_seat(till.house, seat, changed_at=utc_plus(-3600))
    till.poll()
    till.settle()
    assert till.state(seat) == MapState.FREE
    live._polls = 9
    till.poll()
    till.wait(lambda: till.state(seat) == MapState.HELD)


@SERVER
def test_an_equal_checksum_reads_nothing_more(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.settle()  # a poll is left out while an answer is still on its way
    till.elsewhere(till.house.small.seat(1, 5))
    till.poll()
    till.settle()
    till.line.asked.clear()
    till.screen.live._polls = 9
    till.poll()
    till.settle()
    assert sorted(till.line.asked) == ["load_changes", "load_checksum"]
    assert np.count_nonzero(till.screen.live._crc) == 2


@BOTH
def test_after_a_bulk_change_all_is_read_once_and_then_followed_again(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, live = till.house.small, till.screen.live
    for module in (map_cursor, map_states):
        monkeypatch.setattr(module, "MOST_CHANGES", 4)
    monkeypatch.setattr(reload_turn, "RELOAD_WITHIN_MS", 24 * 3_600_000)
    made_long_ago = update(PerformanceSeat).values(changed_at=utc_plus(-3600))
    till.house.database.transact(lambda session: session.execute(made_long_ago))
    live.refresh()
    till.settle()
    till.line.asked.clear()
    till.elsewhere(*small.seats_of(3, range(1, 11)))
    till.poll()
    till.wait(live._reload.isActive)
    till.poll()
    live._reload.start(0)  # its turn, which was drawn from a whole day
    till.wait(lambda: till.state(small.seat(3, 10)) == MapState.HELD)
    till.elsewhere(small.seat(4, 1))
    till.poll()
    till.wait(lambda: till.state(small.seat(4, 1)) == MapState.HELD)
    assert [one for one in till.line.asked if one.startswith("load_")] == [
        "load_changes",
        "load_states",
        "load_changes",
    ]


@SQLITE
def test_a_cancelled_performance_is_refused(till: Till) -> None:
    change_performance(till.house, state="cancelled")
    till.click(till.house.small.seat(1, 3))
    till.wait(lambda: "cancelled" in till.said)
    assert not till.seats


@SQLITE
def test_a_performance_that_has_begun_is_asked_about_once(till: Till) -> None:
    small = till.house.small
    till.open(small.begun_id)
    one, two, three = small.seats_of(1, (3, 4, 5), small.begun_id)
    till.click(one, two)
    sheet = till.sheet()
    till.settle()
    assert "has begun" in sheet.accessibleName()
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: len(till.seats) == 2)
    assert not till.is_asking()
    till.hold(three)
    assert set(till.seats) == {one, two, three}


@SQLITE
def test_what_was_on_its_way_when_a_late_sale_was_allowed_is_not_asked_about_again(till: Till) -> None:
    small = till.house.small
    till.open(small.begun_id)
    one, two = small.seats_of(1, (3, 4), small.begun_id)
    refused: list[HoldRequest] = []
    till.screen.hold.late_sale_asked.connect(refused.append)
    till.click(one)
    till.sheet()
    till.settle()
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (one,))
    till.screen.hold.late_sale_asked.emit(replace(refused[0], seats=(two,), begin=_begins(till, two)))
    till.settle()
    assert not till.is_asking()
    assert set(till.seats) == {one, two}


def _begins(till: Till, seat: SeatKey) -> Callable[[str, bool], Reply[PlacedHold]]:
    """Ask for a seat as a click on the map does."""
    hold = till.screen.hold
    return lambda key, late: hold._office.write(hold, place_hold, key, (seat,), partial=False, after_start=late)


@SQLITE
def test_a_late_sale_that_is_not_wanted_holds_nothing(till: Till) -> None:
    small = till.house.small
    till.open(small.begun_id)
    till.click(small.seat(1, 3, small.begun_id))
    till.sheet()
    till.press(Qt.Key.Key_Escape)
    till.settle()
    assert not till.seats
    till.click(small.seat(1, 3, small.begun_id))
    till.sheet()


@SQLITE
def test_a_seat_lands_in_the_basket_though_another_performance_was_opened_meanwhile(till: Till) -> None:
    small = till.house.small
    seat = small.seat(1, 3)
    till.click(seat)
    gala = till.screen.performances.performance(small.gala_id)
    assert gala is not None
    till.screen.on_sale.open(gala)
    till.wait_open(small.gala_id)
    till.wait(lambda: till.seats == (seat,))
    till.settle()
    assert not till.said
    assert till.state(small.seat(1, 3, small.gala_id)) == MapState.FREE


@SQLITE
def test_a_performance_is_opened_though_seats_are_given_back_meanwhile(till: Till) -> None:
    small = till.house.small
    seat = small.seat(1, 3)
    till.hold(seat)
    gala = till.screen.performances.performance(small.gala_id)
    assert gala is not None
    till.screen.on_sale.open(gala)
    till.screen.hold.give_all_back()
    till.wait_open(small.gala_id)


@SQLITE
def test_seats_of_two_performances_fit_in_one_basket(till: Till) -> None:
    small = till.house.small
    till.hold(small.seat(1, 3))
    till.open(small.gala_id)
    till.hold(small.seat(1, 3, small.gala_id))
    # Adult in A twice, and the fees of the gala.
    assert till.screen.basket_panel.total_words == "€82.00"
    first, second = till.screen.basket_panel.rows()
    assert first.toolTip() == second.toolTip()


@SQLITE
def test_the_keyboard_walks_and_takes(till: Till) -> None:
    seats = till.screen.map_panel.map
    assert QApplication.focusWidget() is seats
    till.press(Qt.Key.Key_Right)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: len(till.seats) == 1)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not till.seats)


@SQLITE
def test_a_click_in_the_list_opens_and_gives_the_keyboard_to_the_map(till: Till) -> None:
    small, listed = till.house.small, till.screen.performances
    row = listed.model.row_of(small.gala_id)
    at = listed.view.visualRect(listed.model.index(row)).center()
    QTest.mouseClick(listed.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    till.wait_open(small.gala_id)
    assert QApplication.focusWidget() is till.screen.map_panel.map


@SQLITE
def test_searching_changes_neither_the_performance_nor_the_basket(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    listed = till.screen.performances
    till.press(Qt.Key.Key_F2)
    assert QApplication.focusWidget() is listed.search
    till.type("zzz")
    till.wait(lambda: listed.model.rowCount() == 0)
    till.press(Qt.Key.Key_Escape)
    till.wait(lambda: listed.model.rowCount() == 3)
    assert till.screen.live.offer is not None
    assert till.screen.live.offer.performance_id == till.house.small.performance_id
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()
    assert QApplication.focusWidget() is till.screen.map_panel.map
    till.press(Qt.Key.Key_Escape)
    assert "Release" in till.sheet().accessibleName()


@SQLITE
def test_a_long_title_is_told_in_full(till: Till) -> None:
    model = till.screen.performances.model
    told = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert isinstance(told, str)
    assert "The Cherry Orchard" in told
    assert "The Little House" in told


@SQLITE
def test_leaving_the_screen_stops_the_polling(till: Till) -> None:
    window, screen = till.window, till.screen
    screen.hide()
    assert not screen.live._timer.isActive()
    assert not screen.on_sale._timer.isActive()
    screen.show()
    assert screen.live._timer.isActive()
    window.hide()
    assert not screen.live._timer.isActive()


@SQLITE
def test_a_cashier_is_told_why_and_until_when_the_house_keeps_a_seat(till: Till) -> None:
    seat = till.house.small.seat(1, 3)
    (record,) = till.house.database.transact(
        keep_together,
        till.house.small.manager,
        "press",
        (seat.performance_id,),
        KeepChoice((seat.seat_id,)),
        KeepDraft(ClaimKind.HOUSE, "Press", release_before_doors=0),
    )
    till.poll()
    till.wait(lambda: till.state(seat) == MapState.HOUSE)
    assert record.release_at is not None
    at = shown_time(record.release_at, "Europe/Berlin")
    index = till.index(seat)
    told = till.screen.map_panel.map._words_of(index).state
    assert told.startswith("Kept for the house: Press, until ")
    assert told.endswith(at)
    till.click(seat)
    till.settle()
    assert told in till.said
    till.house.database.transact(change_kept, till.house.small.manager, record, KeepDraft(ClaimKind.BLOCKED, "Camera"))
    till.poll()
    till.wait(lambda: till.state(seat) == MapState.BLOCKED)
    till.click(seat)
    till.settle()
    assert "Stalls, row A, seat 3. Blocked: Camera." in till.said


@SQLITE
def test_a_click_on_a_reserved_seat_says_for_whom_and_until_when(till: Till) -> None:
    made = reserved(till.house, [till.house.small.seat(1, 3)], "Novak")
    till.poll()
    till.wait(lambda: till.state(till.house.small.seat(1, 3)) is MapState.RESERVED)
    till.click(till.house.small.seat(1, 3))
    assert "Reserved for Novak until " in till.said
    assert till.said.endswith(f"order {grouped(made.number)}.")
    assert not till.seats
    shown: list[int] = []
    till.screen.choosing.order_wanted.connect(shown.append)
    till.press(Qt.Key.Key_F12)
    assert shown == [made.order_id]
    assert "Reserved" in till.screen.map_panel.legend.meanings
