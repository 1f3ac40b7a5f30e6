from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import judge_database
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import InvalidInput, NotPermitted
from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft, KeepRefused, KeptRecord
from pos_app.domain.seats import ClaimKind
from pos_app.services.season.kept_seats import change_kept, list_kept_back, release_kept
from pos_app.services.season.kept_together import keep_together
from pos_app.services.season.performance_records import load_performance_record
from tests.other_hall import add_other_evening
from tests.services.season.keeping import PRESS, keep, seats
from tests.services.stories import hold, seat_row, sold
from tests.standing import add_standing

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def other_evening(house: OpenHouse) -> int:
    event = house.database.read(load_performance_record, house.small.performance_id).event_id
    return house.database.transact(add_other_evening, house.small, event)


def kept_on(house: OpenHouse, performance_id: int) -> tuple[KeptRecord, ...]:
    return house.database.read(list_kept_back, house.small.manager, performance_id)


def test_the_same_seats_are_kept_on_two_evenings_each_until_its_own_doors(house: OpenHouse) -> None:
    both = (house.small.performance_id, house.small.gala_id)
    records = keep(house, both, seats(house, 1, (1, 2)), request="both")
    assert keep(house, both, seats(house, 1, (1, 2)), request="both") == records
    for record, performance_id in zip(records, both, strict=True):
        doors = house.database.read(load_performance_record, performance_id).doors_at
        assert doors is not None
        assert record.release_at == doors - timedelta(minutes=60)
        assert kept_on(house, performance_id) == (record,)
    assert house.database.read(judge_database) == ()


def test_nothing_is_kept_anywhere_when_one_evening_has_a_seat_sold_and_each_conflict_is_named(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (2,), house.small.gala_id))
    hold(house, house.small.seats_of(1, (1,)))
    both = (house.small.gala_id, house.small.performance_id)
    with pytest.raises(KeepRefused, match="2 of 2") as refused:
        keep(house, both, seats(house, 1, (1, 2, 3)))
    told = {one.performance_id: one.problem for one in refused.value.conflicts}
    assert told == {
        house.small.performance_id: "Somebody has these seats: Stalls, row A, seat 1.",
        house.small.gala_id: "Somebody has these seats: Stalls, row A, seat 2.",
    }
    assert kept_on(house, house.small.gala_id) == kept_on(house, house.small.performance_id) == ()
    assert seat_row(house, house.small.seat(1, 3)).state == "free"


def test_a_second_manager_is_told_for_whom_the_seats_are_kept_already(house: OpenHouse) -> None:
    keep(house, (house.small.performance_id,), seats(house, 1, (1, 2)))
    with pytest.raises(KeepRefused, match=r"kept back already for “Press”: Stalls, row A, seat 2\."):
        keep(house, (house.small.performance_id,), seats(house, 1, (2, 3)))


def test_a_time_that_has_passed_is_refused_beside_its_field(house: OpenHouse) -> None:
    evening = house.small.performance_id
    late = KeepDraft(ClaimKind.HOUSE, "Press", release_before_doors=2 * 24 * 60)
    with pytest.raises(FieldRefused) as refused:
        keep(house, (evening,), seats(house, 1, (1,)), late)
    assert list(refused.value.fields) == ["release_before_doors"]
    begins = house.database.read(load_performance_record, evening).starts_at
    with pytest.raises(FieldRefused) as refused:
        keep(
            house,
            (evening,),
            seats(house, 1, (1,)),
            replace(PRESS, release_before_doors=None, release_at=begins - timedelta(days=3)),
        )
    assert list(refused.value.fields) == ["release_at"]
    with pytest.raises(KeepRefused) as conflicts:
        keep(house, (evening, house.small.begun_id), seats(house, 1, (1,)))
    assert [one.performance_id for one in conflicts.value.conflicts] == [house.small.begun_id]


def test_places_of_an_area_are_picked_among_the_free_and_given_back_in_part(house: OpenHouse) -> None:
    area = house.database.transact(add_standing, house.small, 12)
    (record,) = keep(house, (house.small.performance_id,), KeepChoice(areas=((area, 5),)), request="five")
    assert keep(house, (house.small.performance_id,), KeepChoice(areas=((area, 5),)), request="five") == (record,)
    assert len(record.seats) == 5
    assert record.names.endswith("5 places")
    with pytest.raises(KeepRefused, match="Only"):
        keep(house, (house.small.performance_id,), KeepChoice(areas=((area, 9_999),)))
    given = [seat.seat_id for seat in record.seats[3:]]
    left = house.database.transact(release_kept, house.small.manager, record.kept_id, given)
    assert left is not None
    assert len(left.seats) == 3
    assert house.database.read(judge_database) == ()


def test_performances_on_different_plans_and_persons_without_the_right_are_refused(house: OpenHouse) -> None:
    hall = other_evening(house)
    with pytest.raises(InvalidInput, match="one seating plan"):
        keep(house, (hall, house.small.performance_id), seats(house, 1, (1,)))
    with pytest.raises(NotPermitted):
        house.database.transact(
            keep_together, house.small.cashier, "r", (house.small.performance_id,), seats(house, 1, (1,)), PRESS
        )


def test_the_second_manager_is_told_that_the_reason_was_changed(house: OpenHouse) -> None:
    (record,) = keep(house, (house.small.performance_id,), seats(house, 1, (1,)))
    other = replace(PRESS, reason="Author")
    changed = house.database.transact(change_kept, house.small.manager, record, other)
    assert house.database.transact(change_kept, house.small.manager, record, other) == changed
    with pytest.raises(ChangedMeanwhile) as told:
        house.database.transact(change_kept, house.small.manager, record, replace(PRESS, reason="Producer"))
    assert [(one.field, one.before, one.now) for one in told.value.changes] == [("reason", "Press", "Author")]
    assert told.value.current == changed
