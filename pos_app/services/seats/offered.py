"""The seats of offers: claimed for a party that waited, opened in a basket, given back to the offer, set free.

Each statement names its seats by primary key, and takes none but those that are the offer's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, case, or_, select, update

from pos_app.db.clock import utc_now
from pos_app.domain.seats import ClaimKind, Guard, SeatKey, SeatState
from pos_app.domain.selling.holds import by_performance
from pos_app.services.seats.claims import INVENTORY, guard_of_a_freed, of_basket, of_baskets, these_seats

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import BindParameter, ColumnElement
    from sqlalchemy.orm import Session

_AT_ONCE: Final = 200
"""Seats of one statement that names an offer for each."""
_THESE = these_seats(bindparam("of_performance"), bindparam("seats", expanding=True))


def of_offer(offer_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Offered by this very offer, and in nobody's basket."""
    seat = INVENTORY.c
    return and_(seat.state == SeatState.CLAIMED, seat.claim_kind == ClaimKind.OFFER, seat.claim_id == offer_id)


_OFFERED = and_(
    INVENTORY.c.state == SeatState.CLAIMED,
    INVENTORY.c.claim_kind == ClaimKind.OFFER,
    INVENTORY.c.claim_id.in_(bindparam("offers", expanding=True)),
)
_LOCK = (
    select(INVENTORY.c.seat_id, INVENTORY.c.state, INVENTORY.c.claim_kind, INVENTORY.c.claim_id)
    .where(_THESE)
    .order_by(INVENTORY.c.seat_id)
    .with_for_update()
)
_LOCK_AT_ONCE = (
    select(INVENTORY.c.seat_id).where(_THESE, INVENTORY.c.state == SeatState.FREE).with_for_update(skip_locked=True)
)
_FREE = (
    update(INVENTORY)
    .where(_THESE, _OFFERED)
    .values(
        state=SeatState.FREE,
        claim_kind=None,
        claim_id=None,
        claim_until=None,
        guarded=guard_of_a_freed(),
        changed_at=utc_now(),
    )
)
_GIVE_BACK = (
    update(INVENTORY)
    .where(_THESE, of_baskets(bindparam("givers", expanding=True)))
    .values(
        claim_kind=ClaimKind.OFFER,
        claim_id=bindparam("offer"),
        claim_until=bindparam("until"),
        guarded=int(Guard.FIRST_CALL),
        changed_at=utc_now(),
    )
)
_TAKE = (
    update(INVENTORY)
    .where(
        _THESE,
        or_(
            of_offer(bindparam("offer")),
            of_basket(bindparam("taker")),
            # Opened at a till whose time is over, and not given back yet.
            and_(of_basket(bindparam("before")), INVENTORY.c.claim_until < utc_now()),
        ),
    )
    .values(
        claim_kind=ClaimKind.BASKET,
        claim_id=bindparam("taker"),
        claim_until=bindparam("until"),
        changed_at=utc_now(),
    )
)


def lock_offered(session: Session, seats: Collection[SeatKey]) -> None:
    """Lock seats by their key, performance by performance: whoever changes an offer does this first."""
    for performance, ids in by_performance(seats):
        session.connection().execute(_LOCK, {"of_performance": performance, "seats": ids}).all()


def lock_free(session: Session, performance_id: int, seat_ids: Collection[int]) -> set[int]:
    """Lock those of the seats that are free and that nobody else is at; never wait for one."""
    asked = {"of_performance": performance_id, "seats": sorted(seat_ids)}
    return set(session.connection().execute(_LOCK_AT_ONCE, asked).scalars())


def claim_for_offers(session: Session, performance_id: int, offers: Mapping[int, int], until: datetime) -> int:
    """Claim free seats that are locked here for offers, by seat, until a time (UTC); return how many were claimed."""
    claimed, seats = 0, sorted(offers)
    for start in range(0, len(seats), _AT_ONCE):
        some = seats[start : start + _AT_ONCE]
        result = session.connection().execute(
            update(INVENTORY)
            .where(these_seats(performance_id, some), INVENTORY.c.state == SeatState.FREE)
            .values(
                state=SeatState.CLAIMED,
                claim_kind=ClaimKind.OFFER,
                claim_id=case({seat: offers[seat] for seat in some}, value=INVENTORY.c.seat_id),
                claim_until=until,
                guarded=int(Guard.FIRST_CALL),
                changed_at=utc_now(),
            )
        )
        claimed += int(result.rowcount)
    return claimed


def free_offered(session: Session, offer_ids: Collection[int], seats: Collection[SeatKey]) -> dict[int, int]:
    """Set free those of the seats that are still claimed by one of these offers; return how many, by performance."""
    freed = {}
    for performance, ids in by_performance(seats):
        given = {"of_performance": performance, "seats": ids, "offers": sorted(offer_ids)}
        if count := int(session.connection().execute(_FREE, given).rowcount):
            freed[performance] = count
    return freed


def return_to_offer(
    session: Session, hold_ids: Collection[int], offer_id: int, seats: Collection[SeatKey], until: datetime
) -> int:
    """Give those of the seats that these baskets still claim back to their offer, until its end; return how many."""
    returned = 0
    for performance, ids in by_performance(seats):
        given = {"of_performance": performance, "seats": ids, "givers": sorted(hold_ids), "offer": offer_id}
        returned += int(session.connection().execute(_GIVE_BACK, {**given, "until": until}).rowcount)
    return returned


def take_offered(
    session: Session,
    offer_id: int,
    hold_id: int,
    before: int | None,
    seats: Collection[SeatKey],
    until: datetime,
) -> int:
    """Let the seats of an offer be a basket's own claims, until its end (UTC); return how many are.

    before: the basket that had it open until now, if one had.
    """
    taken = 0
    for performance, ids in by_performance(seats):
        given = {"of_performance": performance, "seats": ids, "offer": offer_id, "taker": hold_id, "until": until}
        given["before"] = hold_id if before is None else before
        taken += int(session.connection().execute(_TAKE, given).rowcount)
    return taken


def in_baskets(session: Session, hold_ids: Collection[int], seats: Collection[SeatKey]) -> set[SeatKey]:
    """Return which of the seats are in one of these baskets now."""
    return {
        SeatKey(performance, seat)
        for performance, ids in by_performance(seats)
        for seat in session.execute(
            select(INVENTORY.c.seat_id).where(these_seats(performance, ids), of_baskets(sorted(hold_ids)))
        ).scalars()
    }


def drop_guard(session: Session, seats: Collection[SeatKey]) -> None:
    """Let no list have first call of seats that were offered, and that baskets have as their own from now on."""
    for performance, ids in by_performance(seats):
        session.execute(
            update(INVENTORY)
            .where(these_seats(performance, ids), INVENTORY.c.claim_kind == ClaimKind.BASKET)
            .values(guarded=int(Guard.NONE))
        )


def put_on_sale(session: Session, performance_id: int, seat_ids: Collection[int], guard: Guard) -> None:
    """Let free seats that are locked here be on sale to all. guard: whether a list is open, FITS_NOBODY or NONE.

    Only where the seat shown changes does its time of change move: seats on sale already are shown as before.
    """
    seats = sorted(seat_ids)
    for start in range(0, len(seats), _AT_ONCE):
        session.connection().execute(
            update(INVENTORY)
            .where(these_seats(performance_id, seats[start : start + _AT_ONCE]), INVENTORY.c.guarded != int(guard))
            .ordered_values(
                # First: what is assigned earlier in the statement is what some servers see later in it.
                (
                    INVENTORY.c.changed_at,
                    case((INVENTORY.c.guarded == Guard.FIRST_CALL, utc_now()), else_=INVENTORY.c.changed_at),
                ),
                (INVENTORY.c.guarded, int(guard)),
            )
        )
