"""Money that a thief takes after the sale: what the books tell of refunds, and what stands in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from pos_app.domain.orders.refunds import GiveUp, RefundAsk, RefundRequest
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.orders.refunds.due import give_up
from pos_app.services.orders.refunds.making import preview_refund, refund
from pos_app.services.selling.holds import place_hold
from tests.after_sale import adults, exchange_request, live_lines
from tests.small_house import allow

if TYPE_CHECKING:
    from tests.doctor.told.books import Season

pytestmark = pytest.mark.by_turns


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
        ("UPDATE refund SET payment_id=(SELECT min(id) FROM payment) WHERE id=:first", "is another payment's"),
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


def pay_honestly(season: Season) -> int:
    """Exchange a ticket for a dearer seat; return the payment of the difference."""
    session, small, order = season.session, season.small, season.second_sale.order_id
    dearer = small.seat(1, 9)
    place_hold(session, small.cashier, "dearer", [dearer])
    (line,) = live_lines(session, order).values()
    exchange(session, small.cashier, exchange_request(session, small, order, [line], adults(small, [dearer]), "dearer"))
    return int(session.execute(text("SELECT max(id) FROM payment WHERE order_id=:o"), {"o": order}).scalar_one())


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE payment SET amount_minor=amount_minor-5 WHERE id=:paid", "are recorded as paid; by the audit"),
        ("UPDATE payment SET method='card' WHERE id=:paid", "it is recorded as paid by card; by the audit by cash"),
        ("DELETE FROM payment WHERE id=:paid", "is gone; the audit tells of it"),
    ],
)
def test_a_difference_that_was_paid_otherwise_than_the_audit_tells_is_found(
    season: Season, statement: str, told: str
) -> None:
    paid = pay_honestly(season)
    assert season.found() == []
    found = season.found(statement, paid=paid)
    assert any(told in one and season.second_sale.number in one for one in found), found


def test_a_sale_that_was_taken_back_and_stands_again_is_found(season: Season) -> None:
    line = "(SELECT order_line_id FROM ticket WHERE id=:t)"
    found = season.found(
        f"UPDATE order_line SET state='live', ended_by_id=NULL WHERE id={line}",
        "UPDATE ticket SET voided_at=NULL, live_seat_id=:s WHERE id=:t",
        "UPDATE ticket_presence SET issue_count=1 WHERE ticket_id=:t",
        f"UPDATE performance_seat SET state='sold', order_line_id={line} WHERE performance_id=:p AND seat_id=:s",
        t=season.new_void.ticket_ids[0],
        s=season.small.seat_id(1, 7),
        p=season.small.performance_id,
    )
    assert any("by the audit it was taken back; it stands -> Ask who has the money" in one for one in found), found
