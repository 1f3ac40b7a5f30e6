"""A letter whose tickets are too large for one: made into several, each with a part of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import OutboxEmail
from pos_app.domain.letters.kinds import LetterState
from pos_app.services.letters.queue import is_mine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.services.letters.queue import ClaimedLetter

_LETTER = table_of(OutboxEmail)
_OF_ALL: Final = (
    "kind", "language", "order_id", "change_id", "customer_id", "performance_id", "recipient", "staff_id",
    "again_of_id", "created_at", "due_at",
)  # fmt: skip
_LONGEST_REQUEST: Final = 64


def split_letter(session: Session, claimed: ClaimedLetter, parts: Sequence[frozenset[int]]) -> bool:
    """Make several letters of one that nobody was sent yet, and let them all wait. parts: the tickets of each, by id.

    The first keeps the row. False: the letter is this till's no more, or was split before; then nothing is done.
    """
    row = session.execute(select(_LETTER).where(is_mine(claimed), _LETTER.c.parts == 1).with_for_update()).one_or_none()
    if row is None:
        return False
    facts: dict[str, Any] = json.loads(row.facts)
    values = []
    for number, tickets in enumerate(parts, start=1):
        told = facts | {"tickets": [one for one in facts.get("tickets", ()) if int(one[0]) in tickets]}
        values.append({"facts": json.dumps(told, ensure_ascii=False), "part": number, "parts": len(parts)})
    session.execute(
        update(_LETTER)
        .where(_LETTER.c.id == row.id)
        .values(
            **values[0],
            state=LetterState.WAITING,
            leased_by=None,
            leased_until=None,
            tries=_LETTER.c.tries - 1,
            first_tried_at=claimed.was_tried_at,
            due_at=utc_now(),
        )
    )
    shared = {name: getattr(row, name) for name in _OF_ALL}
    for number, own in enumerate(values[1:], start=2):
        end = f"-{number}"
        request = f"{row.request_id[: _LONGEST_REQUEST - len(end)]}{end}"
        session.execute(insert(_LETTER).values(**shared | {"due_at": utc_now()}, **own, request_id=request))
    return True
