from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.standing import add_standing

if TYPE_CHECKING:
    from tests.houses import OpenHouse


@pytest.fixture
def areas(house: OpenHouse) -> tuple[int, int]:
    """Give two areas: "Standing" with 12 places, "Terrace" with 3."""
    return (
        house.database.transact(add_standing, house.small, 12),
        house.database.transact(add_standing, house.small, 3, name="Terrace"),
    )
