"""Time for offers of the demo box office: over, as if nobody had come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import PerformanceSeat, WaitingOffer
from pos_app.domain.seats import ClaimKind
from pos_app.domain.waiting.entries import OfferState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OVER_SECONDS: Final = 600


def put_offer_back(session: Session) -> None:
    """Let the time of the offer that was made last be over: housekeeping passes its seats on."""
    last = select(WaitingOffer.id).where(WaitingOffer.state == OfferState.OPEN).order_by(WaitingOffer.id.desc())
    offer_id = session.scalars(last.limit(1)).one()
    ends = session.execute(select(utc_plus(-_OVER_SECONDS))).scalar_one()
    session.execute(update(WaitingOffer).where(WaitingOffer.id == offer_id).values(expires_at=ends))
    own = PerformanceSeat.claim_kind == ClaimKind.OFFER, PerformanceSeat.claim_id == offer_id
    session.execute(update(PerformanceSeat).where(*own).values(claim_until=ends))
