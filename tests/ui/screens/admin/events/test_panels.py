from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.domain.season.performances import PerformanceRecord
from pos_app.ui import office as ui_office
from pos_app.ui.screens.admin.events.page import PERFORMANCES, EventsPage
from pos_app.ui.screens.admin.events.panel_page import Panel
from pos_app.ui.screens.admin.screen import Section
from tests.kinds import SQLITE
from tests.services.stories import sold

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office


class Note(QLabel):
    """A panel in which something can be left unsaved."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[PerformanceRecord] = []
        self.read_again = 0
        self.kept: tuple[str, ...] = ()
        self.waiting: list[Callable[[], object]] = []

    def show_performance(self, record: PerformanceRecord) -> None:
        self.shown.append(record)

    def refresh(self) -> None:
        self.read_again += 1

    def unsaved(self) -> tuple[str, ...]:
        return self.kept

    def leave(self, go_on: Callable[[], object]) -> None:
        if self.kept:
            self.waiting.append(go_on)
        else:
            go_on()


@pytest.fixture
def office(make_office: Callable[..., Office], house: OpenHouse) -> Office:
    manager = house.small.manager
    panels = (Panel("Prices", Note), Panel("Seats", Note, follows_a_cancellation=True))

    def make(background: Any) -> tuple[Section, ...]:
        services = ui_office.Office(background, manager)
        return (
            Section("events", "Events", "ticket", lambda: EventsPage(services, panels)),
            Section("types", "Ticket types", "tag", QWidget),
        )

    return make_office(make)


@SQLITE
def test_panels_are_opened_for_the_performance_in_the_form_and_left_when_they_are_settled(office: Office) -> None:
    section: EventsPage = office.open("events")
    section.open_part(PERFORMANCES)
    office.settle()
    page = section.performances
    assert all(button.isHidden() for button in section.panel_buttons)
    page.open_record(page.list.table.shown[0])
    office.settle()
    assert [button.text() for button in section.panel_buttons] == ["Prices", "Seats"]
    section.panel_buttons[1].click()
    office.settle()
    note: Note = section.panels.panel(1)
    assert note.isVisible()
    assert isinstance(note.shown[-1], PerformanceRecord)
    assert note.shown[-1].capacity == 50
    note.kept = ("Seats that are not saved",)
    assert section.unsaved() == note.kept
    section.panels.choice._buttons["0"].click()
    assert note.isVisible()
    assert section.panels.choice.current == "1"
    note.kept = ()
    note.waiting[-1]()
    other: Note = section.panels.panel(0)
    assert other.isVisible()
    assert other.shown[-1].performance_id == note.shown[-1].performance_id
    office.press(Qt.Key.Key_Escape)
    assert section.part == PERFORMANCES


@SQLITE
def test_a_panel_is_read_again_when_a_person_comes_back_from_another_section(office: Office) -> None:
    section: EventsPage = office.open("events")
    section.open_part(PERFORMANCES)
    office.settle()
    section.performances.open_record(section.performances.list.table.shown[0])
    office.settle()
    section.panel_buttons[0].click()
    office.settle()
    note: Note = section.panels.panel(0)
    assert note.isVisible()
    assert note.read_again == 0
    office.open("types")
    office.open("events")
    assert note.isVisible()
    assert note.read_again == 1


@SQLITE
def test_the_orders_of_a_performance_are_offered_once_it_is_cancelled(office: Office, house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1, 2)))
    section: EventsPage = office.open("events")
    section.open_part(PERFORMANCES)
    office.settle()
    page = section.performances
    page.open_record(page.list.table.record(house.small.performance_id))
    office.settle()
    page.cancel_button.click()
    office.settle()
    sheet = office.sheet()
    sheet.reason_field.setText("The tenor is ill")
    sheet.yes.click()
    office.settle()
    assert page.banner.message.advice == "1 order waits to be settled."
    page.banner.press_action()
    office.settle()
    orders = section.panels.panel(1)
    assert orders.isVisible()
    assert [one.performance_id for one in orders.shown] == [house.small.performance_id]
    section.show_orders_of(house.small.gala_id)
    office.settle()
    assert orders.shown[-1].performance_id == house.small.gala_id


@SQLITE
def test_a_sold_performance_on_another_date_offers_what_becomes_of_its_orders(office: Office, house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1, 2)))
    section: EventsPage = office.open("events")
    section.open_part(PERFORMANCES)
    office.settle()
    page = section.performances
    page.open_record(page.list.table.record(house.small.performance_id))
    office.settle()
    before = page.record.starts_at
    page.fields.starts.date.setDate(page.fields.starts.date.date().addDays(3))
    office.save(page)
    office.sheet().yes.click()
    office.settle()
    assert page.record.starts_at.date() != before.date()
    assert page.banner.message.advice.startswith("2 tickets were sold for the date before.")
    on_undo = page.banner.message.on_undo
    page.banner.press_action()
    office.settle()
    assert section.panels.panel(1).shown[-1].performance_id == house.small.performance_id
    assert on_undo is not None
    on_undo()
    office.settle()
    assert page.record.starts_at.date() == before.date()
