"""The codes that were sent to a customer's address, where something else makes them good no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import EmailVerification, OutboxEmail
from pos_app.domain.letters.kinds import LetterKind, LetterState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def close_codes(session: Session, *customer_ids: int) -> None:
    """Close the codes of customers that are open, and let no letter go out that brings one. Behind their rows' write.

    A letter that a till is sending just now arrives, with a code that is good no more.
    """
    ids = sorted(set(customer_ids))
    session.execute(
        update(EmailVerification)
        .where(
            EmailVerification.customer_id.in_(ids),
            EmailVerification.closed_at.is_(None),
            EmailVerification.verified_at.is_(None),
        )
        .values(closed_at=utc_now())
    )
    session.execute(
        update(OutboxEmail)
        .where(
            OutboxEmail.customer_id.in_(ids),
            OutboxEmail.kind == LetterKind.VERIFICATION,
            OutboxEmail.state == LetterState.WAITING,
        )
        .values(state=LetterState.STOPPED, facts="{}", closed_at=utc_now())
    )
