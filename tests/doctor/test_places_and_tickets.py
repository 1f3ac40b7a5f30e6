from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

pytestmark = pytest.mark.by_turns


def test_a_seat_without_inventory_is_named(evening: Evening) -> None:
    evening.change("DELETE FROM performance_seat WHERE performance_id=:p AND seat_id=:s",
                   p=evening.small.gala_id, s=evening.small.seat_id(5, 9))  # fmt: skip
    (finding,) = evening.judge()
    assert finding.rule == Rule.INVENTORY
    assert "Stalls, row E, seat 9" in finding.subject
    assert f"performance {evening.small.gala_id}" in finding.subject


def test_a_deleted_seat_needs_no_inventory(evening: Evening) -> None:
    evening.change("DELETE FROM performance_seat WHERE seat_id=:s",
                   "UPDATE seat SET deleted_at='2026-01-01 00:00:00.000000' WHERE id=:s",
                   s=evening.small.seat_id(5, 9))  # fmt: skip
    assert evening.judge() == ()


def test_a_place_sold_to_a_line_that_is_not_there_is_named(evening: Evening) -> None:
    evening.change("UPDATE performance_seat SET state='sold', order_line_id=999 WHERE performance_id=:p AND seat_id=:s",
                   p=evening.small.performance_id, s=evening.small.seat_id(5, 1))  # fmt: skip
    (finding,) = evening.judge()
    assert finding.rule == Rule.SOLD_PLACE
    assert "999" in finding.message
    assert "Stalls, row E, seat 1 " in finding.subject


def test_a_place_sold_to_the_line_of_another_place_is_named(evening: Evening) -> None:
    evening.change(
        "UPDATE performance_seat SET state='sold', order_line_id="
        "(SELECT min(id) FROM order_line WHERE order_id=:o) WHERE performance_id=:p AND seat_id=:s",
        o=evening.sale.order_id, p=evening.small.performance_id, s=evening.small.seat_id(5, 1),
    )  # fmt: skip
    (finding,) = evening.judge()
    assert finding.rule == Rule.SOLD_PLACE
    assert "Stalls, row A, seat 1 " in finding.message


def test_a_sold_place_that_was_set_free_is_named(evening: Evening) -> None:
    evening.change(
        "UPDATE performance_seat SET state='free', order_line_id=NULL WHERE performance_id=:p AND seat_id=:s",
        p=evening.small.performance_id, s=evening.small.seat_id(1, 2),
    )  # fmt: skip
    (finding,) = evening.judge()
    assert finding.rule == Rule.LIVE_LINE
    assert evening.sale.number in finding.subject
    assert "is free" in finding.message
    assert "Stalls, row A, seat 2 " in finding.message


def test_a_sold_place_that_was_taken_out_is_named(evening: Evening) -> None:
    small = evening.small
    where = "performance_id=:p AND seat_id=:s"
    evening.change(f"DELETE FROM performance_seat WHERE {where}", p=small.performance_id, s=small.seat_id(1, 3))
    (finding,) = [finding for finding in evening.judge() if finding.rule is Rule.LIVE_LINE]
    assert evening.sale.number in finding.subject
    assert "its place is not in the inventory: " in finding.message


def test_two_live_tickets_of_one_place_are_named(evening: Evening) -> None:
    evening.change(
        "UPDATE ticket SET voided_at=NULL WHERE id=:t", t=evening.void_sale.ticket_ids[0]
    )  # fmt: skip
    findings = [finding for finding in evening.judge() if finding.rule == Rule.ONE_TICKET]
    assert len(findings) == 1
    assert str(evening.void_sale.ticket_ids[0]) in findings[0].message
    assert evening.second_sale.number in findings[0].message
    assert "Stalls, row C, seat 1 " in findings[0].subject


def test_a_paid_order_without_one_of_its_tickets_is_named(evening: Evening) -> None:
    evening.change("DELETE FROM ticket_presence WHERE ticket_id=:t", "DELETE FROM ticket WHERE id=:t",
                   t=evening.sale.ticket_ids[2])  # fmt: skip
    (finding,) = evening.judge()
    assert finding.rule == Rule.ALL_TICKETS
    assert evening.sale.number in finding.subject
    assert "Stalls, row A, seat 3 " in finding.message


def test_a_ticket_for_another_seat_is_named(evening: Evening) -> None:
    evening.change("UPDATE ticket SET live_seat_id=:s WHERE id=:t",
                   t=evening.sale.ticket_ids[2], s=evening.small.seat_id(5, 5))  # fmt: skip
    (finding,) = evening.judge()
    assert finding.rule == Rule.TICKET_PLACE
    assert f"Ticket {evening.sale.ticket_ids[2]} " in finding.subject
    assert "row E, seat 5 " in finding.message
    assert "row A, seat 3 " in finding.message


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ticket SET live_seat_id=NULL WHERE id=:t",
        "UPDATE ticket SET performance_id=:g WHERE id=:t",
        "UPDATE ticket SET live_seat_id=:s WHERE id=:v",
    ],
)
def test_a_ticket_that_says_something_else_than_its_line_is_named(evening: Evening, statement: str) -> None:
    small, void = evening.small, evening.void_sale.ticket_ids[1]
    evening.change(statement, t=evening.sale.ticket_ids[2], g=small.gala_id, v=void, s=small.seat_id(3, 2))
    (finding,) = evening.judge()
    assert finding.rule == Rule.TICKET_PLACE


@pytest.mark.parametrize(
    ("statement", "which"),
    [
        ("UPDATE ticket_presence SET issue_count=1 WHERE ticket_id=:t", "reprinted"),
        ("DELETE FROM ticket_presence WHERE ticket_id=:t", "reprinted"),
        ("UPDATE ticket_presence SET issue_count=1 WHERE ticket_id=:t", "void"),
    ],
)
def test_a_ticket_that_the_gates_know_wrongly_is_named(evening: Evening, statement: str, which: str) -> None:
    ticket = evening.sale.ticket_ids[1] if which == "reprinted" else evening.void_sale.ticket_ids[1]
    evening.change(statement, t=ticket)
    (finding,) = evening.judge()
    assert finding.rule == Rule.PRESENCE
    assert f"Ticket {ticket} " in finding.subject


def test_a_line_that_was_set_live_again_is_named(evening: Evening) -> None:
    evening.change("UPDATE order_line SET state='live' WHERE order_id=:o AND seat_id=:s",
                   o=evening.void_sale.order_id, s=evening.small.seat_id(3, 2))  # fmt: skip
    assert evening.broken_rules() == {Rule.CHANGES, Rule.LIVE_LINE, Rule.ALL_TICKETS, Rule.PAYMENTS}


@pytest.mark.parametrize(("state", "rule"), [("void", Rule.ENDED_LINE), ("reserved", Rule.SOLD_PLACE)])
def test_a_place_still_sold_to_a_line_that_is_not_live_is_named(evening: Evening, state: str, rule: Rule) -> None:
    evening.change(
        "UPDATE performance_seat SET state='sold', order_line_id="
        "(SELECT min(id) FROM order_line WHERE order_id=:o AND seat_id=:s) WHERE performance_id=:p AND seat_id=:s",
        "UPDATE order_line SET state=:state WHERE order_id=:o AND seat_id=:s",
        o=evening.void_sale.order_id, s=evening.small.seat_id(3, 2), p=evening.small.performance_id, state=state,
    )  # fmt: skip
    also = {Rule.CHANGES, Rule.RESERVATIONS}
    (finding,) = [finding for finding in evening.judge() if finding.rule not in also]
    assert finding.rule == rule
    assert f"of order {evening.void_sale.number}, which is {state}" in finding.message
    assert "Stalls, row C, seat 2 " in finding.subject


def test_a_live_ticket_of_a_line_that_ended_is_named(evening: Evening) -> None:
    ticket = evening.void_sale.ticket_ids[1]
    evening.change("UPDATE ticket SET voided_at=NULL, live_seat_id=:s WHERE id=:t",
                   "UPDATE ticket_presence SET issue_count=1 WHERE ticket_id=:t",
                   t=ticket, s=evening.small.seat_id(3, 2))  # fmt: skip
    (finding,) = evening.judge()
    assert finding.rule == Rule.ENDED_LINE
    assert f"Ticket {ticket} " in finding.subject


def test_a_fee_has_neither_ticket_nor_place(evening: Evening) -> None:
    fee = "(SELECT max(id) FROM order_line WHERE order_id=:o AND kind='fee')"
    evening.change(
        f"UPDATE performance_seat SET order_line_id={fee} WHERE performance_id=:g AND seat_id=:s",
        f"UPDATE ticket SET order_line_id={fee} WHERE id=:t",
        o=evening.gala_sale.order_id, g=evening.small.gala_id, s=evening.small.seat_id(2, 4),
        t=evening.gala_sale.ticket_ids[0],
    )  # fmt: skip
    findings = evening.judge()
    assert any("which is for no place" in one.message for one in findings if one.rule is Rule.SOLD_PLACE)
    assert any("its order line is for no place" in one.message for one in findings if one.rule is Rule.TICKET_PLACE)
    assert {one.rule for one in findings} == {
        Rule.SOLD_PLACE, Rule.LIVE_LINE, Rule.ALL_TICKETS, Rule.TICKET_PLACE,
    }  # fmt: skip
