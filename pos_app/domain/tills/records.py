"""Tills as a manager sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.texts import name_key

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.tills.kinds import TillKind


def till_key(name: str) -> str:
    """Return the name of a till as it is compared: no two tills have names that only look different in writing."""
    return name_key(name).replace(" ", "")


DOOR_LOCKS: Final = (0, 5, 15, 30, 60)
"""After how many quiet minutes the door may lock itself; 0: never, so that no guest waits at a locked gate."""


@dataclass(frozen=True, slots=True)
class TillDraft:
    """What a manager decides about a till. paper: one of papers.PAPERS; ticket_queue: empty, no printer.

    door_lock_minutes: after how many quiet minutes the door locks itself there, one of DOOR_LOCKS.
    """

    name: str
    kind: TillKind
    drawer: str
    paper: str
    ticket_queue: str
    door_lock_minutes: int = 0


@dataclass(frozen=True, slots=True)
class TillKeyRecord:
    """A signing key of a till. shown: its first digits, to compare; revoked_at: since when no gate trusts it."""

    key_id: int
    shown: str
    enrolled_by: str
    enrolled_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class TillList:
    """All tills, those put away too. time_zone: in which a manager reads when one was seen."""

    tills: tuple[TillRecord, ...]
    time_zone: str


@dataclass(frozen=True, slots=True)
class TillRecord:
    """A till. keys: the latest first. last_seen: its last sign of life, exact to a minute or so; archived: put away."""

    till_id: int
    name: str
    kind: TillKind
    drawer: str
    paper: str
    ticket_queue: str
    last_seen: datetime | None
    keys: tuple[TillKeyRecord, ...]
    archived: bool
    door_lock_minutes: int = 0

    @property
    def is_enrolled(self) -> bool:
        """Tell whether gates trust a key of it."""
        return any(key.revoked_at is None for key in self.keys)
