"""Places that a thief takes after the sale: what the books tell of exchanges and refunds, and what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import SwapRequest
from pos_app.domain.selling.sales import SaleLine
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.orders.exchanges.swaps import swap_places
from pos_app.services.orders.refunds.making import refund
from pos_app.services.selling.holds import place_hold
from tests.after_sale import adults, exchange_request, live_lines, refund_request

if TYPE_CHECKING:
    from tests.doctor.told.books import Season

pytestmark = pytest.mark.by_turns

_PLANTED = (
    "INSERT INTO order_change (request_id, order_id, kind, reason, staff_id, till_id, created_at) SELECT 'eve', "
    "order_id, 'refund', 'ill', staff_id, till_id, created_at FROM order_change WHERE id=:change"
)
_EVE = "(SELECT id FROM order_change WHERE request_id='eve')"
_DEARER = "performance_id=:p AND seat_id=:dear"
_VOID = "UPDATE ticket_presence SET issue_count=0 WHERE ticket_id=(SELECT id FROM ticket WHERE order_line_id=:line)"
_GONE = "UPDATE ticket SET voided_at='2026-01-01 00:00:00.000000', live_seat_id=NULL WHERE order_line_id=:line"


def change_honestly(season: Season) -> dict[str, int]:
    """Exchange a ticket for a cheaper seat, make a child of the other guest, let both swap, refund one.

    Returns a line that a change made, and the change.
    """
    session, small, order = season.session, season.small, season.new_sale.order_id
    cashier = small.cashier
    seats = live_lines(session, order)
    (first, one), (second, other) = seats.items()
    new = small.seat(5, 3)
    place_hold(session, cashier, "other seat", [new])
    exchange(session, cashier, exchange_request(session, small, order, [one], adults(small, [new]), "other seat"))
    child = (SaleLine(second, small.child_id),)
    kind = ChangeKind.CORRECTION
    exchange(session, cashier, exchange_request(session, small, order, [other], child, None, kind=kind))
    swap_places(session, cashier, SwapRequest("swap", order, None, *live_lines(session, order).values()))
    left = live_lines(session, order)
    refund(session, cashier, refund_request(session, small, order, [left[new]]))
    line = left[second]
    change = session.connection().exec_driver_sql(f"SELECT made_by_id FROM order_line WHERE id={line}").scalar_one()
    assert first not in left
    return {"line": line, "change": int(change), "seat": second.seat_id}


def test_honest_changes_are_sound(season: Season) -> None:
    change_honestly(season)
    assert season.found() == []


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (
            [
                "UPDATE performance_seat SET state='free', order_line_id=NULL WHERE order_line_id=:line",
                f"UPDATE performance_seat SET state='sold', order_line_id=:line WHERE {_DEARER}",
                "UPDATE order_line SET seat_id=:dear, category_id=:a WHERE id=:line",
                "UPDATE ticket SET live_seat_id=:dear WHERE order_line_id=:line",
            ],
            "is for another place than the audit tells",
        ),
        (
            ["UPDATE order_line SET price_minor=price_minor-100 WHERE id=:line"],
            "cost 25.00 EUR; by the audit 26.00 EUR",
        ),
        (
            [
                _PLANTED,
                _VOID,
                _GONE,
                "UPDATE performance_seat SET state='free', order_line_id=NULL WHERE order_line_id=:line",
                f"UPDATE order_line SET state='returned', ended_by_id={_EVE} WHERE id=:line",
            ],
            "ended, and no entry of the audit tells why",
        ),
        (
            [
                _PLANTED.replace("'refund'", "'exchange'"),
                f"UPDATE order_line SET made_by_id={_EVE} WHERE id=:sold",
            ],
            "no entry of the audit tells how it got its line",
        ),
    ],
    ids=["another place", "another price", "planted refund", "planted exchange"],
)
def test_a_place_that_was_changed_past_the_program_is_found(season: Season, statements: list[str], told: str) -> None:
    named = change_honestly(season)
    small = season.small
    named |= {"p": small.performance_id, "dear": small.seat_id(1, 9), "a": small.category_a_id}
    named["sold"] = next(iter(live_lines(season.session, season.second_sale.order_id).values()))
    found = season.found(*statements, **named)
    assert any(told in one and "Order" in one for one in found), found
