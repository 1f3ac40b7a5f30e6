from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.roles import Role
from pos_app.domain.staff.sign_in import StaffChoice
from pos_app.ui.widgets.person_cards import PersonCards

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

FORTY = tuple(StaffChoice(at, f"Person {chr(65 + at % 26)}{at:02}", Role.CASHIER, has_pin=True) for at in range(40))


@pytest.fixture
def cards(qtbot: QtBot) -> PersonCards:
    cards = PersonCards()
    qtbot.addWidget(cards)
    cards.resize(520, 340)
    with qtbot.waitExposed(cards):
        cards.show()
    cards.activateWindow()
    qtbot.waitUntil(cards.isActiveWindow)
    cards.show_people(FORTY)
    cards.start()
    return cards


def _key(cards: PersonCards, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(cards.search, key)


def test_arrows_walk_the_cards_and_enter_chooses(qtbot: QtBot, cards: PersonCards) -> None:
    _key(cards, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert cards.current == FORTY[0]
    _key(cards, Qt.Key.Key_Down, Qt.Key.Key_Right)
    with qtbot.waitSignal(cards.chosen) as chosen:
        _key(cards, Qt.Key.Key_Return)
    assert chosen.args == [FORTY[3]]


def test_the_card_that_is_walked_to_is_in_sight(qtbot: QtBot, cards: PersonCards) -> None:
    _key(cards, *[Qt.Key.Key_PageDown] * 8)
    assert cards.current == FORTY[39]
    qtbot.waitUntil(lambda: not cards.tiles[39].visibleRegion().isEmpty())
    assert cards.tiles[0].visibleRegion().isEmpty()


def test_typing_finds_and_enter_takes_the_first_found(qtbot: QtBot, cards: PersonCards) -> None:
    QTest.keyClicks(cards.search, "b27")
    assert cards.shown == (FORTY[27],)
    with qtbot.waitSignal(cards.chosen) as chosen:
        _key(cards, Qt.Key.Key_Enter)
    assert chosen.args == [FORTY[27]]


def test_the_number_on_a_card_chooses_it_and_a_number_in_a_name_is_a_letter(qtbot: QtBot, cards: PersonCards) -> None:
    with qtbot.waitSignal(cards.chosen) as chosen:
        _key(cards, Qt.Key.Key_3)
    assert chosen.args == [FORTY[2]]
    with qtbot.assertNotEmitted(cards.chosen):
        QTest.keyClicks(cards.search, "c2")
    assert cards.search.text() == "c2"


def test_nobody_is_chosen_where_nobody_is_found(qtbot: QtBot, cards: PersonCards) -> None:
    QTest.keyClicks(cards.search, "zzz")
    assert cards._nobody.isVisible()
    with qtbot.assertNotEmitted(cards.chosen):
        _key(cards, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(cards.left):
        _key(cards, Qt.Key.Key_Escape)
    assert len(cards.shown) == 40
    with qtbot.waitSignal(cards.left):
        _key(cards, Qt.Key.Key_Escape)


def test_letters_typed_on_a_card_go_on_in_the_field(cards: PersonCards) -> None:
    cards.tiles[5].setFocus()
    QTest.keyClicks(cards.tiles[5], "b")
    assert cards.search.text() == "b"
    assert cards.search.hasFocus()


def test_who_was_walked_to_stays_it_when_others_come(cards: PersonCards) -> None:
    _key(cards, Qt.Key.Key_Down)
    cards.show_people(FORTY[2:])
    assert cards.current == FORTY[2]
