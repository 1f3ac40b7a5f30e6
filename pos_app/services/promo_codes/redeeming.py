"""Looking promo codes up, and counting their uses: a conditional UPDATE in the selling transaction, never a check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Order, PriceCategory, PromoCode, PromoRedemption, PromoUsage, SeatingPlan, Venue
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes.combining import tell_verified_only
from pos_app.domain.promo_codes.rules import (
    JOINT,
    LONGEST_CODE,
    PromoKind,
    PromoRule,
    PromoScope,
    normalise_promo_code,
    split_codes,
)
from pos_app.domain.sentences import say, say_count
from pos_app.services.promo_codes.shares import write_shares
from pos_app.services.server_time import load_server_time

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


def load_promo_code(session: Session, text: str) -> PromoRule:
    """Return the rule of one code, however it was typed. Raises PromoCodeRefused when there is none."""
    code = normalise_promo_code(text)
    if not code:
        raise PromoCodeRefused(say("Type a promo code."))
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
        raise PromoCodeRefused(
            say("There is no promo code “{code}”.", code=mask_card_numbers(text.strip())[:20]),
            advice=say("Check the letters."),
        )
    found: PromoCode = row[0]
    only = json.loads(found.only)
    zone = session.execute(select(Venue.time_zone).order_by(Venue.id).limit(1)).scalar_one_or_none()
    return PromoRule(
        promo_code_id=found.id,
        code=found.code,
        kind=PromoKind(found.kind),
        scope=PromoScope(found.scope),
        value=found.value,
        hundredths=found.hundredths,
        currency=found.currency,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        most_uses=found.most_uses,
        most_uses_each=found.most_uses_each,
        uses=row.uses or 0,
        least_spend_minor=found.least_spend_minor,
        events=frozenset(only.get("events", ())),
        performances=frozenset(only.get("performances", ())),
        categories=same_categories(session, only.get("categories", ())),
        ticket_types=frozenset(only.get("types", ())),
        combinable=found.combinable,
        verified_only=found.verified_only,
        ended=found.ended_at is not None,
        time_zone=zone or "UTC",
    )


def load_promo_codes(session: Session, text: str) -> tuple[PromoRule, ...]:
    """Return the rules of the codes of a text (see split_codes). Raises PromoCodeRefused."""
    codes = split_codes(text)
    if not codes:
        raise PromoCodeRefused(say("Type a promo code."))
    return tuple(load_promo_code(session, part) for part in (codes if JOINT in text else (text,)))


def look_up_promo_codes(
    session: Session, text: str, customer_id: int | None = None
) -> tuple[tuple[PromoRule, ...], datetime]:
    """Return the rules of the codes of a text, and the server's time to judge their windows by.

    Raises PromoCodeRefused when there is no such code, or this customer has used it as often as may be, or has no
    verified address where it asks for one.
    """
    rules = load_promo_codes(session, text)
    for rule in rules:
        _require_verified(session, rule, customer_id)
        _require_uses_left(session, rule, customer_id, used_here=0)
    return rules, load_server_time(session)


def same_categories(session: Session, ids: Collection[int]) -> frozenset[int]:
    """Return price categories with their namesakes in every version of the same plan.

    A plan gets a new version, with categories of its own, once it was sold on: a code that is for category A of a
    plan is for that of each version.
    """
    if not ids:
        return frozenset()
    chosen, chosen_plan = aliased(PriceCategory), aliased(SeatingPlan)
    same = session.execute(
        select(PriceCategory.id)
        .join(SeatingPlan, SeatingPlan.id == PriceCategory.plan_id)
        .join(chosen_plan, (chosen_plan.venue_id == SeatingPlan.venue_id) & (chosen_plan.name == SeatingPlan.name))
        .join(chosen, (chosen.plan_id == chosen_plan.id) & (chosen.name == PriceCategory.name))
        .where(chosen.id.in_(sorted(ids)))
    )
    return frozenset(ids) | frozenset(same.scalars())


def redeem(
    session: Session,
    rule: PromoRule,
    order_id: int,
    saved_minor: int,
    *,
    shares: Mapping[int, int],
    customer_id: int | None = None,
) -> None:
    """Count a use within the selling transaction; the last one goes to whoever comes first.

    shares: what the code took off which line, by the ids of the lines; those that it took nothing off may be among
    them. The UPDATE locks the count of the code until the commit: behind it nobody else redeems the same code, so that
    what a customer has used of it can be counted. Raises PromoCodeRefused when another till was faster, or the manager.
    """
    condition = [PromoUsage.promo_code_id == rule.promo_code_id]
    if rule.most_uses is not None:
        condition.append(PromoUsage.uses < rule.most_uses)
    counted = session.execute(update(PromoUsage).where(*condition).values(uses=PromoUsage.uses + 1))
    if matched_rows(counted) != 1:
        raise PromoCodeRefused(
            say("{code} was used up a moment ago, by another sale.", code=rule.code),
            advice=say("Nothing was sold. Take the code out."),
        )
    _require_still_good(session, rule)
    _require_verified(session, rule, customer_id)
    redemption_id = insert_row(
        session,
        PromoRedemption,
        promo_code_id=rule.promo_code_id,
        order_id=order_id,
        saved_minor=saved_minor,
        created_at=utc_now(),
    )
    write_shares(session, redemption_id, shares)
    _require_uses_left(session, rule, customer_id, used_here=1)


def _require_still_good(session: Session, rule: PromoRule) -> None:
    """A code that was ended or put away between the look and the lock takes nothing off any more."""
    stored = session.execute(
        select(PromoCode.ended_at, PromoCode.deleted_at).where(PromoCode.id == rule.promo_code_id)
    ).one()
    if stored.ended_at is not None or stored.deleted_at is not None:
        raise PromoCodeRefused(
            say("{code} was ended by the manager.", code=rule.code), advice=say("Nothing was sold. Take the code out.")
        )


def _require_verified(session: Session, rule: PromoRule, customer_id: int | None) -> None:
    """Raise PromoCodeRefused where a code asks for a verified address, and this customer's is not."""
    if not rule.verified_only or customer_id is None:
        return
    verified = select(Customer.id).where(Customer.id == customer_id, Customer.email_verified_at.is_not(None))
    if session.execute(verified).first() is None:
        raise PromoCodeRefused(
            tell_verified_only(rule), advice=say("Send a code to the address (F8, then F9), or take this one out.")
        )


def _require_uses_left(session: Session, rule: PromoRule, customer_id: int | None, *, used_here: int) -> None:
    """Raise PromoCodeRefused where a customer has used a code as often as may be, not counting this very sale."""
    if rule.most_uses_each is None or customer_id is None:
        return
    used = session.execute(
        select(func.count())
        .select_from(PromoRedemption)
        .join(Order, Order.id == PromoRedemption.order_id)
        .where(
            PromoRedemption.promo_code_id == rule.promo_code_id,
            Order.customer_id == customer_id,
            PromoRedemption.undone_at.is_(None),
        )
    ).scalar_one()
    if used - used_here >= rule.most_uses_each:
        raise PromoCodeRefused(
            say("This customer has used {code} already.", code=rule.code),
            advice=say_count(
                "Each customer can use it once.", "Each customer can use it {count} times.", rule.most_uses_each
            ),
        )
