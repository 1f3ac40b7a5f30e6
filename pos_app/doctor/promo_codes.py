"""How often promo codes were used."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select

from pos_app.db.models import Order, OrderLine, PromoCode, PromoRedemption, PromoShare, PromoUsage
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words
from pos_app.domain.orders.changes import LineState
from pos_app.domain.percents import WHOLE
from pos_app.domain.promo_codes.rules import PromoKind
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def _judge_percentages(session: Session) -> Iterator[Finding]:
    whole, part = PromoCode.value, PromoCode.hundredths
    impossible = or_(whole * WHOLE + part <= 0, whole * WHOLE + part > 100 * WHOLE, part < 0, part >= WHOLE)
    rows = session.execute(
        select(PromoCode.code, whole.label("whole"), part.label("part"))
        .where(PromoCode.kind == PromoKind.PERCENT, impossible)
        .order_by(PromoCode.id)
    ).all()
    for row in rows:
        told = say("takes {percent} % off", percent=Decimal(row.whole) + Decimal(row.part) / WHOLE)
        yield Finding(Rule.PROMO_CODES, told, say("Promo code {code}", code=row.code))


def _judge_given_back(session: Session) -> Iterator[Finding]:
    """A use is given back with the last line that it took something off, and not before."""
    standing = case((OrderLine.state.in_((LineState.LIVE, LineState.RESERVED)), 1), else_=0)
    lines = (
        select(PromoShare.redemption_id, func.sum(standing).label("standing"))
        .join(OrderLine, OrderLine.id == PromoShare.order_line_id)
        .group_by(PromoShare.redemption_id)
        .subquery()
    )
    is_back = PromoRedemption.undone_at.is_not(None)
    rows = session.execute(
        select(PromoCode.code, Order.number, is_back.label("is_back"))
        .join_from(PromoRedemption, lines, lines.c.redemption_id == PromoRedemption.id)
        .join(PromoCode, PromoCode.id == PromoRedemption.promo_code_id)
        .join(Order, Order.id == PromoRedemption.order_id)
        .where(or_(and_(is_back, lines.c.standing > 0), and_(~is_back, lines.c.standing == 0)))
        .order_by(PromoRedemption.id)
    ).all()
    for row in rows:
        told = (
            say("its use of {code} was given back, and tickets bought with it stand", code=row.code)
            if row.is_back
            else say("no ticket bought with {code} stands, and its use was not given back", code=row.code)
        )
        yield Finding(Rule.PROMO_CODES, told, order_words(row.number))


def judge_promo_codes(session: Session, _names: Names) -> Iterator[Finding]:
    """Look for percentages that no code can take off, and compare its counted uses with those that were not undone."""
    yield from _judge_percentages(session)
    yield from _judge_given_back(session)
    used = (
        select(PromoRedemption.promo_code_id, func.count().label("times"))
        .where(PromoRedemption.undone_at.is_(None))
        .group_by(PromoRedemption.promo_code_id)
        .subquery()
    )
    uses = func.coalesce(PromoUsage.uses, 0)
    times = func.coalesce(used.c.times, 0)
    rows = session.execute(
        select(PromoCode.code, uses.label("uses"), times.label("times"))
        .outerjoin(PromoUsage, PromoUsage.promo_code_id == PromoCode.id)
        .outerjoin(used, used.c.promo_code_id == PromoCode.id)
        .where(uses != times)
        .order_by(PromoCode.id)
    ).all()
    for row in rows:
        told = say(
            "counted as used {uses} times, redeemed {redeemed} times", uses=int(row.uses), redeemed=int(row.times)
        )
        yield Finding(Rule.PROMO_CODES, told, say("Promo code {code}", code=row.code))
