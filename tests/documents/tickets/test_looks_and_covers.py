from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pos_app.catalogues import PSEUDO
from pos_app.demo.logo import demo_logo
from pos_app.documents.previews import page_count, rasterise
from pos_app.documents.setting.logo import prepare_logo
from pos_app.documents.tickets.captions import captions_in
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.errors import InvalidInput
from pos_app.domain.seats import Place, SeatKind
from pos_app.domain.tickets.faces import TicketLook
from pos_app.domain.tickets.group_cover import cover_of
from pos_app.domain.tickets.papers import PAPERS, Paper, paper_by_name
from tests.pages import page_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pos_app.domain.tickets.faces import TicketFace

every_paper = pytest.mark.parametrize("paper", list(Paper))
thermal = pytest.mark.parametrize("paper", [Paper.ROLL_80, Paper.STOCK])

LINE = "No re-entry after the interval"
_OF_THE_HOUSE = (
    "Foyer Playhouse 12 Harbour Street",
    "The Nutcracker",
    "Amina Əliyeva",
    "Saturday, 28 November",
    "Stalls",
    "Adult",
    "Category A",
)


def words_of(pdf: bytes, page: int = 0) -> str:
    return " ".join(page_text(pdf, page=page).split())


def pixels(pdf: bytes, dpi: int = 203) -> NDArray[np.uint8]:
    page = rasterise(pdf, dpi=dpi)
    return np.frombuffer(page.rgb, dtype=np.uint8).reshape(page.height, page.width, 3)


def png(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def badge(colour: str, size: tuple[int, int] = (400, 200)) -> bytes:
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((20, 20, size[0] - 20, size[1] - 20), fill=colour)
    return png(picture)


def group(till: Any, tickets: int, **changes: Any) -> list[TicketFace]:
    return [
        till.face(
            serial,
            place=Place("Stalls", "FG"[serial % 2], str(serial)),
            ticket_type="Child" if serial % 4 == 0 else "Adult",
            customer_name="Harbour School",
            **changes,
        )
        for serial in range(1, tickets + 1)
    ]


def test_every_paper_of_the_settings_is_known_and_the_other_way_round() -> None:
    assert {paper_by_name(name) for name in PAPERS} == set(Paper)
    assert len(PAPERS) == len(Paper)
    with pytest.raises(ValueError, match="a5"):
        paper_by_name("a5")


@every_paper
def test_the_line_of_the_house_stands_on_each_ticket_and_only_when_there_is_one(till: Any, paper: Paper) -> None:
    assert LINE in words_of(render_tickets([till.face()], paper, look=TicketLook(None, LINE)))
    assert LINE not in words_of(render_tickets([till.face()], paper))


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A4_THREE])
def test_the_logo_keeps_its_colour_on_a4(till: Any, paper: Paper) -> None:
    def green(look: TicketLook) -> int:
        ink = pixels(render_tickets([till.face()], paper, look=look)).astype(int)
        return int(((ink[..., 1] > 100) & (ink[..., 0] < 60) & (ink[..., 2] < 60)).sum())

    assert green(TicketLook()) == 0
    assert green(TicketLook(prepare_logo(badge("#00a000")))) > 5000


@thermal
@pytest.mark.parametrize("colour", ["#00a000", "#3b4cca", "#d02020", "#000000"])
def test_a_flat_logo_is_solid_black_in_whole_dots_on_thermal_paper(till: Any, paper: Paper, colour: str) -> None:
    look = TicketLook(prepare_logo(badge(colour)))
    bare = render_tickets([till.face(venue_name="", venue_address="", event_title="A")], paper)
    ink = pixels(render_tickets([till.face(venue_name="", venue_address="", event_title="A")], paper, look=look))
    box = black_block(ink[..., 0])
    assert black_block(pixels(bare)[..., 0]).size < box.size / 2
    assert box.shape[1] == pytest.approx(2.25 * box.shape[0], rel=0.05)
    assert ((box < 20) | (box > 235)).mean() > 0.999


def black_block(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the part of the upper third with runs of black 60 dots long: the logo, and no letter is so wide."""
    upper = ink[: ink.shape[0] // 3, :]
    if upper.shape[1] > 700:
        upper = upper[:, 300:870]
    runs = np.lib.stride_tricks.sliding_window_view(upper, 60, axis=1).max(axis=2) < 128
    rows, columns = np.flatnonzero(runs.any(axis=1)), np.flatnonzero(runs.any(axis=0))
    if not rows.size:
        return upper[:0, :0]
    return upper[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 60]


def test_a_photograph_is_dithered_on_thermal_paper_and_a_drawing_is_not(till: Any) -> None:
    slope = np.tile(np.linspace(0, 255, 300, dtype=np.uint8), (150, 1))
    photo = prepare_logo(png(Image.fromarray(slope)))
    face = till.face(venue_name="", venue_address="", event_title="A")
    ink = pixels(render_tickets([face], Paper.ROLL_80, look=TicketLook(photo)))[40:130, 40:300, 0]
    assert ((ink < 30) | (ink > 225)).mean() > 0.99
    shares = [(ink[:, start : start + 40] < 128).mean() for start in (20, 70, 120)]
    assert shares == sorted(shares, reverse=True)
    assert 0.2 < shares[1] < 0.8


def test_a_logo_is_made_anew_small_and_without_its_margin() -> None:
    kept = prepare_logo(badge("#123456", (3000, 2000)))
    with Image.open(BytesIO(kept)) as picture:
        assert picture.mode == "RGB"
        assert picture.width <= 900
        assert picture.height <= 360
        assert picture.getpixel((0, 0)) == (0x12, 0x34, 0x56)
    assert prepare_logo(kept) == kept


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"GIF89a",
        demo_logo()[:200],
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"x" * 2_000_001,
        badge("#ffffff"),
        png(Image.new("1", (6001, 2))),
    ],
    ids=["empty", "gif", "cut off", "zeros", "huge", "white on nothing", "wide"],
)
def test_what_is_no_usable_logo_is_refused_in_words(broken: bytes) -> None:
    with pytest.raises(InvalidInput, match="logo"):
        prepare_logo(broken)


@every_paper
def test_a_complimentary_ticket_shows_no_price_but_a_price_of_nothing_is_shown(till: Any, paper: Paper) -> None:
    given = words_of(render_tickets([till.face(price_minor=0, complimentary=True)], paper))
    child = words_of(render_tickets([till.face(price_minor=0, ticket_type="Child")], paper))
    assert "€" not in given
    assert "PRICE" not in given.upper()
    assert "€0.00" in child


def test_three_tickets_share_a_page_and_the_last_page_has_the_rest(till: Any) -> None:
    faces = [till.face(serial, short_code=f"ABCDEFGH{letter * 2}") for serial, letter in enumerate("KMNPQ", 1)]
    pdf = render_tickets(faces, Paper.A4_THREE)
    assert page_count(pdf) == 2
    assert [words_of(pdf, page).count("One entry") for page in (0, 1)] == [3, 2]
    assert "ABCD-EFGH-QQ" in words_of(pdf, 1)


@pytest.mark.parametrize(("tickets", "cuts"), [(1, 1), (2, 2), (3, 2)])
def test_cut_lines_stand_at_the_thirds_below_each_ticket(till: Any, tickets: int, cuts: int) -> None:
    pdf = render_tickets([till.face(serial) for serial in range(tickets)], Paper.A4_THREE)
    edge = pixels(pdf, 72)[:, :12].min(axis=(1, 2))
    lines = np.flatnonzero(edge < 230)
    found = sorted({round(line / 72 * 25.4 / 99) for line in lines})
    assert found == list(range(1, cuts + 1))
    assert all(abs(line / 72 * 25.4 % 99 - 0) < 0.6 or abs(line / 72 * 25.4 % 99 - 99) < 0.6 for line in lines)


@every_paper
def test_a_group_has_a_cover_before_its_tickets(till: Any, paper: Paper) -> None:
    faces = group(till, 12)
    pdf = render_tickets(faces, paper, cover=cover_of(faces, 54_321))
    words = words_of(pdf)
    for fact in (
        "K7PM-3WQX",
        "Harbour School",
        "The Nutcracker",
        "Saturday, 28 November 2026",
        "12",
        "9 Adult · 3 Child",
        "€543.21",
        "Stalls",
        "1, 3, 5, 7, 9, 11",
        "2, 4, 6, 8, 10, 12",
    ):
        assert fact in words, fact
    assert "GROUP ORDER" in words.upper()
    assert "One entry" not in words
    on_a_page = 3 if paper is Paper.A4_THREE else 1
    assert page_count(pdf) == 1 + 12 // on_a_page
    assert "One entry" in words_of(pdf, 1)


@every_paper
def test_a_group_of_complimentary_tickets_has_no_total(till: Any, paper: Paper) -> None:
    faces = group(till, 10, complimentary=True, price_minor=0)
    words = words_of(render_tickets(faces, paper, cover=cover_of(faces, 0)))
    assert "€" not in words
    assert "TOTAL" not in words.upper()


def test_a_long_list_of_places_goes_on_over_pages_and_loses_no_row(till: Any) -> None:
    faces = [till.face(n, place=Place(f"Zone {n // 10}", f"R{n}", str(n))) for n in range(1, 121)]
    pdf = render_tickets(faces, Paper.A4, cover=cover_of(faces, 1))
    covers = [page for page in range(page_count(pdf)) if "One entry" not in words_of(pdf, page)]
    assert covers == list(range(len(covers)))
    assert len(covers) > 2
    listed = " ".join(words_of(pdf, page) for page in covers).split()
    assert all(f"R{n}" in listed for n in range(1, 121))
    assert f"2 / {len(covers)}" in words_of(pdf, 1)


@thermal
def test_on_thermal_paper_rows_are_left_out_whole_and_counted(till: Any, paper: Paper) -> None:
    faces = [till.face(n, place=Place("Stalls", f"R{n % 40}", str(100 + n))) for n in range(200)]
    words = words_of(render_tickets(faces, paper, cover=cover_of(faces, 1)))
    shown = [row for row in range(40) if f"R{row} " in words]
    assert f"+ {40 - len(shown)} more rows" in words
    assert len(shown) >= 8
    assert all(", ".join(str(100 + n) for n in range(row, 200, 40)) in words for row in shown)


@every_paper
@pytest.mark.parametrize("words", ["W" * 200, "كسارة البندق والملك " * 10, ""])
def test_a_cover_takes_any_words(till: Any, paper: Paper, words: str, qapp: object) -> None:
    place = Place(words, words, words)
    faces = [till.face(n, place=place, customer_name=words, event_title=words, venue_name=words) for n in range(10)]
    look = TicketLook(prepare_logo(demo_logo()), words)
    assert page_count(render_tickets(faces, paper, look=look, cover=cover_of(faces, 99))) > 4


@every_paper
def test_every_fixed_word_is_said_in_the_language_of_the_house(till: Any, paper: Paper) -> None:
    """In the pseudo-language each text of the catalogue stands in brackets; what is left is of the house."""
    kinds = (SeatKind.WHEELCHAIR, SeatKind.COMPANION, SeatKind.RESTRICTED, SeatKind.SEAT)
    faces = [
        till.face(n, place=Place("Stalls", f"R{n % 40}", str(100 + n), kinds[n % 4]), issue_count=2) for n in range(80)
    ]
    pdf = render_tickets(faces, paper, locale=PSEUDO, cover=cover_of(faces, 80 * 5200))
    ours = {part for word in _OF_THE_HOUSE for part in word.split()}
    for page in range(page_count(pdf)):
        words = words_of(pdf, page)
        assert "[" in words
        left = re.sub(r"\[[^\]…]*[\]…]", " ", words).split()
        assert [word for word in left if word.isalpha() and word not in ours] == []


def test_one_row_that_is_left_out_is_counted_as_one() -> None:
    assert captions_in("en_GB").more_rows(1) == "+ 1 more row"
    assert captions_in("en-GB").more_rows(2) == "+ 2 more rows"
