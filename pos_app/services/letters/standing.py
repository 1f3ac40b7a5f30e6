"""How sending stands: what waits, what failed, which tills send, and what keeps one from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, exists, func, select

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import LetterSender, OutboxEmail, OutboxTry, Till, TillKey
from pos_app.domain.letters.kinds import WITH_TICKETS, LetterState
from pos_app.domain.letters.sending import Trouble
from pos_app.domain.letters.standing import SenderStanding, SendingStanding, is_heard_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

_LATEST_TRIES: Final = 200
"""Among so many of the last tries of all tills each till's own are looked for."""

_LETTER = table_of(OutboxEmail)
_TRY = table_of(OutboxTry)
_SENDER = table_of(LetterSender)
_TILL = table_of(Till)
_KEY = table_of(TillKey)

_BRINGS_TICKETS: Final = _LETTER.c.kind.in_(sorted(WITH_TICKETS))
_IS_DUE: Final = _LETTER.c.due_at <= utc_now()
_UNSENT: Final = select(
    _LETTER.c.state,
    func.count().label("letters"),
    func.sum(case((_BRINGS_TICKETS, 1), else_=0)).label("with_tickets"),
    func.min(_LETTER.c.created_at).label("oldest"),
    func.min(case((and_(_IS_DUE, ~_BRINGS_TICKETS), _LETTER.c.due_at))).label("due_at"),
    func.min(case((and_(_IS_DUE, _BRINGS_TICKETS), _LETTER.c.due_at))).label("tickets_due_at"),
)
_COUNT = _UNSENT.where(_LETTER.c.state.in_((LetterState.WAITING, LetterState.SENDING, LetterState.FAILED))).group_by(
    _LETTER.c.state
)
_FAILED = select(func.count()).where(_LETTER.c.state == LetterState.FAILED)
_SENDERS = (
    select(
        _SENDER.c.till_id,
        _TILL.c.name,
        _SENDER.c.why,
        _SENDER.c.answer,
        _SENDER.c.since,
        _SENDER.c.next_at,
        _SENDER.c.seen_at,
        exists().where(_KEY.c.till_id == _SENDER.c.till_id, _KEY.c.revoked_at.is_(None)).label("signs"),
    )
    .select_from(_SENDER.join(_TILL, _TILL.c.id == _SENDER.c.till_id))
    .where(_TILL.c.deleted_at.is_(None))
    .order_by(_TILL.c.name)
)
_HAS_IT: Final = and_(
    _TRY.c.outcome == "",
    _LETTER.c.state == LetterState.SENDING,
    _LETTER.c.leased_by == _TRY.c.leased_by,
    _LETTER.c.leased_until > utc_now(),
)
_TRIED = (
    select(
        _TRY.c.till_id,
        func.max(func.coalesce(_TRY.c.ended_at, _TRY.c.handed_at, _TRY.c.began_at)).label("seen_at"),
        func.max(case((_HAS_IT, _TRY.c.began_at))).label("busy_since"),
    )
    .select_from(_TRY.join(_LETTER, _LETTER.c.id == _TRY.c.letter_id))
    .where(_TRY.c.id > select(func.max(_TRY.c.id) - _LATEST_TRIES).scalar_subquery(), _TRY.c.till_id.is_not(None))
    .group_by(_TRY.c.till_id)
)


def load_sending(session: Session, *, seconds_between: float = 0.0) -> SendingStanding:
    """Return how sending stands. seconds_between: so far apart the house sends its letters.

    Whether a server is set at all, the settings of the house tell.
    """
    counted = {row.state: row for row in session.execute(_COUNT)}
    unsent = [counted[state] for state in (LetterState.WAITING, LetterState.SENDING) if state in counted]
    failed = counted.get(LetterState.FAILED)
    tried = {row.till_id: row for row in session.execute(_TRIED)}
    rows = session.execute(_SENDERS).all()
    at: datetime = session.execute(select(utc_now())).scalar_one()
    due_at = _first(row.due_at for row in unsent)
    due_to_signers = _first((due_at, *(row.tickets_due_at for row in unsent)))
    return SendingStanding(
        waiting=sum(int(row.letters) for row in unsent),
        failed=int(failed.letters) if failed is not None else 0,
        oldest=_first(row.oldest for row in unsent),
        senders=tuple(
            _sender(
                row,
                tried.get(row.till_id),
                at,
                due_at=due_to_signers if row.signs else due_at,
                pace=timedelta(seconds=seconds_between),
            )
            for row in rows
        ),
        at=at,
        with_tickets=sum(int(row.with_tickets) for row in unsent),
        due_at=due_to_signers if any(row.signs for row in rows) else due_at,
    )


def _sender(row: Any, tried: Any, at: datetime, *, due_at: datetime | None, pace: timedelta) -> SenderStanding:
    """Return how a till stands. row, tried: of _SENDERS, and of _TRIED where it has tried lately; else None."""
    seen_at = row.seen_at if tried is None else max(row.seen_at, tried.seen_at)
    busy_since = None if tried is None else tried.busy_since
    heard_of = is_heard_of(at, seen_at, next_at=row.next_at, due_at=due_at, pace=pace)
    return SenderStanding(
        till_id=row.till_id,
        till_name=row.name,
        trouble=_trouble(row.why),
        answer=row.answer,
        since=row.since,
        next_at=row.next_at,
        seen_at=seen_at,
        is_alive=busy_since is not None or heard_of,
        signs=bool(row.signs),
        busy_since=busy_since,
    )


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def count_failed(session: Session) -> int:
    """Return how many letters somebody has to look at: one light statement, for a number that is always shown."""
    return int(session.execute(_FAILED).scalar_one())


def _trouble(why: str) -> Trouble | None:
    if not why:
        return None
    return Trouble(why) if why in set(Trouble) else Trouble.SERVICE
