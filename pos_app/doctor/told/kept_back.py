"""Seats that the house keeps back: whether an entry of the audit tells who did it, and who gave them back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from pos_app.db.models import KeptBack, PerformanceSeat
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.told.trail import agreed, replay
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.doctor.told.trail import Entry, Found, Trail
    from pos_app.domain.sentences import Sentence

_ADVICE: Final = say(
    "Give the seats back under Manage, Kept seats, unless the managers know of it, and change the password of the "
    "database."
)


@dataclass(slots=True)
class _Record:
    kind: str
    places: frozenset[SeatKey]


class _Kept:
    """What the audit tells: the records that are open, and those that were closed. moved: seats have other ids."""

    def __init__(self, trail: Trail) -> None:
        self.open: dict[int, _Record] = {}
        self.closed: set[int] = set()
        self.moved: set[int] = set()
        self._trail = trail

    def begin(self) -> None:
        for key, kind, places in self._trail.noted("kept"):
            self.open[int(key)] = _Record(str(kind), frozenset(read_places(places)))

    def step(self, entry: Entry) -> None:
        told = entry.told
        match entry.action:
            case "seats_kept_back":
                self.open[int(told["kept"])] = _Record(str(told["kind"]), _seats(told))
            case "kept_back_changed":
                if record := self.open.get(int(told["kept"])):
                    record.kind = str(told["kind"])
            case "kept_back_released" | "kept_back_expired":
                record = self.open.get(int(told["kept"]))
                if record is None:
                    return
                record.places = frozenset() if entry.action == "kept_back_expired" else record.places - _seats(told)
                if not record.places:
                    self.closed.add(int(told["kept"]))
            case "plan_version_added" | "performances_moved":
                self.moved |= {int(one) for one in told["performances"]}


def _seats(told: Any) -> frozenset[SeatKey]:
    return frozenset(SeatKey(int(told["performance"]), int(seat)) for seat in told["seats"])


def judge_told_keeping(session: Session, names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare what the house keeps back with what the audit tells of it."""
    if trail.opened is None:
        return
    query = select(KeptBack.id, KeptBack.performance_id, KeptBack.kind, KeptBack.places, KeptBack.closed_at)
    rows = session.execute(query.order_by(KeptBack.id)).all()

    def look(entries: Sequence[Entry]) -> Found:
        kept = _Kept(trail)
        found = replay(trail, entries, kept.begin, kept.step)
        last = trail.noted("last_kept")
        for row in rows:
            if (row.id in kept.open or row.id > last) and (told := _told(row, kept)):
                subject = say(
                    "{performance}, record {record}",
                    performance=names.performance(row.performance_id),
                    record=str(row.id),
                )
                found["kept", row.id] = Finding(Rule.TOLD_SEASON, told, subject, _ADVICE)
        return found

    yield from agreed(trail, look)
    yield from _without_a_record(session, int(trail.noted("kept_without")))


def _told(row: Any, kept: _Kept) -> Sentence | None:
    """Say what is not as it is told; None: nothing."""
    record = kept.open.get(row.id)
    if record is None:
        return say("no entry of the audit tells who kept these seats back") if row.closed_at is None else None
    if row.closed_at is not None:
        return None if row.id in kept.closed else say("by the audit these seats are still kept back")
    if row.id in kept.closed:
        return say("by the audit these seats were given back")
    if row.kind != record.kind:
        return say("they are kept as {kind}; by the audit as {told}", kind=row.kind, told=record.kind)
    # A seat of a plan that has a new version, and an entry that told all of it, name it by other numbers.
    if row.performance_id in kept.moved:
        return None
    try:
        places = frozenset(read_places(row.places))
    except ValueError:
        return None  # told by another question
    more, fewer = len(places - record.places), len(record.places - places)
    if more:
        return say_count(
            "{count} seat is kept back that the audit does not tell of",
            "{count} seats are kept back that the audit does not tell of",
            more,
        )
    if fewer:
        return say_count(
            "{count} seat is on sale again, and by the audit it is kept back",
            "{count} seats are on sale again, and by the audit they are kept back",
            fewer,
        )
    return None


def _without_a_record(session: Session, noted: int) -> Iterator[Finding]:
    seat = PerformanceSeat
    query = select(func.count()).where(
        seat.state == "claimed", seat.claim_kind.in_(("house", "blocked")), seat.claim_id.is_(None)
    )
    more = session.execute(query).scalar_one() - noted
    if more > 0:
        sentence = say_count(
            "{count} seat is kept back without a record", "{count} seats are kept back without a record", more
        )
        yield Finding(Rule.TOLD_SEASON, sentence, say("Kept seats"), _ADVICE)
