"""A server as a person describes it: pasted addresses, and words that cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.domain.house.setup import ServerAccount, SetupRefused, Trouble, sound_account, taken_apart

SOUND = ServerAccount("tickets.example.org", 3306, "foyer", "till", "pass word ", "")


@pytest.mark.parametrize(
    ("pasted", "parts"),
    [
        (
            " mysql://till:p%40ss@db.example:3307/foyer?ssl_ca=/etc/my%20ca.pem ",
            {
                "host": "db.example",
                "port": "3307",
                "database": "foyer",
                "user": "till",
                "password": "p@ss",
                "certificate": "/etc/my ca.pem",
            },
        ),
        (
            "mysql://till@localhost/foyer?socket=/run/my.sock&server_key=/etc/key.pem",
            {"host": "localhost", "socket": "/run/my.sock", "server_key": "/etc/key.pem", "certificate": None},
        ),
        ("MARIADB://db.example", {"host": "db.example"}),
        ("mysql+pymysql://u:a:b@c@[fe80::1]:3306/x", {"host": "fe80::1", "port": "3306"}),
        ("mysql://a,b/x", {"host": "a", "database": "x"}),
        ("db.example:3307", {"host": "db.example", "port": "3307"}),
        ("[::1]:3307", {"host": "::1", "port": "3307"}),
        ("[::1]", {"host": "::1"}),
    ],
)
def test_a_pasted_address_is_taken_apart(pasted: str, parts: dict[str, str | None]) -> None:
    found = taken_apart(pasted)
    assert {name: found.get(name) for name in parts} == parts


@pytest.mark.parametrize("typed", ["", "  ", "db.example", "::1", "fe80::1%eth0", "https://x", "мой сервер", "a:b:c"])
def test_what_is_no_address_is_left_alone(typed: str) -> None:
    assert taken_apart(typed) == {}


def test_no_pasted_text_whatever_breaks_it() -> None:
    for text in (
        "mysql://",
        "mysql://@",
        "mysql://:@:/",
        "mysql://[",
        "mysql://]:x/?ssl_ca",
        "\x00",
        "mysql://%zz@%/%",
    ):
        assert all(taken_apart(text).values())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"host": " "}, "host"),
        ({"host": "a b"}, "host"),
        ({"host": "https://db.example"}, "host"),
        ({"host": "db.example:3306"}, "host"),
        ({"host": "x" * 254}, "host"),
        ({"host": "a\x00b"}, "host"),
        ({"host": "\u202edb"}, "host"),
        ({"port": 0}, "port"),
        ({"port": 70_000}, "port"),
        ({"database": ""}, "database"),
        ({"database": "a/b"}, "database"),
        ({"database": "x" * 65}, "database"),
        ({"user": "  "}, "user"),
        ({"user": "till:secret"}, "user"),
    ],
)
def test_a_field_that_cannot_be_is_named(wrong: dict[str, str], field: str) -> None:
    with pytest.raises(SetupRefused) as refused:
        sound_account(replace(SOUND, **wrong))  # type: ignore[arg-type]  # by the case
    assert (refused.value.trouble, refused.value.field) == (Trouble.INPUT, field)
    assert refused.value.advice


@pytest.mark.parametrize(
    "account",
    [
        SOUND,
        replace(SOUND, host="::1", certificate="/a b/c?d&e%20ü.pem"),
        replace(SOUND, host="билет.example", user="tíll@home", database="Фойе 1"),
    ],
)
def test_the_address_says_the_same_and_never_the_password(account: ServerAccount) -> None:
    url = sound_account(account).url()
    address = parse_address(url)
    assert (address.servers[0].host, address.servers[0].port) == (account.host, account.port)
    assert (address.user, address.name) == (account.user, account.database)
    assert address.options.get("ssl_ca", "") == account.certificate
    assert "pass" not in url
    assert "pass word" not in repr(account)
