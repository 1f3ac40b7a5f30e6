from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from pos_app.db.models import PromoCode, PromoUsage
from pos_app.doctor import judge_database
from pos_app.domain.codes import ALPHABET, new_request_id
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.promo_codes.records import MOST_CODES, PromoBatch, PromoDraft
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.promo_codes.batches import end_batch, export_batch, list_redemptions, make_batch
from pos_app.services.promo_codes.records import list_promo_codes
from tests.kinds import BOTH, SQLITE
from tests.services.promo_codes.test_records import told
from tests.services.promo_codes.test_redeeming import buy
from tests.small_house import allow

if TYPE_CHECKING:
    from pos_app.domain.promo_codes.records import PromoRecord
    from tests.houses import OpenHouse

RULE = PromoDraft(value=20, most_uses=1, note="=1+1, for readers")
LETTER = PromoBatch("Letter of May", "news-", 30, 8, RULE)


def make(house: OpenHouse, batch: PromoBatch = LETTER) -> tuple[PromoRecord, ...]:
    return house.database.transact(make_batch, house.small.manager, batch)


def test_the_codes_of_a_batch_differ_and_are_good_at_the_till(house: OpenHouse) -> None:
    made = make(house)
    assert len({one.code for one in made}) == 30
    assert all(one.code.startswith("NEWS") and set(one.code[4:]) <= set(ALPHABET) for one in made)
    assert {one.batch for one in made} == {"Letter of May"}
    assert buy(house, house.small.seats_of(1, [1]), made[3].code.lower()).total_minor == 3200
    assert set(house.database.read(list_promo_codes, house.small.manager)) > set(made[4:])
    entry = told(house)[0]
    assert (entry["action"], entry["codes"], entry["rule"]["value"]) == ("promo_batch_made", 30, 20)
    assert house.database.read(judge_database) == ()


def test_a_batch_may_take_a_part_of_a_percent_off(house: OpenHouse) -> None:
    made = make(house, replace(LETTER, count=2, rule=replace(RULE, value=10, hundredths=50)))
    assert [one.percent for one in made] == [1050, 1050]
    sale = buy(house, house.small.seats_of(1, [1, 2]), made[0].code)
    assert sale.total_minor == 2 * (4000 - 420)
    content = house.database.transact(export_batch, house.small.manager, "Letter of May").decode("utf-8-sig")
    assert content.count(",10.5 %,") + content.count(";10.5 %;") == 2
    assert house.database.read(judge_database) == ()


@BOTH
def test_the_largest_batch_is_made_in_one_transaction(house: OpenHouse) -> None:
    made = make(house, replace(LETTER, count=MOST_CODES))
    assert len({one.code for one in made}) == MOST_CODES
    counts = house.database.read(lambda session: session.execute(select(func.count(), func.sum(PromoUsage.uses))).one())
    assert tuple(counts) == (MOST_CODES, 0)


def test_a_batch_that_is_asked_for_twice_is_made_once(house: OpenHouse) -> None:
    made = make(house)
    assert make(house) == made
    with pytest.raises(FieldRefused) as refused:
        make(house, replace(LETTER, count=31))
    assert list(refused.value.fields) == ["name"]
    with pytest.raises(FieldRefused):
        make(house, replace(LETTER, rule=replace(RULE, value=30)))


def test_an_impossible_batch_makes_no_code_at_all(house: OpenHouse) -> None:
    impossible = PromoBatch(" ", "A+", 0, 3, PromoDraft(value=0))
    with pytest.raises(FieldRefused) as refused:
        make(house, impossible)
    assert set(refused.value.fields) == {"name", "prefix", "count", "random", "percent"}
    assert house.database.read(list_promo_codes, house.small.manager) == ()


def test_an_export_has_every_code_and_harms_no_spreadsheet(house: OpenHouse) -> None:
    made = make(house)
    content = house.database.transact(export_batch, house.small.manager, "Letter of May")
    assert content.startswith(b"\xef\xbb\xbfCode,")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))[1:]
    assert [row[0] for row in rows] == [one.code for one in made]
    assert {(row[1], row[4], row[5], row[7]) for row in rows} == {("20 %", "0", "1", "'=1+1, for readers")}
    assert told(house)[-1]["action"] == "promo_batch_exported"


def test_a_whole_batch_is_ended_at_once(house: OpenHouse) -> None:
    make(house)
    other = make(house, replace(LETTER, name="Another"))
    ended = house.database.transact(end_batch, house.small.manager, "Letter of May")
    assert len(ended) == 30
    assert all(one.ended_at is not None for one in ended)
    assert house.database.transact(end_batch, house.small.manager, "Letter of May") == ended
    assert [entry["action"] for entry in told(house)].count("promo_batch_ended") == 1
    running = house.database.read(
        lambda session: session.scalars(select(PromoCode.batch).where(PromoCode.ended_at.is_(None))).all()
    )
    assert set(running) == {other[0].batch}


def test_redemptions_tell_the_order_the_saving_and_what_was_taken_back(house: OpenHouse) -> None:
    made = make(house)
    first = buy(house, house.small.seats_of(1, [1]), made[0].code)
    second = buy(house, house.small.seats_of(1, [2, 3]), made[1].code)
    void = VoidRequest(new_request_id(), first.order_id, "Mistake", house.database.transact(allow, house.small))
    house.database.transact(void_order, house.small.cashier, void)
    manager = house.small.manager
    found = house.database.read(list_redemptions, manager, batch="Letter of May")
    assert [(one.order_number, one.code, one.saved_minor, one.undone) for one in found] == [
        (second.number, made[1].code, 1600, False),
        (first.number, made[0].code, 800, True),
    ]
    assert {(one.currency, one.till) for one in found} == {("EUR", "Till 1")}
    assert len(house.database.read(list_redemptions, manager, promo_code_id=made[0].promo_code_id)) == 1
    assert house.database.read(list_redemptions, manager, promo_code_id=made[2].promo_code_id) == ()


@SQLITE
def test_only_a_manager_works_with_batches(house: OpenHouse) -> None:
    cashier = house.small.cashier
    with pytest.raises(NotPermitted):
        house.database.transact(make_batch, cashier, LETTER)
    for service in (export_batch, end_batch):
        with pytest.raises(NotPermitted):
            house.database.transact(service, cashier, "Letter of May")
        with pytest.raises(NotFound):
            house.database.transact(service, house.small.manager, "None such")
    with pytest.raises(NotPermitted):
        house.database.read(list_redemptions, cashier, promo_code_id=1)
