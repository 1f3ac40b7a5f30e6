"""What stands in the way of a changed plan: places that somebody has, and that would be gone or called otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from pos_app.db.clock import seconds_until
from pos_app.db.models import (
    Area,
    Event,
    Hold,
    Order,
    OrderLine,
    Performance,
    PlanRow,
    Price,
    PriceCategory,
    Seat,
    SeatingPlan,
    Till,
    Venue,
    Zone,
)
from pos_app.domain.codes import grouped
from pos_app.domain.seats import ClaimKind, SeatState
from pos_app.domain.sentences import say, say_count
from pos_app.domain.venues.plan_draft import place_name
from pos_app.domain.venues.plan_records import Hindrance, HindranceKind, PerformanceMove
from pos_app.services.seats.claims import INVENTORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.sentences import Sentence
    from pos_app.domain.venues.plan_draft import PlanDraft

_SEAT = INVENTORY.c
_RESERVED_TO = aliased(Order)
_NAMED: Final = 4
"""So many hindrances are told, the others counted."""
_HOLDERS: Final = {
    ClaimKind.RESERVATION: say("reserved"),
    ClaimKind.OFFER: say("offered to the waiting list"),
    ClaimKind.HOUSE: say("kept back by the house"),
    ClaimKind.BLOCKED: say("blocked"),
}


@dataclass(frozen=True, slots=True)
class TakenPlace:
    """A place of a performance that somebody has. area_guid: "" for a drawn seat. holder: a till's name, or in words.

    running: in a basket whose time is not over; lapsed: in one whose time is.
    sold: a ticket is out that says its name, or the slip of a reservation.
    """

    seat_id: int
    guid: str
    area_guid: str
    zone: str
    row: str
    number: str
    holder: str
    sold: bool
    running: bool
    lapsed: bool

    @property
    def place(self) -> str:
        """The seat in words, or the name of its area."""
        return self.zone if self.area_guid else place_name(self.zone, self.row, self.number)


def load_taken(session: Session, performance_id: int, *, lock: bool = False) -> tuple[TakenPlace, ...]:
    """Return the places of a performance that are not simply free, by seat id."""
    left = seconds_until(_SEAT.claim_until)
    query = (
        select(
            _SEAT.seat_id,
            _SEAT.state,
            _SEAT.claim_kind,
            _SEAT.claim_id,
            left.label("left"),
            Seat.guid,
            Seat.number,
            Zone.name.label("zone"),
            PlanRow.label.label("row"),
            Area.guid.label("area_guid"),
            Area.name.label("area"),
            func.coalesce(Order.number, _RESERVED_TO.number).label("order_number"),
            Till.name.label("till"),
        )
        .select_from(INVENTORY)
        .join(Seat, Seat.id == _SEAT.seat_id)
        .join(Zone, Zone.id == Seat.zone_id)
        .outerjoin(PlanRow, PlanRow.id == Seat.row_id)
        .outerjoin(Area, Area.id == Seat.area_id)
        .outerjoin(OrderLine, OrderLine.id == _SEAT.order_line_id)
        .outerjoin(Order, Order.id == OrderLine.order_id)
        .outerjoin(_RESERVED_TO, and_(_SEAT.claim_kind == ClaimKind.RESERVATION, _RESERVED_TO.id == _SEAT.claim_id))
        .outerjoin(Hold, and_(_SEAT.claim_kind == ClaimKind.BASKET, Hold.id == _SEAT.claim_id))
        .outerjoin(Till, Till.id == Hold.till_id)
        .where(
            _SEAT.performance_id == performance_id,
            or_(_SEAT.state != SeatState.FREE, _SEAT.prior_order_line_id.is_not(None)),
        )
        .order_by(_SEAT.seat_id)
    )
    if lock:
        session.execute(select(_SEAT.seat_id).where(_SEAT.performance_id == performance_id).with_for_update()).all()
    return tuple(_taken(row) for row in session.execute(query))


def _taken(row: Any) -> TakenPlace:
    basket = row.claim_kind == ClaimKind.BASKET
    over = row.left is not None and row.left <= 0
    if row.order_number is not None:
        holder: str = say("order {number}", number=grouped(row.order_number))
    elif basket:
        holder = row.till or say("a basket")
    elif row.claim_kind is not None:
        holder = _HOLDERS[ClaimKind(row.claim_kind)]
    else:
        holder = say("returned for resale")
    return TakenPlace(
        row.seat_id,
        row.guid,
        "" if row.area is None else (row.area_guid or row.area),
        row.zone if row.area is None else row.area,
        row.row or "",
        row.number,
        holder,
        row.state == SeatState.SOLD or row.claim_kind in {None, ClaimKind.RESERVATION},
        basket and not over,
        basket and over,
    )


class WantedPlaces:
    """What a draft has room for, to be compared with what is taken."""

    def __init__(self, draft: PlanDraft) -> None:
        self._names = {seat.guid: (zone.name, row.label, seat.number) for zone, row, seat in draft.seats()}
        self.capacities = {area.guid: area.capacity for _, area in draft.areas()}

    def hindrances(self, taken: Iterable[TakenPlace], *, keeps_ids: bool) -> tuple[Hindrance, ...]:
        """Return what is in the way. keeps_ids: the plan is changed where it is, so that open baskets go on."""
        found: list[Hindrance] = []
        areas: Counter[str] = Counter()
        area_names: dict[str, str] = {}
        baskets: Counter[str] = Counter()
        for one in taken:
            if one.lapsed:
                continue
            if one.running and not keeps_ids:
                baskets[one.holder] += 1
                continue
            if one.area_guid:
                areas[one.area_guid] += 1
                area_names[one.area_guid] = one.zone
                continue
            name = self._names.get(one.guid)
            if name is None:
                found.append(Hindrance(HindranceKind.REMOVED, one.place, one.holder))
            elif one.sold and name != (one.zone, one.row, one.number):
                found.append(Hindrance(HindranceKind.RENAMED, one.place, one.holder))
        for guid, count in areas.items():
            if count > self.capacities.get(guid, 0):
                found.append(Hindrance(HindranceKind.AREA_FULL, area_names[guid], "", count))
        found += [Hindrance(HindranceKind.BASKET, "", till, count) for till, count in baskets.items()]
        return tuple(found)


def judge_performance(
    session: Session,
    performance_id: int,
    draft: PlanDraft,
    wanted: WantedPlaces,
    *,
    keeps_ids: bool,
    lock: bool = False,
) -> PerformanceMove:
    """Return what a changed plan would mean for a performance; lock: keep its places as they are until the commit."""
    row = session.execute(
        select(Event.title, Performance.starts_at, Performance.ends_at, Venue.time_zone)
        .select_from(Performance)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id == performance_id)
    ).one()
    taken = load_taken(session, performance_id, lock=lock)
    priced = set(
        session.execute(
            select(PriceCategory.name)
            .join(Price, Price.category_id == PriceCategory.id)
            .where(Price.performance_id == performance_id)
            .distinct()
        ).scalars()
    )
    return PerformanceMove(
        performance_id,
        row.title,
        row.starts_at,
        row.time_zone,
        sum(not one.lapsed for one in taken),
        wanted.hindrances(taken, keeps_ids=keeps_ids),
        tuple(one.name for one in draft.categories if (one.stored_as or one.name) not in priced),
        row.ends_at,
    )


def tell_hindrances(moves: Iterable[PerformanceMove]) -> Sentence:
    """Say what is in the way, the first few things by name."""
    found = [(move, one) for move in moves for one in move.hindrances]
    named = tuple(
        say("“{title}”: {hindrance}", title=move.title, hindrance=one.spoken()) for move, one in found[:_NAMED]
    )
    if len(found) <= _NAMED:
        return say("{hindrances}.", hindrances=named)
    return say_count(
        "{hindrances}; and {count} more.", "{hindrances}; and {count} more.", len(found) - _NAMED, hindrances=named
    )


def areas_taken(taken: Iterable[TakenPlace]) -> Mapping[str, list[TakenPlace]]:
    """Return the taken places of areas, by the guid of the area."""
    found: dict[str, list[TakenPlace]] = {}
    for one in taken:
        if one.area_guid:
            found.setdefault(one.area_guid, []).append(one)
    return found
