from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.door.check_in import DoorCounts
from pos_app.ui.screens.door import guest_count
from pos_app.ui.screens.door.guest_count import GuestCount

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.screens.door.conftest import FakeDoor


@pytest.mark.parametrize(("took", "pause"), [(0.004, 1.0), (0.3, 3.0), (38.0, 10.0)])
def test_the_longer_a_count_takes_the_later_is_the_next_one(
    door: FakeDoor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, took: float, pause: float
) -> None:
    clock = iter([100.0, 100.0 + took])
    monkeypatch.setattr(guest_count, "steady_seconds", lambda: next(clock))
    count = GuestCount(door)
    count.begin(1)
    with qtbot.waitSignal(count.counted) as told:
        count.count()
    assert told.args == [DoorCounts(door.inside, 1312)]
    count.count_soon()
    assert count._soon.interval() == round(1000 * pause)
    count.begin(None)
    assert not count._soon.isActive()
