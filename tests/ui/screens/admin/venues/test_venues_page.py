from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.venues.records import VenueDraft
from pos_app.services.venues.records import list_venues, save_venue
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.venues.plan_stories import hall
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from pos_app.domain.venues.records import VenueRecord
    from tests.ui.screens.admin.venues.conftest import Venues

# What is suggested folds out in a window of its own.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def stored(venues: Venues) -> dict[str, VenueRecord]:
    return {one.name: one for one in venues.house.database.read(list_venues, venues.house.small.manager)}


@SQLITE_FIRST
def test_a_manager_makes_a_venue_puts_it_away_and_takes_it_back(venues: Venues) -> None:
    page = venues.section.venues
    venues.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.form.values()["time_zone"] == "Europe/Berlin"
    venues.office.fill(page, name="Open air", address="By the lake", time_zone="america/new york", currency="usd")
    venues.office.save(page)
    made = stored(venues)["Open air"]
    assert (made.address, made.time_zone, made.currency) == ("By the lake", "America/New_York", "USD")
    page.editor.archive_button.click()
    venues.settle()
    assert stored(venues)["Open air"].archived
    assert page.banner.press_action()
    venues.settle()
    assert not stored(venues)["Open air"].archived


@SQLITE
def test_a_time_zone_is_found_by_its_city(venues: Venues) -> None:
    line = venues.section.venues._zones.line
    line.clear()
    QTest.keyClicks(line, "vienn")
    completer = line.completer()
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Europe/Vienna"


@SQLITE
def test_a_city_that_is_typed_and_not_picked_is_its_time_zone(venues: Venues) -> None:
    page = venues.section.venues
    page.open_record(page.list.table.records[0])
    venues.office.fill(page, time_zone="berlin", address="By the lake")
    venues.office.save(page)
    assert venues.office.sheet() is None, "it is the zone of before, so no clock shows another time"
    venues.office.fill(page, time_zone="vienna")
    venues.office.save(page)
    venues.office.sheet().yes.click()
    venues.settle()
    (record,) = stored(venues).values()
    assert (record.time_zone, record.address) == ("Europe/Vienna", "By the lake")


@SQLITE
def test_what_cannot_be_is_refused_beside_its_field(venues: Venues) -> None:
    page, small = venues.section.venues, venues.house.small
    page.start_new()
    venues.office.fill(page, name="The Little House", time_zone="", currency="")
    venues.office.save(page)
    assert page.form.problem("time_zone").startswith("Choose a time zone.")
    assert page.form.problem("currency").startswith("Choose a currency.")
    venues.office.fill(page, name="The Little House", time_zone="Europe/Atlantis", currency="XXQ")
    venues.office.save(page)
    assert "already" in page.form.problem("name")
    assert "no time zone" in page.form.problem("time_zone")
    assert "no currency" in page.form.problem("currency")
    page.discard()
    venues.house.database.transact(sell_seats, small, small.seats_of(1, [1]))
    page.open_record(page.list.table.records[0])
    venues.office.fill(page, currency="CHF")
    venues.office.save(page)
    assert "sold here in EUR" in page.form.problem("currency")
    page.editor.archive_button.click()
    venues.office.sheet().discard.click()
    venues.settle()
    assert "still to come" in venues.said(page)


@SQLITE
def test_two_managers_at_one_venue_choose_what_holds(venues: Venues) -> None:
    page, small = venues.section.venues, venues.house.small
    page.open_record(page.list.table.records[0])
    venues.office.fill(page, name="Mine")
    theirs = VenueDraft("Theirs", "2 High Street", "Europe/Berlin", "EUR")
    venues.house.database.transact(save_venue, small.elsewhere(small.manager), page.record, theirs)
    venues.office.save(page)
    venues.office.sheet().yes.click()
    venues.settle()
    assert stored(venues)["Mine"].address == "2 High Street"


@SQLITE
def test_a_venue_without_plans_says_what_to_do_first(venues: Venues) -> None:
    small = venues.house.small
    venues.house.database.transact(save_venue, small.manager, None, VenueDraft("Barn", "", "Europe/Berlin", "EUR"))
    venues.section.venues.refresh()
    venues.settle()
    venues.show_plans()
    assert venues.section.plans.venue is not None
    assert venues.section.plans.venue.name == "Barn"
    assert "no seating plan yet" in venues.section.plans.list.empty._title.text()
    assert venues.section.plans.list.search.hasFocus()


@SQLITE
def test_a_plan_is_renamed_put_away_and_taken_back(venues: Venues) -> None:
    venues.add(hall())
    venues.show_plans()
    page = venues.section.plans
    page.look.rename_button.click()
    sheet = venues.office.sheet()
    QTest.keyClicks(sheet.field.line, "Stalls only")
    sheet.yes.click()
    venues.settle()
    assert "already" in sheet.form.problem("name")
    sheet.field.line.setText("Great hall")
    sheet.yes.click()
    venues.settle()
    assert "Great hall" in venues.stored()
    page.look.archive_button.click()
    venues.settle()
    assert venues.stored()["Great hall"].archived
    assert page.list.views.current == "archived"
    assert page.banner.press_action()
    venues.settle()
    assert not venues.stored()["Great hall"].archived
    assert page.list.views.current == "current"


@SQLITE
def test_a_plan_with_performances_to_come_is_not_put_away(venues: Venues) -> None:
    venues.show_plans()
    venues.section.plans.look.archive_button.click()
    venues.settle()
    assert "performances to come stand on “Stalls only”" in venues.said(venues.section.plans)
