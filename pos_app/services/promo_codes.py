"""Looking promo codes up, and counting their uses: a conditional UPDATE in the selling transaction, never a check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import PromoCode, PromoRedemption, PromoUsage, Venue
from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes import LONGEST_CODE, PromoKind, PromoRule, PromoScope, normalise_promo_code
from pos_app.services.pulse import load_server_time

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def load_promo_code(session: Session, text: str) -> PromoRule:
    """Return the rule of a code, however it was typed. Raises PromoCodeRefused when there is none."""
    code = normalise_promo_code(text)
    if not code:
        raise PromoCodeRefused("Type a promo code.")
    row = (
        session.execute(
            select(PromoCode, PromoUsage.uses)
            .outerjoin(PromoUsage, PromoUsage.promo_code_id == PromoCode.id)
            .where(PromoCode.code == code, PromoCode.deleted_at.is_(None))
        ).one_or_none()
        if len(code) <= LONGEST_CODE
        else None
    )
    if row is None:
        raise PromoCodeRefused(f"There is no promo code “{text.strip()[:20]}”.", advice="Check the letters.")
    found: PromoCode = row[0]
    only = json.loads(found.only)
    zone = session.execute(select(Venue.time_zone).order_by(Venue.id).limit(1)).scalar_one_or_none()
    return PromoRule(
        promo_code_id=found.id,
        code=found.code,
        kind=PromoKind(found.kind),
        scope=PromoScope(found.scope),
        value=found.value,
        currency=found.currency,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        most_uses=found.most_uses,
        uses=row.uses or 0,
        least_spend_minor=found.least_spend_minor,
        events=frozenset(only.get("events", ())),
        performances=frozenset(only.get("performances", ())),
        categories=frozenset(only.get("categories", ())),
        ticket_types=frozenset(only.get("types", ())),
        ended=found.ended_at is not None,
        time_zone=zone or "UTC",
    )


def look_up_promo_code(session: Session, text: str) -> tuple[PromoRule, datetime]:
    """Return the rule of a code and the server's time to judge its window by. Raises PromoCodeRefused."""
    return load_promo_code(session, text), load_server_time(session)


def redeem(session: Session, rule: PromoRule, order_id: int, saved_minor: int) -> None:
    """Count a use within the selling transaction; the last one goes to whoever comes first.

    Raises PromoCodeRefused when another till was faster.
    """
    condition = [PromoUsage.promo_code_id == rule.promo_code_id]
    if rule.most_uses is not None:
        condition.append(PromoUsage.uses < rule.most_uses)
    counted = session.execute(update(PromoUsage).where(*condition).values(uses=PromoUsage.uses + 1))
    if counted.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE has a row count
        raise PromoCodeRefused(
            f"{rule.code} was used up a moment ago, by another sale.", advice="Nothing was sold. Take the code out."
        )
    session.execute(
        insert(PromoRedemption).values(
            promo_code_id=rule.promo_code_id, order_id=order_id, saved_minor=saved_minor, created_at=utc_now()
        )
    )


def undo_redemption(session: Session, order_id: int) -> None:
    """Give the use of an order that was taken back to its code again."""
    rows = session.execute(
        select(PromoRedemption.id, PromoRedemption.promo_code_id).where(
            PromoRedemption.order_id == order_id, PromoRedemption.undone_at.is_(None)
        )
    ).all()
    for row in rows:
        session.execute(update(PromoRedemption).where(PromoRedemption.id == row.id).values(undone_at=utc_now()))
        session.execute(
            update(PromoUsage).where(PromoUsage.promo_code_id == row.promo_code_id).values(uses=PromoUsage.uses - 1)
        )
