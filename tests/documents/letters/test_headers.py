"""Addresses as headers take them."""

from __future__ import annotations

import pytest

from pos_app.documents.letters.headers import header_address, header_text, in_brackets
from pos_app.domain.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("anna@example.org", "anna@example.org"),
        (" anna@example.org ", "anna@example.org"),
        ("anna@straße.example", "anna@xn--strae-oqa.example"),
        ("anna@FAß.de", "anna@xn--fa-hia.de"),
        ("anna@münchen.de", "anna@xn--mnchen-3ya.de"),
        ("anna@例え.テスト", "anna@xn--r8jz45g.xn--zckzah"),
        ("jürgen@example.org", "jürgen@example.org"),
    ],
)
def test_a_domain_is_written_in_ascii_and_a_mailbox_as_it_is(typed: str, written: str) -> None:
    assert header_address(typed).addr_spec == written


@pytest.mark.parametrize("typed", ["", "@", "a@", "@b", "ab", "a@b\r\nBcc: c@d", "a@-ü-", "a@..ü"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        header_address(typed)


def test_a_name_is_one_line() -> None:
    assert header_address("a@b.example", "Box\r\nBcc: x\u202e office").display_name == "Box Bcc: x office"
    assert header_text("a\x00\r\n b") == "a b"
    assert in_brackets("<a@b>") == in_brackets("a@b") == "<a@b>"
