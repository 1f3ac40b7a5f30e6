from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.season.ticket_types import TicketTypeDraft
from pos_app.services.season.offers import load_offer
from pos_app.services.season.ticket_types import list_ticket_types, save_ticket_type
from pos_app.ui.screens.admin.ticket_types.page import TicketTypesPage
from tests.kinds import SQLITE_FIRST

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.screens.admin.conftest import Office


@pytest.fixture
def office(open_section: Callable[..., Office]) -> Office:
    return open_section("types", TicketTypesPage)


def names(office: Office, *, archived: bool = False) -> list[str]:
    found = office.house.database.read(list_ticket_types, office.house.small.manager)
    return [one.name for one in found if one.archived is archived]


@SQLITE_FIRST
def test_a_manager_makes_a_ticket_type_and_puts_another_away_and_takes_it_back(office: Office) -> None:
    page = office.open("types")
    office.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    office.fill(page, name="Senior", letter="s")
    office.save(page)
    assert names(office)[-1] == "Senior"
    assert (page.record.letter, page.record.sort) == ("S", 13)
    page.open_record(next(one for one in page.list.table.records if one.name == "Child"))
    page.editor.archive_button.click()
    office.settle()
    assert names(office, archived=True) == ["Child"]
    offer = office.house.database.read(load_offer, office.house.small.performance_id)
    assert "Child" not in [one.name for one in offer.ticket_types]
    assert page.banner.press_action()
    office.settle()
    assert names(office, archived=True) == []


@SQLITE_FIRST
def test_a_letter_that_is_taken_is_refused_beside_its_field(office: Office) -> None:
    page = office.open("types")
    page.start_new()
    office.fill(page, name="Adult", letter="CH")
    office.save(page)
    assert "already" in page.form.problem("name")
    assert page.form.problem("letter") == "“Child” has this letter."
    assert len(names(office)) == 4


@SQLITE_FIRST
def test_the_second_manager_chooses_between_two_names(office: Office) -> None:
    page = office.open("types")
    page.open_record(page.list.table.records[1])
    office.house.database.transact(
        save_ticket_type, office.house.small.manager, page.record, TicketTypeDraft("Youth", "Ch", sort=1)
    )
    office.fill(page, name="Under 18")
    office.save(page)
    office.sheet().all_mine.click()
    office.sheet().yes.click()
    office.settle()
    assert "Under 18" in names(office)
