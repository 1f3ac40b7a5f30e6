"""What promo codes can be limited to: events, performances, categories and ticket types, told apart in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from pos_app.db.models import Event, Performance, PriceCategory, SeatingPlan, TicketType, Venue
from pos_app.domain.promo_codes.records import PromoChoice, PromoChoices
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import Moment, say
from pos_app.services.permissions import require
from pos_app.services.server_time import load_server_time

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_UNSET: Final = "UTC"


def list_promo_choices(session: Session, actor: Actor) -> PromoChoices:
    """Return everything that a code can be limited to. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return load_promo_choices(session)


def load_promo_choices(session: Session) -> PromoChoices:
    """As list_promo_choices; the caller has checked who asks."""
    venues = session.execute(
        select(Venue.currency, Venue.time_zone).where(Venue.deleted_at.is_(None)).order_by(Venue.id)
    ).all()
    return PromoChoices(
        events=_events(session),
        performances=_performances(session),
        categories=_categories(session),
        ticket_types=_ticket_types(session),
        currencies=tuple(dict.fromkeys(row.currency for row in venues)),
        time_zone=venues[0].time_zone if venues else _UNSET,
        now=load_server_time(session),
    )


def newest_categories(session: Session) -> dict[int, int]:
    """Return for each price category its namesake in the newest version of the same plan, by id."""
    newest: dict[tuple[int, str, str], int] = {}
    place: dict[int, tuple[int, str, str]] = {}
    for row in _category_rows(session):
        place[row.id] = (row.venue_id, row.plan, row.name)
        newest[place[row.id]] = row.id
    return {category: newest[where] for category, where in place.items()}


def _category_rows(session: Session) -> list[Any]:
    """Categories of all plans, those of newer versions later."""
    return list(
        session.execute(
            select(
                PriceCategory.id,
                PriceCategory.name,
                SeatingPlan.venue_id,
                SeatingPlan.name.label("plan"),
                Venue.name.label("venue"),
            )
            .join(SeatingPlan, SeatingPlan.id == PriceCategory.plan_id)
            .join(Venue, Venue.id == SeatingPlan.venue_id)
            .order_by(Venue.name, SeatingPlan.name, SeatingPlan.version, PriceCategory.sort, PriceCategory.id)
        )
    )


def _events(session: Session) -> tuple[PromoChoice, ...]:
    rows = session.execute(
        select(Event.id, Event.title, Event.kind, func.min(Performance.starts_at).label("first"))
        .outerjoin(Performance, (Performance.event_id == Event.id) & Performance.deleted_at.is_(None))
        .where(Event.deleted_at.is_(None))
        .group_by(Event.id, Event.title, Event.kind)
        .order_by(Event.title, Event.id)
    )
    return tuple(PromoChoice(row.id, row.title, row.kind) for row in rows)


def _performances(session: Session) -> tuple[PromoChoice, ...]:
    rows = session.execute(
        select(
            Performance.id,
            Performance.event_id,
            Performance.starts_at,
            Performance.ends_at,
            Event.title,
            Venue.id.label("venue_id"),
            Venue.name.label("venue"),
            Venue.time_zone,
            SeatingPlan.name.label("plan"),
        )
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.deleted_at.is_(None))
        .order_by(Performance.starts_at.desc(), Performance.id)
    )
    return tuple(
        PromoChoice(
            row.id,
            row.title,
            say("{moment}, {venue}", moment=Moment(row.starts_at, row.time_zone, until=row.ends_at), venue=row.venue),
            event_id=row.event_id,
            plan=(row.venue_id, row.plan),
        )
        for row in rows
    )


def _categories(session: Session) -> tuple[PromoChoice, ...]:
    """One for each category of a plan, by its id in the newest version that has it."""
    found: dict[tuple[int, str, str], PromoChoice] = {}
    for row in _category_rows(session):
        plan = (row.venue_id, row.plan)
        found[row.venue_id, row.plan, row.name] = PromoChoice(row.id, row.name, f"{row.venue}, {row.plan}", plan=plan)
    return tuple(found.values())


def _ticket_types(session: Session) -> tuple[PromoChoice, ...]:
    rows = session.execute(
        select(TicketType.id, TicketType.name)
        .where(TicketType.deleted_at.is_(None))
        .order_by(TicketType.sort, TicketType.name)
    )
    return tuple(PromoChoice(row.id, row.name) for row in rows)
