from __future__ import annotations

import pytest

from pos_app.domain.errors import InvalidInput
from pos_app.domain.selling.gifts import LONGEST_WORDS, Gift, GiftReason, is_gift


def test_only_what_is_kept_as_complimentary_and_costs_nothing_is_a_gift() -> None:
    assert is_gift(complimentary=True, price_minor=0)
    assert not is_gift(complimentary=False, price_minor=0)
    assert not is_gift(complimentary=True, price_minor=500)


@pytest.mark.parametrize("words", ["", "  ", "\x00\ud800"])
def test_a_gift_without_words_has_no_reason(words: str) -> None:
    with pytest.raises(InvalidInput, match="need a reason") as refusal:
        Gift(GiftReason.OTHER, words).cleaned_words()
    assert refusal.value.field == "reason"


def test_the_words_are_kept_in_one_line() -> None:
    assert Gift(GiftReason.PRESS, " Daily\nNews ").cleaned_words() == "Daily News"
    assert len(Gift(GiftReason.OTHER, "x" * 900).cleaned_words()) == LONGEST_WORDS
