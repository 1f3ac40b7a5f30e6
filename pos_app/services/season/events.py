"""Events: making, changing, putting away, taking back; and their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, delete, func, insert, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Event, EventArtwork, Performance, SeatingPlan, Venue
from pos_app.db.results import insert_row
from pos_app.domain.editing import FieldProblems, FieldRefused, same_fields
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.season.events import (
    LONGEST_DESCRIPTION,
    LONGEST_KIND,
    LONGEST_TITLE,
    Artwork,
    EventDraft,
    EventRecord,
)
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line, clean_text
from pos_app.services.audit import record
from pos_app.services.permissions import require
from pos_app.services.records import Records
from pos_app.services.search_words import write_performances

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def list_events(session: Session, actor: Actor) -> tuple[EventRecord, ...]:
    """Return all events, those put away too, by title. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return _records(session)


def add_event(session: Session, actor: Actor, wanted: EventDraft, artwork: Artwork | None = None) -> EventRecord:
    """Make an event, with its picture where it has one.

    Raises NotPermitted, FieldRefused (also for the very same event again: asked twice, it is made once).
    """
    require(session, actor, Permission.MANAGE)
    wanted = _sound(wanted)
    if any(same_fields(wanted, one) and not one.archived for one in _records(session)):
        raise FieldRefused({"title": say("There is this very event already.")})
    event_id = insert_row(session, Event, title=wanted.title, description=wanted.description, kind=wanted.kind)
    if artwork is not None:
        _store_artwork(session, event_id, artwork)
    size = len(artwork.image) if artwork is not None else 0
    record(session, actor, "event_added", event=event_id, title=wanted.title, kind=wanted.kind, artwork=size)
    return _event(session, event_id)


def save_event(session: Session, actor: Actor, before: EventRecord, wanted: EventDraft) -> EventRecord:
    """Change an event; tickets printed from now on bear the new title.

    Raises NotPermitted, FieldRefused, ChangedMeanwhile, NotFound.
    """
    now = _EVENTS.locked(session, actor, before.event_id)
    wanted = _sound(wanted)
    if _EVENTS.is_stored(before, now, wanted):
        return now
    changed = _EVENTS.change(session, actor, now, wanted, event=now.event_id)
    if changed.title != now.title:
        write_performances(session, Performance.event_id == now.event_id, before=(now.title,))
    return changed


def archive_event(session: Session, actor: Actor, event_id: int) -> EventRecord:
    """Put an event away: it is offered for no new performance; those that are there go on. May be repeated.

    Raises NotPermitted, NotFound.
    """
    return _EVENTS.archive(session, actor, _EVENTS.locked(session, actor, event_id))


def restore_event(session: Session, actor: Actor, event_id: int) -> EventRecord:
    """Take an event back. May be repeated. Raises NotPermitted, NotFound."""
    return _EVENTS.restore(session, actor, event_id)


def load_artwork(session: Session, event_id: int) -> Artwork | None:
    """Return the picture of an event, if it has one."""
    found = session.execute(select(EventArtwork).where(EventArtwork.event_id == event_id)).scalar_one_or_none()
    return None if found is None else Artwork(found.image, found.media_type, found.width, found.height)


def set_artwork(session: Session, actor: Actor, event_id: int, artwork: Artwork | None) -> EventRecord:
    """Give an event another picture (as documents.artwork makes them), or none. Raises NotPermitted, NotFound."""
    event = _EVENTS.locked(session, actor, event_id)
    session.execute(delete(EventArtwork).where(EventArtwork.event_id == event_id))
    if artwork is not None:
        _store_artwork(session, event_id, artwork)
    size = len(artwork.image) if artwork is not None else 0
    record(session, actor, "event_artwork_changed", event=event_id, title=event.title, bytes=size)
    return _event(session, event_id)


def _store_artwork(session: Session, event_id: int, artwork: Artwork) -> None:
    session.execute(
        insert(EventArtwork).values(
            event_id=event_id,
            image=artwork.image,
            media_type=artwork.media_type,
            width=artwork.width,
            height=artwork.height,
            changed_at=utc_now(),
        )
    )


def _sound(wanted: EventDraft) -> EventDraft:
    """Return the draft with its texts cleaned. Raises FieldRefused."""
    problems = FieldProblems()
    title = clean_line(wanted.title, LONGEST_TITLE + 1)
    kind = clean_line(wanted.kind, LONGEST_KIND + 1)
    description = clean_text(wanted.description, LONGEST_DESCRIPTION + 1)
    if not title:
        problems.add("title", say("Type a title."))
    for field, text, longest in (
        ("title", title, LONGEST_TITLE),
        ("kind", kind, LONGEST_KIND),
        ("description", description, LONGEST_DESCRIPTION),
    ):
        if len(text) > longest:
            problems.add(field, say("This is too long ({longest} letters at the most).", longest=longest))
    problems.refuse_card_numbers(title=title, kind=kind, description=description)
    problems.require_none()
    return EventDraft(title, description, kind)


def _event(session: Session, event_id: int) -> EventRecord:
    found = _records(session, event_id)
    if not found:
        raise NotFound(say("This event is not there any more."))
    return found[0]


def _records(session: Session, event_id: int | None = None) -> tuple[EventRecord, ...]:
    alive = Performance.deleted_at.is_(None)
    coming = case((Performance.starts_at > utc_now(), Performance.starts_at))
    counts = (
        select(Performance.event_id, func.count().label("performances"), func.min(coming).label("next_at"))
        .where(alive)
        .group_by(Performance.event_id)
        .subquery()
    )
    query = (
        select(Event, counts.c.performances, counts.c.next_at, EventArtwork.event_id.label("pictured"))
        .outerjoin(counts, counts.c.event_id == Event.id)
        .outerjoin(EventArtwork, EventArtwork.event_id == Event.id)
        .order_by(Event.title, Event.id)
        .execution_options(populate_existing=True)
    )
    zones = {
        row.event_id: row.time_zone
        for row in session.execute(
            select(Performance.event_id, Venue.time_zone)
            .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
            .join(Venue, Venue.id == SeatingPlan.venue_id)
            .where(alive, *([] if event_id is None else [Performance.event_id == event_id]))
            .order_by(Performance.starts_at.desc())
        )
    }
    rows = session.execute(query if event_id is None else query.where(Event.id == event_id))
    return tuple(
        EventRecord(
            event_id=row.Event.id,
            title=row.Event.title,
            description=row.Event.description,
            kind=row.Event.kind,
            performances=row.performances or 0,
            next_at=row.next_at,
            time_zone=zones.get(row.Event.id, "UTC"),
            has_artwork=row.pictured is not None,
            archived=row.Event.deleted_at is not None,
        )
        for row in rows
    )


_EVENTS = Records(
    "event",
    Event.id,
    load=_event,
    key=lambda event: event.event_id,
    told=lambda event: {"event": event.event_id, "title": event.title},
    counted=("performances", "next_at", "time_zone", "has_artwork"),
)
