"""What an order says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pos_app.domain.orders.changes import LineKind, LineState, RefundState
from pos_app.domain.orders.page import LineOnPage, OrderPage, PaymentOnPage, RefundOnPage, TicketOnPage
from pos_app.domain.orders.standing import OrderStanding
from pos_app.domain.seats import Place
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.selling.sales import PaymentMethod

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)


def _ticket(ticket_id: int, *, waits: bool = False, entries: int = 0) -> TicketOnPage:
    return TicketOnPage(ticket_id, "7K4MXQ2R9T", 1, waits, is_void=False, is_inside=False, entries=entries)


def _page(*lines: LineOnPage, refunds: tuple[RefundOnPage, ...] = ()) -> OrderPage:
    paid = PaymentOnPage(1, PaymentMethod.CASH, 9000, 0, "", NOW)
    texts = "UTC", "EUR", OrderStanding.PAID, "", "", "Till 1", "Carla"
    return OrderPage(1, "ABCD2345", 3, NOW, *texts, 9000, (), lines, (paid,), refunds, ())


def test_an_order_counts_what_lives_waits_and_is_owed() -> None:
    seat, fee = LineKind.SEAT, LineKind.FEE
    page = _page(
        LineOnPage(1, seat, LineState.RETURNED, 4000, 0, ticket=_ticket(11, entries=1)),
        LineOnPage(2, seat, LineState.LIVE, 4000, 1000, ticket=_ticket(12, waits=True)),
        LineOnPage(3, seat, LineState.RESERVED, 2000, 0),
        LineOnPage(4, fee, LineState.LIVE, 50, 0, for_line_id=2),
        LineOnPage(5, fee, LineState.LIVE, 150, 0),
        refunds=(
            RefundOnPage(1, PaymentMethod.CASH, 1500, RefundState.PAID, "", NOW, NOW),
            RefundOnPage(2, PaymentMethod.CARD, 2500, RefundState.FAILED, "", NOW, None),
            RefundOnPage(3, PaymentMethod.CARD, 2500, RefundState.GIVEN_UP, "", NOW, None),
        ),
    )
    assert [line.line_id for line in page.seats] == [2, 3, 1]
    assert [line.brought_minor for line in page.live_seats] == [3000]
    assert page.seats[2].was_used
    assert not page.seats[0].was_used
    assert page.waiting == (12,)
    assert (page.owed_minor, page.due_minor, page.returned_minor, page.paid_minor) == (2000, 2500, 1500, 9000)
    assert [fee.line_id for fee in page.fees_of([2])] == [4, 5], "no seat is left, so the order's fee goes too"
    assert page.fees_of([1]) == ()


def test_what_counts_stands_by_evening_and_seat_however_late_it_was_made() -> None:
    seat, live = LineKind.SEAT, LineState.LIVE
    page = _page(
        LineOnPage(1, seat, LineState.EXCHANGED, 4000, 0, performance_id=7, seat_id=12),
        LineOnPage(2, seat, live, 4000, 0, performance_id=3, seat_id=11),
        LineOnPage(3, seat, live, 4000, 0, performance_id=7, seat_id=14),
        LineOnPage(4, seat, live, 4000, 0, performance_id=7, seat_id=13),
    )
    evenings = (PerformanceSeats(7, "Tosca", NOW, "UTC", ()), PerformanceSeats(3, "Tosca", NOW, "UTC", ()))
    assert [line.line_id for line in replace(page, performances=evenings).seats] == [4, 3, 2, 1]


def test_rows_and_seats_stand_as_a_person_counts_them_however_the_plan_was_made() -> None:
    names = [("A", "10"), ("AA", "1"), ("B", "2"), ("A", "9"), ("Z", "1"), ("2", "3"), ("10", "3")]
    page = _page(
        *(
            LineOnPage(at, LineKind.SEAT, LineState.LIVE, 4000, 0, seat_id=at, place=Place("Stalls", row, number))
            for at, (row, number) in enumerate(names)
        ),
        LineOnPage(70, LineKind.SEAT, LineState.LIVE, 4000, 0, seat_id=70, place=Place("Box 10", "", "1")),
        LineOnPage(71, LineKind.SEAT, LineState.LIVE, 4000, 0, seat_id=71, place=Place("Box 2", "", "1")),
        LineOnPage(72, LineKind.SEAT, LineState.LIVE, 4000, 0, seat_id=72, place=Place("Standing", "", "")),
    )
    assert [line.line_id for line in page.live_seats] == [71, 70, 5, 6, 3, 0, 2, 4, 1, 72]
