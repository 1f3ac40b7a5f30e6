"""Best seats: what the rule proposes is what the basket holds, also when another till is faster."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from sqlalchemy import select

from pos_app.db.models import Performance
from pos_app.db.packing import pack_number, packed
from pos_app.domain.errors import NotFound, SeatsTaken
from pos_app.domain.picking.house import PickingHouse, Places
from pos_app.domain.picking.next_best import next_best
from pos_app.domain.picking.proposals import NoProposal, NoSeatsTogether, Proposal
from pos_app.domain.picking.rule import together_elsewhere
from pos_app.domain.seats import FOR_SALE, SeatKey
from pos_app.domain.sentences import say
from pos_app.services.seats.claims import INVENTORY, open_to_all, owned_by, these_seats
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.selling.holds import find_hold, load_hold, place_hold, release_seats
from pos_app.services.selling.on_sale import require_on_sale
from pos_app.services.selling.proposal_words import advise, explain
from pos_app.services.selling.swaps import swap_seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from sqlalchemy.orm import Session

    from pos_app.domain.picking.proposals import Wish
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.services.seats.map_data import SeatPlan

TRIES: Final = 20
"""So often it is proposed anew because other tills are just taking what was proposed."""
_SEAT = INVENTORY.c


@dataclass(slots=True)
class EarlierTry:
    """What this very request has held already, in a try whose end is not known. Hand in a new one with each request.

    A transaction may be run again after its COMMIT was lost, and it may have happened: the basket must not get the
    same number of seats once more.
    """

    held: HeldBest | None = None


@dataclass(frozen=True, slots=True)
class HeldBest:
    """What was proposed and is now held.

    alternatives: only when it is split, where all could sit together. given: seats that were given back for it.
    again: everything else had been turned down, and this is the best once more.
    """

    placed: PlacedHold
    proposal: Proposal
    alternatives: tuple[Proposal, ...] = ()
    given: tuple[SeatKey, ...] = ()
    again: bool = False


def hold_best_seats(
    session: Session,
    actor: Actor,
    basket_key: str,
    performance_id: int,
    wish: Wish,
    *,
    after_start: bool = False,
    plan: SeatPlan | None = None,
    earlier: EarlierTry | None = None,
    instead: Sequence[int] = (),
) -> HeldBest:
    """Propose the best free seats and hold them for a basket, in addition to what it holds or in place of some of it.

    plan: the drawn plan, where the caller has it. earlier: see EarlierTry. instead: seats of the basket that are given
    back for them, in the same step; those turned down before stand in wish.without.
    Raises NoSeatsTogether with what else could be had, and what place_hold raises; the basket is as it was then.
    """
    if earlier is not None:
        done = _already_held(session, basket_key, performance_id, earlier)
        if done is not None:
            return done
    drawn = plan or _load_plan_of(session, performance_id)
    house = _house(session, performance_id, drawn)
    mine = _still_held(session, basket_key, performance_id, instead)
    house.set_free(mine, free=True)
    for _ in range(TRIES):
        proposal, again = next_best(house, wish)
        if isinstance(proposal, NoProposal):
            require_on_sale(session, actor, performance_id, after_start=after_start)
            raise refusal(drawn, proposal)
        new = tuple(seat for seat in proposal.seats if seat not in mine)
        gone = set(new) - _lock(session, performance_id, new)
        if not gone:
            old = tuple(sorted(SeatKey(performance_id, seat) for seat in mine - set(proposal.seats)))
            seats = [SeatKey(performance_id, seat) for seat in new]
            placed = _exchange(session, actor, basket_key, seats, old, after_start=after_start)
            alternatives = together_elsewhere(house, wish) if proposal.split else ()
            held = HeldBest(placed, proposal, alternatives, old, again)
            if earlier is not None:
                earlier.held = held
            return held
        house.set_free(gone, free=False)
    raise SeatsTaken(say("Other tills are taking these seats at this moment."), advice=say("Try again."))


def picking_house(plan: SeatPlan, state: NDArray[np.int8]) -> PickingHouse:
    """Return the house as the rule sees it, from a map's own arrays (state: MapState values, in the plan's order).

    Categories and zones are indexes into the plan's, rows into its labels; a seat without a row has no neighbours.
    """
    return _laid_out(plan, np.isin(state, FOR_SALE))


def refusal(plan: SeatPlan, answer: NoProposal) -> NoSeatsTogether:
    """Return the error that tells a cashier why there is no proposal, and what there is instead."""
    return NoSeatsTogether(
        explain(plan, answer), advice=advise(plan, answer), reason=answer.reason, alternatives=answer.alternatives
    )


def _laid_out(plan: SeatPlan, free: NDArray[np.bool_]) -> PickingHouse:
    rowless = -1 - np.arange(len(plan.row_of))
    places = Places(
        seat=plan.seat_id.tolist(),
        row=np.where(plan.row_of > 0, plan.row_of, rowless).tolist(),
        position=plan.position.tolist(),
        x=plan.x.tolist(),
        y=plan.y.tolist(),
        zone=plan.zone.tolist(),
        category=plan.category.tolist(),
        kind=plan.kind.tolist(),
    )
    return PickingHouse(places, free.tolist(), (plan.focal_x, plan.focal_y))


def _house(session: Session, performance_id: int, plan: SeatPlan) -> PickingHouse:
    free = np.zeros(len(plan.seat_id), dtype=np.bool_)
    packs = session.execute(
        select(packed(_SEAT.seat_id))
        .where(_SEAT.performance_id == performance_id, open_to_all())
        .group_by(pack_number(_SEAT.seat_id))
    ).scalars()
    for text in packs:
        seats = np.fromstring(text.replace("\x1f", " "), sep=" ", dtype=np.int64)
        # Places of general admission are not among the drawn seats.
        free[np.isin(plan.seat_id, seats, assume_unique=True)] = True
    return _laid_out(plan, free)


def _lock(session: Session, performance_id: int, seats: tuple[int, ...]) -> set[int]:
    """Lock those of the seats that can be taken and that no other till is taking now; never wait for one."""
    return set(
        session.execute(
            select(_SEAT.seat_id)
            .where(these_seats(performance_id, sorted(seats)), open_to_all())
            .with_for_update(skip_locked=True)
        ).scalars()
    )


def _still_held(session: Session, basket_key: str, performance_id: int, seats: Sequence[int]) -> set[int]:
    """Return those of the seats that the basket holds; nobody changes it meanwhile."""
    hold = find_hold(session, basket_key, lock=True) if seats else None
    return set() if hold is None else set(owned_by(session, hold.id, performance_id, sorted(seats)))


def _exchange(
    session: Session,
    actor: Actor,
    basket_key: str,
    new: Sequence[SeatKey],
    old: Sequence[SeatKey],
    *,
    after_start: bool,
) -> PlacedHold:
    if new and old:
        return swap_seats(session, actor, basket_key, new, old, after_start=after_start)
    if new:
        return place_hold(session, actor, basket_key, new, after_start=after_start)
    if old:
        release_seats(session, basket_key, old)
    return load_hold(session, basket_key)


def _already_held(session: Session, basket_key: str, performance_id: int, earlier: EarlierTry) -> HeldBest | None:
    """Answer as the earlier try did, if it was committed: the till has not heard that its seats were taken."""
    if earlier.held is None:
        return None
    # Locked: the earlier try may be committing at this moment, and what it took cannot be seen before it is done.
    hold = find_hold(session, basket_key, lock=True)
    if hold is None:
        return None
    wanted = sorted(earlier.held.proposal.seats)
    if owned_by(session, hold.id, performance_id, wanted) != set(wanted):
        return None
    placed = replace(load_hold(session, basket_key), taken=earlier.held.placed.taken)
    return replace(earlier.held, placed=placed)


def _load_plan_of(session: Session, performance_id: int) -> SeatPlan:
    plan_id = session.execute(select(Performance.plan_id).where(Performance.id == performance_id)).scalar_one_or_none()
    if plan_id is None:
        raise NotFound(say("This performance is not there any more."), advice=say("Choose another one."))
    return load_plan(session, plan_id)
