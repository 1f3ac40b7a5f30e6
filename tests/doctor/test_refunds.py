from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

pytestmark = pytest.mark.by_turns

ANOTHER = (
    "INSERT INTO refund (request_id, order_id, payment_id, method, state, amount_minor, reason, made_by_id, "
    "instead_of_id, till_id, staff_id, approver_id, created_at) SELECT 'another', order_id, payment_id, 'card', 'due', "
    "amount_minor, reason, made_by_id, id, till_id, staff_id, approver_id, created_at FROM refund"
)
A_THIRD = f"{ANOTHER.replace('another', 'third')} WHERE instead_of_id IS NULL"
GIVEN_UP = "UPDATE refund SET state='given_up', paid_at=NULL WHERE instead_of_id IS NULL"


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["UPDATE refund SET amount_minor=amount_minor+1"], "80.01 EUR of payment"),
        (["UPDATE payment SET refunded_minor=100 WHERE order_id=:o"], "it says 1.00 EUR"),
        (["UPDATE payment SET state='declined' WHERE id IN (SELECT payment_id FROM refund)"], "80.00 EUR, declined"),
        (["UPDATE refund SET order_id=:o"], "of another order"),
        ([GIVEN_UP, "UPDATE payment SET refunded_minor=0"], "is given up, and 0 refunds take its place"),
        ([ANOTHER], "is paid, and 1 refund takes its place"),
        ([ANOTHER, A_THIRD, GIVEN_UP], "is given up, and 2 refunds take its place"),
        (["UPDATE refund SET paid_at=NULL"], "is paid, and nobody knows when"),
        (["UPDATE refund SET state='due', ended_by_id=NULL"], "is due, and was paid"),
    ],
)
def test_a_refund_that_no_payment_knows_is_named(evening: Evening, statements: list[str], told: str) -> None:
    evening.change(*statements, o=evening.sale.order_id)
    found = [finding for finding in evening.judge() if finding.rule is Rule.REFUNDS]
    assert any(told in finding.message for finding in found)
    assert len(found) <= 2


def test_a_refund_counts_from_when_it_is_due_until_another_takes_its_place(evening: Evening) -> None:
    evening.change("UPDATE refund SET state='due', paid_at=NULL, ended_by_id=NULL")
    assert evening.judge() == ()
    evening.change("UPDATE refund SET state='failed'")
    assert evening.judge() == ()
    evening.change(ANOTHER, GIVEN_UP, "UPDATE refund SET ended_by_id=made_by_id WHERE state='given_up'")
    assert evening.judge() == ()


def test_a_refund_that_was_given_up_without_a_change_is_named(evening: Evening) -> None:
    evening.change(ANOTHER, GIVEN_UP, "UPDATE refund SET ended_by_id=NULL WHERE state='given_up'")
    (finding,) = evening.judge()
    assert finding.rule is Rule.CHANGES
    assert "is given up, and no change made it so" in finding.message
