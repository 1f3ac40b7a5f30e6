"""The server's clock, times and packed rows mean the same on every kind of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import String, cast, func, select, update
from sqlalchemy.exc import StatementError

from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import Performance, Seat
from pos_app.db.packing import PACK, pack_number, packed, words
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def set_start(house: OpenHouse, moment: object) -> None:
    change = update(Performance).where(Performance.id == house.small.performance_id).values(starts_at=moment)
    house.database.transact(lambda session: session.execute(change))


def start(house: OpenHouse) -> datetime:
    return house.database.read(lambda session: session.get_one(Performance, house.small.performance_id)).starts_at


@pytest.mark.parametrize("micro", [0, 1, 123_000, 999_999])
def test_a_time_comes_back_to_the_microsecond_and_in_utc(house: OpenHouse, micro: int) -> None:
    moment = datetime(2031, 3, 30, 2, 30, 15, micro, tzinfo=UTC)
    set_start(house, moment.astimezone(timezone(timedelta(hours=5, minutes=45))))
    assert start(house) == moment
    assert start(house).utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_not_stored(house: OpenHouse) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        set_start(house, datetime(2031, 1, 1))  # noqa: DTZ001 - that is the point


def test_the_clock_is_the_servers_and_runs_in_utc(house: OpenHouse) -> None:
    now, later, earlier = house.database.read(
        lambda session: session.execute(select(utc_now(), utc_plus(90), utc_plus(-0.5))).one()
    )
    assert abs((now - datetime.now(UTC)).total_seconds()) < 60
    assert (later - now).total_seconds() == pytest.approx(90, abs=0.01)
    assert (earlier - now).total_seconds() == pytest.approx(-0.5, abs=0.01)


@pytest.mark.parametrize("seconds", [100, -100, 0.25])
def test_seconds_are_counted_down_to_a_moment_and_beyond(house: OpenHouse, seconds: float) -> None:
    set_start(house, utc_plus(seconds))
    until = select(seconds_until(Performance.starts_at)).where(Performance.id == house.small.performance_id)
    left = house.database.read(lambda session: session.execute(until).scalar_one())
    assert seconds - 5 < float(left) <= seconds + 0.01


@pytest.mark.parametrize(("before", "later"), [(timedelta(microseconds=1), True), (timedelta(0), False)])
def test_times_are_compared_by_the_server_to_the_microsecond(
    house: OpenHouse, before: timedelta, *, later: bool
) -> None:
    moment = datetime(2031, 1, 1, 12, 0, 0, 123_000, tzinfo=UTC)
    set_start(house, moment)
    which = select(Performance.id).where(
        Performance.id == house.small.performance_id, Performance.starts_at > moment - before
    )
    assert (house.database.read(lambda session: session.scalar(which)) is not None) is later


@SQLITE
def test_times_are_of_one_width_where_they_are_text(house: OpenHouse) -> None:
    """ ".123" would sort below ".123000"."""
    set_start(house, datetime(2031, 1, 1, 12, 0, 0, 123_000, tzinfo=UTC))
    widths = select(func.length(cast(Performance.starts_at, String)), func.length(cast(utc_now(), String)))
    rows = house.database.read(lambda session: session.execute(widths).all())
    assert {width for row in rows for width in row} == {26}


def test_packed_rows_are_all_there_about_a_thousand_to_one(house: OpenHouse) -> None:
    packs = house.database.read(
        lambda session: session.execute(
            select(pack_number(Seat.id), packed(words(Seat.id, Seat.number))).group_by(pack_number(Seat.id))
        ).all()
    )
    seen = set()
    for number, joined in packs:
        for word in joined.split("\x1f"):
            seat_id, _, _ = word.partition(" ")
            assert int(seat_id) // PACK == number
            seen.add(int(seat_id))
    assert seen == set(house.small.seat_ids)
