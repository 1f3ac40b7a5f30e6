"""A hash of a PIN is sealed for one person under one pepper."""

from __future__ import annotations

import secrets

from pos_app.services.staff.passwords import hash_secret
from pos_app.services.staff.sealing import is_sealed, open_pin, seal_pin

PEPPER = secrets.token_bytes(32)


def test_a_sealed_hash_opens_for_its_person_under_its_pepper_alone() -> None:
    hashed = hash_secret("1234")
    stored = seal_pin(PEPPER, 7, hashed)
    assert is_sealed(stored)
    assert len(stored) <= 300
    assert "argon2" not in stored
    assert open_pin(PEPPER, 7, stored) == hashed
    assert open_pin(PEPPER, 8, stored) is None
    assert open_pin(secrets.token_bytes(32), 7, stored) is None


def test_two_of_the_same_hash_are_not_alike() -> None:
    assert seal_pin(PEPPER, 7, "a hash") != seal_pin(PEPPER, 7, "a hash")


def test_what_is_not_sealed_opens_as_nothing_and_no_pin_stays_none() -> None:
    assert seal_pin(PEPPER, 7, "") == ""
    for stored in ("", "$argon2id$v=19$", "sealed:", "sealed:!!!", "sealed:AAAA"):
        assert open_pin(PEPPER, 7, stored) is None
