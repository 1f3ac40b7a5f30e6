"""The walk of faults is no comfort unless it fails where a guard is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.db import database as database_module
from tests.concurrency.missing_guards import MISSING_GUARDS, MissingGuard

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.concurrency.fault_stage import Stage
    from tests.concurrency.fault_walk import WireWalk

pytestmark = pytest.mark.walk


@pytest.mark.parametrize("guard", MISSING_GUARDS, ids=lambda guard: guard.take_out.__name__.strip("_"))
def test_the_walk_fails_without(
    wire: Callable[[str], WireWalk], stage: Stage, guard: MissingGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "IN_DOUBT_SECONDS", 1.0)
    walk = wire(guard.story)
    guard.take_out(monkeypatch, stage)
    # Where nothing happens, nobody misses it.
    walk.start()
    with pytest.raises(AssertionError, match=guard.failure):
        walk.cut_at(len(walk.statements))
