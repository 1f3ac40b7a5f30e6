"""A house with open books, in a transaction that is never committed; foreign keys are left out of account there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.doctor.told.books import honest_season

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doctor.conftest import Builder
    from tests.doctor.told.books import Season
    from tests.houses import OpenHouse


@pytest.fixture
def season(house: OpenHouse, lend: Builder) -> Iterator[Season]:
    """Give the house after honest work; a thief comes in the test."""
    with lend(house, honest_season) as lent:
        yield lent
