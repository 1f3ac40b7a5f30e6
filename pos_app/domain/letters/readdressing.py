"""Which other addresses a letter was given: told in its facts, beside what only the moment of its writing knew."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

_KEPT: Final = "readdressed"
_MOST: Final = 20
"""Only the last of so many are kept."""


@dataclass(frozen=True, slots=True)
class Readdressed:
    """An address that took the place of another one, when (UTC), and by whom.

    before: "": that of another person, which is not kept. staff_id: None: nobody is known; staff_name: as it is read.
    """

    before: str
    now: str
    at: datetime
    staff_id: int | None = None
    staff_name: str = ""


def add_readdressed(facts: str, change: Readdressed) -> str:
    """Return the facts of a letter with one change more; those that cannot be read stay as they are.

    Where it goes to another person, no address of the one before stays: whoever erases them finds it no more.
    """
    stored = _stored(facts)
    if stored is None:
        return facts
    told = {"from": change.before, "to": change.now, "at": change.at.isoformat(), "staff": change.staff_id}
    earlier = stored.get(_KEPT) if change.before else None
    changes = [*(earlier if isinstance(earlier, list) else ()), told]
    return json.dumps(stored | {_KEPT: changes[-_MOST:]}, ensure_ascii=False, separators=(",", ":"))


def read_readdressed(facts: str) -> tuple[Readdressed, ...]:
    """Return the changes of a letter's address, the first one first; what is damaged is left out."""
    changes = (_stored(facts) or {}).get(_KEPT)
    read = (_read(one) for one in changes) if isinstance(changes, list) else ()
    return tuple(one for one in read if one is not None)


def _read(told: Any) -> Readdressed | None:
    try:
        staff = told["staff"]
        at = datetime.fromisoformat(told["at"])
        return Readdressed(str(told["from"]), str(told["to"]), at, None if staff is None else int(staff))
    except (KeyError, TypeError, ValueError):
        return None


def _stored(facts: str) -> dict[str, Any] | None:
    try:
        stored = json.loads(facts or "{}")
    except ValueError:
        return None
    return stored if isinstance(stored, dict) else None
