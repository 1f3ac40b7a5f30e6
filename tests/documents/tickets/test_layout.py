"""Whatever stands in the database, nothing on a ticket overlaps or leaves its paper."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.seats import Place, SeatKind
from pos_app.domain.tickets.faces import TicketLook
from pos_app.domain.tickets.papers import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("qapp")

MM = 72 / 25.4
MANY_SEGMENTS = 20
"""Rules, cards and badges have fewer; letters drawn as outlines and the QR symbol have more."""


class Ink(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


LONG = ("A very long title that goes on, " * 8)[:200]
LONG_ARABIC = ("كسارة البندق والملك " * 12)[:200]
LONG_CHINESE = ("東京芸術劇場音楽会" * 30)[:200]
UNBROKEN = "W" * 200
MARKS = "Z" + "\u0301\u0323" * 100


def inks(pdf: bytes) -> Iterator[list[Ink]]:
    """Return the boxes of all texts and outlines of each page, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            found = []
            for item in page.get_objects():
                text = item.type == pdfium.FPDF_PAGEOBJ_TEXT
                if text or pdfium.FPDFPath_CountSegments(item.raw) > MANY_SEGMENTS:
                    found.append(Ink(*item.get_bounds()))
            yield found


def overlap(one: Ink, other: Ink) -> bool:
    slack = 0.4
    across = min(one.right, other.right) - max(one.left, other.left)
    along = min(one.top, other.top) - max(one.bottom, other.bottom)
    return across > slack and along > slack


def assert_in_order(pdf: bytes, paper: Paper) -> None:
    for page in inks(pdf):
        assert len(page) > 5
        assert [pair for pair in combinations(page, 2) if overlap(*pair)] == []
        for ink in page:
            assert_in_its_place(ink, paper)


def assert_in_its_place(ink: Ink, paper: Paper) -> None:
    if paper is Paper.ROLL_80:
        assert ink.left >= 3.7 * MM
        assert ink.right <= 76.3 * MM
        assert ink.bottom >= 2 * MM
        return
    if paper is Paper.STOCK:
        column = (0.9 * MM, 35.9 * MM), (36.2 * MM, 108.3 * MM), (111.2 * MM, 138 * MM)
        own = next(one for one in reversed(column) if ink.left >= one[0])
        assert ink.right <= own[1]
        assert 1.6 * MM <= ink.bottom < ink.top <= (50.8 - 1.6) * MM
        return
    column_a4 = (19 * MM, 142 * MM) if ink.left < 146 * MM else (148 * MM, 196 * MM)
    note = ink.top < 182 * MM and paper is Paper.A4
    assert ink.left >= (12 * MM if note else column_a4[0])
    assert ink.right <= (198 * MM if note else column_a4[1])
    if paper is Paper.A4_THREE:
        assert 198 * MM + 4 * MM <= ink.bottom < ink.top <= (297 - 5) * MM
    else:
        assert note or 190.5 * MM <= ink.bottom < ink.top <= 284 * MM


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("words", [LONG, LONG_ARABIC, LONG_CHINESE, UNBROKEN, MARKS, "a" * 100_000])
def test_two_hundred_letters_everywhere_still_make_a_ticket(till: Any, paper: Paper, words: str) -> None:
    face = till.face(
        event_title=words,
        venue_name=words,
        venue_address=words,
        place=Place(words, words, words, SeatKind.RESTRICTED),
        category=words,
        ticket_type=words,
        customer_name=words,
        price_minor=99_999_999,
        currency="AZN",
        order_number=words,
        short_code=words,
        issue_count=65_535,
    )
    assert_in_order(render_tickets([face], paper, look=TicketLook(None, words)), paper)


names = st.text(max_size=60) | st.sampled_from(
    [LONG, LONG_ARABIC, "", "محمد الأحمدي", "דוד לוי 12", "王小明", "G", "18"]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=names,
    venue=names,
    zone=names,
    row=names,
    seat=names,
    name=names,
    line=names,
    kind=st.sampled_from(list(SeatKind)),
)
def test_any_words_stay_apart(
    till: Any, title: str, venue: str, zone: str, row: str, seat: str, name: str, line: str, kind: SeatKind
) -> None:
    face = till.face(event_title=title, venue_name=venue, place=Place(zone, row, seat, kind), customer_name=name)
    for paper in Paper:
        assert_in_order(render_tickets([face], paper, look=TicketLook(None, line)), paper)
