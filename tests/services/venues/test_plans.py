from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.services.venues.plans import archive_plan, rename_plan, restore_plan
from tests.services.venues.plan_stories import add_draft, hall

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_plan_is_renamed_put_away_and_taken_back(house: OpenHouse) -> None:
    made = add_draft(house, hall()).plan
    manager = house.small.manager
    for _ in range(2):
        assert house.database.transact(rename_plan, manager, made, " Other  hall ").name == "Other hall"
    with pytest.raises(ChangedMeanwhile):
        house.database.transact(rename_plan, manager, made, "Third")
    with pytest.raises(FieldRefused):
        house.database.transact(rename_plan, manager, replace(made, name="Other hall"), "Stalls only")
    for _ in range(2):
        assert house.database.transact(archive_plan, manager, made.plan_id).archived
    with pytest.raises(FieldRefused, match="put away"):
        add_draft(house, hall("Other hall"))
    for _ in range(2):
        assert not house.database.transact(restore_plan, manager, made.plan_id).archived
    with pytest.raises(PlanRefused, match="2 performances to come stand"):
        house.database.transact(archive_plan, manager, house.small.plan_id)
    actions = house.database.read(
        lambda s: s.execute(select(AuditEntry.action).order_by(AuditEntry.id)).scalars().all()
    )
    assert actions == ["plan_added", "plan_renamed", "plan_archived", "plan_restored"]


def test_two_plans_of_a_venue_do_not_differ_by_the_case_of_their_names_alone(house: OpenHouse) -> None:
    add_draft(house, hall("Small hall"))
    with pytest.raises(FieldRefused, match="already") as refused:
        add_draft(house, hall("SMALL Hall"))
    assert "“Small hall”" in refused.value.fields["name"]
    other = add_draft(house, hall("Great hall")).plan
    with pytest.raises(FieldRefused):
        house.database.transact(rename_plan, house.small.manager, other, "small HALL")
    assert house.database.transact(rename_plan, house.small.manager, other, "GREAT hall").name == "GREAT hall"
