"""The same prices on several performances of one plan, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import utc_now
from pos_app.db.models import Performance
from pos_app.domain.editing import ChangedMeanwhile
from pos_app.domain.errors import InvalidInput
from pos_app.domain.roles import Permission
from pos_app.domain.season.prices import PricePreview
from pos_app.domain.sentences import say
from pos_app.services.permissions import require
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.prices import load_price_grid, preview_prices, save_prices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.season.prices import PriceDraft, PriceGrid


def preview_change(
    session: Session, actor: Actor, performance_ids: Sequence[int], wanted: PriceDraft
) -> tuple[PricePreview, ...]:
    """Return what would be different on each of these performances, in the order asked for.

    Raises NotPermitted, FieldRefused, NotFound, InvalidInput (not all on one plan).
    """
    require(session, actor, Permission.MANAGE)
    _require_one_plan(session, performance_ids)
    now = session.execute(select(utc_now())).scalar_one()
    previews = []
    for performance_id in performance_ids:
        record = load_performance_record(session, performance_id)
        grid = load_price_grid(session, actor, performance_id)
        changes = preview_prices(session, actor, performance_id, wanted)
        until = record.off_sale_at or record.ends_at or record.starts_at
        on_sale = not record.cancelled and (record.on_sale_at or now) <= now < until
        previews.append(
            PricePreview(record.title, record.starts_at, record.time_zone, grid, changes, on_sale, record.ends_at)
        )
    return tuple(previews)


def change_prices(
    session: Session, actor: Actor, before: Sequence[PriceGrid], wanted: PriceDraft
) -> tuple[PriceGrid, ...]:
    """Set the prices and fees of several performances, all or none. before: each as it was read. May be repeated.

    The answer is in the same order. Raises NotPermitted, FieldRefused, InvalidInput (not all on one plan), NotFound,
    ChangedMeanwhile (its current is the grid of the performance that somebody else changed).
    """
    require(session, actor, Permission.MANAGE)
    ids = [grid.performance_id for grid in before]
    _require_one_plan(session, ids)
    session.execute(select(Performance.id).where(Performance.id.in_(ids)).order_by(Performance.id).with_for_update())
    saved: dict[int, PriceGrid] = {}
    for grid in sorted(before, key=lambda each: each.performance_id):
        try:
            saved[grid.performance_id] = save_prices(session, actor, grid, wanted)
        except ChangedMeanwhile as changed:
            if len(before) == 1:
                raise
            one = load_performance_record(session, grid.performance_id)
            raise ChangedMeanwhile(
                say(
                    "Somebody else changed prices of “{title}” ({day}) in the meantime.",
                    title=one.title,
                    day=one.starts_at.date(),
                ),
                current=changed.current,
                changes=changed.changes,
                advice=say("Nothing was saved on any performance."),
            ) from None
    return tuple(saved[performance_id] for performance_id in ids)


def _require_one_plan(session: Session, performance_ids: Sequence[int]) -> None:
    plans = session.execute(select(Performance.plan_id).where(Performance.id.in_(performance_ids)).distinct())
    if len(plans.scalars().all()) != 1:
        raise InvalidInput(
            say("Choose performances on one seating plan."), advice=say("Price categories are the same only there.")
        )
