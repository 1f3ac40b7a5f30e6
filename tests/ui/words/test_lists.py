"""Texts in one: what is empty leaves no trace, and each language has its own signs between them."""

from __future__ import annotations

import pytest

from pos_app.catalogues import PSEUDO
from pos_app.ui.words.language import speak
from pos_app.ui.words.lists import either, following, labelled, listed, side_by_side

pytestmark = pytest.mark.usefixtures("qapp")


def test_what_is_empty_leaves_no_trace() -> None:
    assert listed(("Stalls", "", "Gallery", "Balcony")) == "Stalls, Gallery, Balcony"
    assert listed(("", "")) == ""
    assert side_by_side("", "Row G", "Seat 18") == "Row G · Seat 18"
    assert following("Nothing was sold.", "", "Give the money back.") == "Nothing was sold. Give the money back."


def test_one_of_several_is_told_from_all_of_them() -> None:
    assert either(("PNG",)) == "PNG"
    assert either(("PNG", "JPEG")) == "PNG or JPEG"


def test_braces_of_a_name_stay() -> None:
    assert listed(("{0}", "{x}", "}")) == "{0}, {x}, }"
    assert labelled("{", "}") == "{: }"


def test_the_signs_between_them_are_of_the_language() -> None:
    speak(PSEUDO)
    try:
        assert listed(("Stalls", "Gallery")).startswith("[Stalls, Gallery")
        assert labelled("Seats", "2").startswith("[Seats: 2")
    finally:
        speak("")
