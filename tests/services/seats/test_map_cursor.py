from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import PerformanceSeat
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind
from pos_app.services.season.kept_seats import keep_back, release_kept
from pos_app.services.seats import map_cursor, map_states
from pos_app.services.seats.map_cursor import OVERLAP_SECONDS, Cursor
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_repair, load_states
from tests.houses import on_a_server
from tests.services.stories import change_seat, hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pos_app.services.seats.map_data import SeatPlan, SeatStates
    from tests.houses import OpenHouse

NOON = datetime(2026, 5, 1, 12, 0, 0, 250_000, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MOST = 8


def test_a_cursor_comes_back_as_it_was_handed_out() -> None:
    for cursor in (
        Cursor(NOON),
        Cursor(NOON, floor=NOON - SECOND),
        Cursor(NOON, crowded=(NOON - 2 * SECOND, NOON - SECOND)),
        Cursor(NOON, NOON, (NOON,)),
    ):
        assert Cursor.read(str(cursor)) == cursor


def test_what_no_overlap_reaches_is_forgotten_and_so_is_what_a_clock_set_back_left_ahead() -> None:
    cursor = Cursor(NOON, NOON, (NOON - SECOND, NOON))
    assert cursor.moved(NOON + SECOND) == replace(cursor, at=NOON + SECOND)
    assert cursor.moved(NOON + (OVERLAP_SECONDS + 1) * SECOND) == Cursor(NOON + (OVERLAP_SECONDS + 1) * SECOND)
    assert cursor.moved(NOON - timedelta(hours=1)) == Cursor(NOON - timedelta(hours=1))


class Till:
    """A till that follows the evening as the screen does: it asks for changes, and loads anew when it is told to.

    rows: how many seats each answer held. loads: how often it read all states.
    """

    def __init__(self, house: OpenHouse) -> None:
        self.house = house
        self.plan: SeatPlan = house.database.read(load_plan, house.small.plan_id)
        self.rows: list[int] = []
        self.loads = 0
        self.load()

    def load(self) -> None:
        """Read all states."""
        self.states: SeatStates = self.house.database.read(
            load_states, self.house.small.performance_id, self.plan, None
        )
        self.loads += 1

    def poll(self) -> None:
        """Ask for changes once."""
        asked = self.house.small.performance_id, self.plan, None, self.states.cursor
        told = self.house.database.read(load_changes, *asked)
        assert told.index is not None
        assert told.crc is not None
        assert self.states.crc is not None
        self.rows.append(len(told.index))
        if told.flooded:
            self.load()
            return
        self.states.state[told.index] = told.state
        self.states.crc[told.index] = told.crc
        self.states = replace(self.states, cursor=told.cursor)

    def compare(self) -> None:
        """Compare the checksum as the screen does every ten seconds, and load anew where it differs."""
        theirs = self.house.database.read(load_checksum, self.house.small.performance_id)
        assert self.states.crc is not None
        if theirs is None or theirs != int(np.bitwise_xor.reduce(self.states.crc)):
            self.load()

    def mend(self) -> bool:
        """Mend the map as the screen does when a checksum differed; tell whether all states were read."""
        crc = self.states.crc
        assert crc is not None
        asked = self.house.small.performance_id, self.plan, None, self.states.cursor, crc
        told = self.house.database.read(load_repair, *asked)
        if told.index is None:
            self.states = told
            return True
        self.states.state[told.index] = told.state
        self.states = replace(self.states, cursor=told.cursor)
        if told.crc is not None:
            crc[told.index] = told.crc
        return False

    def is_right(self) -> bool:
        """Tell whether the map shows what stands in the database."""
        loaded = self.house.database.read(load_states, self.house.small.performance_id, self.plan, None)
        return bool((loaded.state == self.states.state).all())


@pytest.fixture
def till(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> Till:
    """Give a till of a house in which nothing changed for long; more than eight changed seats are many here."""
    for module in (map_cursor, map_states):
        monkeypatch.setattr(module, "MOST_CHANGES", MOST)
    monkeypatch.setattr(map_cursor, "_CROWD", 4)
    made_long_ago = update(PerformanceSeat).values(changed_at=utc_plus(-3600))
    house.database.transact(lambda session: session.execute(made_long_ago))
    return Till(house)


def keep(session: Session, house: OpenHouse, seat_ids: Sequence[int]) -> None:
    """Change seats as one statement of a bulk change does."""
    seat = PerformanceSeat
    session.execute(
        update(seat)
        .where(seat.performance_id == house.small.performance_id, seat.seat_id.in_(seat_ids))
        .values(state="claimed", claim_kind="blocked", claim_id=1, claim_until=None, changed_at=utc_now())
    )


def test_a_bulk_change_is_read_once_and_not_handed_out_with_each_poll(till: Till, house: OpenHouse) -> None:
    house.database.transact(keep, house, house.small.seat_ids[:40])
    for _ in range(5):
        till.poll()
    assert till.loads == 2
    assert till.rows == [0, 0, 0, 0, 0]
    assert till.is_right()


def test_what_others_do_meanwhile_is_seen_with_the_next_poll(till: Till, house: OpenHouse) -> None:
    house.database.transact(keep, house, house.small.seat_ids[:40])
    till.poll()
    hold(house, [house.small.seat(5, 1), house.small.seat(5, 2)])
    till.poll()
    assert till.rows == [0, 2]
    change_seat(house, house.small.seat(1, 1), state="free", claim_kind=None, claim_id=None, changed_at=utc_now())
    till.poll()
    assert till.is_right(), "a seat of the bulk change that changed again"
    assert till.loads == 2


def test_many_statements_of_few_seats_are_read_once_too(till: Till, house: OpenHouse) -> None:
    for start in range(0, 40, 2):
        house.database.transact(keep, house, house.small.seat_ids[start : start + 2])
    for _ in range(4):
        till.poll()
    assert till.loads == 2
    assert till.rows == [0, 0, 0, 0]
    hold(house, [house.small.seat(5, 3)])
    till.poll()
    assert till.is_right()
    assert till.loads == 2


def test_few_changes_still_come_as_changes(till: Till, house: OpenHouse) -> None:
    house.database.transact(keep, house, house.small.seat_ids[:MOST])
    till.poll()
    assert (till.rows, till.loads) == ([MOST], 1)
    assert till.is_right()


@pytest.fixture
def late(house: OpenHouse) -> Iterator[Session]:
    """Give a session of somebody whose transaction stays open."""
    with house.database.writer.connect() as connection:
        session = Session(bind=connection)
        yield session
        session.rollback()
        session.close()


@on_a_server
def test_changes_that_commit_late_during_the_burst_are_seen(till: Till, house: OpenHouse, late: Session) -> None:
    """Their times lie before those of the burst that the till has read already."""
    seats = house.small.seat_ids
    keep(late, house, seats[40:42])
    house.database.transact(keep, house, seats[:30])
    till.poll()
    assert (till.loads, till.is_right()) == (2, True)
    late.commit()
    till.poll()
    assert till.rows == [0, 2]
    assert till.is_right()
    assert till.loads == 2


@on_a_server
def test_a_burst_that_commits_late_is_read_once_when_it_does(till: Till, house: OpenHouse, late: Session) -> None:
    seats = house.small.seat_ids
    keep(late, house, seats[:20])
    house.database.transact(keep, house, seats[20:45])
    till.poll()
    till.poll()
    assert till.loads == 2
    late.commit()
    for _ in range(3):
        till.poll()
    assert till.loads == 3
    assert till.rows == [0, 0, 0, 0, 0]
    assert till.is_right()


@on_a_server
def test_what_is_missed_among_many_small_changes_shows_in_the_checksum(
    till: Till, house: OpenHouse, late: Session
) -> None:
    seats = house.small.seat_ids
    keep(late, house, seats[45:46])
    for start in range(0, 40, 2):
        house.database.transact(keep, house, seats[start : start + 2])
    till.poll()
    late.commit()
    till.poll()
    till.compare()
    assert till.is_right()


@on_a_server
def test_a_checksum_that_differs_by_what_was_sold_just_now_reads_only_that(till: Till, house: OpenHouse) -> None:
    till.poll()
    hold(house, [house.small.seat(5, 1)])
    assert not till.mend()
    assert till.is_right()
    change_seat(house, house.small.seat(1, 1), state="claimed", claim_kind="house", claim_id=1)
    assert till.mend(), "a change whose time no poll looks back to"
    assert till.is_right()


def test_the_server_hands_out_no_more_than_the_bound_and_one(till: Till, house: OpenHouse) -> None:
    """Counted in what comes back from the database, not in what the answer keeps of it."""
    house.database.transact(keep, house, house.small.seat_ids[:40])
    came: list[int] = []

    def count(_connection: object, cursor: object, statement: str, *_more: object) -> None:
        if "performance_seat" in statement and "LIMIT" in statement:
            came.append(1)

    engine = house.database.reader
    event.listen(engine, "after_cursor_execute", count)
    facts = map_states._facts
    rows: list[int] = []

    def counted(*asked: Any) -> Any:
        got = facts(*asked)
        rows.append(len(got))
        return got

    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(map_states, "_facts", counted)
            for _ in range(3):
                till.poll()
    finally:
        event.remove(engine, "after_cursor_execute", count)
    assert len(came) >= 3
    assert rows == [MOST + 1, 40, 0, 0], "the bound and one, the full load, and nothing more of it"


def test_thousands_of_seats_kept_back_are_told_by_the_checksum_and_by_no_poll(till: Till, house: OpenHouse) -> None:
    """So no poll reads past them in the index while they are being kept back."""
    small = house.small
    why = KeepDraft(ClaimKind.HOUSE, "a block for the sponsor")
    kept = house.database.transact(keep_back, small.manager, "r1", small.performance_id, small.seat_ids[:20], why)
    for _ in range(2):
        till.poll()
    assert (till.rows, till.loads) == ([0, 0], 1)
    till.compare()
    assert (till.loads, till.is_right()) == (2, True)
    house.database.transact(release_kept, small.manager, kept.kept_id, list(small.seat_ids[:2]))
    till.poll()
    assert till.rows[-1] == 2, "few seats are told by the next poll"
    assert till.is_right()
