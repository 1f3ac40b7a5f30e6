"""What stories of seating plans share: a plan to draw, and looking at what became of a performance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import Performance, PerformanceSeat, Seat
from pos_app.doctor.findings import format_findings
from pos_app.doctor.judgement import judge_database
from pos_app.domain.venues.plan_draft import DraftArea, DraftCategory
from pos_app.domain.venues.plan_generator import COMPANION, WHEELCHAIR, PlanWish, ZoneWish, generate_plan
from pos_app.domain.venues.plan_part_edits import put_area
from pos_app.domain.venues.plan_shapes import PlanShape, PlanText
from pos_app.services.venues.plan_catalogue import open_plan
from pos_app.services.venues.plan_store import add_plan, save_plan
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from collections.abc import Collection

    from pos_app.domain.selling.sales import Sale
    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import OpenPlan, SavedPlan
    from tests.houses import OpenHouse

FLOOR = DraftArea("floor", "Floor", 40, "B", PlanShape("rectangle", 10.0, -60.5, 0.0, "#eee", "", 200.0, 50.0))


def hall(name: str = "Small hall", capacity: int = 40) -> PlanDraft:
    """A hall of two zones, 6 rows, a wheelchair place, an area, and a stage drawn as scenery."""
    wish = PlanWish(
        name,
        (
            ZoneWish(
                "Stalls", (8, 9, 10, 10), "A", aisles_after=(4,), wheelchair={(3, 0): WHEELCHAIR, (3, 1): COMPANION}
            ),
            ZoneWish("Balcony", (6, 6), "B", first_row=8),
        ),
        (DraftCategory("A", "#112233"), DraftCategory("B", "#445566")),
        0.4,
    )
    drawn = put_area(generate_plan(wish), "balcony", replace(FLOOR, capacity=capacity))
    stage = PlanShape(
        "polygon", 3.25, -70.0, 12.5, "#333", "#000", 0, 0, ((0, 0), (50.5, 0), (40, 30)), PlanText("Stage", 5, 5)
    )
    stalls = replace(drawn.zones[0], scenery=(stage,), zone_id="Z-1")
    odd = replace(stalls.rows[0].seats[0], uuid="u-1", radius=12.0, start_direction="<>")
    first = replace(stalls.rows[0], seats=(odd, *stalls.rows[0].seats[1:]), row_label="Row %s", number_position="both")
    return replace(drawn, zones=(replace(stalls, rows=(first, *stalls.rows[1:])), *drawn.zones[1:]))


def opened(house: OpenHouse, plan_id: int | None = None) -> OpenPlan:
    return house.database.read(open_plan, house.small.manager, plan_id or house.small.plan_id)


def findings(house: OpenHouse) -> str:
    found = house.database.read(judge_database)
    return format_findings(found) if found else ""


def plan_of(house: OpenHouse, performance_id: int) -> int:
    return house.database.read(
        lambda session: session.execute(
            select(Performance.plan_id).where(Performance.id == performance_id)
        ).scalar_one()
    )


def inventory(house: OpenHouse, performance_id: int) -> int:
    """How many places a performance has."""
    return house.database.read(
        lambda session: session.execute(
            select(func.count()).select_from(PerformanceSeat).where(PerformanceSeat.performance_id == performance_id)
        ).scalar_one()
    )


def seat_ids(house: OpenHouse, plan_id: int) -> dict[str, int]:
    """The ids of the places of a plan, by guid."""
    wanted = select(Seat.guid, Seat.id).where(Seat.plan_id == plan_id, Seat.deleted_at.is_(None))
    return house.database.read(lambda session: {row.guid: row.id for row in session.execute(wanted)})


def add_draft(house: OpenHouse, draft: PlanDraft) -> OpenPlan:
    return house.database.transact(add_plan, house.small.manager, house.small.venue_id, draft)


def sell_row(house: OpenHouse, row: int, numbers: list[int], performance_id: int | None = None) -> Sale:
    seats = house.small.seats_of(row, numbers, performance_id)
    return house.database.transact(sell_seats, house.small, seats)


def save(house: OpenHouse, before: OpenPlan, wanted: PlanDraft, move: Collection[int] | None = None) -> SavedPlan:
    return house.database.transact(save_plan, house.small.manager, before, wanted, move=move)
