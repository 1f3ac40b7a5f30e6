"""One action on several performances, all or none; what is wrong with one of them names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import Moment, say
from pos_app.services.permissions import require
from pos_app.services.season.cancellations import cancel_performance, reinstate_performance
from pos_app.services.season.performance_records import load_performance_record, load_performance_records
from pos_app.services.season.performances import archive_performance, draft_of, restore_performance, save_performance

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.season.performances import CommonChange, ListedPerformance, PerformanceDraft, PerformanceRecord
    from pos_app.domain.sentences import Sentence

    One = Callable[[Session, Actor, int], PerformanceRecord]


def change_performances(
    session: Session, actor: Actor, performances: Sequence[ListedPerformance], change: CommonChange
) -> tuple[PerformanceRecord, ...]:
    """Make one change on several performances. Raises as save_performance does, naming the performance."""
    return save_performances(session, actor, [(one, change.applied(draft_of(one))) for one in performances])


def save_performances(
    session: Session, actor: Actor, wanted: Sequence[tuple[ListedPerformance, PerformanceDraft]]
) -> tuple[PerformanceRecord, ...]:
    """Save several performances, each with what it was before. Raises as save_performance does, naming it."""
    require(session, actor, Permission.MANAGE)
    if not wanted:
        raise NotFound(say("No performance was chosen."))
    for before, draft in sorted(wanted, key=lambda pair: pair[0].performance_id):
        try:
            save_performance(session, actor, before, draft)
        except FieldRefused as refused:
            fields = {name: _of(before, problem) for name, problem in refused.fields.items()}
            raise FieldRefused(fields) from None
    return load_performance_records(session, [before.performance_id for before, _draft in wanted])


def cancel_performances(
    session: Session, actor: Actor, ids: Collection[int], reason: str
) -> tuple[PerformanceRecord, ...]:
    """Cancel several performances for one reason. Raises as cancel_performance does."""
    return _each(session, actor, ids, lambda on, who, one: cancel_performance(on, who, one, reason))


def reinstate_performances(session: Session, actor: Actor, ids: Collection[int]) -> tuple[PerformanceRecord, ...]:
    """Take several cancellations back. Raises as reinstate_performance does, naming the performance."""
    return _each(session, actor, ids, reinstate_performance)


def archive_performances(session: Session, actor: Actor, ids: Collection[int]) -> tuple[PerformanceRecord, ...]:
    """Put several performances away. Raises as archive_performance does, naming the performance."""
    return _each(session, actor, ids, archive_performance)


def restore_performances(session: Session, actor: Actor, ids: Collection[int]) -> tuple[PerformanceRecord, ...]:
    """Take several performances back. Raises as restore_performance does, naming the performance."""
    return _each(session, actor, ids, restore_performance)


def _each(session: Session, actor: Actor, ids: Collection[int], act: One) -> tuple[PerformanceRecord, ...]:
    require(session, actor, Permission.MANAGE)
    if not ids:
        raise NotFound(say("No performance was chosen."))
    for performance_id in sorted(ids):
        try:
            act(session, actor, performance_id)
        except NotPermitted as refused:
            one = load_performance_record(session, performance_id)
            raise NotPermitted(_of(one, refused.message), advice=refused.advice) from None
    return load_performance_records(session, ids)


def _of(one: ListedPerformance, problem: str) -> Sentence:
    """Return what is wrong with a performance together with its name."""
    moment = Moment(one.starts_at, one.time_zone, until=one.ends_at)
    return say("{title}, {moment}: {problem}", title=one.title, moment=moment, problem=problem)
