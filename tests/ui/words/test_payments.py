"""Each way to pay has its row of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.payments.giving_back import RefundPart
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.look.icons import icon_pixmap
from pos_app.ui.screens.selling.exchange.words import parts_words
from pos_app.ui.words.payments import method_of_key, methods_with_a_key, payment_words, tell_goes_back, tell_stays_due

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.mark.parametrize("method", list(PaymentMethod))
def test_every_way_to_pay_says_how_it_was_paid_and_what_becomes_of_the_money(method: PaymentMethod) -> None:
    words = payment_words(method)
    assert words.name
    assert all(said.endswith(".") for said in (words.given_back, words.nothing_sold))
    assert words.paid
    assert words.goes_back.startswith("{0} ") or method.rule.for_nothing_only
    assert bool(words.title) == bool(words.time_is_up)


def test_one_drawer_gives_back_one_sum() -> None:
    parts = (
        RefundPart(3, PaymentMethod.CASH, 4300),
        RefundPart(2, PaymentMethod.CARD, 100),
        RefundPart(1, PaymentMethod.CASH, 2500),
    )
    assert tell_goes_back(parts, "EUR") == "€68.00 goes back in cash. €1.00 goes back on the card terminal."
    assert tell_goes_back((RefundPart(1, PaymentMethod.FREE, 0),), "EUR") == ""
    assert parts_words(parts[::2], "EUR", "") == ("€68.00: From the drawer, in cash.",)


def test_money_that_waits_for_one_part_is_told_as_due_with_all_its_ways() -> None:
    card, cash = RefundPart(2, PaymentMethod.CARD, 100), RefundPart(1, PaymentMethod.CASH, 2500)
    stays = "€26.00 stands under Refunds due until it is paid out (Card: €1.00 · Cash: €25.00)."
    assert parts_words((card, cash), "EUR", "") == (stays,)
    assert parts_words((card, cash), "EUR", "4711")[1] == "€25.00: From the drawer, in cash."
    elsewhere = RefundPart(1, PaymentMethod.ELSEWHERE, 2500)
    assert parts_words((card, elsewhere), "EUR", "4711")[0].startswith("€26.00 stands under Refunds due")
    assert tell_stays_due((cash,), "EUR") == "€25.00 stands under Refunds due until it is paid out (Cash)."
    assert tell_stays_due((RefundPart(1, PaymentMethod.FREE, 0),), "EUR") == ""


@pytest.mark.parametrize("method", methods_with_a_key())
def test_every_way_to_pay_with_a_key_has_a_button_and_knows_what_to_do_after_a_cut(
    method: PaymentMethod, themed: QApplication
) -> None:
    words = payment_words(method)
    assert words.title
    assert words.cut_off.endswith(".")
    assert not icon_pixmap(words.icon, 20).isNull()


def test_a_key_chooses_its_way_to_pay_and_no_other_key_does() -> None:
    assert method_of_key(Qt.Key.Key_F9) is PaymentMethod.CARD
    assert method_of_key(Qt.Key.Key_F10) is PaymentMethod.CASH
    assert method_of_key(Qt.Key.Key_F8) is None
    assert method_of_key(Qt.Key.Key_unknown) is None
