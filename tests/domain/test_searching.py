"""Text as searches compare it."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos_app.domain.searching import (
    LONGEST_WORD,
    MOST_WORDS,
    Searched,
    begin_words,
    folded,
    typed_words,
    words_of,
)

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=60)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Jürgen Müller", "jurgen muller"),
        ("ÉMILE", "emile"),
        ("E\u0301mile", "emile"),
        ("Łukasz Żak", "lukasz zak"),
        ("Nguyễn Thị Hà", "nguyen thi ha"),
        ("Đặng", "dang"),
        ("Đorđe", "dorde"),
        ("Ðóra Þórðardóttir", "dora thordardottir"),
        ("Weiß GROẞ", "weiss gross"),
        ("Büşra Yıldız İLKE", "busra yildiz ilke"),
        ("Amina Əliyeva", "amina eliyeva"),
        ("Søren Kjær", "soren kjaer"),
        ("Œdipe", "oedipe"),
        ("Ħal Ŧaŋ Ƙano", "hal tang kano"),
        ("L’Étoile", "l etoile"),
        ("O'Brien O‘Brien O´Brien Oʼ Brien O`Brien", "o brien o brien o brien o brien o brien"),
        ("Ann-Marie Ann\u2010Marie Ann—Marie Ann_Marie", "ann marie ann marie ann marie ann marie"),
        ("so\u00adft zero\u200bwidth \u202eright\u2066", "soft zerowidth right"),
        ("Οδυσσέας ΟΔΥΣΣΕΑΣ", "οδυσσεασ οδυσσεασ"),
        ("Фёдор ЙОД", "федор иод"),
        ("أحمد مُحَمَّد", "احمد محمد"),
        ("شَرِيكـة", "شريكه"),
        ("Ｆｕｌｌ　Ｗｉｄｔｈ１２", "full width12"),
        ("١٢٣ ۴۵ १२", "123 45 12"),
        ("Ｏ’Ｂｒｉｅｎ", "o brien"),
        ("Cats™: “The Musical”!", "catstm the musical"),
        ("  many   blanks\u00a0here\t", "many blanks here"),
        ("🎭Anna👍🏽", "🎭 anna 👍"),
        ("!!!", "!!!"),
        ("", ""),
        (" \u200b\ud800 ", ""),
    ],
)
def test_what_is_written_is_compared_as_it_is_typed(written: str, typed: str) -> None:
    assert folded(written) == typed


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("O’Brien", ("o", "obrien", "obr", "brien", "o brien", "O'BRIEN")),
        ("OBrien", ("o'brien", "o brien", "obrien")),
        ("Ann-Marie Duval", ("annmarie", "ann marie", "marie", "annmarie duval", "duval ann-marie")),
        ("Smith-Jones-Brown", ("smith", "jones", "jonesbrown", "smithjonesbrown", "smithjones")),
        ("Anna van der Berg", ("vanderberg", "van der berg", "derberg", "anna berg")),
        ("D’Étoile", ("detoile", "d'etoile", "etoile")),
        ("Mc Donald", ("mcdonald", "mc donald", "donald")),
        ("山田 太郎", ("山田", "太郎", "山田太郎")),
        ("山田太郎", ("太郎", "山田 太郎")),
        ("김민수", ("김", "민수", "김 민수")),
        ("สมชาย ใจดี", ("สมชาย", "ชาย", "ใจดี")),
        ("ヤマダ", ("やまだ",)),
    ],
)
def test_a_name_is_found_by_the_beginnings_of_its_words(name: str, ways: tuple[str, ...]) -> None:
    for typed in ways:
        assert begin_words(words_of(name), typed_words(typed)), typed
    for typed in ("x", "rien", f"{ways[0]} x"):
        assert not begin_words(words_of(name), typed_words(typed)), typed


def test_in_memory_letters_may_stand_anywhere_in_a_word() -> None:
    searched = Searched.of("Orphée aux Enfers", "Théâtre de l’Odéon", "SPRING-1234")
    for typed in ("orphee", "phee", "enfers theatre", "lodeon", "l'odeon", "odeon", "spring1234", "1234", "", "ORPH"):
        assert searched.fits(typed_words(typed)), typed
    for typed in ("auxenfers", "enferstheatre", "odeonspring", "pring1234", "orphee tosca"):
        assert not searched.fits(typed_words(typed)), typed


@given(ANY_TEXT)
@example("\u1100\u200b\u1161")
@example("\u115f\u1161\u11a8")
def test_folding_never_raises_and_folded_text_stays_as_it_is(text: str) -> None:
    plain = folded(text)
    assert folded(plain) == plain
    assert plain == " ".join(plain.split())


@given(ANY_TEXT)
def test_words_can_be_stored_and_find_their_own_text(text: str) -> None:
    words = words_of(text)
    assert len(words) <= MOST_WORDS
    assert all(0 < len(word) <= LONGEST_WORD and " " not in word and "\0" not in word for word in words)
    assert len(set(words)) == len(words)
    "".join(words).encode()
    typed = typed_words(text)
    assert Searched.of(text).fits(typed) or any(len(word) == LONGEST_WORD for word in typed) or typed
    if len(typed) <= MOST_WORDS // 4:
        assert begin_words(words, typed)


@given(st.lists(ANY_TEXT, max_size=4), ANY_TEXT)
def test_searching_in_memory_never_raises(texts: list[str], typed: str) -> None:
    assert Searched.of(*texts).fits(()) is True
    Searched.of(*texts).fits(typed_words(typed))


def test_every_letter_is_folded_for_good() -> None:
    letters = map(chr, range(0, sys.maxunicode + 1, 7))
    assert [letter for letter in letters if folded(folded(letter)) != folded(letter)] == []
