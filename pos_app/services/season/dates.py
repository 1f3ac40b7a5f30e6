"""The same again on these dates: performances made after the pattern of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import insert, literal, select

from pos_app.db.models import Performance, Price
from pos_app.domain.editing import FieldRefused
from pos_app.domain.season.evenings import moved_end
from pos_app.domain.season.performances import MOST_DATES, PerformanceDraft, PerformanceRecord
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.records import facts_of
from pos_app.services.search_words import write_performances
from pos_app.services.season.performance_records import PERFORMANCES, load_performance_records
from pos_app.services.season.performances import draft_of, require_sound, store_performance, to_minute

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def repeat_performance(
    session: Session, actor: Actor, performance_id: int, starts: Sequence[datetime]
) -> tuple[PerformanceRecord, ...]:
    """Make the same performance again at these times (UTC), all or none; doors and both ends keep their distance.

    The sale begins when that of the pattern does. Prices are copied, seats kept back are not. A time at which this
    event is given on this plan already is left alone, so that the request may be repeated; the answer holds that one
    too. Raises NotPermitted, FieldRefused (field "starts"), NotFound.
    """
    pattern = PERFORMANCES.locked(session, actor, performance_id)
    wanted_starts = sorted({to_minute(start) for start in starts})
    if not wanted_starts:
        raise FieldRefused({"starts": say("Choose at least one date.")})
    if len(wanted_starts) > MOST_DATES:
        raise FieldRefused({"starts": say("That is more than {most} dates.", most=MOST_DATES)})
    there = _given_at(session, pattern)
    made: list[int] = []
    facts: list[dict[str, object]] = []
    answer: list[int] = []
    for start in wanted_starts:
        if start in there:
            answer.append(there[start])
            continue
        try:
            draft = require_sound(session, _shifted(pattern, start))
        except FieldRefused as refused:
            raise FieldRefused({"starts": say("{day}: {problem}", day=start.date(), problem=refused.message)}) from None
        made.append(store_performance(session, draft))
        answer.append(made[-1])
        facts.append(facts_of(draft))
        _copy_prices(session, performance_id, made[-1])
    if made:
        write_performances(session, Performance.id.in_(made))
        record(
            session,
            actor,
            "performance_repeated",
            performance=performance_id,
            made=made,
            starts=[one.isoformat() for one in wanted_starts if one not in there],
            pattern=facts_of(draft_of(pattern)),
            facts=facts,
            prices=_prices(session, performance_id),
        )
    return load_performance_records(session, answer)


def _given_at(session: Session, pattern: PerformanceRecord) -> dict[datetime, int]:
    """Return when this event is given on this plan, with the performance."""
    rows = session.execute(
        select(Performance.starts_at, Performance.id).where(
            Performance.event_id == pattern.event_id,
            Performance.plan_id == pattern.plan_id,
            Performance.deleted_at.is_(None),
        )
    )
    return {row.starts_at: row.id for row in rows}


def _shifted(pattern: PerformanceRecord, start: datetime) -> PerformanceDraft:
    """Return the same performance at another time, as a draft."""
    ends_at = moved_end(pattern, start)
    off_sale_at = pattern.off_sale_at and start - (pattern.starts_at - pattern.off_sale_at)
    if off_sale_at is not None and pattern.off_sale_at is not None and pattern.off_sale_at > pattern.starts_at:
        # A sale that goes on while it lasts ends with it, or so long before, whatever the clock did in between.
        off_sale_at = ends_at - (pattern.ends_at - pattern.off_sale_at) if ends_at and pattern.ends_at else off_sale_at
    return replace(
        draft_of(pattern),
        starts_at=start,
        doors_at=pattern.doors_at and start - (pattern.starts_at - pattern.doors_at),
        ends_at=ends_at,
        off_sale_at=off_sale_at,
    )


def _prices(session: Session, performance_id: int) -> list[list[int]]:
    """Return the prices of a performance as an audit entry keeps them: category, ticket type, amount."""
    columns = Price.category_id, Price.ticket_type_id, Price.amount_minor
    rows = session.execute(select(*columns).where(Price.performance_id == performance_id).order_by(*columns))
    return [list(row) for row in rows]


def _copy_prices(session: Session, from_id: int, to_id: int) -> None:
    session.execute(
        insert(Price).from_select(
            ["performance_id", "category_id", "ticket_type_id", "amount_minor"],
            select(literal(to_id), Price.category_id, Price.ticket_type_id, Price.amount_minor).where(
                Price.performance_id == from_id
            ),
        )
    )
