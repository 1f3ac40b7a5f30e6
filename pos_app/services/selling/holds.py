"""Holding seats for a basket: transactional, all or nothing, with one expiry that does not restart."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, bindparam, insert, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import Hold
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import HoldExpired, HoldNotExtendable, InvalidInput, NotFound, SeatsTaken
from pos_app.domain.roles import Permission
from pos_app.domain.seats import ClaimKind, SeatKey, SeatState
from pos_app.domain.selling.holds import PlacedHold, by_performance, extension, read_places, write_places
from pos_app.domain.selling.sales import LONGEST_NOTE
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.permissions import require
from pos_app.services.seats.claims import (
    INVENTORY,
    may_take,
    not_takeable,
    of_basket,
    owned_by,
    these_seats,
)
from pos_app.services.seats.places import tell_gone
from pos_app.services.selling.on_sale import require_on_sale, require_same_currency
from pos_app.services.waiting.baskets import give_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

CHOOSE_AGAIN: Final = say("Choose other seats.")

_AT_ONCE_SECONDS: Final = 0.2
"""A lock that took longer was waited for."""

_HOLD = table_of(Hold)


# What runs with every click on a seat is built once, and does not go through the session's own execute(): building it
# takes longer than asking the server, and execute() a tenth on top.
_FIND_HOLD = select(
    _HOLD.c.id,
    _HOLD.c.basket_key,
    _HOLD.c.places,
    _HOLD.c.seconds,
    _HOLD.c.created_at,
    _HOLD.c.expires_at,
    _HOLD.c.extended_at,
    _HOLD.c.extend_request_id,
    _HOLD.c.closed_as,
    _HOLD.c.with_offers,
    seconds_until(_HOLD.c.expires_at).label("seconds_left"),
    seconds_until(_HOLD.c.created_at).label("until_made"),
).where(_HOLD.c.basket_key == bindparam("basket"))

_LOCK_HOLD = _FIND_HOLD.with_for_update()

_MAKE_HOLD = insert(_HOLD).values(created_at=utc_now(), expires_at=utc_plus(bindparam("lasts", type_=Integer())))

_TAKE = (
    update(INVENTORY)
    .where(these_seats(bindparam("of_performance"), bindparam("seats", expanding=True)), may_take(bindparam("taker")))
    .values(
        state=SeatState.CLAIMED,
        claim_kind=ClaimKind.BASKET,
        claim_id=bindparam("taker"),
        claim_until=bindparam("until"),
        changed_at=utc_now(),
    )
)

_WRITE_PLACES = update(_HOLD).where(_HOLD.c.id == bindparam("of_hold")).values(places=bindparam("now"))

_CLOSE = update(_HOLD).where(_HOLD.c.id == bindparam("of_hold")).values(closed_at=utc_now(), closed_as="released")


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold as it is stored, with the seconds that the server says are left."""

    id: int
    basket_key: str
    places: str
    seconds: int
    created_at: datetime
    expires_at: datetime
    extended_at: datetime | None
    extend_request_id: str | None
    closed_as: str | None
    with_offers: bool
    seconds_left: float
    age: float


def find_hold(session: Session, basket_key: str, *, lock: bool) -> HoldRow | None:
    """Read a hold by its basket's key; lock it where the basket is about to change."""
    connection, key, began = session.connection(), {"basket": basket_key}, time.monotonic()
    row = connection.execute(_LOCK_HOLD if lock else _FIND_HOLD, key).one_or_none()
    if row is not None and lock and time.monotonic() - began > _AT_ONCE_SECONDS:
        # The server told the time at which it began to wait for the lock.
        row = connection.execute(_FIND_HOLD, key).one_or_none()
    if row is None:
        return None
    stored: list[Any] = [*row[:10], float(row.seconds_left), -float(row.until_made)]
    return HoldRow(*stored)


def place_hold(
    session: Session,
    actor: Actor,
    basket_key: str,
    seats: Sequence[SeatKey],
    *,
    partial: bool = False,
    after_start: bool = False,
) -> PlacedHold:
    """Hold seats for a basket; the first seat makes the hold. May be repeated: seats already held stay held.

    partial: keep what was free and name the rest (dragging); otherwise all or nothing. after_start: the cashier has
    said that the performance has begun.
    Raises SeatsTaken, HoldExpired, NotOnSale, SaleAfterStart, OtherCurrency, NotPermitted.
    """
    groups = by_performance(seats)
    if not groups:
        raise InvalidInput(say("No seat was chosen."), advice=say("Choose a seat on the map."))
    sold = {of: require_on_sale(session, actor, of, after_start=after_start) for of, _ in groups}
    seconds = min(one.hold_seconds for one in sold.values())
    hold = find_hold(session, basket_key, lock=True)
    if hold is None:
        hold = make_hold(session, actor, basket_key, seats, seconds)
    else:
        require_running(hold)
    require_same_currency(session, {seat.performance_id for seat in read_places(hold.places)}, sold)
    taken, refused = _take(session, hold, groups, partial=partial)
    held = sorted({*read_places(hold.places), *taken} - set(refused))
    if (places := write_places(held)) != hold.places:
        _write_places(session, hold, places)
    return answer(hold, held, taken=taken, refused=refused)


def make_hold(session: Session, actor: Actor, basket_key: str, seats: Sequence[SeatKey], seconds: int) -> HoldRow:
    """Make the hold of a new basket; its seats are claimed by whoever calls it."""
    made = {
        "basket_key": basket_key,
        "till_id": actor.till_id,
        "staff_id": actor.staff_id,
        "places": write_places(seats),
        "seconds": seconds,
        "lasts": seconds,
    }
    session.connection().execute(_MAKE_HOLD, made)
    hold = find_hold(session, basket_key, lock=False)
    if hold is None:
        raise NotFound(say("The hold was not made."))
    return hold


def require_running(hold: HoldRow) -> None:
    """Raise HoldExpired when the basket is sold, closed or over."""
    if hold.closed_as == "sold":
        raise HoldExpired(say("This basket is sold already."), advice=say("Start a new one."))
    if hold.closed_as is not None or hold.seconds_left <= 0:
        raise HoldExpired(
            say("The time of this basket is over."), advice=say("Take the seats again, or start a new basket.")
        )


def _take(
    session: Session, hold: HoldRow, groups: list[tuple[int, list[int]]], *, partial: bool
) -> tuple[list[SeatKey], list[SeatKey]]:
    """Claim the seats; return those that the basket has now and, if partial, those that it could not have."""
    taken: list[SeatKey] = []
    refused: list[SeatKey] = []
    for performance, ids in groups:
        wanted = {"of_performance": performance, "seats": ids, "taker": hold.id, "until": hold.expires_at}
        result = session.connection().execute(_TAKE, wanted)
        if result.rowcount == len(ids):
            taken += [SeatKey(performance, seat) for seat in ids]
        elif partial:
            mine = owned_by(session, hold.id, performance, ids)
            taken += [SeatKey(performance, seat) for seat in ids if seat in mine]
            refused += [SeatKey(performance, seat) for seat in ids if seat not in mine]
        else:
            refused += not_takeable(session, hold.id, performance, ids)
    if refused and (not partial or not taken):
        raise SeatsTaken(tell_gone(session, refused), seats=_pairs(refused), advice=CHOOSE_AGAIN)
    return taken, refused


def _pairs(seats: Sequence[SeatKey]) -> tuple[tuple[int, int], ...]:
    return tuple((seat.performance_id, seat.seat_id) for seat in seats)


def answer(
    hold: HoldRow, held: Sequence[SeatKey], *, taken: Sequence[SeatKey] = (), refused: Sequence[SeatKey] = ()
) -> PlacedHold:
    """Return the basket as it is told to the till."""
    return PlacedHold(
        hold_id=hold.id,
        basket_key=hold.basket_key,
        seats=tuple(held),
        taken=tuple(taken),
        refused=tuple(refused),
        seconds_left=hold.seconds_left,
        total_seconds=hold.seconds_left + hold.age,
        expires_at=hold.expires_at,
        extended=hold.extended_at is not None,
    )


def load_hold(session: Session, basket_key: str) -> PlacedHold:
    """Read a basket as the server knows it: the seats that it truly still holds. Raises HoldExpired, NotFound."""
    hold = find_hold(session, basket_key, lock=False)
    if hold is None:
        raise NotFound(say("This basket holds no seats."))
    require_running(hold)
    held = [
        SeatKey(performance, seat)
        for performance, ids in by_performance(read_places(hold.places))
        for seat in sorted(owned_by(session, hold.id, performance, ids))
    ]
    return answer(hold, held)


def release_seats(session: Session, basket_key: str, seats: Sequence[SeatKey] | None = None) -> PlacedHold | None:
    """Give seats back (None: all). Returns what is left, or None when the basket is empty and its hold closed."""
    hold = find_hold(session, basket_key, lock=True)
    if hold is None or hold.closed_as is not None:
        return None
    places = read_places(hold.places)
    given = places if seats is None else tuple(seats)
    give_back(session, [hold.id], given, with_offers=hold.with_offers)
    left = sorted(set(places) - set(given))
    if left:
        _write_places(session, hold, write_places(left))
        return answer(hold, left)
    session.connection().execute(_CLOSE, {"of_hold": hold.id})
    return None


def _write_places(session: Session, hold: HoldRow, places: str) -> None:
    session.connection().execute(_WRITE_PLACES, {"of_hold": hold.id, "now": places})


def extend_hold(session: Session, actor: Actor, basket_key: str, *, request_id: str, reason: str) -> PlacedHold:
    """Give a basket its time once more, capped at 30 minutes from its first seat.

    A repeat of the request is answered.
    Raises HoldExpired, HoldNotExtendable, InvalidInput (no reason), NotFound, NotPermitted.
    """
    reason = clean_line(reason, LONGEST_NOTE)
    if not reason:
        raise InvalidInput(say("An extension needs a reason."), field="reason", advice=say("Choose one, or type it."))
    refuse_card_number(reason, "reason")
    hold = find_hold(session, basket_key, lock=True)
    if hold is None:
        raise NotFound(say("This basket holds no seats."))
    if hold.extend_request_id == request_id:
        return load_hold(session, basket_key)
    require(session, actor, Permission.SELL)
    require_running(hold)
    if hold.extended_at is not None:
        raise HoldNotExtendable(
            say("This basket was extended already."), advice=say("Finish the sale, or release the seats.")
        )
    longer = extension(age_seconds=hold.age, total_seconds=float(hold.seconds))
    expires_at = hold.created_at + timedelta(seconds=longer)
    if expires_at <= hold.expires_at:
        raise HoldNotExtendable(
            say("This basket already has the longest time there is."), advice=say("Finish the sale.")
        )
    session.execute(
        update(Hold)
        .where(Hold.id == hold.id)
        .values(
            expires_at=expires_at,
            extended_at=utc_now(),
            extend_reason=f"{actor.name}: {reason}"[:LONGEST_NOTE],
            extend_request_id=request_id,
        )
    )
    for performance, ids in by_performance(read_places(hold.places)):
        session.execute(
            update(INVENTORY)
            .where(these_seats(performance, ids), of_basket(hold.id))
            .values(claim_until=expires_at, changed_at=utc_now())
        )
    return load_hold(session, basket_key)
