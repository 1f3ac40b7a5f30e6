"""Ticket types: making, changing, putting away, taking back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.models import Price, TicketType
from pos_app.db.results import insert_row
from pos_app.domain.editing import FieldProblems, same_fields
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.season.ticket_types import TicketTypeDraft, TicketTypeRecord
from pos_app.domain.seats import SeatKind
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line, name_key
from pos_app.services.audit import record
from pos_app.services.permissions import require
from pos_app.services.records import Records

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence

LONGEST_NAME: Final = 60
LONGEST_LETTER: Final = 2
MOST_SORT: Final = 9999


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
    type_id = insert_row(session, TicketType, **asdict(wanted))
    record(session, actor, "ticket_type_added", ticket_type=type_id, after=asdict(wanted))
    return _one(session, type_id)


def save_ticket_type(
    session: Session, actor: Actor, before: TicketTypeRecord, wanted: TicketTypeDraft
) -> TicketTypeRecord:
    """Change a ticket type. Raises NotPermitted, FieldRefused, ChangedMeanwhile, NotFound."""
    now = _TYPES.locked(session, actor, before.ticket_type_id)
    wanted = _sound(session, wanted, now)
    if _TYPES.is_stored(before, now, wanted):
        return now
    return _TYPES.change(session, actor, now, wanted, ticket_type=now.ticket_type_id)


def archive_ticket_type(session: Session, actor: Actor, ticket_type_id: int) -> TicketTypeRecord:
    """Offer a ticket type nowhere any more; sold ones stay good. May be repeated. Raises NotPermitted, NotFound."""
    return _TYPES.archive(session, actor, _TYPES.locked(session, actor, ticket_type_id))


def restore_ticket_type(session: Session, actor: Actor, ticket_type_id: int) -> TicketTypeRecord:
    """Offer a ticket type again, where it has prices. May be repeated. Raises NotPermitted, NotFound."""
    return _TYPES.restore(session, actor, ticket_type_id)


def _sound(session: Session, wanted: TicketTypeDraft, now: TicketTypeRecord | None) -> TicketTypeDraft:
    """Return the draft with its texts cleaned. Raises FieldRefused."""
    problems = FieldProblems()
    name = clean_line(wanted.name, LONGEST_NAME + 1)
    letter = clean_line(wanted.letter, LONGEST_LETTER + 1).upper()
    if not name:
        problems.add("name", say("Type a name."))
    elif len(name) > LONGEST_NAME:
        problems.add("name", say("That name is too long ({longest} letters at the most).", longest=LONGEST_NAME))
    problems.refuse_card_numbers(name=name)
    if len(letter) > LONGEST_LETTER or not (letter.isalpha() or not letter):
        problems.add("letter", say("One or two letters, or none."))
    if wanted.seat_kind not in {"", *SeatKind}:
        problems.add("seat_kind", say("There is no such kind of seat."))
    if not 0 <= wanted.sort <= MOST_SORT:
        problems.add("sort", say("A number from 0 to {most}.", most=MOST_SORT))
    for other in session.execute(select(TicketType).with_for_update()).scalars():
        if now is not None and other.id == now.ticket_type_id:
            continue
        if name_key(other.name) == name_key(name):
            problems.add("name", _tell_named(other))
        if letter and other.deleted_at is None and other.letter.upper() == letter:
            problems.add("letter", say("“{name}” has this letter.", name=other.name))
    problems.require_none()
    return TicketTypeDraft(name, letter, wanted.seat_kind, wanted.complimentary, wanted.sort)


def _tell_named(other: TicketType) -> Sentence:
    if other.deleted_at is None:
        return say("There is a ticket type named “{name}” already.", name=other.name)
    return say("There is a ticket type named “{name}” already. It was put away; restore it instead.", name=other.name)


def _one(session: Session, type_id: int) -> TicketTypeRecord:
    found = [one for one in _records(session) if one.ticket_type_id == type_id]
    if not found:
        raise NotFound(say("This ticket type is not there any more."))
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


_TYPES = Records(
    "ticket_type",
    TicketType.id,
    load=_one,
    key=lambda one: one.ticket_type_id,
    told=lambda one: {"ticket_type": one.ticket_type_id, "name_was": one.name},
    counted=("performances",),
)
