"""A promo code in the basket: typed, judged, shown in each line, sold, and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update

from pos_app.db.judge import judge_database
from pos_app.db.models import Order, PromoUsage
from tests.kinds import BOTH, SQLITE
from tests.services.test_promo_codes import make_code, uses_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.ui.box_office.conftest import Till


def _give(till: Till, code: str) -> None:
    till.press(Qt.Key.Key_F11)
    assert QApplication.focusWidget() is till.screen.basket_panel.promo.field
    till.type(code)
    till.press(Qt.Key.Key_Return)
    till.settle()


def _line(till: Till) -> str:
    return till.screen.basket_panel.promo.line.text()


@BOTH
def test_a_code_saves_on_each_line_and_is_sold(till: Till) -> None:
    code_id = till.house.database.transact(make_code)
    till.hold(*till.house.small.seats_of(1, (3, 4)))
    _give(till, "winter-10")
    panel = till.screen.basket_panel
    assert panel.total_words == "€72.00"
    assert [row.saved.text() for row in panel.rows()] == ["-€4.00", "-€4.00"]
    assert "saves €8.00" in _line(till)
    assert QApplication.focusWidget() is till.screen.map_panel.map
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.checkout.sale is not None)
    till.settle()
    assert till.screen.checkout.sale is not None
    assert till.screen.checkout.sale.total_minor == 7200
    assert till.house.database.read(uses_of, code_id) == 1
    assert till.house.database.read(judge_database) == ()
    till.press(Qt.Key.Key_Return)
    till.hold(till.house.small.seat(1, 5))
    assert panel.total_words == "€40.00"
    assert not panel.promo.field.text()


@SQLITE
def test_a_refusal_stands_beside_the_field_and_what_was_typed_stays(till: Till) -> None:
    till.house.database.transact(make_code, least_spend_minor=9000)
    till.hold(till.house.small.seat(1, 3))
    _give(till, "WINTER10")
    assert "needs 90.00 EUR" in _line(till)
    assert "50.00 short" in _line(till)
    assert till.screen.basket_panel.total_words == "€40.00"
    till.hold(till.house.small.seat(1, 4))
    assert till.screen.basket_panel.promo.field.text() == "WINTER10"
    _give(till, "NOSUCH")
    assert "no promo code" in _line(till)
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()
    assert not till.screen.basket_panel.promo.field.text()


@SQLITE
def test_a_code_that_no_longer_applies_saves_nothing_until_it_does_again(till: Till) -> None:
    till.house.database.transact(make_code, least_spend_minor=8000)
    one, two = till.house.small.seats_of(1, (3, 4))
    till.hold(one, two)
    _give(till, "WINTER10")
    assert till.screen.basket_panel.total_words == "€72.00"
    till.click(two)
    till.settle()
    assert till.screen.basket_panel.total_words == "€40.00"
    assert "40.00 short" in _line(till)
    till.hold(two)
    assert till.screen.basket_panel.total_words == "€72.00"
    till.press(Qt.Key.Key_F11)
    assert till.screen.basket_panel.total_words == "€80.00"


@SQLITE
def test_a_code_used_up_by_another_till_is_taken_out_and_nothing_is_sold(till: Till) -> None:
    till.house.database.transact(make_code, most_uses=1)
    till.hold(till.house.small.seat(1, 3))
    _give(till, "WINTER10")
    till.house.database.transact(lambda session: session.execute(update(PromoUsage).values(uses=1)))
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.said)
    assert "used up" in till.said
    assert not till.screen.checkout.sheet.is_open
    assert till.screen.basket_panel.total_words == "€40.00"
    assert till.house.database.read(lambda session: session.execute(select(Order.id)).all()) == []


class _Hand:
    """Counts clicks."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, widget: QWidget) -> None:
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


@SQLITE
def test_two_hand_picked_seats_with_a_code_take_at_most_six_clicks(till: Till) -> None:
    till.house.database.transact(make_code)
    hand, panel = _Hand(), till.screen.basket_panel
    for seat in till.house.small.seats_of(1, (1, 2)):
        till.click(seat)
        hand.clicks += 1
    till.wait(lambda: len(till.seats) == 2)
    hand.click(panel.promo.field)
    till.type("WINTER10")
    hand.click(panel.promo.button)
    till.wait(lambda: panel.total_words == "€72.00")
    hand.click(panel.cash)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    hand.click(till.screen.checkout.sheet.confirm)
    till.wait(lambda: till.screen.checkout.sale is not None)
    till.settle()
    assert hand.clicks <= 6
