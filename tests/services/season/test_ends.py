"""A performance may have an end: it is sold, listed and let in until then, and no longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from pos_app.db.clock import utc_plus
from pos_app.db.models import AuditEntry
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotOnSale, SaleAfterStart
from pos_app.domain.local_times import wall_time
from pos_app.domain.season.performances import CommonChange, TicketsBearOldTime
from pos_app.services.door.guest_lists import list_door_performances
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.ticket_faces import load_ticket_faces
from pos_app.services.season.dates import repeat_performance
from pos_app.services.season.offers import list_performances, load_offer
from pos_app.services.season.performances import add_performance, draft_of, save_performance
from pos_app.services.season.several import change_performances
from pos_app.services.selling.sales import sell
from pos_app.services.venues.plan_catalogue import performances_to_come
from tests.services.season.evenings import START, all_of, evening, new_draft
from tests.services.selling.refusals import refused
from tests.services.stories import cash_request, change_performance, hold, put_hold_back, sold

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.houses import OpenHouse

HOUR = 3600


def begun(house: OpenHouse, hours: float, *, ends_in: float | None = None) -> None:
    """Let the evening have begun so many hours ago, and end in so many."""
    start = utc_plus(int(-hours * HOUR))
    ends_at = None if ends_in is None else utc_plus(int(ends_in * HOUR))
    change_performance(house, starts_at=start, doors_at=utc_plus(int(-hours * HOUR) - 1800), ends_at=ends_at)


def is_listed(house: OpenHouse, read: Callable[..., Any]) -> bool:
    return house.small.performance_id in {one.performance_id for one in house.database.read(read)}


@pytest.mark.parametrize(
    ("hours", "ends_in", "at_tills", "at_gates"),
    [
        (5, None, True, True),
        (7, None, False, True),
        (13, None, False, False),
        (3, -0.5, False, True),
        (3, -5.5, False, True),
        (3, -6.5, False, False),
        (7, 1, True, True),
        (26, 40, True, True),
        (40 * 24, 1, True, True),
        (40 * 24, -1, False, True),
        (365 * 24, 23, True, True),
        (40 * 24, -7, False, False),
    ],
)
def test_tills_list_it_until_its_end_and_gates_some_hours_longer(
    house: OpenHouse, hours: float, ends_in: float | None, *, at_tills: bool, at_gates: bool
) -> None:
    begun(house, hours, ends_in=ends_in)
    assert is_listed(house, list_performances) is at_tills
    assert is_listed(house, list_door_performances) is at_gates
    assert (house.small.performance_id in house.database.read(performances_to_come, house.small.plan_id)) is (
        ends_in is not None and ends_in > 0
    )


def test_a_list_and_an_offer_tell_the_end(house: OpenHouse) -> None:
    begun(house, 26, ends_in=40)
    small = house.small
    (till,) = (one for one in house.database.read(list_performances) if one.performance_id == small.performance_id)
    (gate,) = (one for one in house.database.read(list_door_performances) if one.performance_id == small.performance_id)
    assert till.ends_at == gate.ends_at == house.database.read(load_offer, small.performance_id).ends_at
    assert till.ends_at is not None
    assert till.ends_at - till.now == pytest.approx(timedelta(hours=40), abs=timedelta(minutes=1))
    assert gate.until_end == pytest.approx(40 * HOUR, abs=60)
    assert not till.is_late


def test_what_people_come_and_go_to_is_sold_without_a_question_and_an_evening_with_one(house: OpenHouse) -> None:
    one, two = house.small.seats_of(1, (1, 2))
    begun(house, 26, ends_in=40)
    held = hold(house, [one])
    assert house.database.transact(sell, house.small.cashier, cash_request(house, held)).ticket_ids
    begun(house, 1, ends_in=2)
    with pytest.raises(SaleAfterStart):
        hold(house, [two])
    assert hold(house, [two], after_start=True).seats == (two,)


def test_what_is_over_is_not_sold_but_what_was_held_before_is_paid_while_its_time_runs(house: OpenHouse) -> None:
    one, two, late = house.small.seats_of(1, (1, 2, 3))
    begun(house, 26, ends_in=1)
    in_time, too_late = hold(house, [one]), hold(house, [late])
    requests = [cash_request(house, in_time), cash_request(house, too_late)]
    begun(house, 26, ends_in=-30 / HOUR)
    put_hold_back(house, in_time.basket_key, made=60, left=840)
    put_hold_back(house, too_late.basket_key, made=20, left=880)
    for after_start in (False, True):
        with pytest.raises(NotOnSale, match="is over"):
            hold(house, [two], after_start=after_start)
    refused(house, requests[1], NotOnSale, "is over")
    assert house.database.transact(sell, house.small.cashier, requests[0]).ticket_ids


def test_the_end_of_the_sale_holds_before_the_end(house: OpenHouse) -> None:
    begun(house, 26, ends_in=40)
    change_performance(house, off_sale_at=utc_plus(-60))
    with pytest.raises(NotOnSale, match="no longer on sale"):
        hold(house, [house.small.seat(1, 1)])


@pytest.mark.parametrize(
    ("times", "field", "words"),
    [
        ({"ends_at": START}, "ends_at", "end after it has begun"),
        ({"ends_at": START - timedelta(hours=1)}, "ends_at", "end after it has begun"),
        ({"ends_at": START + timedelta(days=367)}, "ends_at", "a year at the most"),
        (
            {"ends_at": START + timedelta(hours=3), "off_sale_at": START + timedelta(hours=4)},
            "off_sale_at",
            "after the end",
        ),
        ({"ends_at": START + timedelta(hours=3), "on_sale_at": START + timedelta(hours=1)}, "on_sale_at", "before"),
        ({"ends_at": START + timedelta(days=3), "on_sale_at": START + timedelta(days=4)}, "on_sale_at", "ends"),
    ],
)
def test_an_end_that_cannot_be_is_refused_beside_its_field(
    house: OpenHouse, times: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(FieldRefused) as refusal:
        house.database.transact(add_performance, house.small.manager, new_draft(house, **times))
    assert list(refusal.value.fields) == [field]
    assert words in refusal.value.fields[field]


def test_an_end_is_stored_to_the_minute_changed_and_taken_away_and_the_audit_knows(house: OpenHouse) -> None:
    manager, end = house.small.manager, START + timedelta(days=3, seconds=31)
    made = house.database.transact(
        add_performance, manager, new_draft(house, ends_at=end, off_sale_at=end, on_sale_at=START + timedelta(days=1))
    )
    assert made.ends_at == end.replace(second=0)
    later = replace(draft_of(made), ends_at=end + timedelta(hours=1))
    changed = house.database.transact(save_performance, manager, made, later)
    assert changed.ends_at == end.replace(second=0) + timedelta(hours=1)
    assert changed == house.database.transact(save_performance, manager, made, later)
    evening_again = replace(draft_of(changed), ends_at=None, on_sale_at=None, off_sale_at=None)
    gone = house.database.transact(save_performance, manager, changed, evening_again)
    assert gone.ends_at is None
    entries = house.database.read(lambda s: s.scalars(select(AuditEntry.body).order_by(AuditEntry.id)).all())
    assert sum("ends_at" in entry for entry in entries) == 3


def test_the_same_again_lasts_as_long_and_a_sale_that_ends_with_it_still_does(house: OpenHouse) -> None:
    manager = house.small.manager
    fair = house.database.transact(
        add_performance,
        manager,
        new_draft(house, ends_at=START + timedelta(days=3, hours=-7), off_sale_at=START + timedelta(days=3, hours=-7)),
    )
    zone = fair.time_zone
    # Over the end of summer time, so that the days have an hour more.
    autumn = [START.replace(month=10, day=24), START.replace(month=11, day=20, hour=18)]
    for one in house.database.transact(repeat_performance, manager, fair.performance_id, autumn):
        assert one.ends_at == one.off_sale_at
        assert one.ends_at is not None
        assert fair.ends_at is not None
        clock, wanted = wall_time(one.ends_at, zone).wall, wall_time(fair.ends_at, zone).wall
        assert clock.time() == wanted.time()
        assert clock.date() - wall_time(one.starts_at, zone).wall.date() == timedelta(days=3)


def test_several_get_the_same_length_or_no_end(house: OpenHouse) -> None:
    manager = house.small.manager
    both = [all_of(house)[one] for one in (house.small.performance_id, house.small.gala_id)]
    changed = house.database.transact(change_performances, manager, both, CommonChange(lasts_minutes=150))
    lengths = [one.ends_at - one.starts_at for one in changed if one.ends_at]
    # They begin at some second, and end at none.
    assert lengths == [pytest.approx(timedelta(minutes=150), abs=timedelta(minutes=1))] * 2
    again = house.database.transact(change_performances, manager, changed, CommonChange(no_end=True))
    assert [one.ends_at for one in again] == [None, None]


def test_tickets_bear_the_end_of_what_lasts_for_days_only(house: OpenHouse) -> None:
    manager, before = house.small.manager, evening(house)
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    short = replace(draft_of(before), ends_at=before.starts_at + timedelta(hours=2))
    before = house.database.transact(save_performance, manager, replace(before), short)
    days = replace(short, ends_at=before.starts_at + timedelta(days=3))
    unaware = replace(before, sold=0)
    with pytest.raises(TicketsBearOldTime):
        house.database.transact(save_performance, manager, unaware, days)
    stored = house.database.transact(save_performance, manager, before, days)
    faces = house.database.read(load_ticket_faces, sale.ticket_ids)
    assert {face.ends_at for face in faces} == {stored.ends_at}
    order = house.database.read(load_order_page, manager, sale.order_id)
    assert order.performances[0].ends_at == stored.ends_at
    assert stored.ends_at is not None
