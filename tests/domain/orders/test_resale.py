"""What the house keeps of a ticket that is resold, and what is told of it."""

from __future__ import annotations

import pytest

from pos_app.domain.orders.resale import ResaleDone, ResaleLine, ResalePreview, commission_of
from pos_app.domain.seats import Place


@pytest.mark.parametrize(
    ("brought", "percent", "kept"),
    [(4000, 10, 400), (1005, 10, 101), (1004, 10, 100), (0, 10, 0), (4000, 0, 0), (4000, 100, 4000), (4000, 130, 4000)],
)
def test_the_commission_is_rounded_half_up_and_never_more_than_was_paid(brought: int, percent: int, kept: int) -> None:
    assert commission_of(brought, percent) == kept


def test_what_is_told_before_names_what_goes_back_and_what_is_kept() -> None:
    lines = tuple(ResaleLine(at, Place("Stalls", "G", str(at)), 4000, 400) for at in (1, 2))

    told = str(ResalePreview(3, lines, "EUR", 10).sentence)

    assert "all 2 seats" in told
    assert "72.00 EUR will be given back; 8.00 EUR is kept" in told
    assert "the tickets are valid" in told


def test_what_was_done_names_the_places() -> None:
    places = Place("Stalls", "G", "1"), Place("Stalls", "G", "2")

    assert str(ResaleDone("A", 1, places, is_on=True).sentence).startswith(
        "On resale: Stalls, row G, seats 1\N{EN DASH}2."
    )
    assert "Not on resale any more" in str(ResaleDone("A", 1, places, is_on=False).sentence)
