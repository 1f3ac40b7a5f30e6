"""Whose trouble it is that a letter did not go: the mail server's, or this one letter's.

A server that says of one letter that it does not work now, or does not send for strangers, may mean that letter alone:
a filter of contents, a policy about one recipient. Such a letter must not hold up all others for ever. The first time
the queue waits, and the letter goes behind the others; where this till has sent others since then, the letter is to
blame.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, func, select

from pos_app.db.base import table_of
from pos_app.db.models import OutboxTry
from pos_app.domain.letters.sending import Outcome, Trouble

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.letters.sending import Tried
    from pos_app.services.letters.queue import ClaimedLetter

_TRY = table_of(OutboxTry)
_FOR_GOOD: Final = frozenset({Trouble.RELAY})
"""What a server says by 5xx: asked again, it says it again."""


def judge_blame(session: Session, claimed: ClaimedLetter, tried: Tried) -> Tried:
    """Return what a try came to: as it is, or as the letter's own trouble where it was taken for the queue's.

    To be asked before the try is written down as ended.
    """
    if tried.outcome is not Outcome.LEFT or tried.trouble is None or not _others_went(session, claimed):
        return tried
    return replace(tried, outcome=Outcome.REFUSED if tried.trouble in _FOR_GOOD else Outcome.AGAIN)


def _others_went(session: Session, claimed: ClaimedLetter) -> bool:
    """Tell whether this till has sent another letter since it last left this one; other tills have other lines."""
    own = select(_TRY.c.till_id).where(_TRY.c.id == claimed.try_id)
    till_id = session.execute(own).scalar_one_or_none()
    same_till = _TRY.c.till_id.is_not_distinct_from(till_id)
    # A try that was left without a word of the server's says nothing of it: the line was cut here.
    left = select(func.max(_TRY.c.id)).where(
        _TRY.c.letter_id == claimed.letter_id, _TRY.c.outcome == Outcome.LEFT, _TRY.c.answer != "", same_till
    )
    last = session.execute(left).scalar_one_or_none()
    if last is None:
        return False
    went = exists().where(_TRY.c.id > last, _TRY.c.outcome == Outcome.SENT, same_till)
    return bool(session.execute(select(went)).scalar_one())
