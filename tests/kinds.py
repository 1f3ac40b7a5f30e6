"""Which kinds of database a story on the fixture `house` is told on, where not on all of them."""

from __future__ import annotations

from typing import Final

import pytest

from tests.servers import flavours

_SERVER: Final = pytest.param(flavours()[0], marks=pytest.mark.server)

SQLITE: Final = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
SERVER: Final = pytest.mark.parametrize("house", [_SERVER], indirect=True)
BOTH: Final = pytest.mark.parametrize("house", ["sqlite", _SERVER], indirect=True)
"""Two tills meet in it, or the clock of the server counts."""
SQLITE_FIRST: Final = pytest.mark.parametrize(
    "house",
    ["sqlite", pytest.param(flavours()[0], marks=[pytest.mark.server, pytest.mark.soak])],
    indirect=True,
)
"""It is the window's, and what it asks of a server is told of the services: on one it is told by `make soak`."""
