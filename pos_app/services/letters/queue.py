"""The queue of letters: each is claimed by one till at a time, for as long as its lease lasts, and handed over once.

A till that dies, or is frozen, loses what it had claimed when the lease is over. Whoever claims the letter then closes
the try that was left open: if the letter was being handed over, nobody knows whether it arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import uuid4

from sqlalchemy import and_, exists, func, insert, or_, select, true, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import OrderLine, OutboxEmail, OutboxTry, Performance
from pos_app.db.results import inserted_key, matched_rows
from pos_app.domain.letters.ends import told_until
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.sending import LEASE_SECONDS, Outcome, next_wait
from pos_app.domain.orders.changes import LineState

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_LETTER = table_of(OutboxEmail)
_TRY = table_of(OutboxTry)
_LINE = table_of(OrderLine)
_PERFORMANCE = table_of(Performance)

_CANDIDATES: Final = 8
"""So many are looked at in one claim: other tills take some of them meanwhile."""

MOST_DEATHS: Final = 4
"""A letter that so many tries did not come back from waits as one that was refused for now."""

_BEFORE_LEASE = or_(
    _LETTER.c.state == LetterState.WAITING,
    and_(_LETTER.c.state == LetterState.SENDING, _LETTER.c.leased_until < utc_now()),
)


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """A letter that is one till's until its lease is over. tries: this one among them. times: UTC, the server's.

    was_due_at, was_tried_at: what stood before this try, and stands again where it is left and nothing is the matter.
    told_until: when what it tells is over; None: it is told whenever it arrives. at: the time of the claim.
    """

    letter_id: int
    try_id: int
    lease: str
    message_id: str
    kind: LetterKind
    order_id: int | None
    recipient: str
    part: int
    parts: int
    tries: int
    was_due_at: datetime
    was_tried_at: datetime | None
    first_tried_at: datetime
    written_at: datetime
    told_until: datetime | None
    at: datetime

    @property
    def is_over(self) -> bool:
        """Tell whether what it tells was over before anybody tried to send it."""
        return (
            self.was_tried_at is None and self.told_until is not None and self.written_at < self.told_until <= self.at
        )


class _Found(NamedTuple):
    letter_id: int
    state: str
    due_at: datetime
    first_tried_at: datetime | None
    tries: int


def has_due(session: Session, *, skip: Collection[LetterKind] = ()) -> bool:
    """Tell whether a letter is there to be sent now, in one light statement. skip: kinds that others send."""
    return bool(_look(session, skip, 1))


def count_due(session: Session, kinds: Collection[LetterKind]) -> int:
    """Return how many letters of these kinds are to be sent now."""
    due = (_LETTER.c.state.in_((LetterState.SENDING, LetterState.WAITING)), _LETTER.c.due_at <= utc_now())
    counted = select(func.count()).where(*due, _LETTER.c.kind.in_(sorted(kinds)))
    return int(session.execute(counted).scalar_one())


def claim_next(
    session: Session, till_id: int | None, lease: str, *, domain: str, skip: Collection[LetterKind] = ()
) -> ClaimedLetter | None:
    """Make the next letter that is due this till's, and open a try of it; None where there is none.

    lease: new for each claim, so that a till is not taken for what it was before. domain: of the sender, for the
    Message-ID, which a letter keeps from its first try on. A claim whose end was not told is left to its lease.
    """
    for found in _look(session, skip, _CANDIDATES):
        if found.state == LetterState.SENDING and found.tries >= MOST_DEATHS:
            _let_rest(session, found)
            continue
        if _claim(session, found, lease, domain):
            if found.state == LetterState.SENDING:
                _close_open_tries(session, found.letter_id)
            values = {"letter_id": found.letter_id, "till_id": till_id, "leased_by": lease, "began_at": utc_now()}
            try_id = inserted_key(session.execute(insert(_TRY).values(**values)))
            return _read(session, found, try_id, lease)
    return None


def hand_over(session: Session, claimed: ClaimedLetter) -> bool:
    """Write down that the letter goes over the line now; False: it is this till's no more, and must not be sent.

    To be called just before, and the letter sent within the lease, which begins anew. May be repeated.
    """
    mine = session.execute(
        update(_LETTER)
        .where(is_mine(claimed), _LETTER.c.leased_until > utc_now())
        .values(leased_until=utc_plus(LEASE_SECONDS), due_at=utc_plus(LEASE_SECONDS))
    )
    if not matched_rows(mine):
        return False
    session.execute(update(_TRY).where(_TRY.c.id == claimed.try_id).values(handed_at=utc_now()))
    return True


def _look(session: Session, skip: Collection[LetterKind], most: int) -> list[_Found]:
    """Return letters that are due, in the order of their index: what a dead till left first, then the longest due."""
    rows = session.execute(
        select(_LETTER.c.id, _LETTER.c.state, _LETTER.c.due_at, _LETTER.c.first_tried_at, _LETTER.c.tries)
        .where(
            # A letter that is being sent is due again when its lease is over: see _claim.
            _LETTER.c.state.in_((LetterState.SENDING, LetterState.WAITING)),
            _LETTER.c.due_at <= utc_now(),
            _LETTER.c.kind.not_in(sorted(skip)) if skip else true(),
        )
        .order_by(_LETTER.c.state, _LETTER.c.due_at)
        .limit(most)
    )
    return [_Found(*row) for row in rows]


def _claim(session: Session, found: _Found, lease: str, domain: str) -> bool:
    """Take a letter, if nobody has taken it since it was looked at: the one condition that decides who sends it."""
    taken = session.execute(
        update(_LETTER)
        .where(_LETTER.c.id == found.letter_id, _LETTER.c.due_at <= utc_now(), _BEFORE_LEASE)
        .values(
            state=LetterState.SENDING,
            leased_by=lease,
            leased_until=utc_plus(LEASE_SECONDS),
            due_at=utc_plus(LEASE_SECONDS),
            tries=_LETTER.c.tries + 1,
            first_tried_at=func.coalesce(_LETTER.c.first_tried_at, utc_now()),
            message_id=func.coalesce(_LETTER.c.message_id, f"<{uuid4().hex}@{domain}>"),
        )
    )
    return bool(matched_rows(taken))


def _let_rest(session: Session, found: _Found) -> None:
    """Let a letter wait at which till after till has died: it may be what they died of, and others are to go out."""
    rested = session.execute(
        update(_LETTER)
        .where(_LETTER.c.id == found.letter_id, _LETTER.c.state == LetterState.SENDING, _BEFORE_LEASE)
        .values(
            state=LetterState.WAITING,
            leased_by=None,
            leased_until=None,
            due_at=utc_plus(next_wait(found.tries).total_seconds()),
        )
    )
    if matched_rows(rested):
        _close_open_tries(session, found.letter_id)


def _close_open_tries(session: Session, letter_id: int) -> None:
    """Say of a till that did not come back what is known: whether it had begun to hand the letter over."""
    is_open = and_(_TRY.c.letter_id == letter_id, _TRY.c.outcome == "")
    handed = and_(is_open, _TRY.c.handed_at.is_not(None))
    session.execute(
        update(_LETTER)
        .where(_LETTER.c.id == letter_id, exists(select(_TRY.c.id).where(handed)))
        .values(may_be_twice=True)
    )
    session.execute(update(_TRY).where(handed).values(outcome=Outcome.UNKNOWN, ended_at=utc_now()))
    session.execute(update(_TRY).where(is_open).values(outcome=Outcome.AGAIN, ended_at=utc_now()))


def _read(session: Session, found: _Found, try_id: int, lease: str) -> ClaimedLetter:
    of_order = and_(
        _LINE.c.order_id == _LETTER.c.order_id,
        _LINE.c.state.in_((LineState.LIVE, LineState.RESERVED)),
        _PERFORMANCE.c.id == _LINE.c.performance_id,
    )
    last = select(func.max(_PERFORMANCE.c.starts_at)).where(of_order).correlate(_LETTER).scalar_subquery()
    own = (
        select(_PERFORMANCE.c.starts_at).where(_PERFORMANCE.c.id == _LETTER.c.performance_id).correlate(_LETTER)
    ).scalar_subquery()
    row = session.execute(
        select(*_LETTER.c, func.coalesce(last, own).label("last_start"), utc_now().label("now")).where(
            _LETTER.c.id == found.letter_id
        )
    ).one()
    kind = LetterKind(row.kind)
    return ClaimedLetter(
        letter_id=row.id,
        try_id=try_id,
        lease=lease,
        message_id=row.message_id,
        kind=kind,
        order_id=row.order_id,
        recipient=row.recipient,
        part=row.part,
        parts=row.parts,
        tries=row.tries,
        was_due_at=found.due_at,
        was_tried_at=found.first_tried_at,
        first_tried_at=row.first_tried_at,
        written_at=row.created_at,
        told_until=told_until(kind, row.created_at, row.facts, row.last_start),
        at=row.now,
    )


def is_mine(claimed: ClaimedLetter) -> ColumnElement[bool]:
    """Tell, in a statement, whether a letter is still this claim's: nobody took it over, stopped or sent it."""
    return and_(
        _LETTER.c.id == claimed.letter_id,
        _LETTER.c.state == LetterState.SENDING,
        _LETTER.c.leased_by == claimed.lease,
    )
