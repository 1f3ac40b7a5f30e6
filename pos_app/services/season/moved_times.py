"""When a performance that was moved should have begun, by who has known of it since when.

Kept as a document of the house for each performance that was moved, for letters to those who have no address yet.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Setting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SETTING: Final = "moved_performance:"
_MOST: Final = 20
"""Only the last of so many moves are kept."""


def note_moved(session: Session, performance_id: int, starts_was: datetime) -> None:
    """Keep when a performance should have begun until now (UTC). Call it behind the performance's lock."""
    name = f"{_SETTING}{performance_id}"
    stored = session.execute(select(Setting.value).where(Setting.name == name)).scalar_one_or_none()
    now: datetime = session.execute(select(utc_now())).scalar_one()
    moves = [*_read(stored), {"was": starts_was.isoformat(), "until": now.isoformat()}]
    value = json.dumps(moves[-_MOST:])
    if stored is None:
        session.execute(insert(Setting).values(name=name, value=value))
    else:
        session.execute(update(Setting).where(Setting.name == name).values(value=value))


def load_time_known(session: Session, performance_id: int, since: datetime) -> datetime | None:
    """Return when a performance should have begun as it was told at a moment; None: it was not moved since. In UTC."""
    name = f"{_SETTING}{performance_id}"
    stored = session.execute(select(Setting.value).where(Setting.name == name)).scalar_one_or_none()
    for move in _read(stored):
        try:
            was, until = datetime.fromisoformat(move["was"]), datetime.fromisoformat(move["until"])
        except (KeyError, TypeError, ValueError):
            continue
        if until >= since:
            return was
    return None


def _read(stored: str | None) -> list[Any]:
    try:
        moves = json.loads(stored or "[]")
    except ValueError:
        return []
    return moves if isinstance(moves, list) else []
