"""Taking a performance over to a new version of its plan, with all that is sold, kept back and priced on it.

Every place that somebody has is found again by its guid; of an area any place will do, for nobody sees them. Order
lines and tickets of the performance name the new seats, so do offers and what the house keeps back; the prices go to
the categories of the new version. What was sold keeps the category it was priced by. Lines without a place in the new
version (sales that were taken back) go on naming the old seat, which stays where it is.

A basket on a till holds seats by their ids, which are others afterwards: no performance moves while a basket that
still runs has a place of it, and one whose time is over is closed.

Locked in the order in which sales and voids lock: holds, orders, the performance, places.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, delete, exists, select, update
from sqlalchemy.orm import aliased

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import (
    Area,
    Hold,
    KeptBack,
    Order,
    OrderLine,
    Performance,
    PerformanceSeat,
    Price,
    PriceCategory,
    PromoCode,
    Seat,
    Ticket,
    WaitingOffer,
    Zone,
)
from pos_app.domain.orders.changes import LineState
from pos_app.domain.seats import ClaimKind, SeatKey, SeatState
from pos_app.domain.selling.holds import read_places, write_places
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.seats.inventory import fill_inventory
from pos_app.services.venues.plan_hindrances import areas_taken, load_taken
from pos_app.services.waiting.baskets import give_back
from pos_app.services.waiting.serving import serve_new_places
from pos_app.services.waiting.wishes import rewrite_wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.services.venues.plan_hindrances import TakenPlace

_ROW = INVENTORY.c
_PRICE: Final = table_of(Price)


def lock_for_move(session: Session, performance_id: int) -> int:
    """Keep others from selling a performance or changing its sales until the commit; return its plan.

    Closes baskets on it whose time is over.
    """
    claims = select(_ROW.claim_id).where(
        _ROW.performance_id == performance_id, _ROW.claim_kind == ClaimKind.BASKET, _ROW.claim_id.is_not(None)
    )
    hold_ids = sorted(set(session.execute(claims).scalars()))
    holds = session.execute(
        select(Hold.id, Hold.places, Hold.with_offers, (Hold.expires_at < utc_now()).label("over"))
        .where(Hold.id.in_(hold_ids))
        .order_by(Hold.id)
        .with_for_update()
    ).all()
    orders = select(OrderLine.order_id).where(OrderLine.performance_id == performance_id).distinct()
    session.execute(
        select(Order.id).where(Order.id.in_(sorted(session.execute(orders).scalars()))).order_by(Order.id)
        .with_for_update()
    ).all()  # fmt: skip
    plan_id: int = session.execute(
        select(Performance.plan_id).where(Performance.id == performance_id).with_for_update()
    ).scalar_one()
    over = [hold for hold in holds if hold.over]
    lapsed = [hold.id for hold in over]
    if over:
        places = {seat for hold in over for seat in read_places(hold.places)}
        give_back(session, lapsed, places, with_offers=any(hold.with_offers for hold in over))
    session.execute(
        update(Hold)
        .where(Hold.id.in_(lapsed), Hold.closed_at.is_(None))
        .values(closed_at=utc_now(), closed_as="expired")
    )
    return plan_id


def move_performance(session: Session, performance_id: int, new_plan: int, categories: Mapping[int, int]) -> None:
    """Take a performance over, once it is locked and nothing hinders it. categories: new ids by the old ones."""
    taken = load_taken(session, performance_id)
    taken_from = session.execute(select(Performance.plan_id).where(Performance.id == performance_id)).scalar_one()
    session.execute(
        delete(PerformanceSeat).where(
            _ROW.performance_id == performance_id, _ROW.state == SeatState.FREE, _ROW.prior_order_line_id.is_(None)
        )
    )
    new_ids = _by_guid(session, [one for one in taken if not one.area_guid], new_plan)
    in_areas = _places_of_areas(session, taken, new_plan)
    for old, new in in_areas.items():
        _rename_seat(session, performance_id, old, new)
    _rename_by_guid(session, performance_id, new_plan)
    session.execute(update(Performance).where(Performance.id == performance_id).values(plan_id=new_plan))
    _rewrite_places(session, performance_id, {**new_ids, **in_areas})
    rewrite_wishes(session, performance_id, categories, _zone_pairs(session, taken_from, new_plan))
    fill_inventory(session, performance_id)
    serve_new_places(session, performance_id)
    _move_prices(session, performance_id, categories)


def widen_promo_codes(session: Session, categories: Mapping[int, int]) -> None:
    """Let promo codes that are for certain categories be for those of the new version too."""
    stored = session.execute(
        select(PromoCode.only).where(PromoCode.only.contains('"categories"'), PromoCode.deleted_at.is_(None)).distinct()
    ).scalars()
    for text in list(stored):
        only = json.loads(text)
        named = only.get("categories") or []
        more = [categories[one] for one in named if categories.get(one) not in {None, *named}]
        if more:
            wider = json.dumps({**only, "categories": [*named, *more]})
            session.execute(update(PromoCode).where(PromoCode.only == text).values(only=wider))


def category_pairs(session: Session, old_plan: int, new_plan: int, renamed: Mapping[str, str]) -> dict[int, int]:
    """Return the categories of a new version by those of the old one; renamed: new names by the old ones."""
    new = dict(_category_ids(session, new_plan))
    return {
        old_id: new[renamed.get(name, name)]
        for name, old_id in _category_ids(session, old_plan)
        if renamed.get(name, name) in new
    }


def _zone_pairs(session: Session, old_plan: int, new_plan: int) -> dict[int, int]:
    """Return the zones of a new version by those of the old one."""
    old, new = aliased(Zone), aliased(Zone)
    rows = session.execute(
        select(old.id, new.id.label("now"))
        .join(new, new.guid == old.guid)
        .where(old.plan_id == old_plan, new.plan_id == new_plan)
    )
    return {row.id: row.now for row in rows}


def _category_ids(session: Session, plan_id: int) -> Iterable[tuple[str, int]]:
    rows = session.execute(select(PriceCategory.name, PriceCategory.id).where(PriceCategory.plan_id == plan_id))
    return [(row.name, row.id) for row in rows]


def _by_guid(session: Session, taken: Sequence[TakenPlace], new_plan: int) -> dict[int, int]:
    """Return the new ids of drawn seats by the old ones."""
    if not taken:
        return {}
    wanted = {one.guid: one.seat_id for one in taken}
    rows = session.execute(select(Seat.guid, Seat.id).where(Seat.plan_id == new_plan, Seat.area_id.is_(None)))
    return {wanted[row.guid]: row.id for row in rows if row.guid in wanted}


def _places_of_areas(session: Session, taken: Sequence[TakenPlace], new_plan: int) -> dict[int, int]:
    """Return a new place for each taken place of an area, by the old one; the one of the same number where there is."""
    found: dict[int, int] = {}
    for guid, places in areas_taken(taken).items():
        rows = session.execute(
            select(Seat.guid, Seat.id)
            .join(Area, and_(Area.plan_id == Seat.plan_id, Area.zone_id == Seat.zone_id, Area.id == Seat.area_id))
            .where(Seat.plan_id == new_plan, Area.guid == guid, Seat.deleted_at.is_(None))
        ).all()
        ids = {row.guid: row.id for row in rows}
        same = {one.seat_id: ids[one.guid] for one in places if one.guid in ids}
        spare = iter(sorted(set(ids.values()) - set(same.values())))
        found |= same | {one.seat_id: next(spare) for one in places if one.guid not in ids}
    return found


def _rename_seat(session: Session, performance_id: int, old: int, new: int) -> None:
    """Call one place of an area by its new id wherever the performance names it as somebody's."""
    here = {"performance_id": performance_id, "seat_id": old}
    session.execute(
        update(INVENTORY)
        .where(*(INVENTORY.c[name] == value for name, value in here.items()))
        .values(seat_id=new, changed_at=utc_now())
    )
    standing = OrderLine.state.in_((LineState.LIVE, LineState.RESERVED))
    session.execute(update(OrderLine).filter_by(**here).where(standing).values(seat_id=new))
    session.execute(
        update(Ticket)
        .where(Ticket.performance_id == performance_id, Ticket.live_seat_id == old)
        .values(live_seat_id=new)
    )


def _rename_by_guid(session: Session, performance_id: int, new_plan: int) -> None:
    """Call all places of a performance by the ids of the new version, in one statement a table."""
    old, new = aliased(Seat), aliased(Seat)

    def new_id(column: Any) -> Any:
        return (
            select(new.id)
            .join_from(old, new, and_(new.plan_id == new_plan, new.guid == old.guid))
            .where(old.id == column, old.plan_id != new_plan)
            .scalar_subquery()
        )

    def has_new_id(column: Any) -> Any:
        return exists(
            select(new.id)
            .join_from(old, new, and_(new.plan_id == new_plan, new.guid == old.guid))
            .where(old.id == column, old.plan_id != new_plan)
        )

    for table, column, of_performance in (
        (INVENTORY, _ROW.seat_id, _ROW.performance_id),
        (table_of(OrderLine), table_of(OrderLine).c.seat_id, table_of(OrderLine).c.performance_id),
        (table_of(Ticket), table_of(Ticket).c.live_seat_id, table_of(Ticket).c.performance_id),
    ):
        values: dict[str, Any] = {column.name: new_id(column)}
        if table is INVENTORY:
            values["changed_at"] = utc_now()
        session.execute(update(table).where(of_performance == performance_id, has_new_id(column)).values(values))


def _rewrite_places(session: Session, performance_id: int, new_ids: Mapping[int, int]) -> None:
    """Write anew the lists of places of what the house keeps back, and of offers to the waiting list."""
    kept = select(KeptBack.id, KeptBack.places).where(
        KeptBack.performance_id == performance_id, KeptBack.closed_at.is_(None)
    )
    offers = select(WaitingOffer.id, WaitingOffer.places).where(
        WaitingOffer.performance_id == performance_id, WaitingOffer.closed_at.is_(None)
    )
    for table, query in ((KeptBack, kept), (WaitingOffer, offers)):
        for row in session.execute(query.with_for_update()).all():
            places = write_places(
                SeatKey(seat.performance_id, new_ids.get(seat.seat_id, seat.seat_id))
                if seat.performance_id == performance_id
                else seat
                for seat in read_places(row.places)
            )
            session.execute(update(table).where(table.id == row.id).values(places=places))


def _move_prices(session: Session, performance_id: int, categories: Mapping[int, int]) -> None:
    """Give the prices to the new categories; those of a category that is no more are taken away."""
    for old, new in categories.items():
        session.execute(
            update(_PRICE)
            .where(_PRICE.c.performance_id == performance_id, _PRICE.c.category_id == old)
            .values(category_id=new)
        )
    kept = list(categories.values())
    session.execute(delete(Price).where(Price.performance_id == performance_id, Price.category_id.not_in(kept)))
