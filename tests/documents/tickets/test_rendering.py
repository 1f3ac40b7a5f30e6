from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import zxingcpp
from babel.core import UnknownLocaleError

from pos_app.demo.logo import demo_logo
from pos_app.documents.previews import RasterPage, page_count, rasterise
from pos_app.documents.setting.logo import prepare_logo
from pos_app.documents.ticket_codes import verify_ticket
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.seats import Place, SeatKind
from pos_app.domain.tickets.faces import TicketLook
from pos_app.domain.tickets.group_cover import cover_of
from pos_app.domain.tickets.papers import Paper
from tests.pages import page_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

every_paper = pytest.mark.parametrize("paper", list(Paper))


def pixels(page: RasterPage) -> NDArray[np.uint8]:
    return np.frombuffer(page.rgb, dtype=np.uint8).reshape(page.height, page.width, 3)


def read_code(page: RasterPage) -> zxingcpp.Barcode:
    found = zxingcpp.read_barcodes(pixels(page))
    assert len(found) == 1
    return found[0]


def read_codes(page: RasterPage) -> list[str]:
    """Return all codes of a page from the top down."""
    found = zxingcpp.read_barcodes(pixels(page))
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]


def words_of(pdf: bytes, page: int = 0) -> str:
    return " ".join(page_text(pdf, page=page).split())


@every_paper
@pytest.mark.parametrize("dpi", [203, 300])
def test_the_code_is_read_from_the_printed_page_and_verifies(till: Any, paper: Paper, dpi: int) -> None:
    pdf = render_tickets([till.face(serial) for serial in range(1, 6)], paper)
    codes = [code for page in range(page_count(pdf)) for code in read_codes(rasterise(pdf, dpi=dpi, page=page))]
    assert [verify_ticket(code, till.public_keys) for code in codes] == [till.claim(serial) for serial in range(1, 6)]


@pytest.mark.parametrize(
    ("paper", "least"), [(Paper.A4, 30.0), (Paper.A4_THREE, 30.0), (Paper.ROLL_80, 25.0), (Paper.STOCK, 25.0)]
)
def test_the_symbol_is_large_enough_and_has_its_quiet_zone(till: Any, paper: Paper, least: float) -> None:
    page = rasterise(render_tickets([till.face()], paper), dpi=600)
    corners = read_code(page).position
    side = corners.top_right.x - corners.top_left.x
    assert side / 600 * 25.4 >= least
    module = side / 37
    grey = pixels(page).min(axis=2)
    left, right = int(corners.top_left.x - 3.8 * module), int(corners.top_right.x + 3.8 * module)
    top, bottom = int(corners.top_left.y - 3.8 * module), int(corners.bottom_left.y + 3.8 * module)
    rim = int(3.3 * module)
    around = grey[top:bottom, left:right].copy()
    around[rim:-rim, rim:-rim] = 255
    assert around.min() == 255


@pytest.mark.parametrize("paper", [Paper.ROLL_80, Paper.STOCK])
def test_on_thermal_paper_every_module_is_whole_dots(till: Any, paper: Paper) -> None:
    page = rasterise(render_tickets([till.face()], paper), dpi=203)
    corners = read_code(page).position
    left, top = round(corners.top_left.x), round(corners.top_left.y)
    symbol = pixels(page)[top + 1 : top + 37 * 6 - 1, left + 1 : left + 37 * 6 - 1, 0]
    grey = (symbol > 24) & (symbol < 231)
    assert grey.mean() < 0.001


def test_the_roll_is_eighty_millimetres_wide_and_as_long_as_its_words(till: Any) -> None:
    short = rasterise(render_tickets([till.face(customer_name="")], Paper.ROLL_80), dpi=203)
    long = rasterise(render_tickets([till.face(event_title="A long title of many words " * 3)], Paper.ROLL_80), dpi=203)
    assert short.width == long.width == 640
    assert short.height < long.height < 2 * short.height


@every_paper
def test_the_facts_stand_on_the_ticket(till: Any, paper: Paper) -> None:
    words = words_of(render_tickets([till.face()], paper))
    for fact in (
        "The Nutcracker",
        "Foyer Playhouse",
        "12 Harbour Street",
        "Saturday, 28 November 2026",
        "19:30",
        "18:45",
        "Stalls centre",
        "Adult · Category A",
        "€52.00",
        "K7PM-3WQX",
        "ABCD-EFGH-JK",
        "Amina Əliyeva",
        "ROW SEAT G 18",
    ):
        assert fact in words.replace("ROW G SEAT 18", "ROW SEAT G 18"), fact
    assert "Reprint" not in words


@every_paper
def test_a_reprint_says_which_it_is(till: Any, paper: Paper) -> None:
    assert "Reprint 2" in words_of(render_tickets([till.face(issue_count=2)], paper))


@every_paper
def test_general_admission_has_no_empty_captions(till: Any, paper: Paper) -> None:
    face = till.face(place=Place("Standing", "", ""), doors_at=None, customer_name="")
    words = words_of(render_tickets([face], paper)).upper()
    assert "STANDING" in words
    for caption in ("ROW", "SEAT", "DOORS", "NAME"):
        assert caption not in words.replace("AT THE DOOR", "").split()


@every_paper
def test_a_wheelchair_place_is_named(till: Any, paper: Paper) -> None:
    face = till.face(place=Place("Stalls", "W", "3", SeatKind.WHEELCHAIR))
    assert "Wheelchair place" in words_of(render_tickets([face], paper))


def test_the_two_times_of_a_doubled_hour_are_told_apart(till: Any) -> None:
    faces = [
        till.face(starts_at=datetime(2026, 10, 25, hour, 30, tzinfo=UTC), doors_at=None, time_zone="Europe/Berlin")
        for hour in (0, 1)
    ]
    pdf = render_tickets(faces, Paper.A4)
    assert "02:30 CEST" in words_of(pdf, 0)
    assert "02:30 CET" in words_of(pdf, 1)


def test_a_time_in_the_hour_that_a_clock_change_skips_is_the_one_after_it(till: Any) -> None:
    face = till.face(starts_at=datetime(2027, 3, 28, 1, 30, tzinfo=UTC), time_zone="Europe/Berlin", doors_at=None)
    words = words_of(render_tickets([face], Paper.A4))
    assert "03:30" in words
    assert "Sunday, 28 March 2027" in words


def test_dates_and_money_follow_the_locale(till: Any) -> None:
    words = words_of(render_tickets([till.face(price_minor=123_456)], Paper.A4, locale="de-DE"))
    assert "Samstag, 28. November 2026" in words
    assert "1.234,56 €" in words


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (5200, "JPY", "5,200"),
        (5200, "KWD", "5.200"),
        (0, "EUR", "€0.00"),
        (123_456, "CHF", "CHF 1,234.56"),
        (1, "HUF", "0.01"),
    ],
)
def test_money_has_the_digits_of_its_currency(till: Any, minor: int, currency: str, written: str) -> None:
    words = words_of(render_tickets([till.face(price_minor=minor, currency=currency)], Paper.A4))
    assert written in words


def test_an_unknown_locale_is_refused(till: Any) -> None:
    with pytest.raises(UnknownLocaleError):
        render_tickets([till.face()], Paper.A4, locale="xx_YY")


def test_each_ticket_is_a_page_in_the_order_given(till: Any) -> None:
    faces = [till.face(serial, short_code=f"ABCDEFGH{letter * 2}") for serial, letter in enumerate("KMN", 1)]
    pdf = render_tickets(faces, Paper.ROLL_80)
    assert page_count(pdf) == 3
    assert [f"ABCD-EFGH-{letter * 2}" in words_of(pdf, page) for page, letter in enumerate("KMN")] == [True] * 3


def test_no_ticket_is_no_document() -> None:
    with pytest.raises(ValueError, match="no ticket"):
        render_tickets([], Paper.A4)


@pytest.mark.parametrize("code", ["", "12a4", "9" * 203])
def test_what_is_no_ticket_code_is_not_printed(till: Any, code: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        render_tickets([till.face(code=code)], Paper.A4)


@every_paper
def test_a_hundred_tickets_take_about_ten_milliseconds_each_at_most(till: Any, paper: Paper) -> None:
    faces = [till.face(serial, customer_name=f"Guest {serial}") for serial in range(100)]
    look = TicketLook(prepare_logo(demo_logo()), "No re-entry after the interval")
    started = time.process_time()
    pdf = render_tickets(faces, paper, look=look, cover=cover_of(faces, 1))
    each = (time.process_time() - started) / len(faces) * 1000
    print(f"{paper.value}: {each:.1f} ms and {len(pdf) / len(faces) / 1000:.1f} kB a ticket")  # noqa: T201 - a measurement
    assert each < 20
