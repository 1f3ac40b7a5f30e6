from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.currencies import CURRENCIES, exponent
from pos_app.domain.selling.banknotes import banknotes, is_unlikely, round_sums

MOST = 10**13


def test_the_next_round_sums_are_what_notes_can_make() -> None:
    assert round_sums(158_44, "EUR") == (160_00, 200_00)
    assert round_sums(12_00, "EUR") == (15_00, 20_00, 50_00)
    assert round_sums(50_00, "EUR") == (60_00, 100_00)
    assert round_sums(3_200, "JPY") == (4_000, 5_000, 10_000)
    assert round_sums(3_250, "KWD") == (4_000, 5_000, 10_000)
    assert round_sums(250_000_00, "IDR") == (260_000_00, 300_000_00)
    assert round_sums(33_000, "KRW") == (35_000, 40_000, 50_000)


@given(st.integers(1, MOST), st.sampled_from(["EUR", "JPY", "KWD", "HUF", "IDR", "XXX"]))
def test_a_round_sum_is_always_more_than_the_total_and_less_than_a_note_more(total: int, currency: str) -> None:
    sums = round_sums(total, currency)
    assert sums == tuple(sorted(set(sums)))
    assert all(total < each < total + banknotes(currency)[-1] for each in sums)


@pytest.mark.parametrize("currency", sorted(CURRENCIES))
def test_there_are_a_few_notes_of_every_currency_in_whole_units_and_rising(currency: str) -> None:
    notes = banknotes(currency)
    assert 3 <= len(notes) <= 6
    assert list(notes) == sorted(set(notes))
    assert all(note % 10 ** exponent(currency) == 0 for note in notes)


@pytest.mark.parametrize(
    ("given_whole", "total_minor"),
    [
        (100, 12_00),
        (50, 12_00),
        (20, 12_00),
        (12, 12_00),
        (100, 3_50),
        (100, 69_00),
        (200, 69_00),
        (150, 69_00),
        (200, 158_44),
        (300, 158_44),
        (500, 460_00),
        (1000, 999_00),
        (100, 1),
    ],
)
def test_what_people_hand_over_is_not_doubted(given_whole: int, total_minor: int) -> None:
    assert not is_unlikely(given_whole * 100, total_minor, "EUR")


@pytest.mark.parametrize(
    ("given_whole", "total_minor"),
    [(9000, 69_00), (690, 69_00), (6900, 69_00), (120, 12_00), (1200, 12_00), (500, 69_00), (5000, 460_00)],
)
def test_what_was_mistyped_is_doubted(given_whole: int, total_minor: int) -> None:
    assert is_unlikely(given_whole * 100, total_minor, "EUR")


@pytest.mark.parametrize(
    ("given_minor", "total_minor", "currency", "doubted"),
    [
        (10_000, 1_200, "JPY", False),
        (12_000, 1_200, "JPY", True),
        (100_000_00, 35_000_00, "IDR", False),
        (350_000_00, 35_000_00, "IDR", True),
        (50_000, 33_000, "KRW", False),
        (330_000, 33_000, "KRW", True),
        (20_000, 3_250, "KWD", False),
        (32_500, 3_250, "KWD", True),
        (MOST, MOST - 1, "EUR", False),
    ],
)
def test_each_currency_has_its_own_notes(given_minor: int, total_minor: int, currency: str, doubted: bool) -> None:  # noqa: FBT001
    assert is_unlikely(given_minor, total_minor, currency) is doubted


@given(st.integers(1, MOST), st.sampled_from(["EUR", "JPY", "KWD", "IDR"]))
def test_neither_the_exact_amount_nor_a_quick_sum_is_ever_doubted(total: int, currency: str) -> None:
    assert not any(is_unlikely(each, total, currency) for each in (total, *round_sums(total, currency)))
    assert not any(is_unlikely(note, total, currency) for note in banknotes(currency))
