"""What the orders of a customer come to, in words."""

from __future__ import annotations

from pos_app.domain.orders.customer_history import CustomerHistory, CustomerTotals
from pos_app.ui.screens.customers.history.words import counts_words, totals_words
from pos_app.ui.words.ui_locale import choose_locale

FRANCS = CustomerTotals("CHF", 1, 1, 900, 0, 0, 900, 0)
EUROS = CustomerTotals("EUR", 2, 3, 16000, 4000, 500, 11500, 2000)


def test_orders_are_counted_together_and_each_currency_has_a_line_of_its_own() -> None:
    choose_locale("en_GB")
    history = CustomerHistory(1, (), (), (FRANCS, EUROS))
    assert counts_words(history) == "3 orders · 4 tickets"
    francs, euros = totals_words(history).split("\n")
    assert francs == "Paid: CHF\N{NO-BREAK SPACE}9.00"
    assert euros.startswith("Paid: €160.00 · Refunded: €40.00 · Still to be paid back: €5.00")
    assert euros.endswith("Reserved, not paid: €20.00")


def test_nothing_is_said_of_nothing() -> None:
    assert counts_words(CustomerHistory(1, (), (), ())) == totals_words(CustomerHistory(1, (), (), ())) == ""
