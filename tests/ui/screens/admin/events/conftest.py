from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.ui.screens.admin.events.bound_services import BoundEvents, BoundPerformances
from pos_app.ui.screens.admin.events.page import PERFORMANCES, EventsPage
from pos_app.ui.screens.admin.screen import Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.ui.screens.admin.events.performance_page import PerformanceRecordsPage
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office


@pytest.fixture
def office(make_office: Callable[..., Office], house: OpenHouse) -> Office:
    manager = house.small.manager
    return make_office(
        lambda background: (
            Section(
                "events",
                "Events",
                "calendar-blank",
                lambda: EventsPage(BoundEvents(background, manager), BoundPerformances(background, manager)),
            ),
        )
    )


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
