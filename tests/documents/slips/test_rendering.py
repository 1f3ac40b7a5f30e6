"""The slip of a reservation: what it says, and that a scanner reads the number of the order from it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
import zxingcpp

from pos_app.catalogues import PSEUDO
from pos_app.documents.previews import page_count, rasterise
from pos_app.documents.slips.rendering import render_slip
from pos_app.domain.orders.slips import SlipFace
from pos_app.domain.seats import Place
from pos_app.domain.tickets.faces import TicketLook
from pos_app.domain.tickets.group_cover import cover_of
from pos_app.domain.tickets.papers import Paper
from tests.pages import page_text

PAPERS = (Paper.A4, Paper.ROLL_80, Paper.STOCK)


def slip(till: Any, seats: int = 4, **changes: Any) -> SlipFace:
    faces = [till.face(at, place=Place("Stalls centre", "G", str(at)), **changes) for at in range(1, seats + 1)]
    return SlipFace(cover_of(faces, 5200 * seats), datetime(2026, 11, 28, 14, 15, tzinfo=UTC), "Asia/Baku")


@pytest.mark.parametrize("paper", PAPERS)
def test_a_slip_says_for_whom_until_when_and_that_it_is_not_paid(till: Any, paper: Paper) -> None:
    words = " ".join(page_text(render_slip(slip(till), paper, look=TicketLook(line="See you soon"))).split())
    for told in ("Amina Əliyeva", "K7PM-3WQX", "€208.00", "18:15", "Not paid", "The Nutcracker", "1\N{EN DASH}4"):
        assert told in words, told
    assert "reservation" in words.casefold()
    assert "One entry" not in words


@pytest.mark.parametrize("paper", PAPERS)
def test_a_scanner_reads_the_number_of_the_order(till: Any, paper: Paper) -> None:
    page = rasterise(render_slip(slip(till), paper), dpi=203)
    picture = np.frombuffer(page.rgb, dtype=np.uint8).reshape(page.height, page.width, 3)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["K7PM3WQX"]


@pytest.mark.parametrize("paper", PAPERS)
def test_any_name_is_set_and_all_words_follow_the_language(till: Any, paper: Paper, qapp: object) -> None:
    pdf = render_slip(slip(till, customer_name="ნინო 王小明 محمد", event_title="Ω" * 300), paper, locale=PSEUDO)
    assert page_count(pdf) == 1
    assert "Kept until" not in page_text(pdf)


def test_many_rows_take_more_pages_on_a4(till: Any) -> None:
    faces = [till.face(at, place=Place("Stalls", f"R{at}", "1")) for at in range(60)]
    face = SlipFace(cover_of(faces, 0), datetime(2026, 11, 28, 14, 15, tzinfo=UTC), "Asia/Baku")
    assert page_count(render_slip(face, Paper.A4)) > 1
