from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pos_app.domain.letters.ends import told_until
from pos_app.domain.letters.kinds import LetterKind

NOW = datetime(2030, 5, 1, 12, tzinfo=UTC)
START = NOW + timedelta(days=3)


def test_a_code_is_worth_a_quarter_of_an_hour() -> None:
    assert told_until(LetterKind.VERIFICATION, NOW, "{}", None) == NOW + timedelta(minutes=15)


def test_a_warning_is_worth_sending_until_the_seats_are_given_back() -> None:
    facts = '{"release_at": "2030-05-02T09:00:00+00:00"}'
    assert told_until(LetterKind.LAPSE_SOON, NOW, facts, START) == datetime(2030, 5, 2, 9, tzinfo=UTC)
    assert told_until(LetterKind.LAPSE_SOON, NOW, "{", START) == START


@pytest.mark.parametrize("kind", [LetterKind.CONFIRMATION, LetterKind.GIFT, LetterKind.MOVED, LetterKind.RESERVATION])
def test_who_comes_is_told_until_it_begins(kind: LetterKind) -> None:
    assert told_until(kind, NOW, "{}", START) == START


@pytest.mark.parametrize("kind", [LetterKind.REFUND, LetterKind.CANCELLED, LetterKind.LAPSED, LetterKind.NOTE])
def test_what_became_of_money_is_told_whenever_it_arrives(kind: LetterKind) -> None:
    assert told_until(kind, NOW, "{}", START) is None
