"""What a pick-up comes to, for all seats or for some."""

from __future__ import annotations

from pos_app.domain.orders.changes import LineKind
from pos_app.domain.orders.pick_up_totals import due_minor, price_with_fee, seat_lines
from pos_app.domain.orders.reservations import ReservedLine
from pos_app.domain.seats import SeatKey

_LINES = (
    ReservedLine(1, LineKind.SEAT, 4000, 4500, SeatKey(7, 11)),
    ReservedLine(2, LineKind.FEE, 50, 60, for_line_id=1),
    ReservedLine(3, LineKind.SEAT, 3000, 3000, SeatKey(7, 12)),
    ReservedLine(4, LineKind.FEE, 150, 150),
)


def test_the_fee_of_a_seat_goes_with_it_and_that_of_the_order_with_the_first() -> None:
    assert [line.line_id for line in seat_lines(_LINES)] == [1, 3]
    assert price_with_fee(_LINES, 1, of_now=False) == 4050
    assert price_with_fee(_LINES, 1, of_now=True) == 4560
    assert due_minor(_LINES, (1, 3), of_now=False) == 4050 + 3000 + 150
    assert due_minor(_LINES, (3,), of_now=False) == 3000 + 150
    assert due_minor(_LINES, (1, 3), of_now=True) == 4560 + 3000 + 150
    assert due_minor(_LINES, (), of_now=False) == 0


def test_a_seat_without_a_price_of_today_has_none_in_the_sum_either() -> None:
    lines = (*_LINES, ReservedLine(5, LineKind.SEAT, 2000, None, SeatKey(7, 13)))
    assert due_minor(lines, (1, 5), of_now=True) is None
    assert due_minor(lines, (1,), of_now=True) == 4560 + 150
    assert due_minor(lines, (1, 5), of_now=False) == 4050 + 2000 + 150
