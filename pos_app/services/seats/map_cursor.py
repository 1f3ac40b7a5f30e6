"""How far a till has followed a performance, and what of the overlap it need not be handed again.

Each poll looks back some seconds, for rows commit out of order. When thousands of seats change at once, that would hand
all of them to every till at every poll for as long; so a till that was told of too many reads all states once, and
remembers the times of those changes: each stands for one statement, of which it has either all rows or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, or_, select

from pos_app.db.clock import utc_now
from pos_app.services.seats.claims import INVENTORY

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

OVERLAP_SECONDS: Final = 5
"""Rows commit out of order: each poll looks back so far."""
MOST_CHANGES: Final = 1000
"""So many seats travel with one poll; of more the till is told that there are more."""
_MOST_TIMES: Final = 64
_CROWD: Final = 50
"""So many seats with one time are remembered by it."""
_SEAT = INVENTORY.c


@dataclass(frozen=True, slots=True)
class Cursor:
    """at: the server's time of the last answer. crowded: times whose changes the till has, all of them.

    floor: a time before which nothing is handed out again (a change that commits late with an earlier one shows in the
    checksum); None: the overlap is looked at as a whole.
    """

    at: datetime
    floor: datetime | None = None
    crowded: tuple[datetime, ...] = ()

    @classmethod
    def read(cls, text: str) -> Cursor:
        """Read what str() has written, or a time alone."""
        at, _, rest = text.partition("|")
        floor, *crowded = rest.split("|")
        return cls(
            datetime.fromisoformat(at),
            datetime.fromisoformat(floor) if floor else None,
            tuple(datetime.fromisoformat(moment) for moment in crowded),
        )

    def __str__(self) -> str:
        """Write it as one text, which is handed back with the next poll."""
        if self.floor is None and not self.crowded:
            return self.at.isoformat()
        moments = (self.at, self.floor, *self.crowded)
        return "|".join("" if moment is None else moment.isoformat() for moment in moments)

    def moved(self, now: datetime) -> Cursor:
        """Return the cursor after an answer: what no overlap reaches is forgotten, and what a clock set back made."""
        oldest = now - timedelta(seconds=OVERLAP_SECONDS)
        floor = self.floor if self.floor is not None and oldest < self.floor <= now else None
        return Cursor(now, floor, tuple(moment for moment in self.crowded if oldest < moment <= now))

    def changed(self, performance_id: int) -> ColumnElement[bool]:
        """Return which rows are handed out, by the index of times."""
        since = self.at - timedelta(seconds=OVERLAP_SECONDS)
        if self.floor is not None:
            since = max(since, self.floor)
        # Ranges between the crowded times, so that not even the index of them is read.
        bounds = [since, *sorted(moment for moment in self.crowded if moment > since)]
        between = [and_(_SEAT.changed_at > after, _SEAT.changed_at < before) for after, before in pairwise(bounds)]
        last = _SEAT.changed_at > bounds[-1]
        return and_(_SEAT.performance_id == performance_id, or_(*between, last))


def told_at(seats: int) -> ColumnElement[datetime]:
    """Return what a statement that changes so many seats writes as their time.

    Of more than travel with one poll the time stays as it was, and the checksum tells them, to each till at a moment of
    its own: until they are committed, every poll of every till would have to read past all of them in the index, and
    fifty tills would keep a server so busy with that that the statement itself took ten times as long.
    """
    return utc_now() if seats <= MOST_CHANGES else _SEAT.changed_at


def cursor_of_load(session: Session, performance_id: int, now: datetime) -> Cursor:
    """Return where to go on after a full load. Call it before the load: what commits in between is told again then."""
    recent = and_(_SEAT.performance_id == performance_id, _SEAT.changed_at > now - timedelta(seconds=OVERLAP_SECONDS))
    count = session.execute(select(func.count()).select_from(INVENTORY).where(recent)).scalar_one()
    if count <= MOST_CHANGES // 2:
        return Cursor(now)
    seats = func.count().label("seats")
    rows = session.execute(
        select(_SEAT.changed_at, seats)
        .where(recent)
        .group_by(_SEAT.changed_at)
        .having(seats >= _CROWD)
        .order_by(seats.desc())
        .limit(_MOST_TIMES)
    ).all()
    crowded = tuple(sorted(row.changed_at for row in rows if row.changed_at <= now))
    left = count - sum(row.seats for row in rows)
    return Cursor(now, now if left > MOST_CHANGES // 2 else None, crowded)
