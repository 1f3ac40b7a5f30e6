"""How many seats performances have left. Each number is counted seat by seat: ask for those that somebody looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, func, select

from pos_app.domain.season.offers import SeatsLeft
from pos_app.services.seats.claims import INVENTORY, open_to_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_NOTHING = SeatsLeft(0, 0)
# Built once: building it takes longer than asking for it.
_COUNTED = (
    select(
        INVENTORY.c.performance_id,
        func.count().label("capacity"),
        func.sum(case((open_to_all(), 1), else_=0)).label("free"),
    )
    .where(INVENTORY.c.performance_id.in_(bindparam("counted", expanding=True)))
    .group_by(INVENTORY.c.performance_id)
)


def count_left(session: Session, performance_ids: Iterable[int]) -> dict[int, SeatsLeft]:
    """Return the seats of these performances as they are now; of one without seats, or not there, that it has none.

    The server looks at each of their seats. What may be sold is decided by the hold, never by these numbers.
    """
    left = dict.fromkeys(sorted(performance_ids), _NOTHING)
    if left:
        rows = session.connection().execute(_COUNTED, {"counted": list(left)})
        left |= {row.performance_id: SeatsLeft(int(row.capacity), int(row.free)) for row in rows}
    return left
