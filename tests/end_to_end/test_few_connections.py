"""The real window at a server: one connection while nobody works, two while somebody sells, and one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from pos_app.db.connection import ways
from pos_app.domain.roles import Role
from pos_app.ui.screens.selling.performances import on_sale
from pos_app.ui.window import heartbeat
from pos_app.workers import housekeeping
from tests.db.faults import root
from tests.kinds import SERVER

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.end_to_end.conftest import Stage
    from tests.houses import OpenHouse

pytestmark = SERVER
WATCHED_MS = 1_500
SOON_SECONDS = 0.3


def _connections(house: OpenHouse) -> int:
    """Return how many connections the server has for this house, but for the one that asks."""
    with root(house) as line, line.cursor() as cursor:
        cursor.execute("SHOW PROCESSLIST")
        return len([row for row in cursor.fetchall() if row[3] == house.database.address.name]) - 1


def test_a_till_has_one_connection_at_rest_and_a_second_one_while_somebody_sells(
    house: OpenHouse, begin: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    # All that goes on by itself comes round several times while it is watched.
    for module, name in ((heartbeat, "BEAT_MS"), (on_sale, "LIST_MS")):
        monkeypatch.setattr(module, name, 200)
    monkeypatch.setattr(housekeeping.HoldExpiry, "__init__", _hasty(housekeeping.HoldExpiry))
    monkeypatch.setattr(ways, "KEPT_AFTER_WRITE_SECONDS", SOON_SECONDS)
    monkeypatch.setattr(ways, "KEPT_AFTER_READ_SECONDS", SOON_SECONDS)
    house.database.close()
    evening = begin(house).evening
    evening.sign_in(Role.CASHIER)
    evening.wait(lambda: evening.sell.live._cursor)
    evening.wait(lambda: _connections(house) == 1)
    _require_all_the_while(house, 1)
    monkeypatch.setattr(ways, "KEPT_AFTER_WRITE_SECONDS", 60.0)
    evening.hold_a_seat()
    _require_all_the_while(house, 2)


def _hasty(expiry: type[housekeeping.HoldExpiry]) -> Callable[..., None]:
    begin = expiry.__init__

    def made(self: housekeeping.HoldExpiry, *args: object, **named: object) -> None:
        begin(self, *args, **{"interval_seconds": 0.2, **named})  # type: ignore[arg-type]  # as it is called

    return made


def _require_all_the_while(house: OpenHouse, count: int) -> None:
    found = set()
    for _ in range(WATCHED_MS // 100):
        QTest.qWait(100)
        found.add(_connections(house))
    assert found == {count}
