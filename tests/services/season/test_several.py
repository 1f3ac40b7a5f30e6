from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.doctor import judge_database
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.season.performances import CommonChange, TicketsBearOldTime
from pos_app.services.season.cancellations import cancel_performance, export_affected_orders
from pos_app.services.season.performance_records import count_places, open_performance
from pos_app.services.season.performances import draft_of, save_performance
from pos_app.services.season.several import (
    archive_performances,
    cancel_performances,
    change_performances,
    reinstate_performances,
    restore_performances,
    save_performances,
)
from pos_app.services.selling.sales import sell
from tests.services.season.evenings import all_of
from tests.services.stories import cash_request, hold, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def actions(house: OpenHouse) -> list[str]:
    return list(house.database.read(lambda s: s.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()))


def test_one_change_is_made_on_several_performances_or_on_none(house: OpenHouse) -> None:
    chosen = [all_of(house)[one] for one in (house.small.performance_id, house.small.gala_id)]
    saved = house.database.transact(
        change_performances, house.small.manager, chosen, CommonChange(hold_minutes=20, order_fee_minor=300)
    )
    assert [(one.hold_minutes, one.order_fee_minor) for one in saved] == [(20, 300), (20, 300)]
    with pytest.raises(FieldRefused, match="minutes"):
        house.database.transact(change_performances, house.small.manager, list(saved), CommonChange(hold_minutes=31))
    late = max(one.starts_at for one in saved) - timedelta(hours=1)
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(change_performances, house.small.manager, list(saved), CommonChange(on_sale_at=late))
    assert saved[0].title in refused.value.fields["on_sale_at"]
    assert all_of(house)[house.small.gala_id].on_sale_at is None


def test_a_change_of_several_is_told_what_somebody_else_changed(house: OpenHouse) -> None:
    chosen = [all_of(house)[one] for one in (house.small.performance_id, house.small.gala_id)]
    house.database.transact(
        save_performance, house.small.manager, chosen[1], replace(draft_of(chosen[1]), ticket_fee_minor=99)
    )
    with pytest.raises(ChangedMeanwhile):
        house.database.transact(change_performances, house.small.manager, chosen, CommonChange(hold_minutes=20))
    assert all_of(house)[house.small.performance_id].hold_minutes == 15


def test_a_sale_can_end_at_once_or_so_long_before_each_begins(house: OpenHouse) -> None:
    chosen = [all_of(house)[one] for one in (house.small.performance_id, house.small.gala_id)]
    saved = house.database.transact(change_performances, house.small.manager, chosen, CommonChange(off_sale_minutes=30))
    assert [one.starts_at - one.off_sale_at for one in saved if one.off_sale_at] == pytest.approx(
        [timedelta(minutes=30)] * 2, abs=timedelta(minutes=1)
    )
    early = min(one.starts_at for one in saved) - timedelta(days=9)
    later = house.database.transact(change_performances, house.small.manager, saved, CommonChange(on_sale_at=early))
    assert all(one.on_sale_at for one in later)
    open_again = CommonChange(sale_at_once=True, sale_to_the_end=True)
    last = house.database.transact(change_performances, house.small.manager, later, open_again)
    assert {(one.on_sale_at, one.off_sale_at) for one in last} == {(None, None)}


def test_a_change_of_several_is_undone_by_saving_what_was(house: OpenHouse) -> None:
    chosen = [all_of(house)[one] for one in (house.small.performance_id, house.small.gala_id)]
    saved = house.database.transact(
        change_performances, house.small.manager, chosen, CommonChange(hold_minutes=20, ticket_fee_minor=0)
    )
    back = [(now, draft_of(before)) for now, before in zip(saved, chosen, strict=True)]
    house.database.transact(save_performances, house.small.manager, back)
    assert [all_of(house)[one.performance_id] for one in chosen] == chosen


def test_several_are_cancelled_for_one_reason_and_reinstated(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1, 2)))
    ids = [house.small.performance_id, house.small.gala_id]
    cancelled = house.database.transact(cancel_performances, house.small.manager, ids, "Flood")
    assert [(one.cancelled, one.cancel_reason) for one in cancelled] == [(True, "Flood")] * 2
    back = house.database.transact(reinstate_performances, house.small.manager, ids)
    assert not any(one.cancelled for one in back)
    assert house.database.read(judge_database) == ()


def test_of_several_none_is_put_away_when_somebody_has_seats_for_one(house: OpenHouse) -> None:
    hold(house, house.small.seats_of(1, (1, 2), house.small.gala_id))
    ids = [house.small.performance_id, house.small.gala_id]
    with pytest.raises(NotPermitted, match=r"The Cherry Orchard, .* Somebody has seats"):
        house.database.transact(archive_performances, house.small.manager, ids)
    assert not any(one.archived for one in all_of(house).values())
    house.database.transact(archive_performances, house.small.manager, ids[:1])
    assert not house.database.transact(restore_performances, house.small.manager, ids[:1])[0].archived


def test_nothing_chosen_and_nobody_allowed(house: OpenHouse) -> None:
    with pytest.raises(NotFound):
        house.database.transact(change_performances, house.small.manager, [], CommonChange(hold_minutes=20))
    with pytest.raises(NotFound):
        house.database.transact(archive_performances, house.small.manager, [])
    with pytest.raises(NotPermitted):
        house.database.transact(archive_performances, house.small.cashier, [house.small.gala_id])
    with pytest.raises(NotPermitted):
        house.database.read(count_places, house.small.cashier, [house.small.gala_id])


def test_moving_a_performance_says_first_how_many_tickets_bear_the_old_time(house: OpenHouse) -> None:
    before = house.database.read(open_performance, house.small.manager, house.small.performance_id)
    sold(house, house.small.seats_of(1, (1, 2)))
    moved = replace(draft_of(before), starts_at=before.starts_at + timedelta(hours=1))
    with pytest.raises(TicketsBearOldTime, match="2"):
        house.database.transact(save_performance, house.small.manager, before, moved)
    told = replace(before, sold=2)
    saved = house.database.transact(save_performance, house.small.manager, told, moved)
    assert saved.starts_at - before.starts_at > timedelta(minutes=58)
    fee = replace(draft_of(saved), ticket_fee_minor=99)
    house.database.transact(save_performance, house.small.manager, replace(saved, sold=0), fee)


def test_the_affected_orders_are_taken_out_with_whom_to_tell(house: OpenHouse) -> None:
    held = hold(house, house.small.seats_of(1, (1, 2)))
    order = house.database.transact(sell, house.small.cashier, cash_request(house, held, customer_name="Ada Byron"))
    sold(house, house.small.seats_of(1, (1,), house.small.gala_id))
    house.database.transact(cancel_performance, house.small.manager, house.small.performance_id, "Flood")
    content = house.database.transact(export_affected_orders, house.small.manager, [house.small.performance_id]).decode(
        "utf-8-sig"
    )
    lines = content.splitlines()
    assert len(lines) == 2
    assert lines[1].replace("-", "").startswith(f"{order.number},Ada Byron,,,2,")
    assert actions(house)[-1] == "affected_orders_exported"
    with pytest.raises(NotPermitted):
        house.database.transact(export_affected_orders, house.small.cashier, [house.small.performance_id])
