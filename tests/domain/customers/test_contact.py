"""Addresses and phone numbers as they are typed, and as two of them are compared."""

from __future__ import annotations

import pytest

from pos_app.domain.customers.contact import email_key, looks_like_email, looks_like_phone, phone_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Anna@Example.ORG", "anna@example.org"),
        ("  anna@example.org ", "anna@example.org"),
        ("anna@münchen.de", "anna@xn--mnchen-3ya.de"),
        ("anna@xn--mnchen-3ya.de", "anna@xn--mnchen-3ya.de"),
        ("a.n+x@example.org.", "a.n+x@example.org"),
        ("ﬁn@example.org", "fin@example.org"),
    ],
)
def test_two_ways_to_write_one_letter_box_are_one(typed: str, key: str) -> None:
    assert email_key(typed) == key
    assert looks_like_email(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "anna", "anna@", "@example.org", "anna@example", "an na@example.org", "anna@exa mple.org", ".a@b.cz",
     "a..b@c.cz", "a@-b.cz", "a@b_.cz", "a" * 65 + "@b.cz", "anna@b..cz", "<anna@b.cz>"],
)  # fmt: skip
def test_what_no_letter_could_be_sent_to_is_none(typed: str) -> None:
    assert (email_key(typed), looks_like_email(typed)) == ("", False)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("+420 601 234 567", "420601234567"),
        ("00420601234567", "420601234567"),
        ("+49 (0)30 123-456", "4930123456"),
        ("٠٦٠١٢٣٤٥٦", "60123456"),
        ("(030) 12.34", "301234"),
    ],
)
def test_a_phone_is_its_digits(typed: str, key: str) -> None:
    assert phone_key(typed) == key
    assert looks_like_phone(typed)


@pytest.mark.parametrize("typed", ["", "123", "call 1234", "1234x", "0" * 30, "9" * 21])
def test_what_is_no_phone_is_none(typed: str) -> None:
    assert not looks_like_phone(typed)
