from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.errors import InvalidInput
from pos_app.domain.local_times import (
    ClockChange,
    WallTimeKind,
    change_at,
    find_zone,
    moment_at,
    require_zone,
    shown_offset,
    wall_time,
    zone_by_city,
)

VIENNA = "Europe/Vienna"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_an_ordinary_evening_is_one_moment() -> None:
    found = moment_at(at("2027-07-01T19:30"), VIENNA)
    assert found.utc == at("2027-07-01T17:30+00:00")
    assert (found.kind, found.wall, found.offset) == (WallTimeKind.PLAIN, at("2027-07-01T19:30"), "UTC+02:00")


def test_the_hour_that_is_missing_in_spring_is_told_with_the_time_that_follows_it() -> None:
    found = moment_at(at("2027-03-28T02:30"), VIENNA)
    assert found.kind is WallTimeKind.MISSING
    assert found.wall == at("2027-03-28T03:30")
    assert found.utc == at("2027-03-28T01:30+00:00")


def test_the_hour_that_comes_twice_in_autumn_means_the_first_unless_the_second_is_asked_for() -> None:
    first = moment_at(at("2027-10-31T02:30"), VIENNA)
    second = moment_at(at("2027-10-31T02:30"), VIENNA, second_of_two=True)
    assert first.kind is second.kind is WallTimeKind.DOUBLED
    assert second.utc - first.utc == timedelta(hours=1)
    assert (first.other_utc, second.other_utc) == (second.utc, first.utc)
    assert (first.offset, second.offset) == ("UTC+02:00", "UTC+01:00")


@pytest.mark.parametrize("hours", [0, 1])
def test_a_stored_moment_of_the_doubled_hour_comes_back_as_itself(hours: int) -> None:
    moment = at("2027-10-31T00:30+00:00") + timedelta(hours=hours)
    found = wall_time(moment, VIENNA)
    assert (found.utc, found.wall) == (moment, at("2027-10-31T02:30"))


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("UTC", "UTC+00:00"),
        ("America/New_York", "UTC-05:00"),
        ("Asia/Kolkata", "UTC+05:30"),
        ("Australia/Lord_Howe", "UTC+11:00"),
    ],
)
def test_offsets_are_told_in_hours_and_minutes(zone: str, offset: str) -> None:
    assert shown_offset(at("2027-01-15T12:00+00:00"), zone) == offset


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("vienna", "Europe/Vienna"),
        (" New York ", "America/New_York"),
        ("europe/vienna", "Europe/Vienna"),
        ("Louisville", "Louisville"),  # there are two
        ("UTC", "UTC"),
        ("Atlantis", "Atlantis"),
        ("", ""),
    ],
)
def test_a_city_is_enough_where_it_names_one_zone(typed: str, zone: str) -> None:
    assert zone_by_city(typed) == zone


def test_a_zone_that_is_not_typed_is_asked_for() -> None:
    with pytest.raises(InvalidInput, match=r"^Choose a time zone\. For example"):
        find_zone("")


@pytest.mark.parametrize("zone", ["", "Europe/Wien", "../etc/passwd", "Europe", "\x00", "/etc/localtime"])
def test_an_unknown_zone_is_refused_beside_its_field(zone: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        moment_at(at("2027-01-01T12:00"), zone)
    assert refused.value.field == "time_zone"


@pytest.mark.parametrize(
    ("wall", "zone"), [("0001-01-01T01:00", "Asia/Tokyo"), ("9999-12-31T23:30", "America/Los_Angeles")]
)
def test_a_time_beyond_the_calendar_is_refused(wall: str, zone: str) -> None:
    with pytest.raises(InvalidInput, match="too far"):
        moment_at(at(wall), zone)


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(at("1990-01-01"), at("2060-01-01"), timezones=st.just(UTC)),
    st.sampled_from([VIENNA, "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"]),
)
def test_every_moment_survives_the_way_to_the_wall_clock_and_back(moment: datetime, zone: str) -> None:
    shown = wall_time(moment, zone)
    assert shown.utc == moment
    assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == shown.wall


@pytest.mark.parametrize(
    ("zone", "wall", "before", "after"),
    [
        ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T02:00", "2027-03-28T03:00"),
        ("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T03:00", "2027-10-31T02:00"),
        ("Australia/Lord_Howe", "2027-10-03T02:10", "2027-10-03T02:00", "2027-10-03T02:30"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T00:00", "2011-12-31T00:00"),
    ],
)
def test_the_change_of_the_clock_is_told(zone: str, wall: str, before: str, after: str) -> None:
    assert change_at(at(wall), zone) == ClockChange(at(before), at(after))


def test_a_plain_time_has_no_change_of_the_clock() -> None:
    assert change_at(at("2027-03-28T04:00"), VIENNA) is None


@pytest.mark.parametrize(
    "name",
    [
        "localtime",
        "posixrules",
        "Factory",
        "right/Europe/Paris",
        "posix/Europe/Paris",
        "../Europe/Paris",
        "/usr/share/zoneinfo/Europe/Paris",
        "Europe/Paris\0",
        "Europe/../Europe/Paris",
        "Europe",
        "tzdata.zi",
        "CEST",
        "Europe/Atlantis",
    ],
)
def test_what_is_no_zone_of_a_house_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="no time zone named") as refusal:
        require_zone(name)
    assert refusal.value.field == "time_zone"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Europe/Paris", "Europe/Paris"),
        (" Europe/Vienna ", "Europe/Vienna"),
        ("UTC", "UTC"),
        ("US/Eastern", "US/Eastern"),
    ],
)
def test_a_zone_is_stored_by_its_name(typed: str, name: str) -> None:
    assert require_zone(typed) == name


def test_no_zone_at_all_is_asked_for() -> None:
    with pytest.raises(InvalidInput, match=r"^Choose a time zone\."):
        require_zone(" ")
