from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from pos_app.db.models import Order
from pos_app.doctor import judge_database
from pos_app.domain.local_times import wall_time
from pos_app.services.season.performance_records import load_performance_record
from pos_app.ui.screens.admin.takeover.page import TakeoverPage
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet
from tests.kinds import SQLITE
from tests.services.stories import seat_row, sold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office

HEAD = "performance,zone,row,seat,name,e-mail,price,old code,status\n"


@pytest.fixture
def office(open_section: Callable[..., Office]) -> Office:
    return open_section("takeover", TakeoverPage)


def table(house: OpenHouse, folder: Path, *lines: str) -> str:
    evening = house.database.read(load_performance_record, house.small.performance_id)
    when = f"{wall_time(evening.starts_at, evening.time_zone).wall:%Y-%m-%d %H:%M}"
    path = folder / "season 2026.csv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines).replace("WHEN", when), "utf-8")
    return str(path)


def orders(house: OpenHouse) -> int:
    return house.database.read(lambda s: s.scalar(select(func.count()).select_from(Order))) or 0


def press_take(office: Office, page: Any) -> None:
    page.take_button.click()
    sheet = office.sheet()
    assert isinstance(sheet, ConfirmSheet)
    sheet.yes.click()
    office.settle()


def test_a_table_is_shown_before_it_is_taken_over(office: Office, house: OpenHouse, tmp_path: Path) -> None:
    page = office.open("takeover")
    page.open_file(
        table(
            house, tmp_path,
            "WHEN,Stalls,A,1,Anna Berg,anna@example.org,40.00,OLD-1,",
            "WHEN,Stalls,A,2,Anna Berg,anna@example.org,40.00,OLD-2,",
            "WHEN,Stalls,C,1,Cleo Day,cleo at home,,,reserved",
        )
    )  # fmt: skip
    office.settle()
    assert page.take_button.isEnabled()
    assert page.take_button.text() == "Take 3 seats over"
    assert page.summary.text().splitlines() == [
        "Sold: 2 seats in 1 order, paid elsewhere: €80.00.",
        "Reserved: 1 seat in 1 reservation, to be paid: €40.00.",
        "Customers: 1 are new, 0 are here already.",
    ]
    assert [one[1].line for one in page.problems.table.records] == [4]
    assert orders(house) == 0
    press_take(office, page)
    assert orders(house) == 2
    assert seat_row(house, house.small.seat(1, 1)).state == "sold"
    assert seat_row(house, house.small.seat(3, 1)).claim_kind == "reservation"
    assert page.banner.message.text == "Taken over: 2 seats in 1 order, and 1 seat in 1 reservation."
    assert page.banner.message.advice == "1 customer was made."
    assert house.database.read(judge_database) == ()


@SQLITE
def test_a_performance_that_is_called_otherwise_is_chosen_from_those_that_there_are(
    office: Office, house: OpenHouse, tmp_path: Path
) -> None:
    page = office.open("takeover")
    page.open_file(table(house, tmp_path, "Premiere,Stalls,A,1,Anna,,40,,"))
    office.settle()
    assert not page.take_button.isEnabled()
    assert "1 line cannot" in page.summary.text()
    choice = page.performances.choice
    choice.setCurrentIndex(choice.findData(house.small.gala_id))
    choice.activated.emit(choice.currentIndex())
    office.settle()
    assert page.take_button.isEnabled()
    press_take(office, page)
    assert seat_row(house, house.small.seat(1, 1, house.small.gala_id)).state == "sold"


@SQLITE
def test_lines_in_the_way_are_listed_and_a_better_table_takes_their_place(
    office: Office, house: OpenHouse, tmp_path: Path
) -> None:
    page = office.open("takeover")
    page.open_file(table(house, tmp_path, "WHEN,Stalls,A,1,,,40,,", "WHEN,Stalls,Z,9,,,40,,", "WHEN,Stalls,A,3,,,x,,"))
    office.settle()
    assert [one[1].line for one in page.problems.table.records] == [3, 4]
    page.open_file(table(house, tmp_path, "WHEN,Stalls,A,1,,,40,,"))
    office.settle()
    assert page.problems.table.records == ()
    assert page.take_button.isEnabled()


@SQLITE
def test_what_is_no_table_is_said_and_the_page_stays(office: Office, house: OpenHouse, tmp_path: Path) -> None:
    page = office.open("takeover")
    bad = tmp_path / "photo.png"
    bad.write_bytes(b"\x89PNG\x00\x01")
    for path in (bad, tmp_path / "gone.csv"):
        page.open_file(table(house, tmp_path, "WHEN,Stalls,A,1,,,40,,"))
        office.settle()
        assert not page.empty.isVisible()
        page.open_file(str(path))
        office.settle()
        assert page.banner.message.text.startswith(f"{path.name}: ")
        assert page.empty.isVisible()


@SQLITE
def test_a_performance_that_was_found_by_its_date_only_is_pointed_out(
    office: Office, house: OpenHouse, tmp_path: Path
) -> None:
    page = office.open("takeover")
    page.open_file(table(house, tmp_path, "Nope WHEN,Stalls,A,1,,,40,,", "WHEN,Stalls,A,2,,,40,,"))
    office.settle()
    assert page.take_button.isEnabled()
    assert "1 performance was found by its date only" in page.summary.text()
    doubtful = next(one for one in page.performances.table.records if one.by_date_only)
    assert doubtful.name.startswith("Nope")
    assert page.performances._meaning(doubtful).startswith("by its date only: The Cherry Orchard")
    page.performances.table.mark(doubtful.name)
    page.performances.choice.activated.emit(page.performances.choice.currentIndex())
    office.settle()
    assert "by its date only" not in page.summary.text()


def test_a_server_that_is_gone_takes_nothing_and_the_same_press_does_it_later(
    office: Office, house: OpenHouse, tmp_path: Path
) -> None:
    page = office.open("takeover")
    page.open_file(table(house, tmp_path, "WHEN,Stalls,A,1,Anna,,40,OLD-1,"))
    office.settle()
    office.line.cut = True
    press_take(office, page)
    assert "cannot be reached" in page.banner.message.text
    assert page.take_button.isVisible()
    office.line.cut = False
    press_take(office, page)
    assert orders(house) == 1


def test_a_seat_sold_meanwhile_is_said_and_shown_anew(office: Office, house: OpenHouse, tmp_path: Path) -> None:
    page = office.open("takeover")
    page.open_file(table(house, tmp_path, "WHEN,Stalls,A,1,Anna,,40,OLD-1,"))
    office.settle()
    sold(house, house.small.seats_of(1, (1,)))
    press_take(office, page)
    assert "cannot be taken over" in page.banner.message.text
    assert [one[1].line for one in page.problems.table.records] == [2]
    assert not page.take_button.isEnabled()
