"""Small houses drawn by signs: a free seat is . (or a, b, c by category), x is taken, | an aisle, r a restricted view,

W a wheelchair place, C a companion's, V and K the same taken; what was picked is #. The stage is above the middle of
the first row.
"""

from __future__ import annotations

from pos_app.domain.picking.house import PickingHouse, Places

KINDS = {"W": 1, "C": 2, "V": 1, "K": 2, "r": 3}


def house_of(rows: list[str]) -> PickingHouse:
    width = max(len(row) for row in rows)
    spots = [(r, p, sign) for r, row in enumerate(rows) for p, sign in enumerate(row) if sign != "|"]
    places = Places(
        seat=[100 * r + p for r, p, _ in spots],
        row=[r + 1 for r, _, _ in spots],
        position=[p for _, p, _ in spots],
        x=[23.0 * (p - (width - 1) / 2) for _, p, _ in spots],
        y=[100.0 + 27 * r for r, _, _ in spots],
        zone=[0] * len(spots),
        category=["abc".find(sign) if sign in "abc" else 0 for _, _, sign in spots],
        kind=[KINDS.get(sign, 0) for _, _, sign in spots],
    )
    return PickingHouse(places, [sign not in "x#VK" for _, _, sign in spots], (0.0, 0.0))


def drawn(rows: list[str], seats: tuple[int, ...]) -> list[str]:
    return ["".join("#" if 100 * r + p in seats else sign for p, sign in enumerate(row)) for r, row in enumerate(rows)]
