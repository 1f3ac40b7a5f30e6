"""Who leaves a screen takes its questions along: what the server is asked while nobody looks."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from pos_app.domain.roles import Role
from pos_app.ui.screens.admin.events.page import PERFORMANCES, EventsPage
from pos_app.ui.screens.selling.map import seat_requests
from pos_app.ui.screens.selling.performances import on_sale
from pos_app.ui.seat_map import live_map
from tests.kinds import SERVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.end_to_end.conftest import Stage
    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = SERVER
POLL_MS = 30
WATCHED_MS = 500
POLLS = ("load_changes", "load_questions", "list_performances")


class Asked:
    """Counts the services that workers run; the expiry of holds goes on for the house's sake."""

    def __init__(self, house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
        self._counts: Counter[str] = Counter()
        for name in ("read", "transact"):
            monkeypatch.setattr(house.database, name, self._counted(getattr(house.database, name)))

    def _counted(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def count(service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
            if threading.current_thread().name != "expiry":
                self._counts[service.__name__] += 1
            return run(service, *args, **kwargs)

        return count

    @contextmanager
    def meanwhile(self) -> Iterator[Counter[str]]:
        """Count in here."""
        self._counts.clear()
        yield self._counts


@pytest.fixture
def asked(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> Asked:
    for module, name in ((live_map, "POLL_MS"), (seat_requests, "POLL_MS"), (on_sale, "LIST_MS")):
        monkeypatch.setattr(module, name, POLL_MS)
    return Asked(house, monkeypatch)


@pytest.fixture
def evening(house: OpenHouse, asked: Asked, begin: Callable[..., Stage]) -> Evening:
    begun = begin(house).evening
    begun.sign_in(Role.MANAGER)
    begun.wait(lambda: begun.sell.live._cursor)
    return begun


def _watch(evening: Evening, asked: Asked) -> Counter[str]:
    """Let what is under way end, then count for a while."""
    evening.wait(lambda: not evening.foyer.background._replies)
    with asked.meanwhile() as found:
        QTest.qWait(WATCHED_MS)
        return found.copy()


def _require_quiet(found: Counter[str]) -> None:
    """The heart may beat on, because the connection is shown; nothing else."""
    beats = found.pop("load_standing", 0)
    assert beats <= 2
    assert not found, f"asked though nobody looks: {dict(found)}"


def test_an_open_sell_screen_asks_all_the_time(evening: Evening, asked: Asked) -> None:
    """The test of the tests below: what they must not find is found here."""
    with asked.meanwhile() as found:
        evening.wait(lambda: all(found[poll] > 3 for poll in POLLS))


def test_a_timer_that_is_left_running_is_found(evening: Evening, asked: Asked) -> None:
    evening.window.show_screen("orders")
    evening.sell.live.set_running(True)
    with pytest.raises(AssertionError, match="nobody looks"):
        _require_quiet(_watch(evening, asked))


@pytest.mark.parametrize("other", ["orders", "door"])
def test_another_screen_ends_the_polling(evening: Evening, asked: Asked, other: str) -> None:
    evening.window.show_screen(other)
    _require_quiet(_watch(evening, asked))
    evening.window.show_screen("sell")
    with asked.meanwhile() as found:
        evening.wait(lambda: all(found[poll] for poll in POLLS))


def test_the_door_asks_for_its_numbers_only_while_it_is_shown(evening: Evening, asked: Asked) -> None:
    door = evening.workplace.door
    assert door is not None
    door.numbers._refresh.setInterval(POLL_MS)
    evening.window.show_screen("door")
    with asked.meanwhile() as found:
        evening.wait(lambda: found["count_guests"] > 3)
    evening.window.show_screen("orders")
    _require_quiet(_watch(evening, asked))


def test_a_managers_map_asks_only_while_it_is_shown(evening: Evening, asked: Asked) -> None:
    manage = evening.workplace.manage
    assert manage is not None
    evening.window.show_screen("manage")
    manage.open_section("events")
    events = manage.section("events")
    assert isinstance(events, EventsPage)
    evening.wait(lambda: events.events.list.table.records)
    events.open_part(PERFORMANCES)
    evening.wait(lambda: events.performances.list.table.records)
    events.performances.open_record(events.performances.list.table.records[0])
    next(one for one in events.panel_buttons if one.text() == "Kept seats").click()
    with asked.meanwhile() as found:
        evening.wait(lambda: found["load_changes"] > 3)
    manage.open_section("staff")
    _require_quiet(_watch(evening, asked))
    manage.open_section("events")
    with asked.meanwhile() as found:
        evening.wait(lambda: found["load_changes"] > 3)
    evening.window.show_screen("orders")
    _require_quiet(_watch(evening, asked))


def test_the_lock_ends_the_polling_and_a_basket_is_kept(evening: Evening, asked: Asked) -> None:
    evening.hold_a_seat()
    evening.window.lock()
    _require_quiet(_watch(evening, asked))
    assert len(evening.sell.hold.basket.lines) == 1


def test_after_signing_out_nothing_is_asked_and_no_timer_of_the_screens_is_left(evening: Evening, asked: Asked) -> None:
    workplace = evening.workplace
    gone: list[bool] = []
    for screen_of in (workplace, workplace.sell, workplace.orders, workplace.door):
        assert screen_of is not None
        screen_of.destroyed.connect(lambda: gone.append(True))
    evening.window.lock()
    evening.window.lock_screen.somebody_else_asked.emit()
    found = _watch(evening, asked)
    assert not found, f"asked though nobody is signed in: {dict(found)}"
    assert len(gone) == 4
    assert [one for one in evening.window.findChildren(QTimer) if one.isActive() and one.interval() < 1000] == []


def test_a_closed_window_asks_nothing(evening: Evening, asked: Asked) -> None:
    evening.window.close()
    found = _watch(evening, asked)
    _require_quiet(found)
