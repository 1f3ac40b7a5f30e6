from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from pos_app.catalogues import PSEUDO
from pos_app.db.models import Order
from pos_app.doctor import Rule, format_findings, judge_database
from pos_app.doctor.snapshot import one_moment
from pos_app.ui.words.language import speak
from pos_app.ui.words.sentences import spoken
from tests.doctor.conftest import trade
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.doctor.conftest import Evening
    from tests.houses import OpenHouse

pytestmark = pytest.mark.by_turns


def test_an_evening_of_real_trade_is_sound(house: OpenHouse) -> None:
    house.database.transact(trade, house.small)
    findings = house.database.read(judge_database)
    assert findings == ()
    assert format_findings(findings) == "Nothing is wrong with this database."


def test_a_sale_made_while_the_judge_reads_confuses_nobody(house: OpenHouse) -> None:
    sell, small = house.database.transact, house.small

    def look(session: Session) -> list[int]:
        with one_moment(session):
            before = count_orders(session)
            sell(sell_seats, small, small.seats_of(1, (1,)))
            return [before, count_orders(session)]

    assert house.database.read(look) == [0, 0]
    assert house.database.read(count_orders) == 1
    sell(sell_seats, small, small.seats_of(1, (2,)))
    assert house.database.read(count_orders) == 2


def count_orders(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Order)).scalar_one()


def test_an_empty_house_is_sound(house: OpenHouse) -> None:
    assert house.database.read(judge_database) == ()


def test_findings_are_told_by_rule_and_many_of_one_kind_are_cut(evening: Evening) -> None:
    evening.change("DELETE FROM performance_seat WHERE performance_id=:b", b=evening.small.begun_id)
    evening.change("UPDATE promo_usage SET uses=7")
    told = format_findings(evening.judge())
    assert told.startswith("51 things are wrong with this database.")
    assert f"Broken: {Rule.INVENTORY.value} (50)" in told
    assert "Promo code SPRING: counted as used 7 times, redeemed 1 times" in told


@pytest.mark.parametrize(
    ("whole", "part", "told"), [(100, 50, "100.5"), (0, 0, "0"), (10, 100, "11"), (10, -5, "9.95"), (110, 0, "110")]
)
def test_a_percentage_that_no_code_can_take_off_is_found(evening: Evening, whole: int, part: int, told: str) -> None:
    evening.change("UPDATE promo_code SET value=:w, hundredths=:p", w=whole, p=part)
    assert f"Promo code SPRING: takes {told} % off" in format_findings(evening.judge())


@pytest.mark.parametrize(("whole", "part"), [(10, 50), (0, 1), (100, 0)])
def test_a_part_of_a_percent_is_no_fault(evening: Evening, whole: int, part: int) -> None:
    evening.change("UPDATE promo_code SET value=:w, hundredths=:p", w=whole, p=part)
    assert evening.judge() == ()


def test_findings_are_told_in_the_language_of_whoever_reads_them(evening: Evening) -> None:
    evening.change("DELETE FROM performance_seat WHERE performance_id=:b", b=evening.small.begun_id)
    evening.change("UPDATE promo_usage SET uses=7")
    speak(PSEUDO)
    try:
        told = format_findings(evening.judge(), spoken).splitlines()
    finally:
        speak("")
    assert [line for line in told if line and not (line.strip().startswith("[") and line.endswith("]"))] == []
