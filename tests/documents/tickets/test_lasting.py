"""Tickets of what lasts for days say from when to when, on every paper and in every width of words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.tickets.group_cover import cover_of
from pos_app.domain.tickets.papers import Paper
from tests.pages import page_text

every_paper = pytest.mark.parametrize("paper", list(Paper))
FAIR = {
    "starts_at": datetime(2026, 9, 30, 6, tzinfo=UTC),
    "doors_at": datetime(2026, 9, 30, 5, 30, tzinfo=UTC),
    "ends_at": datetime(2026, 10, 12, 14, tzinfo=UTC),
}
"""Ten in the morning to six in the afternoon, in Baku."""


def words_of(pdf: bytes, page: int = 0) -> str:
    return " ".join(page_text(pdf, page=page).split())


@every_paper
def test_from_and_to_stand_on_the_ticket_and_on_the_cover_of_a_group(till: Any, paper: Paper) -> None:
    faces = [till.face(number, **FAIR) for number in range(1, 4)]
    pdf = render_tickets(faces, paper, cover=cover_of(faces, 15600))
    for page in (0, 1):
        words = words_of(pdf, page)
        assert "From Wed, 30 Sept 2026, 10:00 to Mon, 12 Oct 2026, 18:00" in words, page
        assert "09:30" in words
        assert "starts" not in words.casefold()
        assert "\N{HORIZONTAL ELLIPSIS}" not in words


@every_paper
@pytest.mark.parametrize("locale", ["de_DE", "hu_HU", "pt_BR", "en_US", "he_IL", "ja_JP", "az_AZ"])
def test_nothing_of_the_dates_is_cut_in_any_language(till: Any, paper: Paper, locale: str) -> None:
    faces = [till.face(1, **FAIR, event_title="Faust"), till.face(2, **{**FAIR, "doors_at": None}, event_title="Faust")]
    pdf = render_tickets(faces, paper, locale=locale)
    pages = [words_of(pdf, page) for page in range(1 if paper is Paper.A4_THREE else 2)]
    assert not any("\N{HORIZONTAL ELLIPSIS}" in words for words in pages)


@every_paper
def test_an_evening_with_an_end_bears_its_beginning_alone(till: Any, paper: Paper) -> None:
    evening, ending = till.face(), till.face(ends_at=datetime(2026, 11, 28, 18, tzinfo=UTC))
    assert render_tickets([evening], paper) == render_tickets([ending], paper)
