from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import Sale
    from tests.doctor.conftest import Evening


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE orders SET lines_minor=lines_minor-1, total_minor=total_minor WHERE id=:o",
        "UPDATE order_line SET discount_minor=100 WHERE order_id=:o",
        "UPDATE order_line SET fee_minor=fee_minor+1000 WHERE order_id=:o",
        "UPDATE order_line SET price_minor=price_minor+1 WHERE order_id=:o",
    ],
)
def test_an_order_that_does_not_add_up_is_named(evening: Evening, statement: str) -> None:
    evening.change(statement, o=evening.gala_sale.order_id)
    (finding,) = evening.judge()
    assert finding.rule == Rule.TOTALS
    assert evening.gala_sale.number in finding.subject


@pytest.mark.parametrize(
    ("statement", "which", "told"),
    [
        ("UPDATE payment SET amount_minor=amount_minor-500 WHERE order_id=:o", "sale", "115.00 EUR"),
        ("UPDATE payment SET state='pending' WHERE order_id=:o", "sale", "0.00 EUR"),
        ("DELETE FROM payment WHERE order_id=:o", "sale", "0.00 EUR"),
        ("DELETE FROM refund WHERE order_id=:o", "void_sale", "80.00 EUR"),
    ],
)
def test_money_that_does_not_equal_the_order_is_named(evening: Evening, statement: str, which: str, told: str) -> None:
    sale: Sale = getattr(evening, which)
    evening.change(statement, o=sale.order_id)
    (finding,) = evening.judge()
    assert finding.rule == Rule.PAYMENTS
    assert sale.number in finding.subject
    assert told in finding.message


def test_a_refund_of_more_than_was_paid_is_named(evening: Evening) -> None:
    evening.change("UPDATE refund SET amount_minor=amount_minor+1")
    assert evening.broken_rules() == {Rule.REFUNDS, Rule.PAYMENTS}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE promo_usage SET uses=uses+1",
        "DELETE FROM promo_usage",
        "UPDATE promo_redemption SET undone_at=NULL",
    ],
)
def test_promo_codes_counted_wrongly_are_named(evening: Evening, statement: str) -> None:
    evening.change(statement)
    (finding,) = evening.judge()
    assert finding.rule == Rule.PROMO_CODES
    assert finding.subject == "Promo code SPRING"
