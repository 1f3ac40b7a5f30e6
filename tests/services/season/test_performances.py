from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry, Event, PriceCategory, SeatingPlan
from pos_app.doctor import judge_database
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.services.season.offers import list_performances
from pos_app.services.season.performances import (
    add_performance,
    archive_performance,
    draft_of,
    restore_performance,
    save_performance,
)
from pos_app.services.selling.holds import release_seats
from tests.services.season.evenings import START, evening, new_draft
from tests.services.stories import hold, sold
from tests.small_house_rows import add, add_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.season.performances import PerformanceRecord
    from tests.houses import OpenHouse


def save(house: OpenHouse, before: PerformanceRecord, **more: Any) -> PerformanceRecord:
    return house.database.transact(save_performance, house.small.manager, before, replace(draft_of(before), **more))


def other_plan(session: Session, venue_id: int) -> int:
    plan = add(
        session,
        SeatingPlan,
        venue_id=venue_id,
        name="Small hall",
        version=1,
        width=1.0,
        height=1.0,
        focal_x=0,
        focal_y=0,
    )
    categories = {letter: add(session, PriceCategory, plan_id=plan, name=letter) for letter in "AB"}
    add_seats(session, plan, categories, 2, 3)
    return plan


def test_a_new_performance_has_all_its_places_on_sale_and_no_prices(house: OpenHouse) -> None:
    made = house.database.transact(add_performance, house.small.manager, new_draft(house, hold_minutes=10))
    assert (made.capacity, made.sold, made.held, made.kept, made.count.free) == (50, 0, 0, 0, 50)
    assert (made.starts_at, made.hold_minutes, made.prices, made.cancelled) == (START, 10, 0, False)
    assert made.performance_id in {one.performance_id for one in house.database.read(list_performances)}
    assert house.database.read(judge_database) == ()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("doors_at", {"doors_at": START + timedelta(minutes=1)}),
        ("doors_at", {"doors_at": START - timedelta(days=2)}),
        ("on_sale_at", {"on_sale_at": START}),
        ("off_sale_at", {"on_sale_at": START - timedelta(days=1), "off_sale_at": START - timedelta(days=2)}),
        ("hold_minutes", {"hold_minutes": 0}),
        ("hold_minutes", {"hold_minutes": 31}),
        ("ticket_fee_minor", {"ticket_fee_minor": -1}),
        ("order_fee_minor", {"order_fee_minor": 10**13 + 1}),
        ("event_id", {"event_id": 999}),
        ("plan_id", {"plan_id": 999}),
        ("starts_at", {"starts_at": datetime(1666, 1, 1, tzinfo=UTC)}),
    ],
)
def test_what_a_performance_cannot_be_is_refused_beside_its_field(
    house: OpenHouse, field: str, change: dict[str, Any]
) -> None:
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(add_performance, house.small.manager, new_draft(house, **change))
    assert list(refused.value.fields) == [field]


def test_the_same_evening_is_not_made_twice(house: OpenHouse) -> None:
    house.database.transact(add_performance, house.small.manager, new_draft(house))
    with pytest.raises(FieldRefused, match="already"):
        house.database.transact(
            add_performance, house.small.manager, new_draft(house, starts_at=START + timedelta(seconds=30))
        )


def test_a_change_is_saved_once_and_audited(house: OpenHouse) -> None:
    before = evening(house)
    saved = save(house, before, ticket_fee_minor=75, hold_minutes=20)
    assert (saved.ticket_fee_minor, saved.hold_minutes) == (75, 20)
    assert save(house, before, ticket_fee_minor=75, hold_minutes=20) == saved
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert actions.count("performance_changed") == 1


def test_the_second_manager_is_told_but_a_sale_meanwhile_is_no_change(house: OpenHouse) -> None:
    before = evening(house)
    sold(house, house.small.seats_of(1, (1,)))
    save(house, before, hold_minutes=20)
    with pytest.raises(ChangedMeanwhile) as told:
        save(house, before, hold_minutes=25)
    assert [(one.before, one.now) for one in told.value.changes] == [(15, 20)]


def test_the_plan_can_be_changed_while_nobody_has_a_seat(house: OpenHouse) -> None:
    plan = house.database.transact(other_plan, house.small.venue_id)
    held = hold(house, house.small.seats_of(1, (1,)))
    with pytest.raises(FieldRefused) as refused:
        save(house, evening(house), plan_id=plan)
    assert list(refused.value.fields) == ["plan_id"]
    assert evening(house).capacity == 50
    house.database.transact(release_seats, held.basket_key)
    saved = save(house, evening(house), plan_id=plan)
    assert (saved.plan, saved.capacity, saved.count.free, saved.prices) == ("Small hall", 6, 6, 0)
    assert house.database.read(judge_database) == ()


def test_a_performance_with_tickets_is_not_put_away(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1,)))
    with pytest.raises(NotPermitted, match="has seats"):
        house.database.transact(archive_performance, house.small.manager, house.small.performance_id)


def test_a_performance_is_put_away_and_taken_back(house: OpenHouse) -> None:
    listed = {one.performance_id for one in house.database.read(list_performances)}
    for _ in range(2):
        assert house.database.transact(archive_performance, house.small.manager, house.small.performance_id).archived
    assert {one.performance_id for one in house.database.read(list_performances)} == listed - {
        house.small.performance_id
    }
    assert not house.database.transact(restore_performance, house.small.manager, house.small.performance_id).archived
    assert {one.performance_id for one in house.database.read(list_performances)} == listed
    with pytest.raises(NotFound):
        house.database.transact(archive_performance, house.small.manager, 999_999)


def test_an_event_that_was_put_away_is_given_no_new_performance(house: OpenHouse) -> None:
    away = house.database.transact(lambda s: add(s, Event, title="Old show", deleted_at=START))
    with pytest.raises(FieldRefused, match="put away"):
        house.database.transact(add_performance, house.small.manager, new_draft(house, event_id=away))


def test_who_has_chosen_no_plan_is_told_to_choose_one(house: OpenHouse) -> None:
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(add_performance, house.small.manager, new_draft(house, plan_id=0))
    assert refused.value.fields == {"plan_id": "Choose a seating plan."}


def test_only_a_manager_sets_performances_up(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(add_performance, house.small.cashier, new_draft(house))
    with pytest.raises(NotPermitted):
        house.database.transact(save_performance, house.small.cashier, evening(house), new_draft(house))
