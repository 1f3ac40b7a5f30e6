"""What a till says of its own sending: that it is there, and what stops its queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, insert, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import LetterSender
from pos_app.db.results import matched_rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.letters.sending import Trouble

_SENDER = table_of(LetterSender)


def note_sending(
    session: Session, till_id: int, trouble: Trouble | None = None, answer: str = "", *, next_in: float = 0.0
) -> None:
    """Write down that a till sends, or what stops it, and in how many seconds it tries again. May be repeated.

    The same trouble again leaves standing since when it has been there.
    """
    why = "" if trouble is None else trouble.value
    values: dict[str, Any] = {
        "answer": answer[:500],
        "next_at": None if trouble is None else utc_plus(next_in),
        "seen_at": utc_now(),
    }
    # since comes first: MariaDB judges by what it has just written.
    changed = update(_SENDER).where(_SENDER.c.till_id == till_id)
    since = case((_SENDER.c.why == why, _SENDER.c.since), else_=utc_now())
    done = session.execute(changed.ordered_values(("since", since), ("why", why), *values.items()))
    if not matched_rows(done):
        session.execute(insert(_SENDER).values(till_id=till_id, why=why, since=utc_now(), **values))
