"""The prices of a performance: reading the grid, what a change would mean, saving it, taking those of another one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, select, update

from pos_app.db.models import OrderLine, Performance, Price, Seat
from pos_app.domain.editing import Change, ChangedMeanwhile, FieldProblems
from pos_app.domain.money import MOST_MINOR
from pos_app.domain.roles import Permission
from pos_app.domain.season.prices import CopiedPrices, PriceChange, PriceDraft, PriceGrid
from pos_app.domain.seats import ClaimKind
from pos_app.domain.sentences import say
from pos_app.domain.texts import name_key
from pos_app.services.audit import record
from pos_app.services.permissions import require
from pos_app.services.season.offers import load_offer
from pos_app.services.seats.claims import INVENTORY, open_to_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

Kind = tuple[int, int]
"""A price category and a ticket type."""


def load_price_grid(session: Session, actor: Actor, performance_id: int) -> PriceGrid:
    """Return the prices of a performance. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    return _grid(session, performance_id)


def preview_prices(session: Session, actor: Actor, performance_id: int, wanted: PriceDraft) -> tuple[PriceChange, ...]:
    """Return what would be another price, in the order of the grid. Raises NotPermitted, FieldRefused, NotFound."""
    require(session, actor, Permission.MANAGE)
    now = _grid(session, performance_id)
    _require_sound(now, wanted)
    changed = _changed(now.amounts, wanted.amounts)
    if not changed:
        return ()
    sold = _sold(session, performance_id)
    held = _held(session, performance_id)
    return tuple(
        PriceChange(
            category=category.name,
            ticket_type=kind.name,
            before_minor=now.amounts.get(key),
            after_minor=wanted.amounts.get(key),
            sold=sold[key],
            held=held[category.category_id],
        )
        for category in now.categories
        for kind in now.ticket_types
        if (key := (category.category_id, kind.ticket_type_id)) in changed
    )


def save_prices(session: Session, actor: Actor, before: PriceGrid, wanted: PriceDraft) -> PriceGrid:
    """Set prices and fees anew. Tickets that are sold keep what was paid; a basket that is open is told when it pays.

    Raises NotPermitted, FieldRefused (fields "amounts", "ticket_fee_minor", "order_fee_minor"), ChangedMeanwhile.
    """
    require(session, actor, Permission.MANAGE)
    performance_id = before.performance_id
    session.execute(select(Performance.id).where(Performance.id == performance_id).with_for_update())
    now = _grid(session, performance_id)
    _require_sound(now, wanted)
    if _draft_of(now) == wanted:
        return now
    _require_unchanged(before, now)
    changed = _changed(now.amounts, wanted.amounts)
    of_it = Price.performance_id == performance_id
    for category_id, type_id in sorted(changed):
        this = and_(of_it, Price.category_id == category_id, Price.ticket_type_id == type_id)
        amount = wanted.amounts.get((category_id, type_id))
        if amount is None:
            session.execute(delete(Price).where(this))
        elif (category_id, type_id) in now.amounts:
            session.execute(update(Price).where(this).values(amount_minor=amount))
        else:
            session.execute(
                insert(Price).values(
                    performance_id=performance_id,
                    category_id=category_id,
                    ticket_type_id=type_id,
                    amount_minor=amount,
                )
            )
    session.execute(
        update(Performance)
        .where(Performance.id == performance_id)
        .values(ticket_fee_minor=wanted.ticket_fee_minor, order_fee_minor=wanted.order_fee_minor)
    )
    record(
        session,
        actor,
        "prices_changed",
        performance=performance_id,
        changed=[[*key, now.amounts.get(key), wanted.amounts.get(key)] for key in sorted(changed)],
        fees_before=[now.ticket_fee_minor, now.order_fee_minor],
        fees_after=[wanted.ticket_fee_minor, wanted.order_fee_minor],
    )
    return _grid(session, performance_id)


def load_copied_prices(session: Session, actor: Actor, from_id: int, to_id: int) -> CopiedPrices:
    """Return the prices and fees of one performance for another; on another plan categories are matched by name.

    Nothing is saved. Raises NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    source, target = _grid(session, from_id), _grid(session, to_id)
    by_name = {name_key(category.name): category.category_id for category in target.categories}
    matched = {one.category_id: by_name.get(name_key(one.name)) for one in source.categories}
    amounts = {
        (there, type_id): amount
        for (category_id, type_id), amount in source.amounts.items()
        if (there := matched.get(category_id)) is not None
    }
    priced = {category_id for category_id, _ in source.amounts}
    unknown = tuple(
        one.name for one in source.categories if one.category_id in priced and matched[one.category_id] is None
    )
    return CopiedPrices(PriceDraft(amounts, source.ticket_fee_minor, source.order_fee_minor), unknown)


def _grid(session: Session, performance_id: int) -> PriceGrid:
    offer = load_offer(session, performance_id)
    return PriceGrid(
        performance_id=performance_id,
        currency=offer.currency,
        categories=offer.categories,
        ticket_types=offer.ticket_types,
        amounts=dict(offer.prices),
        ticket_fee_minor=offer.ticket_fee_minor,
        order_fee_minor=offer.order_fee_minor,
    )


def _draft_of(grid: PriceGrid) -> PriceDraft:
    return PriceDraft(dict(grid.amounts), grid.ticket_fee_minor, grid.order_fee_minor)


def _changed(before: Mapping[Kind, int], after: Mapping[Kind, int]) -> set[Kind]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _require_sound(grid: PriceGrid, wanted: PriceDraft) -> None:
    problems = FieldProblems()
    categories = {one.category_id for one in grid.categories}
    types = {one.ticket_type_id for one in grid.ticket_types} | {type_id for _, type_id in grid.amounts}
    for (category_id, type_id), amount in wanted.amounts.items():
        if category_id not in categories or type_id not in types:
            problems.add("amounts", say("A price category or a ticket type is not there any more."))
        elif not 0 <= amount <= MOST_MINOR:
            problems.add("amounts", say("A price is too large, or negative."))
    for field, fee in (("ticket_fee_minor", wanted.ticket_fee_minor), ("order_fee_minor", wanted.order_fee_minor)):
        if not 0 <= fee <= MOST_MINOR:
            problems.add(field, say("This fee is too large, or negative."))
    problems.require_none()


def _require_unchanged(before: PriceGrid, now: PriceGrid) -> None:
    names = {one.category_id: one.name for one in now.categories}
    types = {one.ticket_type_id: one.name for one in now.ticket_types}
    changes: list[Change] = [
        Change(f"{names.get(key[0], '')}, {types.get(key[1], '')}", before.amounts.get(key), now.amounts.get(key))
        for key in sorted(_changed(before.amounts, now.amounts))
    ]
    fees: tuple[tuple[str, Any, Any], ...] = (
        ("ticket_fee_minor", before.ticket_fee_minor, now.ticket_fee_minor),
        ("order_fee_minor", before.order_fee_minor, now.order_fee_minor),
    )
    changes += [Change(*fee) for fee in fees if fee[1] != fee[2]]
    if changes:
        raise ChangedMeanwhile(
            say("Somebody else changed these prices in the meantime."),
            current=now,
            changes=tuple(changes),
            advice=say("Nothing was saved. Choose what is to hold."),
        )


def _sold(session: Session, performance_id: int) -> Counter[Kind]:
    """Count live tickets by category and ticket type."""
    rows = session.execute(
        select(OrderLine.category_id, OrderLine.ticket_type_id, func.count().label("tickets"))
        .where(OrderLine.performance_id == performance_id, OrderLine.state == "live")
        .group_by(OrderLine.category_id, OrderLine.ticket_type_id)
    )
    return Counter({(row.category_id, row.ticket_type_id): row.tickets for row in rows})


def _held(session: Session, performance_id: int) -> Counter[int]:
    """Count places in running baskets, by category."""
    seat = INVENTORY.c
    rows = session.execute(
        select(Seat.category_id, func.count().label("places"))
        .join(INVENTORY, seat.seat_id == Seat.id)
        .where(seat.performance_id == performance_id, seat.claim_kind == ClaimKind.BASKET, ~open_to_all())
        .group_by(Seat.category_id)
    )
    return Counter({row.category_id: row.places for row in rows})
