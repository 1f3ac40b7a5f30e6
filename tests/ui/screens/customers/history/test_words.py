"""What the orders of a customer come to, in words."""

from __future__ import annotations

from pos_app.domain.orders.customer_history import CustomerHistory, CustomerTotals
from pos_app.ui.screens.customers.history.words import totals_words
from pos_app.ui.words.ui_locale import choose_locale


def test_each_currency_has_a_line_of_its_own() -> None:
    choose_locale("en_GB")
    francs, euros = totals_words(
        CustomerHistory(
            1,
            (),
            (),
            (
                CustomerTotals("CHF", 1, 1, 900, 0, 0, 900, 0),
                CustomerTotals("EUR", 2, 3, 16000, 4000, 500, 11500, 2000),
            ),
        )
    ).split("\n")
    assert francs == "CHF · 1 order · 1 ticket · Paid: CHF\N{NO-BREAK SPACE}9.00"
    assert euros.startswith("EUR · 2 orders · 3 tickets · Paid: €160.00 · Refunded: €40.00 · Still to be paid back")
    assert euros.endswith("Reserved, not paid: €20.00")
