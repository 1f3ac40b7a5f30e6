"""A manager keeps a waiting list: looks, moves a party up, takes an offer back, opens and closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from pos_app.services.season.performance_records import open_performance
from pos_app.services.waiting.joining import leave
from pos_app.services.waiting.rows import load_waiting
from pos_app.ui import office as ui_office
from pos_app.ui.screens.admin.screen import Section
from pos_app.ui.screens.admin.waiting.panel import WaitingPanel
from pos_app.ui.waiting.queue import ENDED
from tests.waiting import offered, open_waiting, party, refund_seats, sell_out, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.waiting.rows import WaitingRow
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office


class Desk:
    """The panel in a manager's window."""

    def __init__(self, office: Office, letters: list[tuple[int, str]]) -> None:
        self.office = office
        self.house = office.house
        self.letters = letters
        section: Any = office.desk.section("waiting")
        self.panel: Any = section
        small = self.house.small
        section.show_performance(self.house.database.read(open_performance, small.manager, small.performance_id))
        office.settle()

    @property
    def names(self) -> list[str]:
        return [row.entry.customer_name for row in self.panel.table.shown]

    def mark(self, name: str) -> WaitingRow:
        row: WaitingRow = next(one for one in self.panel.table.shown if one.entry.customer_name == name)
        self.panel.table.mark(row.entry.entry_id)
        self.panel._enable()
        return row

    def press(self, key: Qt.Key) -> None:
        self.office.press(key)
        self.office.settle()

    def answer(self, reason: str) -> None:
        sheet = self.office.sheet()
        sheet.reason_field.setText(reason)
        sheet.yes.click()
        self.office.settle()

    @property
    def said(self) -> str:
        message = self.panel.banner.message
        return f"{message.text} {message.advice}".strip()


@pytest.fixture
def open_desk(house: OpenHouse, make_office: Callable[..., Office]) -> Callable[[], Desk]:
    letters: list[tuple[int, str]] = []

    def make() -> Desk:
        def sections(background: Any) -> tuple[Section, ...]:
            services = ui_office.Office(background, house.small.manager)
            show = lambda customer_id, name: letters.append((customer_id, name))  # noqa: E731 - as it is routed
            return (Section("waiting", "Waiting list", "users-three", lambda: WaitingPanel(services, show)),)

        office = make_office(sections)
        office.open("waiting")
        return Desk(office, letters)

    return make


def test_a_performance_without_a_list_says_how_one_comes_to_be_and_a_manager_opens_it(
    house: OpenHouse, open_desk: Callable[[], Desk]
) -> None:
    desk = open_desk()
    assert desk.panel.chip.text() == "Not opened yet"
    desk.press(Qt.Key.Key_F6)
    sheet = desk.office.sheet()
    sheet.minutes.setText("soon")
    sheet.yes.click()
    assert sheet.wrong.text() == "Type whole minutes, from 10 to 10,080."
    sheet.minutes.setText("90")
    assert sheet.told.text() == "An offer stands for 1 hour 30 minutes at the most."
    sheet.yes.click()
    desk.office.settle()
    assert desk.office.sheet() is None
    assert desk.panel.chip.text() == "Open"
    page = house.database.read(load_waiting, house.small.manager, house.small.performance_id)
    assert page.offer_minutes == 90


def test_who_waits_is_moved_up_with_a_reason(house: OpenHouse, open_desk: Callable[[], Desk]) -> None:
    sell_out(house)
    party(house, 2, name="Anna Novak")
    party(house, 3, name="Bela Kun")
    desk = open_desk()
    assert desk.names == ["Anna Novak", "Bela Kun"]
    desk.mark("Bela Kun")
    desk.press(Qt.Key.Key_F8)
    desk.answer("")
    assert desk.office.sheet() is not None
    desk.answer("Needs a wheelchair place")
    desk.office.settle()
    assert desk.names == ["Bela Kun", "Anna Novak"]
    assert desk.said == "Bela Kun is the next one."
    assert desk.panel.table.shown[0].entry.moved_reason == "Needs a wheelchair place"


def test_why_somebody_was_passed_over_is_a_sentence(house: OpenHouse, open_desk: Callable[[], Desk]) -> None:
    sales = sell_out(house)
    party(house, 5, name="Anna Novak")
    party(house, 2, name="Bela Kun")
    refund_seats(house, sales[0], house.small.seats_of(1, (1, 2)))
    desk = open_desk()
    row = desk.mark("Anna Novak")
    assert desk.panel.remark.text() == "Only 2 places were free where this party wants to sit, and it needs 5."
    remark = next(one for one in desk.panel.table._records.columns if one.key == "remark")
    assert remark.text(row) == "Only 2 places were free where this party wants to sit, and it needs 5."


def test_an_offer_is_taken_back_and_goes_to_who_waits_next(house: OpenHouse, open_desk: Callable[[], Desk]) -> None:
    sales = sell_out(house)
    anna = party(house, 2, name="Anna Novak")
    bela = party(house, 2, name="Bela Kun")
    refund_seats(house, sales[0], house.small.seats_of(1, (1, 2)))
    desk = open_desk()
    desk.mark("Anna Novak")
    desk.press(Qt.Key.Key_F9)
    desk.answer("They do not come")
    assert (state_of(house, anna), len(offered(house, bela))) == ("closed", 2)
    assert desk.names == ["Bela Kun"]


def test_a_party_that_somebody_else_took_off_is_told_and_nothing_else_happens(
    house: OpenHouse, open_desk: Callable[[], Desk]
) -> None:
    sell_out(house)
    anna = party(house, 2, name="Anna Novak")
    party(house, 3, name="Bela Kun")
    desk = open_desk()
    bela = desk.mark("Bela Kun").entry
    house.database.transact(leave, house.small.cashier, "elsewhere", bela.entry_id, bela.revision)
    desk.press(Qt.Key.Key_F8)
    desk.answer("Mistake of the house")
    assert desk.said.startswith("This party is not as it was shown")
    assert desk.names == ["Anna Novak"]
    assert state_of(house, anna) == "waiting"


def test_a_list_is_closed_once_it_is_told_how_many_letters_go_out(
    house: OpenHouse, open_desk: Callable[[], Desk]
) -> None:
    sell_out(house)
    anna = party(house, 2, name="Anna Novak")
    party(house, 3, name="Bela Kun")
    desk = open_desk()
    desk.press(Qt.Key.Key_F6)
    words = [label.text() for label in desk.office.sheet().findChildren(type(desk.panel.summary))]
    told = next(one for one in words if "wait no more" in one)
    assert "2 parties wait no more. 0 letters go out. 2 have no e-mail address and are to be called." in told
    desk.answer("No more seats are expected")
    assert desk.panel.chip.text() == "Closed"
    assert state_of(house, anna) == "closed"
    desk.panel.filter.choose(ENDED)
    desk.panel._on_filter(ENDED)
    desk.office.settle()
    assert sorted(desk.names) == ["Anna Novak", "Bela Kun"]


def test_a_silent_server_is_told_in_the_sheet_and_what_was_typed_stays(
    house: OpenHouse, open_desk: Callable[[], Desk]
) -> None:
    open_waiting(house)
    desk = open_desk()
    desk.press(Qt.Key.Key_F6)
    desk.office.line.cut = True
    desk.answer("Enough parties wait")
    sheet = desk.office.sheet()
    assert "cannot be reached" in sheet._wrong.text()
    assert sheet.reason_field.text() == "Enough parties wait"
    desk.office.line.cut = False
    sheet.yes.click()
    desk.office.settle()
    assert desk.panel.chip.text() == "Closed"


def test_a_search_that_fits_nobody_says_so(house: OpenHouse, open_desk: Callable[[], Desk]) -> None:
    sell_out(house)
    party(house, 2, name="Søren Kjær")
    desk = open_desk()
    desk.panel.search.setText("soren")
    desk.panel.search._on_pause()
    assert desk.names == ["Søren Kjær"]
    desk.panel.search.setText("nobody")
    desk.panel.search._on_pause()
    assert desk.panel._pages.currentWidget() is desk.panel.empty


def test_a_key_leads_to_the_letters_of_a_party(house: OpenHouse, open_desk: Callable[[], Desk]) -> None:
    sell_out(house)
    entry = party(house, 2, name="Anna Novak")
    desk = open_desk()
    desk.mark("Anna Novak")
    desk.panel.search.setFocus()
    desk.office.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert desk.letters == [(entry.customer_id, "Anna Novak")]
