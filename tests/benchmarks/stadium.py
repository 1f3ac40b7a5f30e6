"""A house of 60,000 seats in the database, with a performance of its own for each benchmark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, text, update

from pos_app.db.clock import utc_now
from pos_app.db.models import AuditHead, Event, PlanRow, PriceCategory, Seat, SeatingPlan, Till, Zone
from pos_app.domain.seats import SeatState
from pos_app.services.seats.claims import INVENTORY
from tests.small_house import DAY, build_small_house
from tests.small_house_rows import add, add_performance, add_prices, fill_inventory
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.services.seats.map_data import SeatPlan
    from tests.small_house import SmallHouse

SEATS: Final = 60_000
TILLS: Final = 16
PRICE_MINOR: Final = 4_500
PERFORMANCES: Final = ("alone", "crowd", "sales", "live", "door")
SOLD_BEFORE: Final = 2
"""Seats of five that are sold on the live evening before it starts."""
_ROWS_A_STATEMENT: Final = 5_000


@dataclass(frozen=True)
class Stadium:
    """What was built. performances: by name, see PERFORMANCES; all are free but "live". actors: a person per till."""

    house: SmallHouse
    plan_id: int
    first_seat_id: int
    performances: dict[str, int]
    actors: tuple[Actor, ...]

    def pair(self, number: int) -> tuple[int, int]:
        """Return two seats side by side."""
        first = self.first_seat_id + 2 * number
        return first, first + 1


def build_stadium(database: Database, evenings: Sequence[str] = PERFORMANCES, tills: int = TILLS) -> Stadium:
    """Build it in an empty schema; evenings: some of PERFORMANCES; tills: how many counters there are."""
    house = database.transact(build_small_house)
    drawn = plans.stadium(SEATS)
    plan_id, categories = database.transact(_add_plan, house, drawn)
    first = database.transact(_add_parts, plan_id, drawn)
    rows = _seat_rows(drawn, plan_id, first, categories)
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        database.transact(_add_rows, rows[start : start + _ROWS_A_STATEMENT])
    event = database.transact(_add_event)
    prices = {(category, house.adult_id): PRICE_MINOR for category in categories}
    performances = {}
    for number, name in enumerate(evenings, 1):
        performances[name] = database.transact(_add_evening, event, plan_id, number * DAY, prices)
    if "live" in performances:
        database.transact(_sell_before, performances["live"])
    actors = database.transact(_add_tills, house.cashier, tills)
    # So many rows at once: the server chooses its indexes by numbers that are older than they are.
    with database.writer.connect() as connection:
        connection.execute(text("ANALYZE TABLE seat, performance_seat"))
    return Stadium(house, plan_id, first["seat"], performances, actors)


def _add_plan(session: Session, house: SmallHouse, drawn: SeatPlan) -> tuple[int, list[int]]:
    plan_id = add(
        session,
        SeatingPlan,
        venue_id=house.venue_id,
        name="Stadium",
        width=drawn.width,
        height=drawn.height,
        focal_x=drawn.focal_x,
        focal_y=drawn.focal_y,
    )
    categories = [
        add(session, PriceCategory, plan_id=plan_id, name=category.name, sort=sort)
        for sort, category in enumerate(drawn.categories)
    ]
    return plan_id, categories


def _add_parts(session: Session, plan_id: int, drawn: SeatPlan) -> dict[str, int]:
    """Add zones and rows; return the first free key of each kind of part."""
    first = {
        name: (session.execute(select(func.max(table.id))).scalar() or 0) + 1
        for name, table in (("zone", Zone), ("row", PlanRow), ("seat", Seat))
    }
    session.execute(
        insert(Zone),
        [
            {
                "id": first["zone"] + at,
                "plan_id": plan_id,
                "name": one.name,
                "label_x": one.label_x,
                "label_y": one.label_y,
                "sort": at,
            }
            for at, one in enumerate(drawn.zones)
        ],
    )
    zone_of_row = dict(zip(drawn.row_of.tolist(), drawn.zone.tolist(), strict=True))
    session.execute(
        insert(PlanRow),
        [
            {"id": first["row"] + row, "zone_id": first["zone"] + zone, "label": drawn.row_labels[row], "sort": row}
            for row, zone in zone_of_row.items()
        ],
    )
    return first


def _seat_rows(drawn: SeatPlan, plan_id: int, first: dict[str, int], categories: list[int]) -> list[dict[str, Any]]:
    columns = (drawn.x, drawn.y, drawn.zone, drawn.row_of, drawn.position, drawn.category)
    return [
        {
            "id": first["seat"] + at,
            "plan_id": plan_id,
            "zone_id": first["zone"] + zone,
            "row_id": first["row"] + row,
            "category_id": categories[category],
            "guid": str(at),
            "number": drawn.numbers[at],
            "position": position,
            "x": x,
            "y": y,
        }
        for at, (x, y, zone, row, position, category) in enumerate(
            zip(*(column.tolist() for column in columns), strict=True)
        )
    ]


def _add_rows(session: Session, rows: list[dict[str, Any]]) -> None:
    session.execute(insert(Seat), rows)


def _add_event(session: Session) -> int:
    return add(session, Event, title="The Final")


def _add_evening(session: Session, event: int, plan_id: int, starts_in: int, prices: dict[tuple[int, int], int]) -> int:
    performance_id = add_performance(session, event, plan_id, starts_in=starts_in)
    add_prices(session, performance_id, prices)
    fill_inventory(session, performance_id)
    return performance_id


def _sell_before(session: Session, performance_id: int) -> None:
    """Show part of the house as sold, without the orders: the map does not ask for them."""
    session.execute(
        update(INVENTORY)
        .where(INVENTORY.c.performance_id == performance_id, INVENTORY.c.seat_id % 5 < SOLD_BEFORE)
        .values(state=SeatState.SOLD, order_line_id=1, changed_at=utc_now())
    )


def _add_tills(session: Session, person: Actor, count: int) -> tuple[Actor, ...]:
    actors = []
    for number in range(count):
        name = f"Counter {number + 1}"
        till_id = add(session, Till, machine_key=f"machine-{name}", name=name, created_at=utc_now())
        session.execute(insert(AuditHead).values(chain=f"till:{till_id}", seq=0, hash=""))
        actors.append(replace(person, till_id=till_id, till_name=name))
    return tuple(actors)
