"""What is done to every record in one way: under a lock, told once, and never over somebody else's change."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.editing import ChangedMeanwhile
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.services.records import facts_of
from pos_app.services.season.performance_records import PERFORMANCES, load_performance_record
from pos_app.services.season.performances import draft_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.season.performances import PerformanceRecord
    from tests.houses import OpenHouse


def gala(house: OpenHouse) -> PerformanceRecord:
    return house.database.read(load_performance_record, house.small.gala_id)


def told(house: OpenHouse) -> list[dict[str, Any]]:
    bodies = house.database.read(lambda session: session.scalars(select(AuditEntry.body).order_by(AuditEntry.id)).all())
    return [json.loads(body) for body in bodies]


def test_a_change_is_told_with_what_was_and_what_is(house: OpenHouse) -> None:
    before = gala(house)
    wanted = replace(draft_of(before), hold_minutes=5, starts_at=before.starts_at + timedelta(hours=1))

    def change(session: Session) -> PerformanceRecord:
        now = PERFORMANCES.locked(session, house.small.manager, before.performance_id)
        columns = {"hold_seconds": 300, "starts_at": wanted.starts_at}
        return PERFORMANCES.change(session, house.small.manager, now, wanted, columns, performance=now.performance_id)

    changed = house.database.transact(change)
    assert (changed.hold_minutes, changed.starts_at) == (5, wanted.starts_at)
    entry = told(house)[-1]
    assert (entry["action"], entry["performance"]) == ("performance_changed", before.performance_id)
    assert entry["before"] == facts_of(draft_of(before))
    assert entry["after"] == facts_of(wanted)
    assert entry["after"]["starts_at"] == wanted.starts_at.isoformat()


def test_what_is_stored_already_needs_no_saving_whoever_stored_it(house: OpenHouse) -> None:
    now = gala(house)
    before = replace(now, hold_minutes=now.hold_minutes + 1)
    assert PERFORMANCES.is_stored(before, now, draft_of(now))


def test_somebody_elses_change_is_not_saved_over_but_what_is_counted_is_none(house: OpenHouse) -> None:
    now = gala(house)
    wanted = replace(draft_of(now), hold_minutes=7)
    assert not PERFORMANCES.is_stored(replace(now, sold=now.sold + 1, held=3), now, wanted)
    with pytest.raises(ChangedMeanwhile) as refused:
        PERFORMANCES.is_stored(replace(now, order_fee_minor=1), now, wanted)
    assert refused.value.current is now
    assert [one.field for one in refused.value.changes] == ["order_fee_minor"]


def test_a_record_is_put_away_and_taken_back_and_each_is_told_once(house: OpenHouse) -> None:
    manager, key = house.small.manager, house.small.gala_id

    def archive(session: Session) -> PerformanceRecord:
        return PERFORMANCES.archive(session, manager, PERFORMANCES.locked(session, manager, key))

    assert house.database.transact(archive).archived
    assert house.database.transact(archive).archived
    assert not house.database.transact(PERFORMANCES.restore, manager, key).archived
    assert not house.database.transact(PERFORMANCES.restore, manager, key).archived
    entries = told(house)
    assert [entry["action"] for entry in entries] == ["performance_archived", "performance_restored"]
    assert {(entry["performance"], entry["title"]) for entry in entries} == {(key, gala(house).title)}


def test_nobody_but_a_manager_takes_hold_of_a_record(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(PERFORMANCES.locked, house.small.cashier, house.small.gala_id)
    with pytest.raises(NotPermitted):
        house.database.transact(PERFORMANCES.restore, house.small.cashier, house.small.gala_id)
    with pytest.raises(NotFound):
        house.database.transact(PERFORMANCES.locked, house.small.manager, 999)
