from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from pos_app.domain.errors import OutcomeUnknown, ServerUnreachable
from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.domain.sentences import say
from pos_app.ui.screens.selling.payment.sheet import PaymentSheet
from pos_app.ui.screens.selling.payment.words import time_is_up
from pos_app.ui.words.payments import payment_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TOTAL = 158_44


class Asked:
    """A sheet over a window of the smallest size, and what came out of it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.screen = QWidget()
        self.window = QWidget()
        self.screen.setParent(self.window)
        self.sheet = PaymentSheet(self.screen)
        self.tenders: list[Tender] = []
        self.cancelled = 0
        self.sheet.paid.connect(self.tenders.append)
        self.sheet.cancelled.connect(self._on_cancelled)
        qtbot.addWidget(self.window)
        self.window.resize(1280, 720)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def _on_cancelled(self) -> None:
        self.cancelled += 1

    def type(self, keys: str) -> None:
        focused = QGuiApplication.focusObject()
        assert isinstance(focused, QWidget)
        QTest.keyClicks(focused, keys)

    def press(self, key: Qt.Key) -> None:
        focused = QGuiApplication.focusObject()
        assert isinstance(focused, QWidget)
        QTest.keyClick(focused, key)

    def tap(self, words: str) -> None:
        button = next(
            found for found in self.sheet.findChildren(QPushButton) if found.isVisible() and found.text() == words
        )
        assert button.height() >= 44
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def asked(qtbot: QtBot, themed: QApplication) -> Asked:
    return Asked(qtbot)


def test_enter_with_nothing_typed_takes_the_exact_amount(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, TOTAL, "EUR")
    assert asked.sheet.confirm.words == "Take exactly €158.44"
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CASH, TOTAL, TOTAL)]


def test_typing_whole_units_shows_the_change_at_once(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, TOTAL, "EUR")
    asked.type("2")
    assert asked.sheet.cash.change.text == "€156.44 short"
    asked.type("00")
    assert asked.sheet.cash.change.text == "€41.56"
    asked.press(Qt.Key.Key_Enter)
    assert asked.tenders == [Tender(PaymentMethod.CASH, TOTAL, 200_00)]
    assert asked.tenders[0].change_minor == 41_56


def test_the_touch_keypad_and_the_quick_amounts_do_the_same(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, TOTAL, "EUR")
    for words in ("2", "0", "0", ".", "5"):
        asked.tap(words)
    assert asked.sheet.cash.change.text == "€42.06"
    asked.tap("€160")
    assert asked.sheet.cash.change.text == "€1.56"
    for words in ("+ €100", "+ €50", "+ €10"):
        asked.tap(words)
    assert asked.sheet.cash.field.text() == "€320.00"
    asked.tap("Exact")
    assert asked.sheet.cash.change.text == "€0.00"
    QTest.mouseClick(asked.sheet.confirm, Qt.MouseButton.LeftButton)
    assert asked.tenders == [Tender(PaymentMethod.CASH, TOTAL, TOTAL)]


def test_too_little_says_how_much_is_short_and_loses_nothing(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, 52_00, "EUR")
    asked.type("40")
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == []
    assert asked.sheet.is_open
    assert "€12.00 short" in asked.sheet.cash.note.text()
    assert asked.sheet.cash.field.text() == "40"
    asked.press(Qt.Key.Key_Backspace)
    asked.press(Qt.Key.Key_Backspace)
    asked.type("60")
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders[0].tendered_minor == 60_00


@pytest.mark.parametrize("typed", ["-5", "12,3456", "abc", "99999999999999"])
def test_bad_amounts_get_one_sentence_at_the_field(asked: Asked, typed: str) -> None:
    asked.sheet.ask(PaymentMethod.CASH, TOTAL, "EUR")
    asked.type(typed)
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == []
    assert asked.sheet.cash.note.text().rstrip().endswith(".")
    assert asked.sheet.cash.field.property("wrong") == "true"
    kept = asked.sheet.cash.field.text()
    assert (
        kept.replace("€", "")
        .replace(",", "")
        .replace(".", "")
        .replace("-", "")
        .startswith(typed.replace(",", "").replace("-", ""))
    )


@pytest.mark.parametrize("pasted", ["12,50", "12.50", " 12.5\n"])
def test_a_pasted_amount_counts_as_it_is_written(asked: Asked, pasted: str) -> None:
    asked.sheet.ask(PaymentMethod.CASH, 10_00, "EUR")
    QGuiApplication.clipboard().setText(pasted)
    QTest.keyClick(asked.sheet.cash.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CASH, 10_00, 12_50)]


@pytest.mark.parametrize("digits", ["12,50", "12.50"])
def test_an_amount_typed_with_its_point_counts_as_it_is_written(asked: Asked, digits: str) -> None:
    asked.sheet.ask(PaymentMethod.CASH, 10_00, "EUR")
    asked.type(digits)
    assert asked.sheet.cash.change.text == "€2.50"


def test_currencies_without_cents_and_with_three_decimals_work(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, 3200, "JPY")
    asked.type("5000")
    assert asked.sheet.cash.change.text == "JP¥1,800"
    asked.sheet.close_sheet()
    asked.sheet.ask(PaymentMethod.CASH, 3_250, "KWD")
    asked.type("5")
    assert asked.sheet.cash.change.text == "KWD\N{NO-BREAK SPACE}1.750"


@pytest.mark.parametrize(("currency", "corner"), [("EUR", "."), ("KWD", "."), ("JPY", "00")])
def test_the_keypad_has_the_separator_where_the_currency_has_decimals(asked: Asked, currency: str, corner: str) -> None:
    asked.sheet.ask(PaymentMethod.CASH, 1000, currency)
    asked.tap("5")
    asked.tap(corner)
    assert asked.sheet.cash.field.text() == f"5{corner}"


def test_a_house_that_counts_cents_types_as_before(asked: Asked) -> None:
    asked.sheet.cash.count_in_cents(True)
    asked.sheet.ask(PaymentMethod.CASH, TOTAL, "EUR")
    asked.type("200")
    assert asked.sheet.cash.change.text == "€156.44 short"
    asked.tap("00")
    assert asked.sheet.cash.field.text() == "€200.00"
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CASH, TOTAL, 200_00)]


def test_far_too_much_cash_is_asked_about_and_a_second_enter_takes_it(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, 69_00, "EUR")
    asked.type("9000")
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == []
    note = asked.sheet.cash.note.text()
    assert "€9,000.00 given for €69.00" in note
    assert "€8,931.00" in note
    asked.press(Qt.Key.Key_Backspace)
    assert "given for" not in asked.sheet.cash.note.text()
    asked.type("0")
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == []
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CASH, 69_00, 9000_00)]


def test_a_note_of_a_hundred_for_a_small_sum_is_not_asked_about(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, 12_00, "EUR")
    asked.type("100")
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CASH, 12_00, 100_00)]


def test_a_reference_of_two_characters_is_asked_about_once(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CARD, TOTAL, "EUR")
    asked.type("12")
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == []
    assert "“12” is very short" in asked.sheet.card.note.text()
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CARD, TOTAL, reference="12")]


def test_esc_cancels_and_the_next_sale_begins_with_an_empty_field(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, TOTAL, "EUR")
    asked.type("5")
    asked.press(Qt.Key.Key_Escape)
    assert asked.cancelled == 1
    assert not asked.sheet.isVisible()
    asked.sheet.ask(PaymentMethod.CASH, 10_00, "EUR")
    assert asked.sheet.isVisible()
    assert not asked.sheet.cash.field.text()


def test_while_the_sale_is_stored_neither_enter_nor_esc_does_anything(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, TOTAL, "EUR")
    asked.press(Qt.Key.Key_Return)
    asked.press(Qt.Key.Key_Return)
    asked.press(Qt.Key.Key_Escape)
    assert len(asked.tenders) == 1
    assert asked.cancelled == 0
    assert asked.sheet.is_open
    asked.qtbot.waitUntil(asked.sheet.waiting.isVisible)


def test_an_error_is_shown_in_the_sheet_and_what_was_typed_stays(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CARD, TOTAL, "EUR")
    asked.type("4711")
    asked.press(Qt.Key.Key_Return)
    asked.sheet.show_error(ServerUnreachable(say("The server does not answer."), advice=say("Try again.")))
    assert asked.sheet.problem.message.text == "The server does not answer."
    assert asked.sheet.card.field.text() == "4711"
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CARD, TOTAL, reference="4711")] * 2


def test_an_unknown_outcome_asks_again_for_the_very_same_payment(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, TOTAL, "EUR")
    asked.type("200")
    asked.press(Qt.Key.Key_Return)
    asked.sheet.show_error(OutcomeUnknown(say("It is not known."), advice=say("Do not take money again.")))
    QTest.keyClicks(asked.sheet, "5")
    assert not asked.sheet.cash.isEnabled()
    QTest.keyClick(asked.sheet, Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CASH, TOTAL, 200_00)] * 2


def test_a_card_needs_a_reference_of_at_most_forty_characters(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CARD, TOTAL, "EUR")
    assert asked.sheet.card.amount.text == "€158.44"
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == []
    assert "approval number" in asked.sheet.card.note.text()
    asked.type("x" * 41)
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == []
    asked.press(Qt.Key.Key_Backspace)
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CARD, TOTAL, reference="x" * 40)]


@pytest.mark.parametrize("method", [PaymentMethod.CASH, PaymentMethod.CARD])
def test_complimentary_tickets_are_only_confirmed(asked: Asked, method: PaymentMethod) -> None:
    asked.sheet.ask(method, 0, "EUR")
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.FREE, 0)]


@pytest.mark.parametrize("method", [method for method in PaymentMethod if payment_words(method).title])
def test_every_way_to_pay_that_has_a_title_has_its_pane(asked: Asked, method: PaymentMethod) -> None:
    asked.sheet.ask(method, 0 if method.rule.for_nothing_only else TOTAL, "EUR")
    assert asked.sheet.method is method
    assert asked.sheet.confirm.words


def test_the_sheet_covers_the_window_and_fits_into_the_smallest_one(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CASH, 999_999_99, "EUR")
    asked.sheet.show_error(ServerUnreachable(say("The server does not answer."), advice=say("Try again in a moment.")))
    asked.sheet.warn(time_is_up(asked.sheet.method, 12))
    asked.qtbot.waitUntil(lambda: asked.sheet.panel.height() > 500)
    assert asked.sheet.geometry() == asked.window.rect()
    assert asked.window.rect().contains(asked.sheet.panel.geometry())


def test_a_whole_card_number_is_refused_and_does_not_stay_on_the_screen(asked: Asked) -> None:
    asked.sheet.ask(PaymentMethod.CARD, TOTAL, "EUR")
    asked.type("4111 1111 1111 1111")
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == []
    assert "whole card number" in asked.sheet.card.note.text()
    assert not asked.sheet.card.field.text()
    assert not asked.sheet.card.field.isUndoAvailable()
    asked.type("1111")
    asked.press(Qt.Key.Key_Return)
    assert asked.tenders == [Tender(PaymentMethod.CARD, TOTAL, reference="1111")]
