"""A letter that has not gone out, as it would be set now: for a person who looks at it before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

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


@dataclass(frozen=True, slots=True)
class UnsentLetter:
    """What a letter is set from."""

    content: LetterContent
    template: Template


def load_unsent(session: Session, actor: Actor, letter_id: int) -> UnsentLetter:
    """Return what a letter would be set from now; a code that shows whose an address is stays hidden.

    Raises NotPermitted, NotFound, and ValueError where what it tells of is damaged.
    """
    require(session, actor, Permission.LETTERS)
    content = load_content(session, letter_id)
    if content.kind is LetterKind.VERIFICATION:
        content = replace(content, code=HIDDEN_CODE)
    return UnsentLetter(content, load_template(session, content.kind, content.language))
