"""What a pick-up comes to, for all seats or for some."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pos_app.domain.orders.changes import LineKind
from pos_app.domain.orders.pick_up_totals import due_minor, performances_of, price_with_fee, seat_lines
from pos_app.domain.orders.reservations import PickUp, ReservedLine
from pos_app.domain.seats import Place, SeatKey
from pos_app.domain.selling.holds import PlacedHold
from pos_app.domain.selling.performance_seats import PerformanceSeats

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


def test_only_the_chosen_seats_are_named_with_their_evenings() -> None:
    starts_at = datetime(2026, 12, 1, 19, tzinfo=UTC)
    places = {seat: Place("Stalls", "A", str(seat)) for seat in (11, 12, 13)}
    lines = tuple(
        ReservedLine(seat, LineKind.SEAT, 4000, 4000, SeatKey(evening, seat), places[seat])
        for evening, seat in ((7, 11), (7, 12), (8, 13))
    )
    evenings = (
        PerformanceSeats(7, "Hamlet", starts_at, "UTC", (places[11], places[12])),
        PerformanceSeats(8, "Faust", starts_at, "UTC", (places[13],)),
    )
    hold = PlacedHold(1, "key", (), (), (), 60.0, 60.0, starts_at, extended=False)
    pick_up = PickUp(1, "4KM72XQ9", 1, "Novak", "", "EUR", "UTC", starts_at, hold, evenings, lines)
    assert performances_of(pick_up, (11, 12, 13)) == evenings
    assert performances_of(pick_up, (12,)) == (replace(evenings[0], places=(places[12],)),)
    assert performances_of(pick_up, ()) == ()
