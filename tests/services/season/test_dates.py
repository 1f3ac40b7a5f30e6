from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry, Price
from pos_app.doctor import judge_database
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.services.season.dates import repeat_performance
from tests.services.season.evenings import all_of

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def prices(house: OpenHouse, performance_id: int) -> list[tuple[int, int, int]]:
    query = select(Price.category_id, Price.ticket_type_id, Price.amount_minor).where(
        Price.performance_id == performance_id
    )
    return sorted(house.database.read(lambda s: [(row[0], row[1], row[2]) for row in s.execute(query)]))


def test_the_same_again_on_three_dates_has_doors_fees_and_prices_of_the_pattern(house: OpenHouse) -> None:
    gala = all_of(house)[house.small.gala_id]
    starts = [gala.starts_at + timedelta(days=days) for days in (7, 8, 14)]
    made = house.database.transact(repeat_performance, house.small.manager, gala.performance_id, starts)
    assert len(made) == 3
    for one, start in zip(made, starts, strict=True):
        assert abs(one.starts_at - start) < timedelta(minutes=1)
        assert gala.doors_at is not None
        assert one.doors_at is not None
        assert abs((one.starts_at - one.doors_at) - (gala.starts_at - gala.doors_at)) < timedelta(minutes=1)
        assert (one.ticket_fee_minor, one.order_fee_minor) == (gala.ticket_fee_minor, gala.order_fee_minor)
        assert (one.capacity, one.count.free) == (50, 50)
        assert prices(house, one.performance_id) == prices(house, gala.performance_id)
    assert house.database.read(judge_database) == ()


def test_asking_again_makes_only_what_is_missing(house: OpenHouse) -> None:
    gala = all_of(house)[house.small.gala_id]
    starts = [gala.starts_at + timedelta(days=days) for days in (7, 8)]
    first = house.database.transact(repeat_performance, house.small.manager, gala.performance_id, starts)
    again = house.database.transact(repeat_performance, house.small.manager, gala.performance_id, starts)
    assert first == again
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert actions.count("performance_repeated") == 1


def test_dates_that_cannot_be_make_none_of_them(house: OpenHouse) -> None:
    gala = all_of(house)[house.small.gala_id]
    before = all_of(house)
    far = gala.starts_at.replace(year=2150, day=1)
    for starts in (
        [],
        [gala.starts_at + timedelta(days=7), far],
        [gala.starts_at + timedelta(days=n) for n in range(1, 203)],
    ):
        with pytest.raises(FieldRefused) as refused:
            house.database.transact(repeat_performance, house.small.manager, gala.performance_id, starts)
        assert list(refused.value.fields) == ["starts"]
    assert all_of(house).keys() == before.keys()


def test_only_a_manager_repeats(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(repeat_performance, house.small.cashier, house.small.gala_id, [])
