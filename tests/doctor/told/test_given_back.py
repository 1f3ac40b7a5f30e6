"""Money that a thief takes after the sale: what the books tell of refunds, and what stands in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from pos_app.domain.orders.refunds import GiveUp, RefundAsk, RefundRequest
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.orders.refunds.due import give_up
from pos_app.services.orders.refunds.making import preview_refund, refund
from tests.small_house import allow

if TYPE_CHECKING:
    from tests.doctor.told.books import Season


def refund_honestly(season: Season) -> list[int]:
    """Refund a ticket in cash, and another one by card after it was due in cash; return the refunds."""
    session, small, order = season.session, season.small, season.new_sale.order_id
    lines = session.execute(text("SELECT id FROM order_line WHERE order_id=:o ORDER BY id"), {"o": order}).scalars()
    for line, pay_now in zip(lines, (True, False), strict=False):
        told = preview_refund(session, small.cashier, RefundAsk(order, (line,)))
        allowed = allow(session, small, Permission.REFUND)
        request = RefundRequest(
            f"refund-{line}", order, told.revision, (line,), 4000, "ill", pay_now=pay_now, approval_id=allowed
        )
        refund(session, small.cashier, request)
    (due,) = session.execute(text("SELECT id FROM refund WHERE state='due'")).scalars()
    allowed = allow(session, small, Permission.REFUND)
    give_up(session, small.cashier, GiveUp("up", due, "moved away", PaymentMethod.CARD, allowed))
    found = session.execute(text("SELECT id FROM refund WHERE order_id=:o ORDER BY id"), {"o": order}).scalars()
    return list(found)


def test_honest_refunds_are_sound(season: Season) -> None:
    assert len(refund_honestly(season)) == 3
    assert season.found() == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE refund SET method='card' WHERE id=:first", "given back by card; by the audit by cash"),
        (
            "UPDATE refund SET amount_minor=amount_minor+100 WHERE id=:first",
            "41.00 EUR are recorded as given back; by the audit 40.00 EUR",
        ),
        (
            "UPDATE refund SET state='paid', paid_at=created_at, ended_by_id=made_by_id WHERE id=:last",
            "is paid; by the audit due",
        ),
        ("DELETE FROM refund WHERE id=:last", "is gone; the audit tells of it"),
        (
            (
                "INSERT INTO refund (request_id, order_id, payment_id, method, state, amount_minor, reason, reference,"
                " made_by_id, till_id, staff_id, created_at) SELECT 'eve', order_id, payment_id, method, state, 5, '',"
                " '', made_by_id, till_id, staff_id, created_at FROM refund WHERE id=:last"
            ),
            "0.05 EUR of it were given back, and no entry of the audit tells by whom",
        ),
        ("UPDATE payment SET made_by_id=:change WHERE order_id=:o", "paid after its sale, and no entry of the audit"),
    ],
)
def test_money_that_went_otherwise_than_the_audit_tells_is_found(season: Season, statement: str, told: str) -> None:
    first, _, last = refund_honestly(season)
    change = season.session.execute(text("SELECT made_by_id FROM refund WHERE id=:r"), {"r": first}).scalar_one()
    found = season.found(statement, first=first, last=last, change=change, o=season.new_sale.order_id)
    assert any(told in one and season.new_sale.number in one for one in found), found
