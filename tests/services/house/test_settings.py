from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select

from pos_app.db.models import AuditEntry, Setting
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.house.settings import HouseSettings
from pos_app.services.house.settings import HOUSE_SETTING, load_house_settings, save_house_settings

if TYPE_CHECKING:
    from tests.houses import OpenHouse

WANTED = HouseSettings("  Stadttheater\u202e  Linz ", "chf", 150, 200, 20, "de_CH")


def save(house: OpenHouse, before: HouseSettings, wanted: HouseSettings) -> HouseSettings:
    return house.database.transact(save_house_settings, house.small.manager, before, wanted)


def test_a_new_house_begins_with_usual_settings_and_keeps_what_is_decided(house: OpenHouse) -> None:
    usual = house.database.read(load_house_settings)
    assert usual == HouseSettings()
    saved = save(house, usual, WANTED)
    assert saved == replace(WANTED, organisation="Stadttheater Linz", currency="CHF")
    assert house.database.read(load_house_settings) == saved
    assert save(house, usual, WANTED) == saved
    entries = house.database.read(lambda s: s.scalars(select(AuditEntry.body)).all())
    assert [json.loads(body)["after"]["currency"] for body in entries if "house_settings_changed" in body] == ["CHF"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation", "x" * 121),
        ("currency", "EURO"),
        ("currency", ""),
        ("ticket_fee_minor", -1),
        ("order_fee_minor", 10**13 + 1),
        ("refund_limit_minor", -1),
        ("refund_limit_minor", 10**11 + 1),
        ("exchange_fee_minor", -1),
        ("hold_minutes", 0),
        ("hold_minutes", 31),
        ("offer_minutes", 9),
        ("offer_minutes", 7 * 24 * 60 + 1),
        ("resale_percent", -1),
        ("resale_percent", 101),
        ("language", "klingon"),
        ("language", "../x"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(house: OpenHouse, field: str, value: Any) -> None:
    with pytest.raises(FieldRefused) as refused:
        save(house, HouseSettings(), replace(HouseSettings(), **{field: value}))
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(("minutes", "percent"), [(10, 0), (7 * 24 * 60, 100)])
def test_an_offer_and_a_commission_reach_from_end_to_end(house: OpenHouse, minutes: int, percent: int) -> None:
    wanted = replace(HouseSettings(), offer_minutes=minutes, resale_percent=percent)
    assert save(house, HouseSettings(), wanted) == wanted


def test_the_second_manager_is_told_what_the_first_changed(house: OpenHouse) -> None:
    save(house, HouseSettings(), WANTED)
    with pytest.raises(ChangedMeanwhile) as told:
        save(house, HouseSettings(), replace(HouseSettings(), hold_minutes=10))
    assert {change.field for change in told.value.changes} >= {"hold_minutes", "currency"}


def test_only_a_manager_decides(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(save_house_settings, house.small.cashier, HouseSettings(), WANTED)


@pytest.mark.parametrize("document", ["", "[]", "{", '{"currency": 5, "hold_minutes": true, "unknown": 1}', "null"])
def test_settings_that_cannot_be_read_are_as_in_a_new_house(house: OpenHouse, document: str) -> None:
    house.database.transact(lambda s: s.execute(insert(Setting).values(name=HOUSE_SETTING, value=document)))
    assert house.database.read(load_house_settings) == HouseSettings()
