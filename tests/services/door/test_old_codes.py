"""Codes from another house, scanned by what changes case and dashes, or typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from pos_app.db.models import OutsideCode
from pos_app.domain.codes import fold_old_code
from pos_app.domain.door.check_in import Reason, Verdict
from tests.services.door.gate import verdict
from tests.services.stories import sold

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.services.door.gate import Door

ADMITTED = Verdict.ADMITTED, Reason.NONE
INVALID = Verdict.REFUSED, Reason.INVALID
UNKNOWN = Verdict.REFUSED, Reason.UNKNOWN
OTHER_EVENING = Verdict.REFUSED, Reason.WRONG_PERFORMANCE


@pytest.fixture
def had(door: Door) -> Callable[..., str]:
    """Let a new ticket of the evening, or of another performance, have had a code; returns its place."""

    def make(code: str, performance_id: int = 0) -> str:
        small = door.house.small
        performance_id = performance_id or small.performance_id
        made.append(code)
        row, seat = divmod(len(made), 10)
        ticket = sold(door.house, [small.seat(row + 2, seat + 1, performance_id)]).ticket_ids[0]
        values = {"ticket_id": ticket, "performance_id": performance_id, "code_key": code}
        known = insert(OutsideCode).values(folded_key=fold_old_code(code), **values)
        door.house.database.transact(lambda session: session.execute(known))
        return f"Stalls, row {'ABCDE'[row + 1]}, seat {seat + 1}"

    made: list[str] = []
    return make


TYPED = (
    "AbC-12 x",
    "ABC-12 X",
    "abc12x",
    "aBc_12 X",
    " abc\N{NON-BREAKING HYPHEN}12\N{NO-BREAK SPACE}x ",
    "abc\N{MINUS SIGN}12x",
    "\N{FULLWIDTH LATIN CAPITAL LETTER A}BC12X",
)


@pytest.mark.parametrize("typed", TYPED)
def test_a_code_is_known_without_its_case_spaces_and_dashes(door: Door, had: Callable[..., str], typed: str) -> None:
    place = had("AbC-12 x")
    result = door.scan(typed)
    assert verdict(result) == ADMITTED
    assert result.place is not None
    assert result.place.spoken() == place


def test_the_dotted_and_the_dotless_i_are_one_letter(door: Door, had: Callable[..., str]) -> None:
    had("B\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}LET-I1")
    assert verdict(door.scan("bilet-\N{LATIN SMALL LETTER DOTLESS I}1")) == ADMITTED


def test_letter_by_letter_comes_first(door: Door, had: Callable[..., str]) -> None:
    places = [had("ab-12"), had("AB-12"), had("AB12")]
    told = [door.scan(code) for code in ("ab-12", "AB-12", "AB12")]
    assert [verdict(one) for one in told] == [ADMITTED] * 3
    assert [one.place.spoken() for one in told if one.place] == places


def test_of_several_that_are_alike_none_is_taken_and_they_are_named(door: Door, had: Callable[..., str]) -> None:
    had("ab-12")
    had("AB-12")
    result = door.scan("Ab12")
    assert verdict(result) == UNKNOWN
    assert result.headline == "This code is like those of several tickets: ab-12; AB-12."
    assert result.advice == "Look the guest up by name."
    assert door.inside() == 0


def test_the_codes_of_this_performance_come_before_those_of_others(door: Door, had: Callable[..., str]) -> None:
    gala = door.house.small.gala_id
    had("ab-12", gala)
    assert verdict(door.scan("AB12")) == OTHER_EVENING
    had("aB12")
    assert verdict(door.scan("AB12")) == ADMITTED
    # Letter by letter it is the other evening's all the same.
    assert verdict(door.scan("ab-12")) == OTHER_EVENING


def test_of_several_that_are_alike_elsewhere_none_is_named_as_the_right_one(
    door: Door, had: Callable[..., str]
) -> None:
    small = door.house.small
    had("ab-12", small.gala_id)
    had("AB 12", small.gala_id)
    assert verdict(door.scan("ab12")) == UNKNOWN


def test_what_only_dashes_are_left_of_is_like_nothing(door: Door, had: Callable[..., str]) -> None:
    had("--")
    assert verdict(door.scan("- -")) == INVALID
    assert verdict(door.scan("--")) == ADMITTED


def test_an_old_code_of_ten_letters_is_not_lost_among_the_short_codes(door: Door, had: Callable[..., str]) -> None:
    had("ABCDE-FGHJK")
    assert verdict(door.scan("abcdefghjk")) == ADMITTED
    assert verdict(door.scan("ABCDEFGHJJ")) == UNKNOWN
