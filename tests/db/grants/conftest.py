from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.owned import Owned
from tests.servers import flavours

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=[pytest.param(flavour, marks=pytest.mark.server) for flavour in flavours()])
def empty_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a new, empty database on each kind of server."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def owned(empty_url: str) -> Iterator[Owned]:
    """Give a database with all tables, and its owner."""
    made = Owned(empty_url)
    yield made
    made.close()


@pytest.fixture
def bare(empty_url: str) -> Iterator[Owned]:
    """Give a database without tables, and its owner."""
    made = Owned(empty_url, tables=False)
    yield made
    made.close()
