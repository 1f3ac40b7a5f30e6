from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.db.models import SeatingPlan
from pos_app.domain.season.performances import PlaceCount
from pos_app.services.season.performance_records import count_places, list_plan_choices, list_season
from tests.services.season.evenings import all_of, evening
from tests.services.stories import hold, sold
from tests.small_house_rows import add

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_the_numbers_are_counted_from_the_places(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1, 2)))
    hold(house, house.small.seats_of(2, (1, 2, 3)))
    now = evening(house)
    assert (now.sold, now.held, now.count.free) == (2, 3, 45)
    assert now.prices > 0


def test_of_a_plan_the_latest_version_is_offered(house: OpenHouse) -> None:
    def second_version(session: Session) -> int:
        one = session.get_one(SeatingPlan, house.small.plan_id)
        return add(
            session,
            SeatingPlan,
            venue_id=one.venue_id,
            name=one.name,
            version=one.version + 1,
            width=1.0,
            height=1.0,
            focal_x=0,
            focal_y=0,
        )

    first = house.database.read(list_plan_choices, house.small.manager)
    assert [(one.plan_id, one.seats) for one in first] == [(house.small.plan_id, 50)]
    newer = house.database.transact(second_version)
    assert [one.plan_id for one in house.database.read(list_plan_choices, house.small.manager)] == [newer]


def test_the_season_is_listed_as_the_records_are_and_counted_apart(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1, 2)))
    records = all_of(house)
    season = house.database.read(list_season, house.small.manager)
    assert [one.performance_id for one in season] == list(records)
    for one in season:
        record = records[one.performance_id]
        assert all(getattr(one, name) == getattr(record, name) for name in one.__dataclass_fields__)
    counts = house.database.read(count_places, house.small.manager, list(records))
    assert {one.performance_id: one for one in counts} == {key: one.count for key, one in records.items()}
    assert sum(one.sold for one in counts) == 2


def test_of_what_has_no_places_none_are_counted(house: OpenHouse) -> None:
    counts = house.database.read(count_places, house.small.manager, [4711, house.small.performance_id])
    assert counts[0] == PlaceCount(4711, capacity=0, sold=0, held=0, kept=0)
    assert counts[1].capacity > 0
