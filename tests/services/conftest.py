from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.services.selling.standing_places import CAPACITY
from tests.standing import add_standing

if TYPE_CHECKING:
    from tests.houses import OpenHouse


@pytest.fixture
def area(house: OpenHouse) -> int:
    """Give the area "Standing" with 12 places."""
    return house.database.transact(add_standing, house.small, CAPACITY)
