"""The keys of a house are opened by the password that they were wrapped by, and by nothing else."""

from __future__ import annotations

from dataclasses import replace

from pos_app.documents.house_keys import (
    HouseKeys,
    Wrapped,
    check_of,
    new_house_keys,
    till_key_is_signed,
    unwrap,
    wrap,
    wrapping_key,
)

MANAGER = 7
KEYS = new_house_keys()
TILL_KEY = "ab" * 32


def wrapped(secret: str = "a long password", owner: int | None = MANAGER) -> Wrapped:
    return wrap(KEYS, wrapping_key(secret), owner)


def opened(stored: Wrapped, secret: str = "a long password", owner: int | None = MANAGER) -> HouseKeys | None:
    return unwrap(stored, secret, owner, KEYS.public_key)


def test_the_password_opens_what_it_wrapped_for_this_manager_of_this_house_alone() -> None:
    stored = wrapped()
    assert opened(stored) == KEYS
    assert opened(stored, "a long passworD") is None
    assert opened(stored, owner=MANAGER + 1) is None
    assert opened(stored, owner=None) is None
    assert unwrap(stored, "a long password", MANAGER, new_house_keys().public_key) is None
    assert opened(wrapped("half a letter \ud800"), "half a letter \ud800") == KEYS


def test_each_wrap_has_a_salt_of_its_own_and_one_that_is_damaged_opens_for_nobody() -> None:
    one, other = wrapped(), wrapped()
    assert one.salt != other.salt
    assert opened(replace(one, salt=other.salt)) is None
    for damaged in ("", "zz", one.sealed[:-2], "00" + one.sealed[2:]):
        assert opened(replace(one, sealed=damaged)) is None


def test_the_recovery_code_opens_its_own_wrap() -> None:
    assert opened(wrapped("CODE", None), "CODE", None) == KEYS


def test_nothing_that_is_secret_stands_in_a_repr() -> None:
    key, stored = wrapping_key("a long password"), wrapped()
    told = f"{KEYS!r} {key!r} {stored!r}"
    for secret in (KEYS.pepper, KEYS.private_key, key.key):
        assert secret.hex() not in told
        assert repr(secret) not in told
    assert stored.sealed not in told


def test_a_pepper_is_known_again_by_its_check_which_does_not_tell_it() -> None:
    assert check_of(KEYS.pepper) == KEYS.pepper_check
    assert check_of(new_house_keys().pepper) != KEYS.pepper_check
    assert KEYS.pepper.hex() not in KEYS.pepper_check


def test_a_signature_holds_for_one_key_of_one_till_by_one_house() -> None:
    signature = KEYS.sign_till_key(3, TILL_KEY)
    assert till_key_is_signed(KEYS.public_key, 3, TILL_KEY, signature)
    assert not till_key_is_signed(KEYS.public_key, 4, TILL_KEY, signature)
    assert not till_key_is_signed(KEYS.public_key, 3, "ac" * 32, signature)
    assert not till_key_is_signed(new_house_keys().public_key, 3, TILL_KEY, signature)
    for nothing in (None, "", "00", "no hex", signature[:-2] + "00"):
        assert not till_key_is_signed(KEYS.public_key, 3, TILL_KEY, nothing)
