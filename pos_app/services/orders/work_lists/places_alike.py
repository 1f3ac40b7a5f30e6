"""Seats in another performance for guests who have some: the same ones where they are free, else the best alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Area, Performance, PriceCategory, Seat
from pos_app.domain.errors import NotFound, SeatsTaken
from pos_app.domain.picking.proposals import MOST_TOGETHER, Wish
from pos_app.domain.seats import SeatKey, SeatKind
from pos_app.domain.sentences import say
from pos_app.domain.texts import name_key
from pos_app.services.seats.claims import INVENTORY, open_to_all, these_seats
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.best_seats import hold_best_seats
from pos_app.services.selling.holds import place_hold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.services.seats.map_data import SeatPlan

_APART: Final = {SeatKind.WHEELCHAIR, SeatKind.COMPANION}
"""Places that are not taken for others."""


@dataclass(frozen=True, slots=True)
class GuestPlace:
    """Where a guest sits now, by the line that says so."""

    line_id: int
    seat_id: int
    category_id: int
    ticket_type_id: int


@dataclass(frozen=True, slots=True)
class _Seat:
    """A guest's seat as another plan can be asked for it: by its guid, its category's and its area's name."""

    line_id: int
    guid: str
    category: str
    area: str
    kind: SeatKind


def hold_alike(
    session: Session, actor: Actor, basket_key: str, performance_id: int, places: Sequence[GuestPlace]
) -> dict[int, SeatKey]:
    """Hold seats in a performance for guests of another one, and return them by the guests' lines.

    The same seats where all of the guests' of one category are free, else the best together in that category; places
    of an area in the area of that name. All or none. Raises SeatsTaken (there is no such category or area),
    NoSeatsTogether, TooFewPlaces, and what place_hold raises.
    """
    plan_id = session.execute(select(Performance.plan_id).where(Performance.id == performance_id)).scalar_one_or_none()
    if plan_id is None:
        raise NotFound(say("This performance is not there any more."), advice=say("Choose another one."))
    wanted = _load_seats(session, places)
    same = _same_seats(session, plan_id, wanted)
    found: dict[int, SeatKey] = {}
    apart: list[tuple[str, str, list[_Seat]]] = []
    for (category, area), own in _in_groups(wanted):
        theirs = [same.get(seat.guid, 0) for seat in own]
        if _lock_free(session, performance_id, theirs):
            found |= {seat.line_id: SeatKey(performance_id, at) for seat, at in zip(own, theirs, strict=True)}
        else:
            apart.append((category, area, own))
    if found:
        place_hold(session, actor, basket_key, sorted(found.values()))
    if apart:
        plan = load_plan(session, plan_id)
        for category, area, own in apart:
            taken = (
                _hold_area(session, actor, basket_key, performance_id, plan, own, area)
                if area
                else _hold_seats(session, actor, basket_key, performance_id, plan, own, category)
            )
            found |= taken
    return found


def _load_seats(session: Session, places: Sequence[GuestPlace]) -> list[_Seat]:
    rows = session.execute(
        select(Seat.id, Seat.guid, Seat.kind, PriceCategory.name, Area.name.label("area"))
        .join(PriceCategory, PriceCategory.id == Seat.category_id)
        .outerjoin(Area, Area.id == Seat.area_id)
        .where(Seat.id.in_(sorted(place.seat_id for place in places)))
    )
    stored = {row.id: row for row in rows}
    return [
        _Seat(place.line_id, row.guid, name_key(row.name), name_key(row.area or ""), SeatKind(row.kind))
        for place in places
        for row in (stored[place.seat_id],)
    ]


def _in_groups(seats: Sequence[_Seat]) -> list[tuple[tuple[str, str], list[_Seat]]]:
    """Return who sits together: by area, or by category."""
    groups: defaultdict[tuple[str, str], list[_Seat]] = defaultdict(list)
    for seat in seats:
        groups[seat.category, seat.area].append(seat)
    return sorted(groups.items())


def _same_seats(session: Session, plan_id: int, seats: Sequence[_Seat]) -> dict[str, int]:
    """Return the seats of a plan that are these seats: its versions keep the guids."""
    rows = session.execute(
        select(Seat.guid, Seat.id).where(
            Seat.plan_id == plan_id, Seat.guid.in_(sorted({seat.guid for seat in seats})), Seat.deleted_at.is_(None)
        )
    )
    return {row.guid: row.id for row in rows}


def _lock_free(session: Session, performance_id: int, seat_ids: Collection[int]) -> bool:
    """Lock seats that anybody may take, where all of them are such; wait for none that another till is taking."""
    locked = session.execute(
        select(INVENTORY.c.seat_id)
        .where(these_seats(performance_id, sorted(seat_ids)), open_to_all(), INVENTORY.c.prior_order_line_id.is_(None))
        .with_for_update(skip_locked=True)
    ).scalars()
    return set(locked) == set(seat_ids)


def _hold_area(
    session: Session, actor: Actor, basket_key: str, performance_id: int, plan: SeatPlan, own: list[_Seat], area: str
) -> dict[int, SeatKey]:
    there = next((one for one in plan.areas if name_key(one.name) == area), None)
    if there is None:
        raise SeatsTaken(say("There is no such area in the other performance."), advice=_CHOOSE)
    placed = set_places(session, actor, basket_key, performance_id, there.area_id, len(own))
    seats = sorted(seat for seat in placed.seats if seat.seat_id in there.places) if placed else []
    return {seat.line_id: at for seat, at in zip(own, seats, strict=True)}


def _hold_seats(
    session: Session,
    actor: Actor,
    basket_key: str,
    performance_id: int,
    plan: SeatPlan,
    own: list[_Seat],
    category: str,
) -> dict[int, SeatKey]:
    there = next((at for at, one in enumerate(plan.categories) if name_key(one.name) == category), None)
    if there is None:
        raise SeatsTaken(say("There is no such price category in the other performance."), advice=_CHOOSE)
    found: dict[int, SeatKey] = {}
    for party in _parties(own):
        wish = Wish(
            len(party),
            there,
            wheelchairs=sum(seat.kind is SeatKind.WHEELCHAIR for seat in party),
            companions=sum(seat.kind is SeatKind.COMPANION for seat in party),
        )
        held = hold_best_seats(session, actor, basket_key, performance_id, wish, plan=plan)
        found |= _seated(session, party, [SeatKey(performance_id, seat) for seat in held.proposal.seats])
    return found


def _parties(own: list[_Seat]) -> list[list[_Seat]]:
    """Cut a group that is larger than seats are looked for at once; who needs a certain place goes first."""
    ordered = sorted(own, key=lambda seat: seat.kind not in _APART)
    return [ordered[at : at + MOST_TOGETHER] for at in range(0, len(ordered), MOST_TOGETHER)]


def _seated(session: Session, party: list[_Seat], seats: Sequence[SeatKey]) -> dict[int, SeatKey]:
    """Give each guest a seat of the kind that they need, in the order in which they sit."""
    rows = session.execute(select(Seat.id, Seat.kind).where(Seat.id.in_(sorted(seat.seat_id for seat in seats))))
    kinds = {row.id: SeatKind(row.kind) for row in rows}

    def needs(kind: SeatKind) -> SeatKind:
        return kind if kind in _APART else SeatKind.SEAT

    left: defaultdict[SeatKind, list[SeatKey]] = defaultdict(list)
    for seat in seats:
        left[needs(kinds[seat.seat_id])].append(seat)
    found: dict[int, SeatKey] = {}
    for guest in party:
        fitting = left[needs(guest.kind)] or next(filter(None, left.values()))
        found[guest.line_id] = fitting.pop(0)
    return found


_CHOOSE: Final = say("Choose other seats by hand, or refund it.")
