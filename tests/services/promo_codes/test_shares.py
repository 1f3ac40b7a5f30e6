"""A use of a promo code ends with the last ticket that it made cheaper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from pos_app.db.models import PromoShare
from pos_app.doctor import judge_database
from pos_app.doctor.findings import Rule
from tests.services.orders.refunding import give_back, live_lines
from tests.services.promo_codes.test_redeeming import buy, make_code, uses_of

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_use_comes_back_with_the_last_ticket_that_it_made_cheaper(house: OpenHouse) -> None:
    small = house.small
    only = json.dumps({"performances": [small.performance_id]})
    of_evening = house.database.transact(make_code, code="EVENING", only=only, combinable=True)
    of_all = house.database.transact(make_code, code="ALL", combinable=True)
    sale = buy(house, [*small.seats_of(1, (1, 2)), small.seat(1, 1, small.gala_id)], "EVENING+ALL")
    one, two, gala = live_lines(house, sale)
    shares = select(PromoShare.order_line_id, PromoShare.saved_minor).order_by(
        PromoShare.redemption_id, PromoShare.order_line_id
    )
    rows = house.database.read(lambda session: [tuple(row) for row in session.execute(shares)])
    assert rows == [(one, 400), (two, 400), (one, 360), (two, 360), (gala, 400)]
    assert give_back(house, sale, (one,)).amount_minor == 4000 - 400 - 360
    assert [house.database.read(uses_of, code) for code in (of_evening, of_all)] == [1, 1]
    give_back(house, sale, (two,))
    assert [house.database.read(uses_of, code) for code in (of_evening, of_all)] == [0, 1]
    give_back(house, sale, (gala,))
    assert house.database.read(uses_of, of_all) == 0
    assert house.database.read(judge_database) == ()


def test_the_judge_finds_a_use_that_was_given_back_too_soon_or_never(house: OpenHouse) -> None:
    small = house.small
    code_id = house.database.transact(make_code)
    sale = buy(house, small.seats_of(1, (1, 2)), "WINTER10")
    other = buy(house, small.seats_of(1, (3,)), "WINTER10")
    give_back(house, other, live_lines(house, other))
    swap = text("UPDATE promo_redemption SET undone_at = CASE WHEN undone_at IS NULL THEN created_at END")
    house.database.transact(lambda session: session.execute(swap))
    found = house.database.read(judge_database)
    assert {finding.rule for finding in found} == {Rule.PROMO_CODES}
    said = {str(finding.subject): str(finding.message) for finding in found}
    assert "was given back, and tickets bought with it stand" in said[f"Order {sale.number}"]
    assert "was not given back" in said[f"Order {other.number}"]
    assert house.database.read(uses_of, code_id) == 1
