from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.door.check_in import LONGEST_SCAN
from pos_app.domain.door.scan_text import clean_scan

SIGNED = "01234567890123456789" * 9 + "012345678901234567"
SHORT = "ABCDEFGHJK"


@pytest.mark.parametrize(
    "prefix", ["\\000001", "\\000003", "\\000026", "\\000027", "]Q1", "]Q1\\000026", "\x02", "\ufeff"]
)
def test_what_the_scanner_puts_before_the_code_is_dropped(prefix: str) -> None:
    assert clean_scan(prefix + SIGNED) == SIGNED


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n", "\t", "\x04", "  ", "\x00"])
def test_what_the_scanner_puts_after_the_code_is_dropped(ending: str) -> None:
    assert clean_scan(SHORT + ending) == SHORT


@pytest.mark.parametrize("code", [SIGNED, SHORT, "ABCD-EFGH-JK"])
@pytest.mark.parametrize("between", ["", "\r\n", "\\000026"])
def test_a_scan_sent_twice_is_one_scan(code: str, between: str) -> None:
    assert clean_scan(code + between + code) == code


def test_two_different_codes_in_one_scan_are_not_cut() -> None:
    assert clean_scan(SHORT + "ABCDEFGHJM") == SHORT + "ABCDEFGHJM"


def test_a_doubled_text_of_another_length_is_left_alone() -> None:
    assert clean_scan("haha") == "haha"


def test_a_web_address_stays_what_it_is() -> None:
    assert clean_scan("https://example.org/?q=a b\n") == "https://example.org/?q=a b"


def test_a_huge_scan_is_cut_and_stays_longer_than_any_code() -> None:
    assert len(clean_scan("7" * 100_000)) == LONGEST_SCAN > len(SIGNED)
    assert len(clean_scan(SIGNED + "\n" * 50_000 + "x" * 50_000)) == LONGEST_SCAN


def test_nothing_scanned_is_nothing() -> None:
    assert not clean_scan("")
    assert not clean_scan("\r\n\x00 ")


@given(st.text(max_size=2_000))
def test_a_cleaned_scan_is_printable_and_short(text: str) -> None:
    cleaned = clean_scan(text)
    assert cleaned.isprintable()
    assert len(cleaned) <= LONGEST_SCAN
