"""How sending stands: what waits, what failed, which tills send, and what keeps one from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import case, exists, func, select

from pos_app.db.base import table_of
from pos_app.db.clock import seconds_until, utc_now
from pos_app.db.models import LetterSender, OutboxEmail, Till, TillKey
from pos_app.domain.letters.kinds import WITH_TICKETS, LetterState
from pos_app.domain.letters.sending import Trouble

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

ALIVE_SECONDS: Final = 180.0
"""A till that sends writes more often than this that it does."""

_LETTER = table_of(OutboxEmail)
_SENDER = table_of(LetterSender)
_TILL = table_of(Till)
_KEY = table_of(TillKey)

_UNSENT: Final = select(
    _LETTER.c.state,
    func.count().label("letters"),
    func.sum(case((_LETTER.c.kind.in_(sorted(WITH_TICKETS)), 1), else_=0)).label("with_tickets"),
    func.min(_LETTER.c.created_at).label("oldest"),
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
        case((seconds_until(_SENDER.c.seen_at) > -ALIVE_SECONDS, 1), else_=0).label("alive"),
        exists().where(_KEY.c.till_id == _SENDER.c.till_id, _KEY.c.revoked_at.is_(None)).label("signs"),
    )
    .select_from(_SENDER.join(_TILL, _TILL.c.id == _SENDER.c.till_id))
    .where(_TILL.c.deleted_at.is_(None))
    .order_by(_TILL.c.name)
)


@dataclass(frozen=True, slots=True)
class SenderStanding:
    """A till that sends, or would. trouble: what stops its queue; None: nothing does. answer: the server's words.

    since: of this trouble, or of going well; next_at: when it tries again; seen_at: its last sign of life (UTC).
    is_alive: that is a short time ago. signs: it is enrolled, so that it can send tickets, too.
    """

    till_id: int
    till_name: str
    trouble: Trouble | None
    answer: str
    since: datetime
    next_at: datetime | None
    seen_at: datetime
    is_alive: bool
    signs: bool = True


@dataclass(frozen=True, slots=True)
class SendingStanding:
    """What stands at the house at a moment. waiting: letters that are to go out yet, those under way among them.

    oldest: when the first of them was written. failed: letters that somebody has to look at. senders: by name.
    at: the server's time (UTC). with_tickets: of those that wait, how many may bring tickets.
    """

    waiting: int
    failed: int
    oldest: datetime | None
    senders: tuple[SenderStanding, ...]
    at: datetime
    with_tickets: int = 0

    @property
    def leaves_tickets(self) -> bool:
        """Tell whether letters with tickets wait although others go out: no till that sends is enrolled."""
        return self.sends and self.with_tickets > 0 and not any(self._sends(one) and one.signs for one in self.senders)

    @property
    def sends(self) -> bool:
        """Tell whether a till is there that sends, and nothing stops it."""
        return any(map(self._sends, self.senders))

    @staticmethod
    def _sends(sender: SenderStanding) -> bool:
        return sender.is_alive and sender.trouble is None


def load_sending(session: Session) -> SendingStanding:
    """Return how sending stands. Whether a server is set at all, the settings of the house tell."""
    counted = {row.state: row for row in session.execute(_COUNT)}
    unsent = [counted[state] for state in (LetterState.WAITING, LetterState.SENDING) if state in counted]
    failed = counted.get(LetterState.FAILED)
    return SendingStanding(
        waiting=sum(int(row.letters) for row in unsent),
        failed=int(failed.letters) if failed is not None else 0,
        oldest=min((row.oldest for row in unsent), default=None),
        senders=tuple(
            SenderStanding(
                till_id=row.till_id,
                till_name=row.name,
                trouble=_trouble(row.why),
                answer=row.answer,
                since=row.since,
                next_at=row.next_at,
                seen_at=row.seen_at,
                is_alive=bool(row.alive),
                signs=bool(row.signs),
            )
            for row in session.execute(_SENDERS)
        ),
        at=session.execute(select(utc_now())).scalar_one(),
        with_tickets=sum(int(row.with_tickets) for row in unsent),
    )


def count_failed(session: Session) -> int:
    """Return how many letters somebody has to look at: one light statement, for a number that is always shown."""
    return int(session.execute(_FAILED).scalar_one())


def _trouble(why: str) -> Trouble | None:
    if not why:
        return None
    return Trouble(why) if why in set(Trouble) else Trouble.SERVICE
