from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pos_app.documents.previews import page_count, rasterise
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.tickets.papers import Paper


def test_a_page_becomes_pixels_at_the_resolution_asked_for(till: Any) -> None:
    page = rasterise(render_tickets([till.face()], Paper.A4), dpi=100)
    assert (page.width, page.height) == (827, 1170)
    assert len(page.rgb) == 3 * page.width * page.height
    assert page.rgb[:3] == b"\xff\xff\xff"


def test_the_order_of_colours_is_red_green_blue(till: Any) -> None:
    page = rasterise(render_tickets([till.face()], Paper.A4), dpi=100)
    band = 3 * (230 * page.width + 57)
    red, _, blue = page.rgb[band : band + 3]
    assert blue > 150 > red


def test_pages_are_rasterised_from_many_threads(till: Any) -> None:
    pdf = render_tickets([till.face(serial) for serial in range(4)], Paper.ROLL_80)
    alone = [rasterise(pdf, dpi=72, page=page) for page in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda page: rasterise(pdf, dpi=72, page=page % 4), range(16)))
    assert together == alone * 4


@pytest.mark.parametrize("page", [-1, 1])
def test_a_page_that_is_not_there_is_refused(till: Any, page: int) -> None:
    pdf = render_tickets([till.face()], Paper.A4)
    with pytest.raises(ValueError, match="1 pages"):
        rasterise(pdf, dpi=72, page=page)


@pytest.mark.parametrize("dpi", [0, -5, 100_000])
def test_an_absurd_resolution_is_refused(till: Any, dpi: int) -> None:
    with pytest.raises(ValueError, match="dots"):
        rasterise(render_tickets([till.face()], Paper.A4), dpi=dpi)


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.4 broken"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        page_count(data)
