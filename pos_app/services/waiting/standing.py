"""What a pass looks at: how a list stands, what is free of its performance, and who waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Performance, Seat, WaitingEntry, WaitingList
from pos_app.domain.seats import Guard, SeatState
from pos_app.domain.waiting.entries import EntryState, ListState
from pos_app.domain.waiting.matching import FreePlace, Party
from pos_app.domain.waiting.terms import offer_seconds, sale_ends
from pos_app.services.seats.claims import INVENTORY

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

_LIST = table_of(WaitingList)
_ENTRY = table_of(WaitingEntry)
_SEAT = table_of(Seat)
_PERFORMANCE = table_of(Performance)

_STANDING = (
    select(
        _LIST.c.state,
        _LIST.c.offer_minutes,
        _PERFORMANCE.c.state.label("given"),
        _PERFORMANCE.c.deleted_at,
        _PERFORMANCE.c.starts_at,
        _PERFORMANCE.c.ends_at,
        _PERFORMANCE.c.on_sale_at,
        _PERFORMANCE.c.off_sale_at,
        utc_now().label("now"),
    )
    .select_from(_LIST)
    .join(_PERFORMANCE, _PERFORMANCE.c.id == _LIST.c.performance_id)
    .where(_LIST.c.performance_id == bindparam("one"))
)
_FREE = (
    select(
        INVENTORY.c.seat_id,
        _SEAT.c.category_id,
        _SEAT.c.zone_id,
        _SEAT.c.row_id,
        _SEAT.c.position,
        _SEAT.c.area_id,
        _SEAT.c.kind,
        INVENTORY.c.guarded,
    )
    .select_from(INVENTORY)
    .join(_SEAT, _SEAT.c.id == INVENTORY.c.seat_id)
    .where(INVENTORY.c.performance_id == bindparam("one"), INVENTORY.c.state == SeatState.FREE)
    # The places of the performance first, by their key; never all seats of all plans.
    .prefix_with("STRAIGHT_JOIN", dialect="mysql")
    .prefix_with("STRAIGHT_JOIN", dialect="mariadb")
)
_FREE_GUARDED = _FREE.where(INVENTORY.c.guarded == int(Guard.FIRST_CALL))
_WAITING = (
    select(
        _ENTRY.c.id,
        _ENTRY.c.seats,
        _ENTRY.c.categories,
        _ENTRY.c.zones,
        _ENTRY.c.together,
        _ENTRY.c.passed_over,
    )
    .where(
        _ENTRY.c.performance_id == bindparam("one"),
        _ENTRY.c.state == EntryState.WAITING,
        or_(_ENTRY.c.until.is_(None), _ENTRY.c.until > utc_now()),
    )
    .order_by(_ENTRY.c.turn, _ENTRY.c.id)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a list stands at a moment of the server's clock (UTC). lasts: seconds of an offer; None: none is made."""

    performance_id: int
    is_open: bool
    lasts: int | None
    now: datetime


@dataclass(frozen=True, slots=True)
class FreeSeats:
    """What is free of a performance. guards: of each seat."""

    places: tuple[FreePlace, ...]
    guards: dict[int, int]


@dataclass(frozen=True, slots=True)
class WaitingParty:
    """A party whose turn may come. passed_over: as it is stored."""

    party: Party
    passed_over: str


def load_standing(session: Session, performance_id: int) -> Standing | None:
    """Return how the list of a performance stands; None: it never had one.

    Nothing is offered of a performance that is not given, is not on sale yet, or nearly no more.
    """
    row = session.connection().execute(_STANDING, {"one": performance_id}).one_or_none()
    if row is None:
        return None
    left = (sale_ends(row.starts_at, row.ends_at, row.off_sale_at) - row.now).total_seconds()
    is_sold = row.given == "scheduled" and row.deleted_at is None
    is_sold = is_sold and (row.on_sale_at is None or row.on_sale_at <= row.now)
    lasts = offer_seconds(row.offer_minutes, left) if is_sold else None
    return Standing(performance_id, row.state == ListState.OPEN, lasts, row.now)


def load_free(session: Session, performance_id: int, *, guarded: bool = False) -> FreeSeats:
    """Return what is free of a performance, by a plain read. guarded: only where a list has first call."""
    rows = session.connection().execute(_FREE_GUARDED if guarded else _FREE, {"one": performance_id}).all()
    return FreeSeats(tuple(FreePlace(*row[:7]) for row in rows), {row.seat_id: row.guarded for row in rows})


def load_waiting(session: Session, performance_id: int) -> tuple[WaitingParty, ...]:
    """Return who waits for a performance, in the order of their turn; those whose time is over wait no more."""
    rows = session.connection().execute(_WAITING, {"one": performance_id})
    return tuple(
        WaitingParty(
            Party(row.id, row.seats, frozenset(read_ids(row.categories)), frozenset(read_ids(row.zones)), row.together),
            row.passed_over,
        )
        for row in rows
    )


def read_ids(text: str) -> tuple[int, ...]:
    """Read ids that are stored as "3,7"."""
    return tuple(int(one) for one in text.split(",") if one)


def write_ids(ids: tuple[int, ...]) -> str:
    """Write ids as they are stored."""
    return ",".join(map(str, sorted(set(ids))))
