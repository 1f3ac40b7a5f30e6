from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.ui.screens.admin.events.page import PERFORMANCES, EventsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.ui.screens.admin.events.performances.page import PerformanceRecordsPage
    from tests.ui.screens.admin.conftest import Office


@pytest.fixture
def office(open_section: Callable[..., Office]) -> Office:
    return open_section("events", EventsPage)


@pytest.fixture
def section(office: Office) -> EventsPage:
    page: EventsPage = office.open("events")
    return page


@pytest.fixture
def page(office: Office, section: EventsPage) -> PerformanceRecordsPage:
    """Give the performances of all events, read."""
    section.open_part(PERFORMANCES)
    office.settle()
    office.wait(lambda: section.performances.list.table.shown)
    return section.performances
