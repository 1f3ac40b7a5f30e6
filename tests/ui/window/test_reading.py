"""A server that has not answered, or cannot: no screen says that there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say
from pos_app.ui.background import Background, Reply
from pos_app.ui.screens.admin.events.page import EventsPage
from pos_app.ui.screens.admin.venues.section import VenuesSection
from pos_app.ui.screens.door.screen import DoorScreen
from pos_app.ui.widgets.empty_state import EmptyState
from tests.evening import start_evening
from tests.everywhere import open_screen, settle
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = [SQLITE, pytest.mark.usefixtures("themed")]

_NOTHING: Final = (
    "no performance",
    "no event",
    "no orders",
    "nothing to sell",
    "nothing is",
    "nothing has",
    "no longer",
    "there is no",
    "there are no",
    "has no",
    "nobody",
    "none here",
    "nothing matches",
    "not used",
)


class Silent:
    """A server that lets every question wait until it is told what to say to them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[Reply[Any]] = []
        monkeypatch.setattr(Background, "read", lambda _self, owner, *_args, **_kwargs: self._ask(owner))
        monkeypatch.setattr(Background, "poll", lambda _self, owner, *_args, **_kwargs: self._ask(owner))
        monkeypatch.setattr(Background, "read_latest", lambda _self, owner, *_args, **_kwargs: self._ask(owner))

    def _ask(self, owner: Any) -> Reply[Any]:
        self.asked.append(Reply(owner, "read"))
        return self.asked[-1]

    def fail(self) -> None:
        """Give up: nobody answered."""
        asked, self.asked = self.asked, []
        for reply in asked:
            if reply.wanted and reply._on_error is not None:
                reply._on_error(ServerUnreachable(say("The server cannot be reached.")))


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


@pytest.fixture
def silent(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> Silent:
    settle(evening)
    return Silent(monkeypatch)


def _claims(page: QWidget) -> list[str]:
    """Return what a page says in the place of what it would show."""
    said: list[str] = []
    for empty in page.findChildren(EmptyState):
        if empty.isVisible():
            said += [label.text() for label in empty.findChildren(QLabel) if label.isVisible()]
    if isinstance(page, DoorScreen):
        words = page.side.last_scans._when_empty
        said += [page.panel.accessibleName(), words, page.notice.text()]
    return [words for words in said if words]


def _screens(evening: Evening) -> Iterator[tuple[str, QWidget]]:
    evening.sign_in(Role.MANAGER)
    for key in ("sell", "orders", "customers", "door"):
        yield key, open_screen(evening, key)
    open_screen(evening, "manage")
    desk = evening.workplace.manage
    assert desk is not None
    for key in desk.keys:
        desk.open_section(key)
        settle(evening)
        section = desk.section(key)
        yield key, section
        if isinstance(section, EventsPage):
            section.open_part("performances")
            yield "performances", section.performances
            section.performances.show_event(1)
            yield "performances of one event", section.performances
        elif isinstance(section, VenuesSection):
            section._show(section.plans)
            section.plans.show_venue(_VENUE)
            yield "plans", section.plans


class _Venue:
    venue_id = 1
    name = "Main House"


_VENUE: Any = _Venue()


@pytest.mark.parametrize("gives_up", [False, True], ids=["waiting", "failed"])
def test_no_screen_says_that_nothing_is_there_before_it_is_known(
    evening: Evening, silent: Silent, *, gives_up: bool
) -> None:
    told: dict[str, list[str]] = {}
    for name, page in _screens(evening):
        if gives_up:
            silent.fail()
        said = _claims(page)
        told[name] = said
        wrong = [words for words in said if any(one in words.casefold() for one in _NOTHING)]
        assert not wrong, f"{name}: {wrong}"
    wanted = "cannot be reached" if gives_up else "eading"
    for name in (
        "sell",
        "orders",
        "door",
        "events",
        "venues",
        "plans",
        "promo_codes",
        "staff",
        "tills",
        "performances",
    ):
        assert any(wanted in words for words in told[name]), f"{name}: {told[name]}"


def test_the_search_of_a_list_that_is_not_read_says_nothing_either(evening: Evening, silent: Silent) -> None:
    evening.sign_in(Role.MANAGER)
    sell = evening.sell
    assert silent.asked
    sell.performances.search.setText("hamlet")
    sell.performances._refresh()
    assert _claims(sell)[0] == "Reading…"


def test_the_door_asks_again_until_it_knows_the_performances(evening: Evening, silent: Silent) -> None:
    evening.sign_in(Role.MANAGER)
    door = open_screen(evening, "door")
    assert isinstance(door, DoorScreen)
    silent.fail()
    assert "cannot be reached" in door.panel.accessibleName()
    door.numbers.read()
    assert any(reply.wanted for reply in silent.asked)
