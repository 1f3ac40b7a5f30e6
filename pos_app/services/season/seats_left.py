"""How the seats of performances stand, and who waits. All are looked at: ask for what somebody looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, case, func, or_, select

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import WaitingEntry, WaitingList
from pos_app.domain.season.offers import SeatsLeft
from pos_app.domain.seats import ClaimKind
from pos_app.domain.waiting.entries import EntryState, ListState
from pos_app.services.seats.claims import INVENTORY, open_to_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Row, ScalarSelect
    from sqlalchemy.orm import Session

_NOTHING: Final = SeatsLeft(0, 0)
_MANY: Final = 10_000_000
"""More than the places of any performance: two numbers go into one sum, for each alone would look at each seat."""
_SEAT, _ENTRY, _LIST = INVENTORY.c, table_of(WaitingEntry).c, table_of(WaitingList).c
_KIND: Final = _SEAT.claim_kind


def _waiting(what: ColumnElement[int]) -> ScalarSelect[int]:
    """Ask for a number of those who wait for the performance that is counted."""
    waits = _ENTRY.state == EntryState.WAITING, or_(_ENTRY.until.is_(None), _ENTRY.until > utc_now())
    of_this = select(what).where(_ENTRY.performance_id == _SEAT.performance_id, *waits)
    return of_this.correlate(INVENTORY).scalar_subquery()


_OPEN = (
    select(func.count())
    .where(_LIST.performance_id == _SEAT.performance_id, _LIST.state == ListState.OPEN)
    .correlate(INVENTORY)
    .scalar_subquery()
)
# Built once: building it takes longer than asking for it.
_COUNTED = (
    select(
        _SEAT.performance_id,
        func.count().label("capacity"),
        func.sum(case((open_to_all(), 1), else_=0)).label("free"),
        # What is sold, and nothing else, has a line.
        func.count(_SEAT.order_line_id).label("sold"),
        func.sum(case((and_(_KIND == ClaimKind.BASKET, _SEAT.claim_until >= utc_now()), 1), else_=0)).label("held"),
        func.sum(case((_KIND == ClaimKind.RESERVATION, 1), (_KIND == ClaimKind.OFFER, _MANY), else_=0)).label("told"),
        func.sum(case((_KIND == ClaimKind.HOUSE, 1), (_KIND == ClaimKind.BLOCKED, _MANY), else_=0)).label("kept"),
        _waiting(func.count()).label("parties"),
        _waiting(func.coalesce(func.sum(_ENTRY.seats), 0)).label("wanted"),
        _OPEN.label("list_open"),
    )
    .where(_SEAT.performance_id.in_(bindparam("counted", expanding=True)))
    .group_by(_SEAT.performance_id)
)


def count_left(session: Session, performance_ids: Iterable[int]) -> dict[int, SeatsLeft]:
    """Return the seats of these performances as they are now; of one without seats, or not there, that it has none.

    The server looks at each of their seats. What may be sold is decided by the hold, never by these numbers.
    """
    left = dict.fromkeys(sorted(performance_ids), _NOTHING)
    if left:
        rows = session.connection().execute(_COUNTED, {"counted": list(left)})
        left |= {row.performance_id: _told(row) for row in rows}
    return left


def _told(row: Row[tuple[int, ...]]) -> SeatsLeft:
    offered, reserved = divmod(int(row.told), _MANY)
    blocked, house = divmod(int(row.kept), _MANY)
    capacity, free, sold, held = int(row.capacity), int(row.free), int(row.sold), int(row.held)
    return SeatsLeft(
        capacity=capacity,
        free=free,
        sold=sold,
        held=held,
        reserved=reserved,
        offered=offered,
        house=house,
        blocked=blocked,
        # What is nobody's, and not on sale either, is kept for those who wait.
        first_call=capacity - free - sold - held - reserved - offered - house - blocked,
        parties=int(row.parties),
        wanted=int(row.wanted),
        list_open=bool(row.list_open),
    )
