"""A second house of the same box office in another country: seats there are paid in another currency."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pos_app.db.models import Event, PriceCategory, SeatingPlan, Venue
from pos_app.domain.seats import SeatKey
from tests.small_house_rows import add, add_performance, add_prices, add_seats, fill_inventory
from tests.standing import add_standing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse
    from tests.small_house import SmallHouse

PRICE_MINOR: Final = 3000
PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class Barn:
    """What was built, by id: an evening in three days, paid in CHF; two rows of three seats, and room to stand."""

    performance_id: int
    area_id: int
    seat_ids: tuple[int, ...]

    def seat(self, at: int) -> SeatKey:
        """Return one of the six seats, counted from 0."""
        return SeatKey(self.performance_id, self.seat_ids[at])


def open_barn(house: OpenHouse) -> Barn:
    """Build it in an open house."""
    return house.database.transact(_build, house.small)


def _build(session: Session, house: SmallHouse) -> Barn:
    venue = add(session, Venue, name="Alp barn", address="", time_zone="Europe/Zurich", currency="CHF")
    plan = add(
        session,
        SeatingPlan,
        venue_id=venue,
        name="Barn",
        version=1,
        width=300.0,
        height=400.0,
        focal_x=150.0,
        focal_y=20.0,
    )
    categories = {letter: add(session, PriceCategory, plan_id=plan, name=letter) for letter in "AB"}
    seat_ids = add_seats(session, plan, categories, 2, 3)
    area = add_standing(session, replace(house, plan_id=plan, category_b_id=categories["B"]), PLACES, name="Yard")
    performance = add_performance(session, add(session, Event, title="The Alp Horn"), plan, starts_in=3 * 86_400)
    add_prices(session, performance, {(one, house.adult_id): PRICE_MINOR for one in categories.values()})
    fill_inventory(session, performance)
    return Barn(performance, area, seat_ids)
