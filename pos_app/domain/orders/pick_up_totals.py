"""What a pick-up comes to: the chosen seats of a reservation with their fees, as told or by today's prices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pos_app.domain.orders.reservations import PickUp, ReservedLine
    from pos_app.domain.seats import Place
    from pos_app.domain.selling.performance_seats import PerformanceSeats


def seat_lines(lines: Iterable[ReservedLine]) -> tuple[ReservedLine, ...]:
    """Return the lines that are seats, in their order."""
    return tuple(line for line in lines if line.seat is not None)


def performances_of(pick_up: PickUp, chosen: Collection[int]) -> tuple[PerformanceSeats, ...]:
    """Return which evenings chosen seats (ids of their lines) are for, with the places of these alone."""
    places: dict[int, list[Place]] = {seats.performance_id: [] for seats in pick_up.performances}
    for line in pick_up.lines:
        if line.line_id in chosen and line.seat is not None and line.place is not None:
            places[line.seat.performance_id].append(line.place)
    return tuple(
        replace(seats, places=tuple(places[seats.performance_id]))
        for seats in pick_up.performances
        if places[seats.performance_id]
    )


def price_with_fee(lines: Iterable[ReservedLine], line_id: int, *, of_now: bool) -> int | None:
    """Return what one seat costs with its own fees, in minor units; None where there is no price of today for it."""
    own = [line for line in lines if line_id in (line.line_id, line.for_line_id)]
    prices = [line.now_minor if of_now else line.told_minor for line in own]
    known = [price for price in prices if price is not None]
    return sum(known) if len(known) == len(prices) else None


def due_minor(lines: Collection[ReservedLine], chosen: Collection[int], *, of_now: bool) -> int | None:
    """Return what is to be paid for chosen seats (ids of their lines), in minor units.

    The order's own fee is paid with whatever is picked up first, and stays as it was told. None where one of the seats
    has no price of today.
    """
    if not chosen:
        return 0
    prices = [price_with_fee(lines, line_id, of_now=of_now) for line_id in chosen]
    known = [price for price in prices if price is not None]
    of_order = sum(line.told_minor for line in lines if line.seat is None and line.for_line_id is None)
    return sum(known) + of_order if len(known) == len(prices) else None
