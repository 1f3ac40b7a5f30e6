from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.flows.key_house import KeyHouse

if TYPE_CHECKING:
    from pathlib import Path

    from tests.houses import OpenHouse


@pytest.fixture
def keyed(house: OpenHouse, tmp_path: Path) -> KeyHouse:
    """Give a small house without keys, at whose computers nothing is kept yet; one sits at the office."""
    house.database.place = tmp_path / "office"
    return KeyHouse(house, tmp_path)
