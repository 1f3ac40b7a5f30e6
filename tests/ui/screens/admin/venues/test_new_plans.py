from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.season.performances import PerformanceDraft
from pos_app.domain.season.prices import PriceDraft
from pos_app.domain.seats import MapState, SeatKey
from pos_app.domain.venues.pretix.reader import read_plan
from pos_app.domain.venues.records import VenueDraft
from pos_app.services.season.performances import add_performance
from pos_app.services.season.prices import load_price_grid, save_prices
from pos_app.services.venues.records import save_venue
from pos_app.ui.records.fields.text_fields import TextField
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.venues.plan_stories import hall, seat_ids
from tests.ui.screens.selling.conftest import make_till  # noqa: F401  # a fixture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.ui.screens.admin.venues.conftest import Venues
    from tests.ui.screens.selling.conftest import Till


def on_sale(venues: Venues, plan_id: int) -> int:
    """A performance by a plan, in two days, every place for 10.00."""
    database, small = venues.house.database, venues.house.small
    event_id = database.read(lambda session: session.connection().exec_driver_sql("SELECT id FROM event").scalar_one())
    starts_at = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=2)
    made = database.transact(add_performance, small.manager, PerformanceDraft(event_id, plan_id, starts_at))
    grid = database.read(load_price_grid, small.manager, made.performance_id)
    amounts = {(one.category_id, two.ticket_type_id): 1000 for one in grid.categories for two in grid.ticket_types}
    database.transact(save_prices, small.manager, grid, PriceDraft(amounts, 0, 0))
    return made.performance_id


@SQLITE_FIRST
def test_an_imported_plan_is_looked_at_stored_and_sold_by(
    venues: Venues,
    make_till: Callable[[], Till],  # noqa: F811  # the fixture
) -> None:
    venues.show_plans()
    venues.read(venues.file(hall(), author="somebody", size=None))
    page = venues.section.importing
    assert page.map.drawn is not None
    assert len(page.warnings) == 2
    assert "“author”" in page.warnings[0]
    assert "Small hall" not in venues.stored()
    page.store_button.click()
    venues.settle()
    assert venues.section.currentWidget() is venues.section.plans
    stored = venues.stored()["Small hall"]
    assert stored.places == 89
    performance_id = on_sale(venues, stored.plan_id)
    till = make_till()
    till.open(performance_id)
    seat = SeatKey(performance_id, seat_ids(venues.house, stored.plan_id)["stalls-b-4"])
    till.hold(seat)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.settle()
    till.poll()
    till.wait(lambda: till.state(seat) == MapState.SOLD)


@SQLITE
def test_a_file_that_is_no_plan_is_refused_with_a_sentence_and_nothing_is_kept(venues: Venues) -> None:
    venues.show_plans()
    path = venues.folder / "letter.json"
    path.write_text("Dear all")
    venues.read(str(path))
    page = venues.section.importing
    assert venues.said(page).startswith("This file is no JSON.")
    assert not page.store_button.isEnabled()
    assert page.unsaved() == ()
    venues.read(str(venues.folder / "nowhere.json"))
    assert "“nowhere.json” cannot be read" in venues.said(page)
    page.cancel_button.click()
    assert venues.section.currentWidget() is venues.section.plans


@SQLITE
def test_a_name_that_is_taken_is_refused_beside_its_field_and_the_plan_is_stored_under_another(venues: Venues) -> None:
    venues.show_plans()
    venues.read(venues.file(replace(hall(), name="Stalls only")))
    page = venues.section.importing
    page.store_button.click()
    venues.settle()
    assert "already" in page.form.problem("name")
    page.form.change_values({"name": "Second hall " * 40})
    page.store_button.click()
    venues.settle()
    assert "479 characters, of at most 200" in page.form.problem("name")
    page.form.change_values({"name": "Second hall"})
    page.store_button.click()
    venues.settle()
    assert venues.draft("Second hall") == replace(hall(), name="Second hall")


@SQLITE
def test_a_plan_that_is_not_stored_is_asked_about_and_survives_a_server_that_is_gone(venues: Venues) -> None:
    venues.show_plans()
    venues.read(venues.file(hall()))
    page = venues.section.importing
    assert "Small hall" in venues.office.desk.unsaved()[0]
    venues.office.line.cut = True
    page.store_button.click()
    venues.settle()
    assert "The drawing is still here." in venues.said(page)
    page.ask_to_leave()
    venues.office.sheet().cancel()
    assert page.drawn is not None
    venues.office.line.cut = False
    assert page.banner.press_action()
    venues.settle()
    assert venues.stored()["Small hall"].places == 89
    assert page.unsaved() == ()


@SQLITE_FIRST
def test_a_plan_drawn_by_numbers_is_edited_saved_exported_and_read_back_the_same(
    venues: Venues, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venues.show_plans()
    venues.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    page = venues.section.generator
    page.form.change_values({"name": "Drawn", "rows": 3, "seats": 8, "aisles": "4", "wheelchair": "C1", "curve": 60})
    page.fields.zones.add_button.click()
    page.form.change_values({"zone": "Balcony", "rows": 2, "numbering": "odd_even", "row_names": "numbers"})
    page.form.change_values({"first_row": "7", "category": 1})
    venues.settle()
    page.store_button.click()
    venues.settle()
    drawn = venues.draft("Drawn")
    assert [(zone.name, len(zone.rows)) for zone in drawn.zones] == [("Stalls", 3), ("Balcony", 2)]
    assert [seat.number for seat in drawn.zones[1].rows[0].seats] == ["7", "5", "3", "1", "2", "4", "6", "8"]
    assert drawn.zones[1].rows[0].label == "7"
    assert [seat.kind for seat in drawn.zones[0].rows[2].seats][:3] == ["wheelchair", "companion", "seat"]
    editor = venues.edit(venues.stored()["Drawn"].plan_id)
    venues.click("stalls-a-1", "stalls-a-2", modifier=Qt.KeyboardModifier.ShiftModifier)
    venues.press(Qt.Key.Key_2)
    venues.save_all()
    editor.back_button.click()
    venues.settle()
    path = tmp_path / "out.json"
    monkeypatch.setattr("pos_app.ui.save_file.ask_path", lambda *_asked: str(path))
    venues.section.plans.look.export_button.click()
    venues.settle()
    saved = venues.draft("Drawn")
    assert [seat.category for seat in saved.zones[0].rows[0].seats][:3] == ["B", "B", "A"]
    assert read_plan(path.read_bytes()).draft == saved
    assert read_plan(path.read_bytes()).warnings == ()


@SQLITE
def test_numbers_that_make_no_plan_are_told_beside_their_fields_while_the_map_waits(venues: Venues) -> None:
    venues.show_plans()
    venues.section.plans.draw_button.click()
    venues.settle()
    page = venues.section.generator
    assert page.unsaved() == ()
    assert page.draft() is not None
    page.form.change_values({"wheelchair": "Z9", "more": -2})
    venues.settle()
    assert "no seats" in page.form.problem("more")
    assert not page.store_button.isEnabled()
    page.form.change_values({"more": 0})
    venues.settle()
    assert "“Z9” is no place" in page.form.problem("wheelchair")
    rows = page.form.editor("rows")
    assert isinstance(rows, TextField)
    rows.line.setFocus()
    QTest.keyClicks(rows.line, "x")
    venues.settle()
    assert "whole number" in page.form.problem("rows")
    assert rows.line.hasFocus()
    page.form.change_values({"rows": 4, "wheelchair": "D1"})
    venues.settle()
    assert page.store_button.isEnabled()
    assert page.unsaved() != ()


@SQLITE
def test_two_zones_of_one_name_are_not_drawn_and_said_beside_the_name(venues: Venues) -> None:
    venues.show_plans()
    venues.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    page = venues.section.generator
    page.fields.zones.add_button.click()
    page.form.change_values({"zone": " stalls", "category": 1})
    venues.settle()
    assert "Two zones are called “stalls”" in page.form.problem("zone")
    assert not page.store_button.isEnabled()
    page.fields.zones.box.activated.emit(0)
    venues.settle()
    page.form.change_values({"rows": 4})
    venues.settle()
    assert "Two zones are called “stalls”" in page.form.problem("zone"), "whoever types a name stays with it"
    assert page.fields.zones.box.currentIndex() == 0
    page.fields.zones.add_button.click()
    venues.settle()
    assert page.fields.zones.box.currentIndex() == 1, "the open zone is neither of the two"
    page.form.change_values({"zone": "Balcony"})
    venues.settle()
    assert page.form.problem("zone") == ""
    page.store_button.click()
    venues.settle()
    assert [zone.name for zone in venues.draft("Main plan").zones] == ["Stalls", "Balcony", "Zone 3"]


@SQLITE
def test_a_zone_that_is_added_is_not_called_like_one_that_is_there(venues: Venues) -> None:
    venues.show_plans()
    venues.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    zones = venues.section.generator.fields.zones
    zones.add_button.click()
    zones.add_button.click()
    zones.box.activated.emit(1)
    zones.remove_button.click()
    zones.add_button.click()
    assert [zones.box.itemText(at) for at in range(3)] == ["Stalls", "Zone 3", "Zone 4"]


@SQLITE
def test_a_category_without_seats_is_said_before_a_drawn_plan_is_stored(venues: Venues) -> None:
    venues.show_plans()
    venues.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    page = venues.section.generator
    venues.settle()
    untouched = page.draft()
    assert untouched is not None
    assert page.doubts(untouched) == ()
    page.form.change_values({"categories": "A, B, C"})
    venues.settle()
    page.store_button.click()
    venues.settle()
    sheet = venues.office.sheet()
    assert "A category has no seats: C." in sheet.accessibleDescription()
    sheet.cancel()
    venues.settle()
    assert "Main plan" not in venues.stored()
    assert page.unsaved() != ()
    page.store_button.click()
    venues.office.sheet().yes.click()
    venues.settle()
    assert venues.draft("Main plan").category_names() == ("A", "B", "C")


@SQLITE
def test_a_house_of_sixty_thousand_is_read_without_the_window_waiting(venues: Venues) -> None:
    seats = [
        {"seat_guid": f"{row}-{at}", "seat_number": str(at), "category": "A", "position": {"x": at * 23, "y": 0}}
        for row in range(1)
        for at in range(1, 201)
    ]
    rows = [
        {
            "row_number": str(row),
            "position": {"x": 0, "y": row * 25},
            "seats": [{**seat, "seat_guid": f"{row}-{at}"} for at, seat in enumerate(seats)],
        }
        for row in range(1, 301)
    ]
    zone = {"name": "Arena", "position": {"x": 0, "y": 0}, "rows": rows, "areas": []}
    path = venues.folder / "arena.json"
    path.write_text(
        json.dumps(
            {
                "name": "Arena",
                "zones": [zone],
                "categories": [{"name": "A", "color": "#00f"}],
                "size": {"width": 5000, "height": 8000},
            }
        )
    )
    venues.show_plans()
    venues.section.ask_file = lambda: str(path)  # type: ignore[method-assign]  # what a person would choose
    venues.section.plans.import_button.click()
    page = venues.section.importing
    assert page.map.drawn is None
    assert page.busy.isVisible()
    venues.settle()
    assert page.facts.text() == "60,000 seats, 1 category"
    assert not page.busy.isVisible()


@SQLITE
def test_a_venue_that_was_made_just_now_can_be_given_a_plan(venues: Venues) -> None:
    small = venues.house.small
    made = venues.house.database.transact(
        save_venue, small.manager, None, VenueDraft("Barn", "", "Europe/Berlin", "EUR")
    )
    venues.section._on_plans(made)
    venues.settle()
    venues.read(venues.file(hall()))
    venues.section.importing.store_button.click()
    venues.settle()
    assert venues.section.plans.look._title.text() == "Small hall"
