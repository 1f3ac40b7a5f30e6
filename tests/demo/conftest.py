from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.db.addresses import parse_address
from pos_app.db.database import Database
from pos_app.demo.box_office import build_demo

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLIC_KEY = "ab" * 32


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demo on an embedded database, built once for all tests that only look at it."""
    database = Database(parse_address(str(tmp_path_factory.mktemp("demo") / "demo.db")))
    build_demo(database, machine_key="this machine", till_name="Till 2", public_key=PUBLIC_KEY)
    yield database
    database.close()
