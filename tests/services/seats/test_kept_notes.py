from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Performance
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind, MapState
from pos_app.services.season.kept_seats import change_kept
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_states
from tests.services.season.keeping import PRESS, keep, seats
from tests.services.stories import hold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_till_is_told_why_a_seat_is_kept_and_until_when(house: OpenHouse) -> None:
    evening = house.small.performance_id
    plan = house.database.read(load_plan, house.small.plan_id)
    first = house.database.read(load_states, evening, plan, None)
    (record,) = keep(house, (evening,), seats(house, 1, (1, 2)))
    changes = house.database.read(load_changes, evening, plan, None, first.cursor)
    at = plan.index_of(house.small.seat_id(1, 2))
    claim = changes.claims[at]
    assert claim.kept is not None
    assert (claim.kept.reason, claim.kept.until, claim.kept.time_zone) == ("Press", record.release_at, "Europe/Berlin")
    house.database.transact(change_kept, house.small.manager, record, KeepDraft(ClaimKind.BLOCKED, "Camera"))
    states = house.database.read(load_states, evening, plan, None)
    assert MapState(int(states.state[at])) is MapState.BLOCKED
    kept = states.claims[at].kept
    assert kept is not None
    assert (kept.reason, kept.until) == ("Camera", None)
    with pytest.raises(SeatsTaken, match=r"seat 2 is kept back by the house \(Camera\)\."):
        hold(house, house.small.seats_of(1, (2,)))


def test_the_sentence_names_the_time_on_the_clock_of_the_venue(house: OpenHouse) -> None:
    house.database.transact(
        lambda s: s.execute(
            update(Performance)
            .where(Performance.id == house.small.performance_id)
            .values(starts_at=utc_plus(86_400), doors_at=None)
        )
    )
    keep(house, (house.small.performance_id,), seats(house, 1, (1,)), replace(PRESS, release_before_doors=0))
    with pytest.raises(SeatsTaken, match=r"\(Press, until \d\d:\d\d\)\."):
        hold(house, house.small.seats_of(1, (1,)))
