"""The promo codes of the demo: one of each kind."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select

from pos_app.db.models import Performance, PromoCode, PromoUsage
from pos_app.db.results import insert_row
from pos_app.demo.halls import CURRENCY
from pos_app.demo.house import CHILD
from pos_app.demo.theatre import CATEGORY_C
from pos_app.domain.promo_codes.rules import PromoKind, PromoScope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.demo.season import Evening


@dataclass(frozen=True, slots=True)
class Promotion:
    """A code as it is planned. value: percent, or minor units. days: from and until, counted from now."""

    code: str
    note: str
    value: int
    kind: PromoKind = PromoKind.PERCENT
    scope: PromoScope = PromoScope.TICKET
    days: tuple[int, int] | None = None
    most_uses: int | None = None
    least_spend_minor: int = 0
    only: Mapping[str, Sequence[int]] = field(default_factory=dict)


WINTER: Final = "WINTER10"


def plan_promotions(
    categories: Mapping[str, int], types: Mapping[str, int], event_id: int, performance_id: int
) -> tuple[Promotion, ...]:
    """Return the codes. categories: those of the main house, types: of tickets; by name."""
    amount, order = PromoKind.AMOUNT, PromoScope.ORDER
    return (
        Promotion(WINTER, "For everybody", 10, days=(-30, 90)),
        Promotion("FIVEOFF", "An amount off each ticket", 500, amount),
        Promotion("FAMILY20", "An amount off the order, from 100.00", 2000, amount, order, least_spend_minor=10_000),
        Promotion("FIRST50", "For the first fifty orders", 15, most_uses=50),
        Promotion("LASTONE", "Good once: the last use goes to one till", 50, most_uses=1),
        Promotion("GALLERY", "Only in category C of the main house", 20, only={"categories": [categories[CATEGORY_C]]}),
        Promotion("KIDS", "Only for children", 300, amount, only={"types": [types[CHILD]]}),
        Promotion("OPENING", "Only for the first evening", 10, only={"performances": [performance_id]}),
        Promotion("TONIGHT", "Only for this event", 10, only={"events": [event_id]}),
        Promotion("SPRING25", "Valid from next month", 25, days=(30, 60)),
        Promotion("AUTUMN15", "No longer valid", 15, days=(-60, -5)),
    )


def add_promotions(
    session: Session,
    now: datetime,
    categories: Mapping[str, int],
    types: Mapping[str, int],
    season: Sequence[tuple[Evening, int]],
) -> None:
    """Store the codes. now: the server's time. season: the evenings with the ids of their performances."""
    first = season[0][1]
    event = session.execute(select(Performance.event_id).where(Performance.id == first)).scalar_one()
    for one in plan_promotions(categories, types, event, first):
        start, end = one.days or (None, None)
        key = insert_row(
            session,
            PromoCode,
            code=one.code,
            kind=one.kind,
            scope=one.scope,
            value=one.value,
            currency=CURRENCY if one.kind is PromoKind.AMOUNT else "",
            valid_from=None if start is None else now + timedelta(days=start),
            valid_until=None if end is None else now + timedelta(days=end),
            most_uses=one.most_uses,
            least_spend_minor=one.least_spend_minor,
            only=json.dumps({name: list(ids) for name, ids in one.only.items()}),
            note=one.note,
        )
        session.execute(insert(PromoUsage).values(promo_code_id=key, uses=0))
