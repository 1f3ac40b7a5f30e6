"""Until when a letter is worth sending: what it tells may be over by then."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pos_app.domain.letters.facts import read_facts
from pos_app.domain.letters.kinds import WITH_TICKETS, LetterKind
from pos_app.domain.letters.verification import CODE_SECONDS

if TYPE_CHECKING:
    from datetime import datetime

CODE_LASTS: Final = timedelta(seconds=CODE_SECONDS)
"""So long a code that shows whose an address is can be typed."""


def told_until(kind: LetterKind, written_at: datetime, facts: str, last_start: datetime | None) -> datetime | None:
    """Return when what a letter tells is over (UTC); None: it is told whenever it arrives.

    last_start: of the performances that it is about. facts: as they are kept; damaged ones tell nothing.
    """
    if kind is LetterKind.VERIFICATION:
        return written_at + CODE_LASTS
    if kind is LetterKind.LAPSE_SOON:
        try:
            return read_facts(facts).release_at or last_start
        except ValueError:
            return last_start
    return last_start if kind in WITH_TICKETS or kind is LetterKind.RESERVATION else None
