"""What only the moment of writing a letter knew, read back from its row; the keys are told by Occasion."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos_app.domain.seats import SeatKey


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """As Occasion.facts; what was not told is empty. tickets: the issue count with which each was to go, by its id."""

    tickets: dict[int, int]
    seats: frozenset[SeatKey]
    release_at: datetime | None = None
    starts_was: datetime | None = None
    from_performance: int | None = None
    code: str = ""
    subject: str = ""
    text: str = ""
    entry: int | None = None
    offer: int | None = None
    place: int = 0
    lines: frozenset[int] = frozenset()


def read_facts(document: str) -> LetterFacts:
    """Read the facts of a letter. Raises ValueError: they are damaged."""
    try:
        stored: Any = json.loads(document or "{}")
        return LetterFacts(
            tickets={int(ticket): int(issue) for ticket, issue in stored.get("tickets", ())},
            seats=frozenset(SeatKey(int(performance), int(seat)) for performance, seat in stored.get("seats", ())),
            release_at=_moment(stored.get("release_at")),
            starts_was=_moment(stored.get("starts_was")),
            from_performance=_number(stored.get("from_performance")),
            code=str(stored.get("code", "")),
            subject=str(stored.get("subject", "")),
            text=str(stored.get("text", "")),
            entry=_number(stored.get("entry")),
            offer=_number(stored.get("offer")),
            place=int(stored.get("place", 0)),
            lines=frozenset(map(int, stored.get("lines", ()))),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError("the facts of a letter are damaged") from error


def _moment(told: Any) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)


def _number(told: Any) -> int | None:
    return None if told is None else int(told)
