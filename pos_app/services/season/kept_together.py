"""Keeping the same places back on several performances at once, all or none; places of areas are picked among the free.

The request of each performance is that of the whole with the performance behind it, so that all of it may be repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import KeptBack
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import InvalidInput, SeatsTaken, TooFewPlaces
from pos_app.domain.roles import Permission
from pos_app.domain.season.kept_seats import KeepChoice, KeepConflict, KeepDraft, KeepRefused, KeptRecord
from pos_app.domain.sentences import Sentence, say, say_count
from pos_app.services.permissions import require
from pos_app.services.season.kept_records import load_kept_record
from pos_app.services.season.kept_seats import keep_back
from pos_app.services.season.performance_records import load_performance_records
from pos_app.services.seats.area_places import pick_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.season.performances import PerformanceRecord


def keep_together(
    session: Session,
    actor: Actor,
    request_id: str,
    performance_ids: Sequence[int],
    choice: KeepChoice,
    wanted: KeepDraft,
) -> tuple[KeptRecord, ...]:
    """Take places out of sale on performances of one plan, all or none. May be repeated by the same request.

    Raises NotPermitted, KeepRefused (each performance in which it cannot be, with its reason), FieldRefused (on the
    only performance), InvalidInput (nothing chosen, several plans), NotFound.
    """
    require(session, actor, Permission.MANAGE)
    performances = load_performance_records(session, performance_ids)
    if len({one.plan_id for one in performances}) != 1:
        raise InvalidInput(
            say("Choose performances on one seating plan."), advice=say("Places are the same only there.")
        )
    kept: list[KeptRecord] = []
    conflicts: list[KeepConflict] = []
    for one in sorted(performances, key=lambda each: each.performance_id):
        try:
            kept.append(_keep(session, actor, f"{request_id}:{one.performance_id}", one, choice, wanted))
        except FieldRefused as refused:
            if len(performances) == 1:
                raise
            conflicts.append(_conflict(one, refused.message))
        except SeatsTaken as taken:
            conflicts.append(_conflict(one, taken.message))
    if conflicts:
        raise KeepRefused(
            conflicts[0].problem
            if len(performances) == 1
            else say_count(
                "Not possible on {conflicts} of {count} performance.",
                "Not possible on {conflicts} of {count} performances.",
                len(performances),
                conflicts=len(conflicts),
            ),
            conflicts=tuple(conflicts),
            advice=say("Nothing was kept back. Choose others."),
        )
    return tuple(kept)


def _keep(
    session: Session, actor: Actor, request_id: str, one: PerformanceRecord, choice: KeepChoice, wanted: KeepDraft
) -> KeptRecord:
    # Its places were picked in an earlier try, if there was one; others must not be picked now.
    if (done := _find_kept(session, request_id)) is not None:
        return load_kept_record(session, done)
    seats = list(choice.seat_ids)
    try:
        for area_id, places in choice.areas:
            seats += pick_places(session, one.performance_id, area_id, places)
    except TooFewPlaces:
        # The places may have been waited for while the earlier try, which has them, was being committed.
        if (done := _find_kept(session, request_id)) is None:
            raise
        return load_kept_record(session, done)
    return keep_back(session, actor, request_id, one.performance_id, seats, wanted)


def _find_kept(session: Session, request_id: str) -> int | None:
    return session.execute(select(KeptBack.id).where(KeptBack.request_id == request_id)).scalar_one_or_none()


def _conflict(one: PerformanceRecord, problem: Sentence) -> KeepConflict:
    return KeepConflict(one.performance_id, one.starts_at, one.time_zone, problem, one.ends_at)
