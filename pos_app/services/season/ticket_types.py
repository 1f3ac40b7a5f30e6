"""Ticket types: making, changing, putting away, taking back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Price, TicketType
from pos_app.db.results import insert_row
from pos_app.domain.editing import FieldProblems, require_unchanged, same_fields
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.season.ticket_types import TicketTypeDraft, TicketTypeRecord
from pos_app.domain.seats import SeatKind
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

LONGEST_NAME: Final = 60
LONGEST_LETTER: Final = 2
MOST_SORT: Final = 9999
_NOBODY_EDITS: Final = ("performances",)


def list_ticket_types(session: Session, actor: Actor) -> tuple[TicketTypeRecord, ...]:
    """Return all ticket types in the house's order, those put away too. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return _records(session)


def add_ticket_type(session: Session, actor: Actor, wanted: TicketTypeDraft) -> TicketTypeRecord:
    """Make a ticket type; no performance offers it before it has a price. May be repeated: the same one is made once.

    Raises NotPermitted, FieldRefused.
    """
    require(session, actor, Permission.MANAGE)
    done = next((one for one in _records(session) if same_fields(wanted, one) and not one.archived), None)
    if done is not None:
        return done
    wanted = _sound(session, wanted, None)
    type_id = insert_row(session, TicketType, **_columns(wanted))
    record(session, actor, "ticket_type_added", ticket_type=type_id, after=_columns(wanted))
    return _one(session, type_id)


def save_ticket_type(
    session: Session, actor: Actor, before: TicketTypeRecord, wanted: TicketTypeDraft
) -> TicketTypeRecord:
    """Change a ticket type. Raises NotPermitted, FieldRefused, ChangedMeanwhile, NotFound."""
    require(session, actor, Permission.MANAGE)
    now = _one(session, before.ticket_type_id, lock=True)
    wanted = _sound(session, wanted, now)
    if same_fields(wanted, now):
        return now
    require_unchanged(before, now, leaving_out=_NOBODY_EDITS)
    session.execute(update(TicketType).where(TicketType.id == now.ticket_type_id).values(**_columns(wanted)))
    draft = TicketTypeDraft(now.name, now.letter, now.seat_kind, now.complimentary, now.sort)
    record(
        session,
        actor,
        "ticket_type_changed",
        ticket_type=now.ticket_type_id,
        before=_columns(draft),
        after=_columns(wanted),
    )
    return _one(session, now.ticket_type_id)


def archive_ticket_type(session: Session, actor: Actor, ticket_type_id: int) -> TicketTypeRecord:
    """Offer a ticket type nowhere any more; sold ones stay good. May be repeated. Raises NotPermitted, NotFound."""
    return _set_archived(session, actor, ticket_type_id, archived=True)


def restore_ticket_type(session: Session, actor: Actor, ticket_type_id: int) -> TicketTypeRecord:
    """Offer a ticket type again, where it has prices. May be repeated. Raises NotPermitted, NotFound."""
    return _set_archived(session, actor, ticket_type_id, archived=False)


def _set_archived(session: Session, actor: Actor, type_id: int, *, archived: bool) -> TicketTypeRecord:
    require(session, actor, Permission.MANAGE)
    now = _one(session, type_id, lock=True)
    if now.archived != archived:
        moment = utc_now() if archived else None
        session.execute(update(TicketType).where(TicketType.id == type_id).values(deleted_at=moment))
        action = "ticket_type_archived" if archived else "ticket_type_restored"
        record(session, actor, action, ticket_type=type_id, name_was=now.name)
    return _one(session, type_id)


def _columns(wanted: TicketTypeDraft) -> dict[str, Any]:
    return asdict(wanted)


def _sound(session: Session, wanted: TicketTypeDraft, now: TicketTypeRecord | None) -> TicketTypeDraft:
    """Return the draft with its texts cleaned. Raises FieldRefused."""
    problems = FieldProblems()
    name = clean_line(wanted.name, LONGEST_NAME + 1)
    letter = clean_line(wanted.letter, LONGEST_LETTER + 1).upper()
    if not name:
        problems.add("name", "Type a name.")
    elif len(name) > LONGEST_NAME:
        problems.add("name", f"That name is too long ({LONGEST_NAME} letters at the most).")
    if len(letter) > LONGEST_LETTER or not (letter.isalpha() or not letter):
        problems.add("letter", "One or two letters, or none.")
    if wanted.seat_kind not in {"", *SeatKind}:
        problems.add("seat_kind", "There is no such kind of seat.")
    if not 0 <= wanted.sort <= MOST_SORT:
        problems.add("sort", f"A number from 0 to {MOST_SORT}.")
    for other in session.execute(select(TicketType).with_for_update()).scalars():
        if now is not None and other.id == now.ticket_type_id:
            continue
        if other.name.casefold() == name.casefold():
            where = " It was put away; restore it instead." if other.deleted_at is not None else ""
            problems.add("name", f"There is a ticket type named “{other.name}” already.{where}")
        if letter and other.deleted_at is None and other.letter.upper() == letter:
            problems.add("letter", f"“{other.name}” has this letter.")
    problems.require_none()
    return TicketTypeDraft(name, letter, wanted.seat_kind, wanted.complimentary, wanted.sort)


def _one(session: Session, type_id: int, *, lock: bool = False) -> TicketTypeRecord:
    if lock:
        session.execute(select(TicketType.id).where(TicketType.id == type_id).with_for_update())
    found = [one for one in _records(session) if one.ticket_type_id == type_id]
    if not found:
        raise NotFound("This ticket type is not there any more.")
    return found[0]


def _records(session: Session) -> tuple[TicketTypeRecord, ...]:
    offered = select(Price.ticket_type_id, func.count(Price.performance_id.distinct()).label("performances"))
    counts = {row.ticket_type_id: row.performances for row in session.execute(offered.group_by(Price.ticket_type_id))}
    rows = session.execute(
        select(TicketType).order_by(TicketType.sort, TicketType.id).execution_options(populate_existing=True)
    ).scalars()
    return tuple(
        TicketTypeRecord(
            ticket_type_id=one.id,
            name=one.name,
            letter=one.letter,
            seat_kind=one.seat_kind,
            complimentary=one.complimentary,
            sort=one.sort,
            performances=counts.get(one.id, 0),
            archived=one.deleted_at is not None,
        )
        for one in rows
    )
