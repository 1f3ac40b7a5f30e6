from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.ui.look.theme import apply_theme
from tests.benchmarks.stadium import build_stadium
from tests.concurrency.tills import NURSERY
from tests.end_to_end.frame_probe import FrameProbe
from tests.end_to_end.machine_watch import MachineWatch
from tests.evening import Evening, start_evening
from tests.schemas import make_schema
from tests.servers import flavours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.benchmarks.stadium import Stadium
    from tests.houses import OpenHouse
    from tests.servers import Server


OTHER_TILLS: Final = 50


@dataclass(frozen=True)
class Arena:
    """A house of 60,000 seats and a small one, in a database of its own."""

    url: str
    stadium: Stadium


@dataclass
class Stage:
    """An evening with a cashier at the till, and a probe in the window."""

    evening: Evening
    probe: FrameProbe


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_STATE", str(tmp_path / "state"))
    apply_theme(qapp, dark=False)


@pytest.fixture(scope="session", autouse=True)
def _nursery_ends_with_the_run() -> Iterator[None]:
    yield
    NURSERY.close()


@pytest.fixture(scope="module")
def machine() -> Iterator[MachineWatch]:
    """Give the process that tells how busy the machine is."""
    watch = MachineWatch()
    yield watch
    watch.close()


@pytest.fixture(scope="module")
def arena(server_of: Callable[[str], Server]) -> Iterator[Arena]:
    """Build the large house on the private server of the run."""
    with server_of(flavours()[0]).fresh_database() as url:
        database = Database(parse_address(url))
        make_schema(database)
        stadium = build_stadium(database, ("live", "sales"), OTHER_TILLS)
        database.close()
        yield Arena(url, stadium)


@pytest.fixture
def begin(qtbot: QtBot, machine: MachineWatch, tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    """Start evenings in a house; all are ended afterwards."""
    begun: list[Evening] = []

    def start(house: OpenHouse, **more: Any) -> Stage:
        # What the tests before have left is no part of the program, and no turn of its collector may look through it.
        gc.collect()
        gc.freeze()
        evening = start_evening(qtbot, house, tmp_path, **more)
        begun.append(evening)
        return Stage(evening, FrameProbe(evening.window, machine))

    yield start
    for evening in begun:
        if not evening.foyer._closing:
            evening.foyer.shut_down()
