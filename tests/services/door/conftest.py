from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.services.door.gate import Door
from tests.services.stories import signed_code, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


@pytest.fixture
def door(house: OpenHouse) -> Door:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    return Door(house, sale.ticket_ids[0], signed_code(house, sale.ticket_ids[0]))
