"""The button that opens a menu: what is chosen stands on it, the rest one press away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint

from pos_app.ui.widgets.menu_button import MenuButton, MenuChoice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

CHOICES = (
    MenuChoice(-1, "Whole house"),
    MenuChoice(0, "Stalls & Circle", "€74.00"),
    MenuChoice(1, "The Right Honourable Lord Mayor's Gallery"),
)


@pytest.fixture
def button(qtbot: QtBot, themed: QApplication) -> MenuButton:
    made = MenuButton("map-pin")
    made.set_name("Zone")
    made.show_choices(CHOICES, -1)
    qtbot.addWidget(made)
    return made


def test_a_choice_is_told_also_when_it_is_the_same(qtbot: QtBot, button: MenuButton) -> None:
    rows = button.menu().actions()
    assert [row.text() for row in rows] == ["Whole house", "Stalls && Circle\t€74.00", CHOICES[2].words]
    for _ in range(2):
        with qtbot.waitSignal(button.chosen) as told:
            rows[1].trigger()
        assert told.args == [0]
    assert (button.current, button.words) == (0, "Stalls & Circle")
    assert button.accessibleName() == "Zone: Stalls & Circle"


def test_long_words_are_elided_and_told_whole_and_nothing_moves(button: MenuButton) -> None:
    width = button.sizeHint().width()
    assert button.toolTip() == "Zone"
    button.choose(1)
    assert button.sizeHint().width() == width <= 200
    assert button.toolTip() == f"Zone: {CHOICES[2].words}"
    button.set_short(True)
    assert 44 <= button.sizeHint().width() < 80
    assert button.sizeHint().height() == 44
    button.choose(-1)
    assert button.toolTip() == "Zone: Whole house"


def test_the_row_that_is_chosen_is_the_one_that_keys_start_from(button: MenuButton) -> None:
    button.choose(1)
    button.menu().aboutToShow.emit()
    assert button.menu().activeAction() is button.menu().actions()[2]


@pytest.mark.parametrize("short", [False, True])
def test_it_paints_what_is_chosen_or_its_sign(button: MenuButton, *, short: bool) -> None:
    button.set_short(short)
    button.resize(button.sizeHint())
    with_words = button.grab().toImage()
    button.choose(0)
    assert (button.grab().toImage() == with_words) is short
    ground = with_words.pixelColor(QPoint(6, 22))
    assert any(with_words.pixelColor(x, 22) != ground for x in range(12, button.width() - 30))


def test_without_choices_it_says_nothing(qtbot: QtBot, themed: QApplication) -> None:
    made = MenuButton("tag")
    qtbot.addWidget(made)
    made.show_choices((), 0)
    made.menu().aboutToShow.emit()
    assert (made.words, made.current) == ("", 0)
    assert made.width_for(short=False) >= 40
