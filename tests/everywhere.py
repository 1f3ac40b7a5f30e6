"""Every screen that a manager has, opened one after the other in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from tests.evening import Evening

SCREENS = ("sell", "orders", "customers", "letters", "door", "manage")


def settle(evening: Evening) -> None:
    """Wait until every answer is here."""
    evening.wait(lambda: not evening.foyer.background._replies)


def walk_everywhere(evening: Evening) -> Iterator[tuple[str, QWidget]]:
    """Sign in as a manager and open screen after screen, page after page; yields each by name while it is shown."""
    evening.sign_in(Role.MANAGER)
    for key in SCREENS[:-1]:
        yield key, open_screen(evening, key)
    open_screen(evening, SCREENS[-1])
    desk = evening.workplace.manage
    assert desk is not None
    for key in desk.keys:
        desk.open_section(key)
        settle(evening)
        yield from _pages_of(evening, key, desk.section(key))


def open_screen(evening: Evening, key: str) -> QWidget:
    evening.window.show_screen(key)
    settle(evening)
    return evening.window._screens[key].widget


def _pages_of(evening: Evening, key: str, section: QWidget) -> Iterator[tuple[str, QWidget]]:
    from pos_app.ui.screens.admin.events.page import EventsPage
    from pos_app.ui.screens.admin.venues.section import VenuesSection

    if isinstance(section, EventsPage):
        yield key, section.events
        section.open_part("performances")
        settle(evening)
        yield "performances", section.performances
        for at in range(2):
            section._show_panel(at, section.performances.list.table.records[0])
            settle(evening)
            yield f"panel {at}", section.panels.panel(at)
        section.panels.go_back()
    elif isinstance(section, VenuesSection):
        for at in range(section.count()):
            section.setCurrentIndex(at)
            settle(evening)
            page = section.currentWidget()
            assert page is not None
            yield f"{key} {at}", page
        section.setCurrentWidget(section.venues)
    else:
        yield key, section
