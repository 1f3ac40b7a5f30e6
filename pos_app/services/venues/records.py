"""Venues: where they are, by which clock and in which currency they sell."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, func, select

from pos_app.db.models import OrderLine, Performance, SeatingPlan, Venue
from pos_app.db.results import insert_row
from pos_app.domain.editing import FieldProblems, same_fields
from pos_app.domain.errors import InvalidInput, NotFound, PosError
from pos_app.domain.local_times import require_zone, zone_by_city
from pos_app.domain.money import require_currency
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say, say_count, say_in_turn
from pos_app.domain.texts import clean_line, name_key
from pos_app.domain.venues.records import VenueDraft, VenueRecord
from pos_app.services.audit import record
from pos_app.services.permissions import require
from pos_app.services.records import Records
from pos_app.services.search_words import write_performances
from pos_app.services.server_time import to_come

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

LONGEST_NAME: Final = 200
LONGEST_ADDRESS: Final = 500


class VenueInUse(PosError):
    """Performances are still to come at a venue that was to be put away."""


def list_venues(session: Session, actor: Actor) -> tuple[VenueRecord, ...]:
    """Return all venues, those put away too, by name. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return _load_records(session)


def save_venue(session: Session, actor: Actor, before: VenueRecord | None, wanted: VenueDraft) -> VenueRecord:
    """Store a new venue, or a changed one. May be repeated. The currency stays once anything was sold.

    A changed time zone changes what the clock shows at the performances, not when they begin. Raises NotPermitted,
    FieldRefused, ChangedMeanwhile, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    wanted = _cleaned(wanted)
    now = _VENUES.locked(session, actor, before.venue_id) if before is not None else None
    if before is not None and now is not None and _VENUES.is_stored(before, now, wanted):
        return now
    others = _load_records(session)
    twin = next((one for one in others if name_key(one.name) == name_key(wanted.name)), None)
    if now is None and twin is not None and same_fields(wanted, twin) and not twin.archived:
        return twin
    _require_sound(wanted, now, None if twin is None or (now and twin.venue_id == now.venue_id) else twin)
    if now is not None:
        changed = _VENUES.change(session, actor, now, wanted, venue=now.venue_id)
        if changed.name != now.name:
            write_performances(session, SeatingPlan.venue_id == now.venue_id, before=(now.name,))
        return changed
    values = asdict(wanted)
    venue_id = insert_row(session, Venue, **values)
    record(session, actor, "venue_added", venue=venue_id, **{f"venue_{key}": value for key, value in values.items()})
    return _load(session, venue_id)


def archive_venue(session: Session, actor: Actor, venue_id: int) -> VenueRecord:
    """Put a venue away. May be repeated. Raises NotPermitted, VenueInUse (performances to come), NotFound."""
    now = _VENUES.locked(session, actor, venue_id)
    if now.upcoming and not now.archived:
        raise VenueInUse(
            say_count(
                "{count} performance is still to come at “{venue}”.",
                "{count} performances are still to come at “{venue}”.",
                now.upcoming,
                venue=now.name,
            ),
            advice=say("Cancel or move them first."),
        )
    return _VENUES.archive(session, actor, now)


def restore_venue(session: Session, actor: Actor, venue_id: int) -> VenueRecord:
    """Take a venue back that was put away. May be repeated. Raises NotPermitted, NotFound."""
    return _VENUES.restore(session, actor, venue_id)


def _cleaned(wanted: VenueDraft) -> VenueDraft:
    return VenueDraft(
        clean_line(wanted.name, LONGEST_NAME),
        clean_line(wanted.address, LONGEST_ADDRESS),
        zone_by_city(clean_line(wanted.time_zone, LONGEST_NAME)),
        wanted.currency.strip().upper(),
    )


def _require_sound(wanted: VenueDraft, now: VenueRecord | None, twin: VenueRecord | None) -> None:
    problems = FieldProblems()
    if not wanted.name:
        problems.add("name", say("Type a name."))
    problems.refuse_card_numbers(name=wanted.name, address=wanted.address)
    if twin is not None:
        taken = say("There is a venue “{name}” already.", name=twin.name)
        if twin.archived:
            taken = say_in_turn(taken, say("It was put away; restore it instead."))
        problems.add("name", taken)
    for field, rule in (("time_zone", require_zone), ("currency", require_currency)):
        try:
            rule(getattr(wanted, field))
        except InvalidInput as refused:
            problems.add(field, say_in_turn(refused.message, refused.advice))
    if now is not None and now.sold and wanted.currency != now.currency:
        problems.add(
            "currency",
            say(
                "Tickets were sold here in {currency}. Add another venue for {wanted}.",
                currency=now.currency,
                wanted=wanted.currency,
            ),
        )
    problems.require_none()


def _load(session: Session, venue_id: int) -> VenueRecord:
    found = _load_records(session, venue_id)
    if not found:
        raise NotFound(say("This venue is not there any more."))
    return found[0]


def _load_records(session: Session, venue_id: int | None = None) -> tuple[VenueRecord, ...]:
    query = select(Venue.id, Venue.name, Venue.address, Venue.time_zone, Venue.currency, Venue.deleted_at).order_by(
        Venue.name, Venue.id
    )
    venues = session.execute(query if venue_id is None else query.where(Venue.id == venue_id)).all()
    plans = {
        row.venue_id: int(row.plans)
        for row in session.execute(
            select(SeatingPlan.venue_id, func.count(SeatingPlan.name.distinct()).label("plans"))
            .where(SeatingPlan.deleted_at.is_(None))
            .group_by(SeatingPlan.venue_id)
        )
    }
    coming = and_(to_come(), Performance.state == "scheduled", Performance.deleted_at.is_(None))
    sold = select(OrderLine.id).where(OrderLine.performance_id == Performance.id).exists()
    used = {
        row.venue_id: row
        for row in session.execute(
            select(
                SeatingPlan.venue_id,
                func.sum(case((coming, 1), else_=0)).label("upcoming"),
                func.sum(case((sold, 1), else_=0)).label("sold"),
            )
            .join(Performance, Performance.plan_id == SeatingPlan.id)
            .group_by(SeatingPlan.venue_id)
        )
    }
    return tuple(
        VenueRecord(
            row.id,
            row.name,
            row.address,
            row.time_zone,
            row.currency,
            plans.get(row.id, 0),
            int(used[row.id].upcoming) if row.id in used else 0,
            bool(used[row.id].sold) if row.id in used else False,
            row.deleted_at is not None,
        )
        for row in venues
    )


_VENUES = Records(
    "venue",
    Venue.id,
    load=_load,
    key=lambda venue: venue.venue_id,
    told=lambda venue: {"venue": venue.venue_id, "venue_name": venue.name},
    counted=("plans", "upcoming", "sold"),
)
