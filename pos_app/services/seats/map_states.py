"""The live map: all states of a performance, what changed since, and a checksum that shows what was missed."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sqlalchemy import and_, case, func, not_, or_, select

from pos_app.db.clock import seconds_until, utc_now
from pos_app.db.models import Area, Hold, Performance, Price, SeatingPlan, TicketType, Till
from pos_app.db.packing import pack_number, packed, words, xor_of_crc32
from pos_app.domain.season.offers import price_stamp
from pos_app.domain.seats import ClaimKind, Guard, MapState, SeatState
from pos_app.domain.sentences import say
from pos_app.domain.venues.plan_records import PlanOutdated
from pos_app.services.seats.area_places import count_places, load_area_places, these_places
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.seats.kept_notes import load_kept_notes
from pos_app.services.seats.map_cursor import MOST_CHANGES, Cursor, cursor_of_load
from pos_app.services.seats.map_data import SeatClaim, SeatStates
from pos_app.services.seats.offered_notes import load_offered_notes
from pos_app.services.seats.reserved_notes import load_reserved_notes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session
    from sqlalchemy.sql.base import ReadOnlyColumnCollection

    from pos_app.services.seats.map_data import SeatPlan

RECOUNT_SECONDS: Final = 10
"""So often all areas are counted anew: places come free by the passing of time, and no checksum covers them."""

_NO_LIMIT: Final = -999_999
_GUARDED_BASKET: Final = 100
"""A basket's seat that people wait for: it goes to them, and not to anyone, once the basket's time is over."""
_SEAT = INVENTORY.c
_CODE = case(
    (_SEAT.state == SeatState.SOLD, int(MapState.SOLD)),
    (and_(_SEAT.claim_kind == ClaimKind.BASKET, _SEAT.guarded == Guard.FIRST_CALL), _GUARDED_BASKET),
    (_SEAT.claim_kind == ClaimKind.BASKET, int(MapState.HELD)),
    (_SEAT.claim_kind == ClaimKind.HOUSE, int(MapState.HOUSE)),
    (_SEAT.claim_kind == ClaimKind.BLOCKED, int(MapState.BLOCKED)),
    (_SEAT.claim_kind == ClaimKind.RESERVATION, int(MapState.RESERVED)),
    (_SEAT.claim_kind == ClaimKind.OFFER, int(MapState.OFFERED)),
    (_SEAT.guarded == Guard.FIRST_CALL, int(MapState.FIRST_CALL)),
    (_SEAT.prior_order_line_id.is_not(None), int(MapState.RESALE)),
    else_=0,
)
_SAYS_MORE = or_(
    _SEAT.state != SeatState.FREE, _SEAT.guarded == Guard.FIRST_CALL, _SEAT.prior_order_line_id.is_not(None)
)
"""All but what is simply free."""
_PRICES = (
    select(packed(words(Price.category_id, Price.ticket_type_id, Price.amount_minor)))
    .join(TicketType, TicketType.id == Price.ticket_type_id)
    .where(Price.performance_id == Performance.id, TicketType.deleted_at.is_(None))
    .correlate(Performance)
    .scalar_subquery()
)
"""The prices of a performance, with the statement that asks for the time anyway."""
_CLAIM = func.coalesce(_SEAT.claim_id, 0)
_LEFT = func.coalesce(func.ceil(seconds_until(_SEAT.claim_until) * 10), _NO_LIMIT * 10)


def load_states(session: Session, performance_id: int, plan: SeatPlan, hold_id: int | None) -> SeatStates:
    """Return the states of all seats of a plan on a performance, as the basket of hold_id sees them.

    Raises PlanOutdated when the performance no longer stands on this plan as it is here.
    """
    moment, prices = _now(session, performance_id, plan)
    cursor = str(cursor_of_load(session, performance_id, moment))
    facts = _facts(session, _packs(INVENTORY.c, _SEAT.performance_id == performance_id, _SAYS_MORE))
    everything = np.arange(len(plan.seat_id), dtype=np.int32)
    state = np.zeros(len(everything), dtype=np.int8)
    crc = np.zeros(len(everything), dtype=np.uint32)
    index, some_state, some_crc, claims = _judge(session, performance_id, plan, facts, hold_id)
    state[index] = some_state
    crc[index] = some_crc
    free, mine = _count(session, performance_id, plan, range(len(plan.areas)), hold_id)
    return SeatStates(performance_id, None, state, claims, cursor, crc, free, mine, prices)


def load_changes(session: Session, performance_id: int, plan: SeatPlan, hold_id: int | None, cursor: str) -> SeatStates:
    """Return the states of the seats that changed since a cursor (with an overlap); `index` says which.

    Of more than MOST_CHANGES none is told: the answer is `flooded`, and load_states is to be asked once.
    Raises PlanOutdated as load_states does.
    """
    now, prices = _now(session, performance_id, plan)
    before = Cursor.read(cursor)
    few = (
        select(_SEAT.seat_id, _CODE.label("code"), _CLAIM.label("claim"), _LEFT.label("left_over"))
        .where(before.changed(performance_id))
        .order_by(_SEAT.changed_at)
        .limit(MOST_CHANGES + 1)
        .subquery()
    )
    facts = _facts(session, _packs(few.c))
    if flooded := len(facts) > MOST_CHANGES:
        facts = facts[:0]
    index, state, crc, claims = _judge(session, performance_id, plan, facts, hold_id)
    touched = _touched(plan, facts[:, 0], everything=_turn(before.at) != _turn(now))
    free, mine = _count(session, performance_id, plan, touched, hold_id)
    # What is not told now is not to be left behind either.
    after = cursor if flooded else str(before.moved(now))
    return SeatStates(performance_id, index, state, claims, after, crc, free, mine, prices, flooded)


def load_checksum(session: Session, performance_id: int) -> int | None:
    """Return the server's checksum of a performance, to compare with that of the till; None: none to be had here.

    Places of general admission are left out, because a till knows none of them.
    """
    bind = session.get_bind()
    if bind.dialect.name == "sqlite":
        return None
    areas = session.execute(
        select(Area.id).join(Performance, Performance.plan_id == Area.plan_id).where(Performance.id == performance_id)
    )
    unseen = load_area_places(session, areas.scalars().all())
    text = words(_SEAT.seat_id, _CODE, _CLAIM)
    value = session.execute(
        select(xor_of_crc32(text)).where(
            _SEAT.performance_id == performance_id,
            _SAYS_MORE,
            *(not_(these_places(performance_id, places)) for places in unseen.values()),
        )
    ).scalar()
    return int(value or 0)


def load_repair(
    session: Session, performance_id: int, plan: SeatPlan, hold_id: int | None, cursor: str, crc: NDArray[np.uint32]
) -> SeatStates:
    """Return what mends a map whose checksum differed: what changed since, where that explains it, or all states.

    crc: one check a seat, as the map has them. While others sell there is nearly always something that changed just
    before the checksum was made. Raises PlanOutdated as load_states does.
    """
    changes = load_changes(session, performance_id, plan, hold_id, cursor)
    if changes.flooded or changes.index is None or changes.crc is None:
        return changes
    now = crc.copy()
    now[changes.index] = changes.crc
    theirs = load_checksum(session, performance_id)
    if theirs is not None and theirs == int(np.bitwise_xor.reduce(now, initial=0)):
        return changes
    return load_states(session, performance_id, plan, hold_id)


def _now(session: Session, performance_id: int, plan: SeatPlan) -> tuple[datetime, str]:
    """Return the server's time and what the performance costs, once it is sure that the plan is the one to show."""
    row = session.execute(
        select(
            utc_now().label("now"),
            Performance.plan_id,
            SeatingPlan.revision,
            Performance.ticket_fee_minor,
            Performance.order_fee_minor,
            _PRICES.label("prices"),
        )
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .where(Performance.id == performance_id)
    ).one_or_none()
    if row is None or (row.plan_id, row.revision) != (plan.plan_id, plan.revision):
        raise PlanOutdated(say("The seating plan of this performance was changed."), advice=say("It is read anew."))
    prices = row.prices.split("\x1f") if row.prices else ()
    return row.now, price_stamp(row.ticket_fee_minor, row.order_fee_minor, prices)


def _turn(moment: datetime) -> int:
    return int(moment.timestamp()) // RECOUNT_SECONDS


def _touched(plan: SeatPlan, seat_ids: NDArray[np.int64], *, everything: bool) -> list[int]:
    """Return the areas to which some of the seats belong."""
    return [
        at
        for at, area in enumerate(plan.areas)
        if everything or any(((seat_ids >= first) & (seat_ids <= last)).any() for first, last in area.places.runs)
    ]


def _count(
    session: Session, performance_id: int, plan: SeatPlan, areas: Iterable[int], hold_id: int | None
) -> tuple[dict[int, int], dict[int, int]]:
    """Return the free places of areas, and those of the basket of hold_id."""
    counts = {at: count_places(session, performance_id, plan.areas[at].places, hold_id) for at in areas}
    return {at: one.free for at, one in counts.items()}, {at: one.mine for at, one in counts.items()}


def _packs(of: ReadOnlyColumnCollection[str, Any], *which: ColumnElement[bool]) -> Select[str]:
    """Return the question for seat, code, claim and tenths of a second left; of: the inventory, or some of it."""
    told = (_CODE, _CLAIM, _LEFT) if of is INVENTORY.c else (of.code, of.claim, of.left_over)
    return select(packed(words(of.seat_id, *told))).where(*which).group_by(pack_number(of.seat_id))


def _facts(session: Session, question: Select[str]) -> NDArray[np.int64]:
    """Return seat, code, claim and tenths of a second left, one row a seat."""
    packs = session.execute(question).scalars()
    chunks = [np.fromstring(text.replace("\x1f", " "), sep=" ").reshape(-1, 4) for text in packs]
    return np.concatenate(chunks).astype(np.int64) if chunks else np.empty((0, 4), dtype=np.int64)


def _judge(
    session: Session, performance_id: int, plan: SeatPlan, facts: NDArray[np.int64], hold_id: int | None
) -> tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.uint32], dict[int, SeatClaim]]:
    """Turn facts into indexes, map states, checks and claims."""
    if len(plan.seat_id):
        at = np.minimum(plan.seat_id.searchsorted(facts[:, 0]), len(plan.seat_id) - 1)
        facts, at = _known(plan, facts, at)
    else:
        facts, at = facts[:0], np.empty(0, dtype=np.int64)
    code, claim, left = facts[:, 1], facts[:, 2], facts[:, 3] / 10.0
    crc = np.fromiter(
        (zlib.crc32(b"%d %d %d" % (seat, kind, owner)) if kind else 0 for seat, kind, owner in facts[:, :3].tolist()),
        dtype=np.uint32,
        count=len(facts),
    )
    state = np.where(code == _GUARDED_BASKET, int(MapState.HELD), code).astype(np.int8)
    limited = facts[:, 3] > _NO_LIMIT * 10
    basket = (code == int(MapState.HELD)) | (code == _GUARDED_BASKET)
    ages = (code != _GUARDED_BASKET) & limited
    state[basket & ages & (left <= 0)] = int(MapState.FREE)
    state[(code == _GUARDED_BASKET) & limited & (left <= 0)] = int(MapState.FIRST_CALL)
    if hold_id is not None:
        state[basket & (claim == hold_id) & (left > 0)] = int(MapState.MINE)
    claims = _claims(session, performance_id, at, state, claim, np.where(ages, left, np.nan))
    return at.astype(np.int32), state, crc, claims


def _claims(
    session: Session,
    performance_id: int,
    at: NDArray[np.int64],
    state: NDArray[np.int8],
    claim: NDArray[np.int64],
    left: NDArray[np.float64],
) -> dict[int, SeatClaim]:
    """Return by index on the plan who has a seat, or why or for whom it is kept. left: NaN where no time runs."""

    def of(*states: MapState) -> dict[int, int]:
        found = np.flatnonzero(np.isin(state, [int(one) for one in states]))
        return dict(zip(found.tolist(), claim[found].tolist(), strict=True))

    held, reserved, offered = of(MapState.HELD), of(MapState.RESERVED), of(MapState.OFFERED)
    kept = of(MapState.HOUSE, MapState.BLOCKED)
    tills = _tills(session, set(held.values()))
    names = load_reserved_notes(session, performance_id, set(reserved.values()))
    offers = load_offered_notes(session, set(offered.values()))
    notes = load_kept_notes(session, set(kept.values()))
    told = {kept_id: SeatClaim("", None, note) for kept_id, note in notes.items()}
    claims = {
        i: SeatClaim(tills.get(hold, ""), None if np.isnan(left[i]) else float(left[i])) for i, hold in held.items()
    }
    claims |= {i: SeatClaim("", None, reserved=names[one]) for i, one in reserved.items() if one in names}
    claims |= {i: SeatClaim("", None, offered=offers[one]) for i, one in offered.items() if one in offers}
    claims |= {i: told[one] for i, one in kept.items() if one in told}
    return {int(at[i]): one for i, one in claims.items()}


def _known(
    plan: SeatPlan, facts: NDArray[np.int64], at: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Leave out places that the drawn plan does not show (general admission)."""
    shown = plan.seat_id[at] == facts[:, 0]
    return facts[shown], at[shown]


def _tills(session: Session, holds: Iterable[int]) -> dict[int, str]:
    """Return the names of the tills of holds."""
    wanted = sorted(holds)
    if not wanted:
        return {}
    rows = session.execute(select(Hold.id, Till.name).join(Till, Till.id == Hold.till_id).where(Hold.id.in_(wanted)))
    return {row.id: row.name for row in rows}
