"""What became of one letter: each try of it, and each other address that it was given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.base import table_of
from pos_app.db.models import OutboxTry, StaffMember, Till
from pos_app.domain.letters.listing import LetterTry, read_stopper
from pos_app.domain.letters.readdressing import Readdressed, read_readdressed
from pos_app.domain.letters.sending import Outcome

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TRY = table_of(OutboxTry)
_TILL = table_of(Till)
_STAFF = table_of(StaffMember)


def load_tries(session: Session, letter_id: int) -> tuple[LetterTry, ...]:
    """Return the tries of a letter, the first one first."""
    found = session.execute(
        select(_TILL.c.name, _TRY.c.began_at, _TRY.c.handed_at, _TRY.c.ended_at, _TRY.c.outcome, _TRY.c.answer)
        .select_from(_TRY)
        .outerjoin(_TILL, _TILL.c.id == _TRY.c.till_id)
        .where(_TRY.c.letter_id == letter_id)
        .order_by(_TRY.c.id)
    )
    return tuple(
        LetterTry(
            one.name or "",
            one.began_at,
            one.handed_at,
            one.ended_at,
            Outcome(one.outcome) if one.outcome else None,
            one.answer,
        )
        for one in found
    )


def load_readdressed(session: Session, facts: str) -> tuple[Readdressed, ...]:
    """Return the changes of a letter's address, with the names of who made them. facts: of the letter."""
    changes = read_readdressed(facts)
    people = sorted({one.staff_id for one in changes if one.staff_id is not None})
    if not people:
        return changes
    named = select(_STAFF.c.id, _STAFF.c.name).where(_STAFF.c.id.in_(people))
    names = {row.id: row.name for row in session.execute(named)}
    return tuple(replace(one, staff_name=names.get(one.staff_id, "")) for one in changes)


def load_stopper(session: Session, failure: str) -> str:
    """Return the name of who stopped a letter; "" where no person did. failure: of the letter, as it is stored."""
    staff_id = read_stopper(failure)
    if staff_id is None:
        return ""
    return session.execute(select(_STAFF.c.name).where(_STAFF.c.id == staff_id)).scalar_one_or_none() or ""
