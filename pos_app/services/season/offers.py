"""Reading performances: the list with its free seats, and all that is needed to sell one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pos_app.db.clock import seconds_until
from pos_app.db.models import Event, Performance, Price, PriceCategory, SeatingPlan, TicketType, Venue
from pos_app.domain.errors import NotFound
from pos_app.domain.season.offers import CategoryOffer, PerformanceOffer, PerformanceSummary, SeatsLeft, TypeOffer
from pos_app.domain.sentences import say
from pos_app.services.season.seats_left import count_left
from pos_app.services.server_time import not_over

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


@cache
def _listed() -> Select[*tuple[Any, ...]]:
    """Build the statement, once: building it takes longer than asking the server."""
    return (
        select(
            Performance.id,
            Event.title,
            Venue.name,
            Venue.time_zone,
            Performance.starts_at,
            Performance.ends_at,
            Performance.doors_at,
            Performance.state,
            seconds_until(Performance.starts_at).label("until_start"),
            seconds_until(Performance.on_sale_at).label("until_sale"),
            seconds_until(Performance.off_sale_at).label("until_end"),
            select(Price.performance_id).where(Price.performance_id == Performance.id).exists().label("priced"),
        )
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.deleted_at.is_(None), not_over())
        .order_by(Performance.starts_at, Performance.id)
    )


def list_performances(session: Session, counted: Collection[int] | None = None) -> tuple[PerformanceSummary, ...]:
    """Return the performances from the one under way on, by time, with the seats left of those to be counted.

    counted: the performances whose seats are counted, by id; None: all of them, which takes the longer the more seats
    are on sale.
    """
    rows = session.connection().execute(_listed()).all()
    listed = {row.id for row in rows}
    left = count_left(session, listed if counted is None else listed.intersection(counted))
    unknown = SeatsLeft(0, 0)
    return tuple(
        PerformanceSummary(
            performance_id=row.id,
            title=row.title,
            venue=row.name,
            time_zone=row.time_zone,
            starts_at=row.starts_at,
            doors_at=row.doors_at,
            cancelled=row.state == "cancelled",
            on_sale=row.state != "cancelled"
            and (row.until_sale is None or row.until_sale <= 0)
            and (row.until_end is None or row.until_end > 0),
            until_start=float(row.until_start),
            capacity=left.get(row.id, unknown).capacity,
            free=left.get(row.id, unknown).free,
            priced=bool(row.priced),
            ends_at=row.ends_at,
            counted=row.id in left,
            left=left.get(row.id),
        )
        for row in rows
    )


def load_offer(session: Session, performance_id: int) -> PerformanceOffer:
    """Return all that is needed to sell a performance. Raises NotFound."""
    row = session.execute(
        select(Performance, Event.title, Venue.time_zone, Venue.currency, SeatingPlan.revision)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id == performance_id, Performance.deleted_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound(say("This performance is not there any more."), advice=say("Choose another one."))
    performance: Performance = row[0]
    categories = session.execute(
        select(PriceCategory.id, PriceCategory.name, PriceCategory.color)
        .where(PriceCategory.plan_id == performance.plan_id)
        .order_by(PriceCategory.sort, PriceCategory.id)
    )
    types = session.execute(
        select(TicketType).where(TicketType.deleted_at.is_(None)).order_by(TicketType.sort, TicketType.id)
    ).scalars()
    prices = session.execute(
        select(Price.category_id, Price.ticket_type_id, Price.amount_minor).where(
            Price.performance_id == performance_id
        )
    )
    return PerformanceOffer(
        performance_id=performance.id,
        plan_id=performance.plan_id,
        title=row.title,
        time_zone=row.time_zone,
        currency=row.currency,
        hold_seconds=performance.hold_seconds,
        ticket_fee_minor=performance.ticket_fee_minor,
        order_fee_minor=performance.order_fee_minor,
        categories=tuple(CategoryOffer(one.id, one.name, one.color) for one in categories),
        ticket_types=tuple(TypeOffer(one.id, one.name, one.letter, one.seat_kind, one.complimentary) for one in types),
        prices={(one.category_id, one.ticket_type_id): one.amount_minor for one in prices},
        event_id=performance.event_id,
        plan_revision=row.revision,
        starts_at=performance.starts_at,
        ends_at=performance.ends_at,
    )
