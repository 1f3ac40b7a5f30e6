"""Performances of the small house as a manager reads them, and what a new one could be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pos_app.domain.season.performances import PerformanceDraft, PerformanceRecord
from pos_app.services.season.performance_records import list_performance_records

if TYPE_CHECKING:
    from tests.houses import OpenHouse


START = datetime(2031, 5, 2, 17, 30, tzinfo=UTC)


def all_of(house: OpenHouse) -> dict[int, PerformanceRecord]:
    found = house.database.read(list_performance_records, house.small.manager)
    return {one.performance_id: one for one in found}


def evening(house: OpenHouse) -> PerformanceRecord:
    return all_of(house)[house.small.performance_id]


def new_draft(house: OpenHouse, **more: Any) -> PerformanceDraft:
    return replace(PerformanceDraft(evening(house).event_id, house.small.plan_id, START), **more)
