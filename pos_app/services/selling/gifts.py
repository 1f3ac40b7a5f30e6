"""Giving tickets away: who may, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import NotPermitted
from pos_app.domain.roles import Permission
from pos_app.domain.selling.gifts import Gift, GiftReason, is_gift
from pos_app.domain.sentences import say
from pos_app.services.permissions import require
from pos_app.services.staff.approvals import approve_oneself, look_at_approval, spend_approval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.services.selling.pricing import PricedBasket


def require_gift_allowed(
    session: Session, actor: Actor, basket: PricedBasket, gift: Gift | None, *, request_id: str, spend: bool
) -> tuple[str, Mapping[str, object]]:
    """Return the reason's words for the order, and what the audit is told: no personal words.

    request_id: of the sale, on which the approval is spent; spend: False only looks whether it could be.
    Both are empty for a basket in which nothing is given away, and nothing is asked of the server for it.
    Raises NotPermitted where the seller may not give and nobody was asked, ApprovalRefused where who was asked does not
    let it be, or not any more; InvalidInput without a reason.
    """
    given = sum(is_gift(complimentary=line.complimentary, price_minor=line.price_minor) for line in basket.lines)
    if not given:
        return "", {}
    allowed = _require_allowed(session, actor, None if gift is None else gift.approval_id, request_id, spend=spend)
    gift = gift or Gift(GiftReason.OTHER, "")
    words = gift.cleaned_words()
    refuse_card_number(words, "reason")
    return words, {"given_away": given, "reason": gift.reason, **allowed}


def _require_allowed(
    session: Session, actor: Actor, approval_id: int | None, request_id: str, *, spend: bool
) -> Mapping[str, object]:
    """Return what the audit is told of who allowed it."""
    permission = Permission.GIVE_AWAY
    if approval_id is None:
        try:
            require(session, actor, permission)
        except NotPermitted as refusal:
            raise refusal.advising(say("A manager allows it with name and PIN.")) from None
        if not spend:
            return {}
        approved = approve_oneself(session, actor, permission, request_id)
    else:
        look = spend_approval if spend else look_at_approval
        approved = look(session, actor, approval_id, permission, request_id)
    return {
        "approval": approved.approval_id,
        "allowed_by": approved.staff_id,
        "allowed_by_name": approved.name,
    }
