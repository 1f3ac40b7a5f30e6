"""Which kinds of database a story on the fixture `house` is told on, where not on all of them."""

from __future__ import annotations

from typing import Final

import pytest

_MARIADB: Final = pytest.param("mariadb", marks=pytest.mark.server)

SQLITE: Final = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
MARIADB: Final = pytest.mark.parametrize("house", [_MARIADB], indirect=True)
BOTH: Final = pytest.mark.parametrize("house", ["sqlite", _MARIADB], indirect=True)
