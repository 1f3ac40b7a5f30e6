"""The list of performances at a till, read anew every ten seconds: how it grows with the season on sale."""

from __future__ import annotations

from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from pos_app.db.models import Event, PriceCategory, SeatingPlan
from pos_app.services.season.offers import list_performances
from pos_app.services.season.seats_left import count_left
from tests.benchmarks.figures import Figure, milliseconds
from tests.benchmarks.stadium import PRICE_MINOR
from tests.small_house import DAY
from tests.small_house_rows import add, add_performance, add_prices, add_seats, fill_inventory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from tests.benchmarks.arena import Arena
    from tests.small_house import SmallHouse

EVENINGS: Final = 200
FEW: Final = 20
ROWS, A_ROW = 25, 76
SEATS: Final = ROWS * A_ROW
IN_VIEW: Final = 8
"""So many performances stand in the list of a window of 1280 x 720, the open one among them."""
TURNS: Final = 15


def measure_listing(arena: Arena) -> Iterator[Figure]:
    """Read the list of a short season and of a long one, and beside it count every seat on sale, by turns."""
    with arena.database() as database:
        season = _evenings(database, arena.stadium.house)
        evenings = list(islice(season, FEW))
        few, _ = _read(database, evenings)
        evenings += season
        many, all_counted = _read(database, evenings)
    seats = f"{EVENINGS * SEATS:,}"
    facts = {"ms": many, f"all {seats} seats counted, ms": all_counted}
    yield Figure(
        f"the list of {EVENINGS} performances, {IN_VIEW} in view / all {seats} seats counted",
        many / all_counted,
        "x",
        0.3,
        facts=facts,
    )
    yield Figure(
        f"the list of {EVENINGS} performances / of {FEW}, {IN_VIEW} in view",
        many / few,
        "x",
        4.0,
        facts={f"{FEW} performances, {FEW * SEATS:,} seats, ms": few},
    )


def _evenings(database: Database, house: SmallHouse) -> Iterator[int]:
    """Add a plan, then evening after evening on it as they are asked for; gives their ids."""
    plan, event, prices = database.transact(_add_hall, house)
    for evening in range(EVENINGS):
        yield database.transact(_add_evening, event, plan, (evening + 1) * DAY, prices)


def _add_hall(session: Session, house: SmallHouse) -> tuple[int, int, dict[tuple[int, int], int]]:
    facts = {"width": 2000.0, "height": 900.0, "focal_x": 1000.0, "focal_y": 20.0}
    plan = add(session, SeatingPlan, venue_id=house.venue_id, name="Hall", **facts)
    categories = {name: add(session, PriceCategory, plan_id=plan, name=name) for name in "AB"}
    add_seats(session, plan, categories, ROWS, A_ROW)
    prices = {(category, house.adult_id): PRICE_MINOR for category in categories.values()}
    return plan, add(session, Event, title="A Long Season"), prices


def _add_evening(session: Session, event: int, plan: int, starts_in: int, prices: dict[tuple[int, int], int]) -> int:
    performance_id = add_performance(session, event, plan, starts_in=starts_in)
    add_prices(session, performance_id, prices)
    fill_inventory(session, performance_id)
    return performance_id


def _read(database: Database, evenings: list[int]) -> tuple[float, float]:
    """Return the milliseconds of the list, and of counting all seats of these evenings."""
    with database.writer.connect() as connection:
        connection.execute(text("ANALYZE TABLE performance, performance_seat"))
    listed, counted = [], []
    for turn in range(TURNS + 1):
        of_list = milliseconds(lambda: database.read(list_performances, evenings[:IN_VIEW]))
        of_seats = milliseconds(lambda: database.read(count_left, evenings))
        # At the first turn statements are compiled and pages are read.
        if turn:
            listed.append(of_list)
            counted.append(of_seats)
    return median(listed), median(counted)
