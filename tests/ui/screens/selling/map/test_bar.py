"""The bar above the map: the category that is wanted, the zones, and what gives way where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.ui.screens.selling.map.price_chips import ANY, Room
from pos_app.ui.screens.selling.map.zone_menu import WHOLE_HOUSE
from tests.kinds import SQLITE
from tests.ui.screens.selling.demo_hall import main_house, show_hall, with_categories

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till

CATEGORIES = [f"Category {letter}" for letter in "ABCDEFGHIJ"]


def _wanted_on_map(till: Till) -> int | None:
    return till.screen.map_panel.map._shown_scene()._wanted


def _room(till: Till) -> Room:
    return till.screen.map_panel.prices._room


def _seats_in(till: Till, category: str) -> bool:
    return {line.category for line in till.screen.hold.basket.lines} == {category}


@SQLITE
def test_a_click_on_a_price_wants_that_category_and_another_wants_any(till: Till) -> None:
    chips = till.screen.map_panel.prices.chips
    assert [(one.entry.name, one.entry.price, one.entry.letter) for one in chips] == [
        ("A", "€40.00", "A"),
        ("B", "€25.00", "B"),
    ]
    till.want("B")
    assert [one.isChecked() for one in chips] == [False, True]
    assert _wanted_on_map(till) == 1
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    assert _seats_in(till, "B")
    till.want("A")
    assert [one.isChecked() for one in chips] == [True, False]
    assert _wanted_on_map(till) == 0
    till.want("A")
    assert not [one for one in chips if one.isChecked()]
    assert _wanted_on_map(till) is None
    till.press(Qt.Key.Key_Escape)
    till.sheet()
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not till.seats)
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    assert _seats_in(till, "A"), "the best of all are in the dearest"


@SQLITE
def test_a_seat_that_steps_back_can_be_clicked_all_the_same(till: Till) -> None:
    till.want("B")
    till.hold(till.house.small.seat(1, 3))
    assert _seats_in(till, "A")


@SQLITE
def test_the_category_stays_wanted_on_another_evening(till: Till) -> None:
    till.want("B")
    till.open(till.house.small.gala_id)
    till.settle()
    panel = till.screen.map_panel
    till.wait(lambda: _wanted_on_map(till) == 1)
    assert [one.isChecked() for one in panel.prices.chips] == [False, True]


@SQLITE
def test_a_category_that_the_house_has_not_is_wanted_no_longer(till: Till) -> None:
    till.want("B")
    show_hall(till, (1440, 900))
    prices = till.screen.map_panel.prices
    assert prices.wanted == ANY
    assert _wanted_on_map(till) is None


@SQLITE
def test_the_prices_are_said_and_can_be_reached_by_keys(till: Till) -> None:
    chip = till.screen.map_panel.prices.chips[1]
    assert chip.accessibleName() == "B: €25.00"
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    till.press(Qt.Key.Key_Space)
    assert chip.isChecked()


@SQLITE
def test_names_give_way_to_prices_and_prices_to_a_menu(till: Till) -> None:
    panel = till.screen.map_panel
    show_hall(till, (1920, 1080))
    assert _room(till) is Room.NAMED
    show_hall(till, (1366, 768))
    assert _room(till) in {Room.PRICED, Room.STACKED}
    assert panel.zones.words == "Whole house"
    assert not panel.zones._is_short
    show_hall(till, (1280, 720))
    assert _room(till) is Room.STACKED
    show_hall(till, (1366, 768), with_categories(main_house(), CATEGORIES))
    assert _room(till) is Room.MENU
    assert not [one for one in panel.prices.chips if one.isVisible()]
    rows = panel.prices.menu.menu().actions()
    assert [row.text().split("\t")[0] for row in rows] == ["Any category", *CATEGORIES]
    rows[3].trigger()
    assert panel.prices.menu.words == "Category C"
    assert _wanted_on_map(till) == 2
    rows[0].trigger()
    assert _wanted_on_map(till) is None


@SQLITE
def test_the_rows_of_a_menu_are_for_fingers_and_the_one_that_holds_is_marked(till: Till) -> None:
    show_hall(till, (1366, 768))
    zones = till.screen.map_panel.zones
    menu = zones.menu()
    menu.actions()[3].trigger()
    assert zones.words == "Stalls right"
    assert zones.accessibleName() == "Zone: Stalls right"
    menu.ensurePolished()
    menu.aboutToShow.emit()
    assert menu.activeAction() is menu.actions()[3]
    assert len(menu.actions()) == 1 + len(main_house().zones)
    assert all(menu.actionGeometry(row).height() >= 44 for row in menu.actions())


@SQLITE
def test_nothing_moves_under_the_hand_that_counts(till: Till) -> None:
    show_hall(till, (1366, 768))
    best = till.screen.map_panel.best
    before = best.count.geometry(), best.button.geometry()
    for _ in range(12):
        QTest.mouseClick(best.count.more, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert (best.count.geometry(), best.button.geometry()) == before
    assert best.button.words == "Best 14 together"
    assert not best.button.is_cut()


@SQLITE
@pytest.mark.parametrize("dark", [False, True])
def test_another_look_of_the_program_keeps_what_is_wanted(till: Till, *, dark: bool) -> None:
    till.want("B")
    panel = till.screen.map_panel
    panel.map.set_dark(dark)
    panel._on_theme()
    assert _wanted_on_map(till) == 1
    assert panel.prices.chips[1].isChecked()


@SQLITE
def test_the_next_customer_begins_with_any_category_of_the_whole_house(till: Till) -> None:
    show_hall(till, (1366, 768))
    bar, board = till.screen.map_panel.bar, till.screen.map_panel.map
    whole = board._view
    bar.best.count.set_value(5)
    bar.best.wheelchair.setChecked(True)
    till.want("Category B")
    bar.zones.menu().actions()[2].trigger()
    assert board._view != whole
    bar.begin_anew()
    assert (bar.best.count.value, bar.best.wheelchair.isChecked()) == (2, False)
    assert (bar.prices.wanted, bar.zones.zone) == (ANY, WHOLE_HOUSE)
    assert _wanted_on_map(till) is None
    assert board._view == whole


@SQLITE
def test_what_the_last_customer_wanted_ends_with_the_sale(till: Till) -> None:
    till.want("B")
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    till.settle()
    assert till.screen.map_panel.prices.wanted == ANY
    assert _wanted_on_map(till) is None
