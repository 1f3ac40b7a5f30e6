from __future__ import annotations

import pytest

from pos_app.domain.picking.companions import own_companions
from tests.domain.picking.drawn_houses import house_of


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["WC....CW"], {0: [1], 7: [6]}),
        (["WKC...CV"], {0: [1, 2], 7: [6]}),  # whoever sits there now
        (["WWCC...."], {0: [3], 1: [2]}),
        (["WCWC...."], {0: [1], 2: [3]}),
        (["CWC....."], {1: [0, 2]}),
        (["WCW....."], {0: [1], 2: []}),
        (["WW......", "CC......"], {0: [100], 1: [101]}),
        (["W......C"], {0: []}),
        (["W...C..."], {0: [4]}),
        (["WC.C...."], {0: [1, 3]}),
        (["WC..C..."], {0: [1]}),
    ],
)
def test_each_wheelchair_place_has_its_companions_places(rows: list[str], expected: dict[int, list[int]]) -> None:
    house = house_of(rows)

    def seat(slot: int) -> int:
        return house.places.seat[house.at[slot]]

    found = {seat(chair): sorted(map(seat, slots)) for chair, slots in own_companions(house).items()}
    assert found == expected
