"""The demo has a promo code of each kind, and each is judged as its note says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import PromoCode
from pos_app.demo.promotions import WINTER
from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes.rules import PromoKind, PromoLine, PromoScope, savings
from pos_app.services.promo_codes.redeeming import load_promo_code, look_up_promo_codes
from pos_app.services.season.offers import list_performances, load_offer

if TYPE_CHECKING:
    from pos_app.db.database import Database


def _codes(demo: Database) -> list[str]:
    return demo.read(lambda session: list(session.execute(select(PromoCode.code)).scalars()))


def test_there_is_one_of_each_kind(demo: Database) -> None:
    rules = [demo.read(load_promo_code, code) for code in _codes(demo)]
    assert {rule.kind for rule in rules} == set(PromoKind)
    assert {rule.scope for rule in rules} == set(PromoScope)
    for has in (
        lambda rule: rule.valid_from is not None,
        lambda rule: rule.most_uses is not None,
        lambda rule: rule.least_spend_minor,
        lambda rule: rule.categories,
        lambda rule: rule.ticket_types,
        lambda rule: rule.events,
        lambda rule: rule.performances,
    ):
        assert any(has(rule) for rule in rules)


@pytest.mark.parametrize(
    ("code", "words"),
    [("spring 25", "It is valid from"), ("autumn-15", "It ended on"), ("family20", "needs 100.00 EUR")],
)
def test_those_that_do_not_apply_say_why(demo: Database, code: str, words: str) -> None:
    (rule,), now = demo.read(look_up_promo_codes, code)
    with pytest.raises(PromoCodeRefused, match=words):
        savings(rule, [PromoLine(1, 1, 1, 1, 5200)], now, "EUR")


def test_winter_saves_a_tenth_in_each_house(demo: Database) -> None:
    (rule,), now = demo.read(look_up_promo_codes, WINTER)
    for one in demo.read(list_performances):
        offer = demo.read(load_offer, one.performance_id)
        (category, kind), price = max(offer.prices.items(), key=lambda item: item[1])
        line = PromoLine(offer.event_id, offer.performance_id, category, kind, price)
        (cut,) = savings(rule, [line], now, offer.currency)
        assert cut == (price + 5) // 10
