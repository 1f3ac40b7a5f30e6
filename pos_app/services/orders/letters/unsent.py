"""A letter that has not gone out, as it would be set now: for a person who looks at it before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.base import table_of
from pos_app.db.models import OutboxEmail
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.roles import Permission
from pos_app.services.letters.templates import load_template
from pos_app.services.orders.letters.contents import load_content
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.letters.contents import LetterContent
    from pos_app.domain.letters.templates import Template
    from pos_app.domain.roles import Actor

HIDDEN_CODE: Final = "••••••"
"""Stands where the code does that only its reader is to know."""
_LOOKED_AT: Final = 5_000
"""Among so many of the last letters an example is looked for."""
_LETTER = table_of(OutboxEmail)


@dataclass(frozen=True, slots=True)
class UnsentLetter:
    """What a letter is set from."""

    content: LetterContent
    template: Template


def load_example(session: Session, actor: Actor, kind: LetterKind) -> LetterContent | None:
    """Return what the last letter of a kind tells, for a manager who words it; None where there is none of late.

    Raises NotPermitted.
    """
    require(session, actor, Permission.MANAGE)
    newest = session.execute(select(func.max(_LETTER.c.id))).scalar_one_or_none() or 0
    found = session.execute(
        select(_LETTER.c.id)
        .where(_LETTER.c.id > newest - _LOOKED_AT, _LETTER.c.kind == kind, _LETTER.c.recipient != "")
        .order_by(_LETTER.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return None if found is None else _hidden(load_content(session, found))


def load_unsent(session: Session, actor: Actor, letter_id: int) -> UnsentLetter:
    """Return what a letter would be set from now; a code that shows whose an address is stays hidden.

    Raises NotPermitted, NotFound, and ValueError where what it tells of is damaged.
    """
    require(session, actor, Permission.LETTERS)
    content = _hidden(load_content(session, letter_id))
    return UnsentLetter(content, load_template(session, content.kind, content.language))


def _hidden(content: LetterContent) -> LetterContent:
    return replace(content, code=HIDDEN_CODE) if content.kind is LetterKind.VERIFICATION else content
