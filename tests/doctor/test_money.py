from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import Sale
    from tests.doctor.conftest import Evening

pytestmark = pytest.mark.by_turns


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE orders SET lines_minor=lines_minor-1, total_minor=total_minor WHERE id=:o", "its lines add up to"),
        ("UPDATE orders SET fee_minor=fee_minor-50, total_minor=total_minor-50 WHERE id=:o", "lines carry 2.50 EUR"),
        ("UPDATE orders SET total_minor=total_minor-1 WHERE id=:o", "lines and fees make"),
        (
            (
                "UPDATE order_line SET price_minor=price_minor+CASE WHEN for_line_id IS NULL THEN 100 ELSE -50 END "
                "WHERE order_id=:o AND kind='fee'"
            ),
            "",
        ),
        (
            (
                "UPDATE order_line SET price_minor=price_minor+CASE kind WHEN 'seat' THEN 50 ELSE -50 END "
                "WHERE order_id=:o AND (kind='seat' OR for_line_id IS NOT NULL)"
            ),
            "its lines add up to",
        ),
    ],
)
def test_an_order_that_does_not_add_up_is_named(evening: Evening, statement: str, told: str) -> None:
    evening.change(statement, o=evening.gala_sale.order_id)
    if not told:
        assert evening.judge() == (), "a fee is a fee, of the order or of a ticket"
        return
    (finding,) = evening.judge()
    assert finding.rule == Rule.TOTALS
    assert evening.gala_sale.number in finding.subject
    assert told in finding.message


def test_an_order_of_which_nothing_was_sold_is_named(evening: Evening) -> None:
    evening.change("UPDATE order_line SET made_by_id=NULL WHERE order_id=:o", o=evening.sale.order_id)
    (finding,) = [one for one in evening.judge() if one.rule is Rule.TOTALS]
    assert evening.sale.number in finding.subject
    assert "it has no lines that were sold" in finding.message


def test_what_became_of_the_lines_is_no_matter_of_the_totals(evening: Evening) -> None:
    evening.change("UPDATE order_line SET price_minor=price_minor+1 WHERE order_id=:o", o=evening.void_sale.order_id)
    (finding,) = evening.judge()
    assert finding.rule == Rule.TOTALS


@pytest.mark.parametrize(
    ("statement", "which", "rules", "told"),
    [
        ("UPDATE payment SET amount_minor=amount_minor-500 WHERE order_id=:o", "sale", set(), "115.00 EUR"),
        ("UPDATE payment SET state='pending' WHERE order_id=:o", "sale", set(), "0.00 EUR"),
        ("DELETE FROM payment WHERE order_id=:o", "sale", set(), "0.00 EUR"),
        ("DELETE FROM refund WHERE order_id=:o", "void_sale", {Rule.REFUNDS}, "80.00 EUR"),
        ("UPDATE order_line SET discount_minor=100 WHERE order_id=:o", "sale", {Rule.TOTALS}, "117.00 EUR"),
        ("UPDATE order_line SET price_minor=0 WHERE order_id=:o AND kind='fee'", "gala_sale", {Rule.TOTALS}, "EUR"),
    ],
)
def test_money_that_does_not_equal_what_is_sold_is_named(
    evening: Evening, statement: str, which: str, rules: set[Rule], told: str
) -> None:
    sale: Sale = getattr(evening, which)
    evening.change(statement, o=sale.order_id)
    findings = evening.judge()
    assert {finding.rule for finding in findings} == {Rule.PAYMENTS} | rules
    (finding,) = [one for one in findings if one.rule is Rule.PAYMENTS]
    assert sale.number in finding.subject
    assert told in finding.message


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
