from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.texts import bare, clean_line, clean_text, name_key

_LRM, _RLM, _ZWSP, _ZWNJ, _ZWJ, _SHY, _BOM = "\u200e\u200f\u200b\u200c\u200d\u00ad\ufeff"
_NOT_SEEN = [
    chr(number)
    for number in range(0xA0, sys.maxunicode + 1)
    if unicodedata.category(chr(number)) in {"Cf", "Cc"}
    or number & 0xFFFE == 0xFFFE
    or 0xFDD0 <= number <= 0xFDEF
    or number in {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}
    or 0xFE00 <= number <= 0xFE0F
    or 0xE0100 <= number <= 0xE01EF
]
_TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(_NOT_SEEN), st.sampled_from("aéא ینക്👩🏽❤葛")), max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Anna   Guest ", "Anna Guest"),
        ("Anna\nGuest\t", "Anna Guest"),
        ("محفظة נאדיה", "محفظة נאדיה"),
        ("👩\u200d👩\u200d👧 Guest", "👩\u200d👩\u200d👧 Guest"),
        ("Ann\x00a\x1b[31m", "Anna[31m"),
        ("\ud800Anna\udc80", "Anna"),
        ("Anna\u202etseuG", "AnnatseuG"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("\u2028\u2029", ""),
        ("\x00\u202e\ud800", ""),
        # What cannot be seen is not kept.
        (f"{_BOM}An{_ZWSP}na{_SHY} Gu{_ZWNJ}e{_ZWJ}st{_LRM}", "Anna Guest"),
        (f"{_RLM}נאדיה{_RLM}", "נאדיה"),
        ("\u2067נאדה\u2069", "נאדה"),
        ("Anna\ufffe\uffff\U0010ffff\ufdd0", "Anna"),
        ("Anna\ufe0f \u3164Guest\u034f", "Anna Guest"),
        ("\u3164\u2800\uffa0 \u115f", ""),
        (f"{_ZWJ}{_ZWNJ}{_ZWSP}{_BOM}\ufe0f", ""),
        (f"e{_ZWJ}\u0301", "\u00e9"),
        (f"a {_ZWJ} b", "a b"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴"),
        # What cannot be seen stays where it changes what is seen.
        (f"می{_ZWNJ}خواهم", f"می{_ZWNJ}خواهم"),
        (f"می{_ZWNJ}{_ZWNJ}{_ZWJ}خواهم{_ZWNJ}", f"می{_ZWNJ}خواهم"),
        (f"{_ZWNJ}می {_ZWNJ} خواهم", "می خواهم"),
        (f"क्{_ZWJ}ष", f"क्{_ZWJ}ष"),
        (f"क्{_ZWNJ}ष", f"क्{_ZWNJ}ष"),
        (f"അവന്{_ZWJ}", f"അവന്{_ZWJ}"),
        (f"র{_ZWJ}্য", f"র{_ZWJ}্য"),
        (f"👩🏽{_ZWJ}⚕\ufe0f", f"👩🏽{_ZWJ}⚕\ufe0f"),
        (f"🏳\ufe0f{_ZWJ}🌈{_ZWJ}", f"🏳\ufe0f{_ZWJ}🌈"),
        ("1\ufe0f\u20e3 ❤\ufe0f\ufe0f", "1\ufe0f\u20e3 ❤\ufe0f"),
        ("葛\U000e0100城", "葛\U000e0100城"),
    ],
)
def test_a_name_keeps_its_letters_and_nothing_that_harms(typed: str, kept: str) -> None:
    assert clean_line(typed, 80) == kept


def test_what_is_cut_off_ends_with_nothing_that_cannot_be_seen() -> None:
    assert clean_line(f"می{_ZWNJ}خواهم", 3) == "می"
    assert clean_line(f"👩{_ZWJ}👧", 2) == "👩"


@given(_TEXTS)
def test_every_text_becomes_one_that_can_be_stored(text: str) -> None:
    cleaned = clean_line(text, 20)
    assert len(cleaned) <= 20
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert cleaned.splitlines() in ([], [cleaned])
    assert clean_line(cleaned, 20) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert {letter for letter in cleaned if unicodedata.category(letter) in {"Cf", "Cc", "Cs"}} <= {_ZWJ, _ZWNJ}


@given(_TEXTS)
def test_what_nobody_could_see_is_empty(text: str) -> None:
    cleaned = clean_line(text, 200)
    assert bool(cleaned) == bool(bare(cleaned).strip())


@given(st.lists(_TEXTS, max_size=4))
def test_several_lines_are_cleaned_as_one_is(lines: list[str]) -> None:
    cleaned = clean_text("\n".join(lines), 40)
    assert len(cleaned) <= 40
    assert clean_text(cleaned, 40) == cleaned
    assert all(clean_line(line, 40) == line for line in cleaned.split("\n"))


def test_empty_lines_within_a_text_stay_one_at_a_time() -> None:
    assert clean_text(f"\n One{_ZWSP}\r\n\n{_ZWJ}\n\nTwo\u2029\u3164\n", 80) == "One\n\nTwo"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna", f"An{_ZWNJ}na{_LRM}"),
        ("Anna", "\uff21nna\ufe0f"),
        ("Anna Guest", "ANNA\u00a0\u2003 guest"),
        ("\u0130lq\u0131n", "ilqin"),
        ("Straße", "STRASSE"),
        (f"می{_ZWNJ}خواهم", "میخواهم"),
        ("葛\U000e0100城", "葛城"),
        ("❤\ufe0f", "❤"),
        ("\ufb01t", "FIT"),
    ],
)
def test_names_that_read_alike_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Ann", "Anna"), ("Zażółć", "Zazolc"), ("Row 1", "Row 11"), ("नि", "न")])
def test_names_that_read_otherwise_are_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(_TEXTS)
def test_a_key_is_that_of_what_is_stored_and_its_own(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert name_key(clean_line(text, 200)) == key
    assert clean_line(text, 200) or not key
