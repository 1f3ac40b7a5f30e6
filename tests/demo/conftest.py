from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.demo.box_office import build_demo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUBLIC_KEY = "ab" * 32


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demo on an embedded database, built once for all tests that only look at it, whichever worker they run on."""
    copy = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copyfile(_built_demo(_folder_of_the_run(tmp_path_factory)), copy)
    database = Database(parse_address(str(copy)))
    database.place = _keys_of_the_demo(_folder_of_the_run(tmp_path_factory))
    yield database
    database.close()


def _folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the workers of pytest-xdist have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _keys_of_the_demo(folder: Path) -> Path:
    """Return where the computer that built the demo keeps the pepper of its house."""
    return folder / "state-of-the-demo"


def _built_demo(folder: Path) -> Path:
    """Build the demo unless another worker has; one that is at it is waited for."""
    built = folder / "built-demo.db"
    with (folder / "built-demo.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not built.exists():
            begun = folder / "begun-demo.db"
            with closing(Database(parse_address(str(begun)))) as database:
                database.place = _keys_of_the_demo(folder)
                build_demo(database, machine_key="this machine", till_name="Till 2", public_key=PUBLIC_KEY)
            # The last connection to close has folded the write-ahead log into the file.
            begun.rename(built)
    return built
