"""What becomes of waiting when a customer is merged or forgotten.

Waiting lists stand above customers: an offer that has lost its party is not taken apart here. It ends now, and whoever
lapses offers gives its seats to the next.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import WaitingEntry, WaitingList, WaitingOffer
from pos_app.domain.waiting.entries import EntryState, OfferState

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

_LIST = table_of(WaitingList)
_ENTRY = table_of(WaitingEntry)
_OFFER = table_of(WaitingOffer)
_ALIVE: Final = (EntryState.WAITING, EntryState.OFFERED)


def move_entries(session: Session, other_id: int, kept_id: int) -> None:
    """Let one customer wait for what another waited for, behind the writes of both; call it before anything further.

    Of two that wait for one performance the one whose turn is earlier stays.
    """
    waiting = _lock_alive(session, [other_id, kept_id])
    turns: defaultdict[int, list[int]] = defaultdict(list)
    for row in waiting:
        turns[row.performance_id].append(row.id)
    _end(session, [entry for entries in turns.values() for entry in entries[1:]], EntryState.LEFT)
    session.execute(update(_ENTRY).where(_ENTRY.c.customer_id == other_id).values(customer_id=kept_id))


def forget_entries(session: Session, customer_ids: Sequence[int]) -> None:
    """Let a customer wait for nothing any more, and blank what was typed about it, behind the write of its row."""
    _end(session, [row.id for row in _lock_alive(session, customer_ids)], EntryState.CLOSED)
    whose = _ENTRY.c.customer_id.in_(customer_ids)
    session.execute(update(_ENTRY).where(whose, _ENTRY.c.moved_reason != "").values(moved_reason=""))
    entries = session.execute(select(_ENTRY.c.id).where(whose)).scalars().all()
    of_these = _OFFER.c.waiting_entry_id.in_(entries)
    session.execute(update(_OFFER).where(of_these, _OFFER.c.reason != "").values(reason=""))


def _lock_alive(session: Session, customer_ids: Collection[int]) -> Sequence[Row[int, int]]:
    """Write the lists on which these customers are, and return their entries there, in the order of turn."""
    alive = _ENTRY.c.customer_id.in_(sorted(customer_ids)), _ENTRY.c.state.in_(_ALIVE)
    lists = session.execute(select(_ENTRY.c.performance_id).where(*alive).distinct()).scalars().all()
    for performance_id in sorted(lists):
        session.execute(update(_LIST).where(_LIST.c.performance_id == performance_id).values(passes=_LIST.c.passes + 1))
    return session.execute(
        select(_ENTRY.c.id, _ENTRY.c.performance_id).where(*alive).order_by(_ENTRY.c.turn, _ENTRY.c.id)
    ).all()


def _end(session: Session, entry_ids: Sequence[int], state: EntryState) -> None:
    if not entry_ids:
        return
    session.execute(
        update(_ENTRY)
        .where(_ENTRY.c.id.in_(entry_ids))
        .values(state=state, revision=_ENTRY.c.revision + 1, closed_at=utc_now())
    )
    session.execute(
        update(_OFFER)
        .where(_OFFER.c.waiting_entry_id.in_(entry_ids), _OFFER.c.state == OfferState.OPEN)
        .values(expires_at=utc_now())
    )
