"""Giving tickets away: who may, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import NotPermitted
from pos_app.domain.roles import Permission
from pos_app.domain.selling.gifts import Gift, GiftReason, is_gift
from pos_app.domain.sentences import say
from pos_app.services.permissions import require, require_staff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.services.selling.pricing import PricedBasket


def require_gift_allowed(
    session: Session, actor: Actor, basket: PricedBasket, gift: Gift | None
) -> tuple[str, Mapping[str, object]]:
    """Return the reason's words for the order, and what the audit is told: no personal words.

    Both are empty for a basket in which nothing is given away, and nothing is asked of the server for it.
    Raises NotPermitted unless the seller, or the manager who allowed it, may give; InvalidInput without a reason.
    """
    given = sum(is_gift(complimentary=line.complimentary, price_minor=line.price_minor) for line in basket.lines)
    if not given:
        return "", {}
    if gift is not None and gift.approver_id is not None:
        require_staff(session, gift.approver_id, Permission.GIVE_AWAY)
    else:
        try:
            require(session, actor, Permission.GIVE_AWAY)
        except NotPermitted as refusal:
            raise refusal.advising(say("A manager allows it with name and PIN.")) from None
    gift = gift or Gift(GiftReason.OTHER, "")
    words = gift.cleaned_words()
    refuse_card_number(words, "reason")
    return words, {"given_away": given, "reason": gift.reason, "allowed_by": gift.approver_id or actor.staff_id}
