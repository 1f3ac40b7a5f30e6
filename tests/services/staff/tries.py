"""Tries to sign in, and letting them grow old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import SignInAttempt
from pos_app.services.staff.attempts import SIGN_IN, begin_attempt, succeed_attempt

if TYPE_CHECKING:
    from tests.houses import OpenHouse

DAY = 86_400


def try_name(
    house: OpenHouse, name: str = "Carla Cash", *, right: bool = False, till_id: int | None = None, ago: float = 0
) -> int:
    """Try a name at a till (the first one), as if it were so many seconds ago; return the number of the try."""
    made = house.database.transact(
        begin_attempt, name=name, staff_id=None, till_id=till_id or house.small.till_id, purpose=SIGN_IN
    )
    attempt_id = made.attempt_id
    assert attempt_id
    if right:
        house.database.transact(succeed_attempt, attempt_id)
    if ago:
        older = update(SignInAttempt).where(SignInAttempt.id == attempt_id).values(created_at=utc_plus(-ago))
        house.database.transact(lambda session: session.execute(older))
    return attempt_id


def make_tries_older(house: OpenHouse, seconds: float) -> None:
    """Make every try as old as that."""
    older = update(SignInAttempt).values(created_at=utc_plus(-seconds))
    house.database.transact(lambda session: session.execute(older))


def count_tries(house: OpenHouse) -> int:
    """Count what is written down."""
    return house.database.read(lambda session: session.scalar(select(func.count()).select_from(SignInAttempt)) or 0)
