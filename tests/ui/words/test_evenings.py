from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from babel.localedata import locale_identifiers

from pos_app.domain.season.evenings import Evening
from pos_app.domain.sentences import Moment, say
from pos_app.ui.words.evenings import (
    shown_dated_when,
    shown_day_when,
    shown_end,
    shown_from_to,
    shown_full_when,
    shown_weekday_when,
    shown_when,
    shown_whole_when,
)
from pos_app.ui.words.sentences import spoken
from pos_app.ui.words.ui_locale import choose_locale

if TYPE_CHECKING:
    from collections.abc import Iterator

PARIS = "Europe/Paris"
ALL = (shown_when, shown_dated_when, shown_whole_when, shown_weekday_when, shown_day_when, shown_full_when)


@pytest.fixture(autouse=True)
def _choose() -> Iterator[None]:
    choose_locale("en_GB")
    yield
    choose_locale("")


def evening(begins: datetime, ends: datetime | None) -> Evening:
    return Evening(begins.replace(tzinfo=UTC), ends and ends.replace(tzinfo=UTC), PARIS)


SHOW = evening(datetime(2026, 11, 28, 18, 30), None)  # noqa: DTZ001 - UTC, as all of these
ENDING = SHOW._replace(ends_at=datetime(2026, 11, 28, 21, tzinfo=UTC))
NIGHT = SHOW._replace(ends_at=datetime(2026, 11, 29, 5, tzinfo=UTC))
FAIR = evening(datetime(2026, 5, 2, 8), datetime(2026, 5, 5, 16))  # noqa: DTZ001


def plain(words: str) -> str:
    return words.replace("\N{EN DASH}", "-")


@pytest.mark.parametrize("one", [SHOW, ENDING, NIGHT])
def test_an_evening_is_told_by_its_beginning_whether_it_has_an_end_or_not(one: Evening) -> None:
    assert shown_when(one) == "Sat 28 Nov, 19:30"
    assert shown_dated_when(one) == "28 Nov 2026, 19:30"
    assert shown_whole_when(one) == "Sat, 28 Nov 2026, 19:30"
    assert shown_weekday_when(one) == "Sat 19:30"
    assert shown_day_when(one) == "Sat 28 Nov"


def test_several_days_are_told_from_the_first_to_the_last() -> None:
    assert plain(shown_when(FAIR)) == plain(shown_weekday_when(FAIR)) == "2-5 May"
    assert plain(shown_day_when(FAIR)) == "Sat 2 May - Tue 5 May"
    assert plain(shown_dated_when(FAIR)) == "2-5 May 2026"
    assert plain(shown_whole_when(FAIR)) == "Sat, 2 May - Tue, 5 May 2026"
    assert plain(shown_full_when(FAIR)) == "Sat, 2 May 2026, 10:00 - Tue, 5 May 2026, 18:00"
    over_the_year = FAIR._replace(ends_at=datetime(2027, 1, 6, 16, tzinfo=UTC))
    assert plain(shown_dated_when(over_the_year)) == "2 May 2026 - 6 Jan 2027"


def test_where_there_is_room_the_end_is_told() -> None:
    assert plain(shown_full_when(SHOW)) == "Saturday, 28 November 2026, 19:30"
    assert plain(shown_full_when(ENDING)) == "Saturday, 28 November 2026, 19:30 - 22:00"
    assert plain(shown_from_to(NIGHT)) == "Sat, 28 Nov 2026, 19:30 - 06:00"
    assert (shown_end(SHOW), shown_end(ENDING), shown_end(FAIR)) == ("", "22:00", "Tue 5 May, 18:00")


def test_an_end_in_a_doubled_hour_says_which_of_the_two() -> None:
    late = evening(datetime(2026, 10, 24, 20), datetime(2026, 10, 25, 1, 30))  # noqa: DTZ001
    assert plain(shown_from_to(late)) == "Sat, 24 Oct 2026, 22:00 - 02:30 (UTC+01:00)"


def test_a_sentence_tells_the_days_of_what_lasts_for_days() -> None:
    for one, words in ((FAIR, "2-5 May"), (ENDING, "Sat 28 Nov, 19:30")):
        told = say("This ticket is for {moment}.", moment=Moment(one.starts_at, PARIS, year=False, until=one.ends_at))
        assert plain(spoken(told)) == f"This ticket is for {words}."
    assert say("{at}", at=Moment(FAIR.starts_at, PARIS, until=FAIR.ends_at)) == "2026-05-02 10:00 to 2026-05-05 18:00"


def test_every_locale_writes_both_days() -> None:
    for name in locale_identifiers():
        choose_locale(name)
        for show in ALL:
            assert show(FAIR), (name, show)
        assert shown_from_to(FAIR), name
