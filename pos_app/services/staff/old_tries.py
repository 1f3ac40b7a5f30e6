"""Forgetting tries to sign in after a day: housekeeping, safe on every till at once.

What still tells something is kept: wrong tries that a wait is counted from, and of everybody the last sign-in at each
till, by which Foyer tells when somebody was here last and who works where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, select, union

from pos_app.db.clock import seconds_until, utc_plus
from pos_app.db.models import SignInAttempt, SignInTurn
from pos_app.services.staff.attempts import LOOKED_AT, SIGN_IN

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEPT_SECONDS: Final = 86_400
BATCH: Final = 500

_OLD: Final = SignInAttempt.created_at < utc_plus(-KEPT_SECONDS)


def list_old_names(session: Session) -> tuple[str, ...]:
    """Return the names (as they are compared) of which something may be forgotten."""
    tried = select(SignInAttempt.name_key).where(_OLD)
    counted = select(SignInAttempt.id).where(SignInAttempt.name_key == SignInTurn.name_key)
    never = select(SignInTurn.name_key).where(~counted.exists())
    return tuple(sorted(session.execute(union(tried, never)).scalars()))


def forget_tries(session: Session, key: str, *, limit: int = BATCH) -> int:
    """Forget tries of a name that are older than a day; returns how many, and as many as limit while there are more.

    A name of which nothing is left is forgotten itself.
    """
    # Tries of this name wait here, so that none begins to count from one that is being forgotten.
    session.execute(select(SignInTurn.name_key).where(SignInTurn.name_key == key).with_for_update())
    kept = _still_counting(session, key) | _last_sign_ins(session, key)
    of_name = SignInAttempt.name_key == key
    old = session.execute(select(SignInAttempt.id).where(of_name, _OLD).order_by(SignInAttempt.id)).scalars()
    gone = [one for one in old if one not in kept][:limit]
    if gone:
        session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(gone)))
    if session.execute(select(SignInAttempt.id).where(of_name).limit(1)).first() is None:
        session.execute(delete(SignInTurn).where(SignInTurn.name_key == key))
    return len(gone)


def _still_counting(session: Session, key: str) -> set[int]:
    """Return the wrong tries in a row up to the last one, unless that is over since a day."""
    rows = session.execute(
        select(SignInAttempt.id, SignInAttempt.succeeded, seconds_until(SignInAttempt.created_at).label("until"))
        .where(SignInAttempt.name_key == key)
        .order_by(SignInAttempt.id.desc())
        .limit(LOOKED_AT)
    ).all()
    counting: set[int] = set()
    if rows and -float(rows[0].until) <= KEPT_SECONDS:
        for row in rows:
            if row.succeeded:
                break
            counting.add(row.id)
    return counting


def _last_sign_ins(session: Session, key: str) -> set[int]:
    right = SignInAttempt.name_key == key, SignInAttempt.purpose == SIGN_IN, SignInAttempt.succeeded
    last = select(func.max(SignInAttempt.id)).where(*right)
    return set(session.execute(last.group_by(SignInAttempt.staff_id, SignInAttempt.till_id)).scalars())
