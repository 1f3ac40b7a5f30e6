"""The one thing that follows when seats come free: the first party that fits is offered them, in that transaction.

A pass begins with a write of the list's row: of two that free a seat each, the later one sees both. It looks at all
that is free, and takes what it offers without ever waiting for a seat; what it had to leave, housekeeping finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import WaitingList
from pos_app.db.results import matched_rows
from pos_app.domain.seats import Guard
from pos_app.domain.waiting.matching import FreePlaces, Matched, match
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.seats.offered import lock_free, put_on_sale
from pos_app.services.waiting.offering import make_offers, note_passed_over
from pos_app.services.waiting.standing import load_free, load_standing, load_waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from pos_app.services.waiting.standing import FreeSeats, Standing, WaitingParty

_LIST = table_of(WaitingList)
_RAISE = update(_LIST).where(_LIST.c.performance_id == bindparam("one")).values(passes=_LIST.c.passes + 1)
_MOST_TURNS: Final = 6
"""So often a pass is thought over because others are at seats that it would offer."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a pass does: seats that it has locked, and what becomes of them."""

    matched: Matched
    locked: frozenset[int]


def write_list(session: Session, performance_id: int) -> bool:
    """Write the row of a list: from now on nobody else changes who waits, or makes a pass. False: there is no list."""
    return bool(matched_rows(session.connection().execute(_RAISE, {"one": performance_id})))


def serve(session: Session, performance_ids: Iterable[int]) -> int:
    """Make a pass over each performance of which a seat came free; returns how many offers were made.

    To be called by whatever frees seats, in its transaction, after the seats of all its performances and before what
    follows them in the order of locks. Where no list was ever opened it writes nothing.
    """
    return make_passes(session, begin_passes(session, performance_ids))


def begin_passes(session: Session, performance_ids: Iterable[int]) -> tuple[int, ...]:
    """Write the lists of performances whose seats are locked here; return which of them have one.

    For who knows only behind further locks which seats come free: the passes are made then, by make_passes.
    """
    return tuple(one for one in sorted(set(performance_ids)) if write_list(session, one))


def make_passes(session: Session, listed: Iterable[int]) -> int:
    """Make the passes that were begun; returns how many offers were made."""
    return sum(_pass(session, one) for one in listed)


def serve_new_places(session: Session, performance_id: int) -> int:
    """As serve, for a performance that places were added to; where there is no list they are open to all."""
    if write_list(session, performance_id):
        return _pass(session, performance_id)
    session.execute(
        update(INVENTORY)
        .where(INVENTORY.c.performance_id == performance_id, INVENTORY.c.guarded != Guard.NONE)
        .values(guarded=int(Guard.NONE), changed_at=utc_now())
    )
    return 0


def _pass(session: Session, performance_id: int) -> int:
    """Look at all that is free of a performance, behind the write of its list."""
    standing = load_standing(session, performance_id)
    if standing is None:
        return 0
    if not standing.is_open:
        guarded = load_free(session, performance_id, guarded=True).guards
        put_on_sale(session, performance_id, lock_free(session, performance_id, guarded) if guarded else (), Guard.NONE)
        return 0
    free = load_free(session, performance_id)
    if not free.places:
        return 0
    waiting = load_waiting(session, performance_id) if standing.lasts is not None else ()
    found = _find(session, standing, free, waiting)
    left = found.locked.intersection(found.matched.left_over)
    put_on_sale(session, performance_id, left, Guard.FITS_NOBODY)
    made = make_offers(session, standing, found.matched.offers)
    note_passed_over(session, waiting, found.matched.passed_over)
    return made


def _find(session: Session, standing: Standing, free: FreeSeats, waiting: tuple[WaitingParty, ...]) -> _Found:
    """Match until all that is to be offered is locked; what others are at is left to them."""
    parties = [one.party for one in waiting]
    locked: set[int] = set()
    theirs: set[int] = set()
    for _ in range(_MOST_TURNS):
        matched = match(parties, FreePlaces(tuple(one for one in free.places if one.seat_id not in theirs)))
        offered = {seat for _, seats in matched.offers for seat in seats}
        to_sell = {seat for seat in matched.left_over if free.guards[seat] != Guard.FITS_NOBODY}
        wanted = (offered | to_sell) - locked
        if wanted:
            locked |= lock_free(session, standing.performance_id, wanted)
        theirs |= wanted - locked
        if offered <= locked:
            return _Found(matched, frozenset(locked))
    return _Found(Matched(), frozenset(locked))
