from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select

from pos_app.db.models import AuditEntry, Setting
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.letters.settings import MailSecurity, MailSettings
from pos_app.services.house.mail import MAIL_SETTING, load_mail_settings, save_mail_settings

if TYPE_CHECKING:
    from tests.houses import OpenHouse

WANTED = MailSettings(
    server=" mail.example.org. ",
    port=465,
    security=MailSecurity.TLS,
    user="tickets",
    sender_name="Stadttheater\u202e  Linz",
    sender_address="tickets@straße.example",
    reply_to="müller@example.org",
    most_bytes=5_000_000,
    seconds_between=2,
    lapse_hours=0,
    attach_tickets=False,
)


def save(house: OpenHouse, before: MailSettings, wanted: MailSettings) -> MailSettings:
    return house.database.transact(save_mail_settings, house.small.manager, before, wanted)


def test_a_new_house_sends_nothing_and_keeps_what_is_decided(house: OpenHouse) -> None:
    usual = house.database.read(load_mail_settings)
    assert usual == MailSettings()
    assert not usual.sends
    saved = save(house, usual, WANTED)
    assert saved == replace(WANTED, server="mail.example.org", sender_name="Stadttheater Linz")
    assert saved.sends
    assert house.database.read(load_mail_settings) == saved
    assert save(house, usual, WANTED) == saved
    bodies = house.database.read(lambda s: s.scalars(select(AuditEntry.body)).all())
    assert [json.loads(body)["after"]["port"] for body in bodies if "mail_settings_changed" in body] == [465]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("server", "https://mail.example.org"),
        ("server", "mail.example.org:587"),
        ("server", "mail example"),
        ("server", "-mail.example.org"),
        ("port", 0),
        ("port", 65536),
        ("security", MailSecurity.NONE),
        ("user", "x" * 201),
        ("sender_name", "x" * 121),
        ("sender_name", "4111 1111 1111 1111"),
        ("sender_address", ""),
        ("sender_address", "tickets"),
        ("sender_address", "kärten@example.org"),
        ("reply_to", "nobody@"),
        ("most_bytes", 999_999),
        ("most_bytes", 50_000_001),
        ("seconds_between", -0.5),
        ("seconds_between", 61),
        ("lapse_hours", -1),
        ("lapse_hours", 337),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(house: OpenHouse, field: str, value: Any) -> None:
    with pytest.raises(FieldRefused) as refused:
        save(house, MailSettings(), replace(WANTED, **{field: value}))
    assert list(refused.value.fields) == [field]
    assert not house.database.read(load_mail_settings).sends


@pytest.mark.parametrize("server", ["localhost", "127.0.0.1", "127.8.0.1", "::1"])
def test_a_server_on_this_very_computer_may_be_spoken_to_openly(house: OpenHouse, server: str) -> None:
    wanted = replace(WANTED, server=server, security=MailSecurity.NONE)
    assert save(house, MailSettings(), wanted).security is MailSecurity.NONE


@pytest.mark.parametrize("server", ["mail", "10.0.0.7", "2001:db8::1", "pošta.example"])
def test_a_server_is_named_as_nets_name_theirs(house: OpenHouse, server: str) -> None:
    assert save(house, MailSettings(), replace(WANTED, server=server)).server == server


def test_the_second_manager_is_told_what_the_first_changed(house: OpenHouse) -> None:
    save(house, MailSettings(), WANTED)
    with pytest.raises(ChangedMeanwhile) as told:
        save(house, MailSettings(), replace(MailSettings(), lapse_hours=3))
    assert {change.field for change in told.value.changes} >= {"server", "lapse_hours"}


def test_only_a_manager_decides(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(save_mail_settings, house.small.cashier, MailSettings(), WANTED)


@pytest.mark.parametrize(
    "document", ["", "[]", "{", '{"port": "x", "security": "loud", "seconds_between": true, "unknown": 1}', "null"]
)
def test_settings_that_cannot_be_read_are_as_in_a_new_house(house: OpenHouse, document: str) -> None:
    house.database.transact(lambda s: s.execute(insert(Setting).values(name=MAIL_SETTING, value=document)))
    assert house.database.read(load_mail_settings) == MailSettings()
