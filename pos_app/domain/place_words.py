"""Many places said in few words: a row once, and runs of seats by their ends."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.domain.seats import Place


def tell_places(places: Iterable[Place]) -> str:
    """Return places as "Stalls, row G, seats 12-15, 18; Gallery, 3 places", row by row in the order they come."""
    rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    unseen: defaultdict[str, int] = defaultdict(int)
    for place in places:
        if place.is_unseen:
            unseen[place.zone] += 1
        else:
            rows[place.zone, place.row].append(place.number)
    told = [_row(zone, row, numbers) for (zone, row), numbers in rows.items()]
    told += [f"{zone}, {'1 place' if count == 1 else f'{count} places'}" for zone, count in unseen.items()]
    return "; ".join(told)


def _row(zone: str, row: str, numbers: list[str]) -> str:
    seats = f"seat {numbers[0]}" if len(numbers) == 1 else f"seats {_runs(numbers)}"
    return ", ".join(part for part in (zone, f"row {row}" if row else "", seats) if part)


def _runs(numbers: list[str]) -> str:
    """Write numbers as "3-5, 8"; what is no plain number stands by itself, after the others."""
    plain = sorted({int(number) for number in numbers if number.isascii() and number.isdigit()})
    others = [number for number in numbers if not (number.isascii() and number.isdigit())]
    runs: list[list[int]] = []
    for number in plain:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return ", ".join(words + others)
