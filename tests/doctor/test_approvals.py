from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM approval", "nobody allowed"),
        ("UPDATE approval SET spent_on=NULL", "nobody allowed"),
        ("UPDATE approval SET permission='give_away'", "nobody allowed"),
        ("UPDATE approval SET staff_id=:cashier", "somebody else"),
        ("UPDATE approval SET till_id=:till", "elsewhere"),
        ("UPDATE refund SET approver_id=NULL", "somebody else"),
    ],
)
def test_a_refund_that_no_manager_allowed_is_named(evening: Evening, statement: str, told: str) -> None:
    small = evening.small
    known = {"cashier": small.cashier.staff_id, "till": small.other_till_id}
    evening.change(statement, **{name: value for name, value in known.items() if f":{name}" in statement})
    (finding,) = evening.judge()
    assert finding.rule == Rule.APPROVALS
    assert evening.void_sale.number in finding.subject
    assert told in finding.message
