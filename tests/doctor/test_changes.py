from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

pytestmark = pytest.mark.by_turns

OTHERS = "(SELECT id FROM order_change WHERE order_id=:g)"


@pytest.mark.parametrize(
    ("statement", "which", "told"),
    [
        ("UPDATE order_line SET made_by_id=NULL WHERE order_id=:o AND seat_id=:s", "sale", "no change made order line"),
        (f"UPDATE order_line SET made_by_id={OTHERS} WHERE order_id=:o AND seat_id=:s", "sale", "of another order"),
        (
            "UPDATE order_line SET ended_by_id=made_by_id WHERE order_id=:o AND seat_id=:s",
            "sale",
            "is live, and a change ended it",
        ),
        (
            "UPDATE order_line SET ended_by_id=NULL WHERE order_id=:o AND seat_id=:v",
            "void_sale",
            "is void, and no change made it so",
        ),
        (
            f"UPDATE order_line SET ended_by_id={OTHERS} WHERE order_id=:o AND seat_id=:v",
            "void_sale",
            "was ended by a change of another order",
        ),
        (
            "UPDATE order_line SET state='returned' WHERE order_id=:o AND seat_id=:v",
            "void_sale",
            "is returned, and the change that ended it does something else",
        ),
        ("UPDATE payment SET made_by_id=NULL WHERE order_id=:o", "sale", "no change made payment"),
        (f"UPDATE payment SET made_by_id={OTHERS} WHERE order_id=:o", "sale", "was made by a change of another order"),
        ("UPDATE refund SET made_by_id=NULL WHERE order_id=:o", "void_sale", "no change made refund"),
        (
            f"UPDATE refund SET made_by_id={OTHERS}, approver_id=NULL WHERE order_id=:o",
            "void_sale",
            "was made by a change of another order",
        ),
        (
            f"UPDATE refund SET ended_by_id={OTHERS} WHERE order_id=:o",
            "void_sale",
            "was ended by a change of another order",
        ),
        (
            "UPDATE refund SET ended_by_id=NULL WHERE order_id=:o",
            "void_sale",
            "is paid, and no change made it so",
        ),
        (
            "UPDATE refund SET state='due', paid_at=NULL WHERE order_id=:o",
            "void_sale",
            "is due, and a change ended it",
        ),
        (
            "UPDATE refund SET state='pending', paid_at=NULL WHERE order_id=:o",
            "void_sale",
            "is pending, and a change ended it",
        ),
    ],
)
def test_what_no_change_made_or_ended_is_named(evening: Evening, statement: str, which: str, told: str) -> None:
    sale = getattr(evening, which)
    small = evening.small
    evening.change(
        statement, o=sale.order_id, g=evening.gala_sale.order_id, s=small.seat_id(1, 3), v=small.seat_id(3, 2)
    )
    findings = [finding for finding in evening.judge() if finding.rule is not Rule.TOTALS]
    assert [finding.rule for finding in findings] == [Rule.CHANGES]
    assert sale.number in findings[0].subject
    assert told in findings[0].message


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE order_line SET for_line_id=99999 WHERE for_line_id IS NOT NULL", "2 rows point at order_line"),
        ("UPDATE order_line SET ended_by_id=99999 WHERE ended_by_id IS NOT NULL", "2 rows point at order_change"),
        ("UPDATE order_line SET order_id=99999 WHERE kind='fee'", "3 rows point at orders"),
        ("UPDATE payment SET made_by_id=99999", "rows point at order_change"),
        ("UPDATE payment SET order_id=99999", "rows point at orders"),
        ("UPDATE refund SET made_by_id=99999", "1 row points at order_change"),
        ("UPDATE refund SET ended_by_id=99999", "1 row points at order_change"),
        ("UPDATE refund SET order_id=99999", "1 row points at orders"),
        ("UPDATE refund SET payment_id=99999", "1 row points at payment"),
        ("UPDATE refund SET instead_of_id=99999", "1 row points at refund"),
        ("UPDATE order_change SET approval_id=99999 WHERE kind='void'", "1 row points at approval"),
        ("UPDATE order_change SET order_id=99999 WHERE kind='void'", "1 row points at orders"),
        ("UPDATE order_change SET staff_id=99999 WHERE kind='void'", "1 row points at staff_member"),
        ("UPDATE order_change SET till_id=99999 WHERE kind='void'", "1 row points at till"),
    ],
)
def test_a_row_of_the_ledger_that_points_at_what_is_gone_is_named(evening: Evening, statement: str, told: str) -> None:
    if evening.session.get_bind().dialect.name == "sqlite":
        evening.change("PRAGMA defer_foreign_keys=ON")
    evening.change(statement)
    found = [finding for finding in evening.judge() if finding.rule is Rule.STRAYS]
    assert len(found) == 1
    assert told in found[0].message


RETURN = (
    "UPDATE ticket_presence SET issue_count=0 WHERE ticket_id=:t",
    "UPDATE ticket SET voided_at='2026-01-01 00:00:00.000000', live_seat_id=NULL WHERE id=:t",
    (
        "INSERT INTO order_change (request_id, order_id, kind, reason, created_at) "
        "VALUES ('returned', :o, 'refund', 'ill', '2026-01-01 00:00:00.000000')"
    ),
    (
        "UPDATE order_line SET state='returned', ended_by_id=(SELECT id FROM order_change WHERE request_id='returned') "
        "WHERE id=(SELECT order_line_id FROM ticket WHERE id=:t)"
    ),
    "UPDATE payment SET refunded_minor=4000 WHERE order_id=:o",
    (
        "INSERT INTO refund (request_id, order_id, payment_id, method, state, amount_minor, reason, made_by_id, "
        "till_id, staff_id, created_at) SELECT 'returned', order_id, id, method, 'due', 4000, '', "
        "(SELECT id FROM order_change WHERE request_id='returned'), till_id, 1, created_at FROM payment "
        "WHERE order_id=:o"
    ),
)
BEGAN = (
    "UPDATE performance SET starts_at='2025-12-31 19:00:00.000000', ends_at='2025-12-31 22:00:00.000000', "
    "doors_at=NULL WHERE id=:p"
)


@pytest.mark.parametrize(
    ("ticket", "statements", "kept"),
    [(2, [], False), (0, [], True), (2, [BEGAN], True)],
    ids=["before", "after an entry", "after the start"],
)
def test_a_returned_seat_stays_sold_only_once_it_was_used_or_the_evening_began(
    evening: Evening, ticket: int, statements: list[str], *, kept: bool
) -> None:
    evening.change(
        *RETURN, *statements, t=evening.sale.ticket_ids[ticket], o=evening.sale.order_id, p=evening.small.performance_id
    )
    if kept:
        assert evening.judge() == ()
        return
    (finding,) = evening.judge()
    assert finding.rule is Rule.ENDED_LINE
    assert "row A, seat 3 " in finding.subject
    assert "which is returned" in finding.message
