"""What is stored of a letter is read again, and what is damaged spoils nothing."""

from __future__ import annotations

import pytest

from pos_app.domain.letters.listing import (
    LONGEST_FAILURE,
    Failure,
    SentFile,
    read_failure,
    read_files,
    read_stopper,
    told_stopped,
)
from pos_app.domain.letters.sending import Trouble


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("", None),
        ('{"trouble":"relay","answer":"550 no"}', Failure(Trouble.RELAY, "550 no")),
        ('{"trouble":"of another version","answer":"550"}', Failure(None, "550")),
        ("bare words", Failure(None, "bare words")),
        ("[1]", Failure(None, "[1]")),
        ("{}", None),
    ],
)
def test_why_it_failed(stored: str, told: Failure | None) -> None:
    assert read_failure(stored) == told


def test_who_stopped_it_is_told_and_of_one_that_waited_no_trouble_any_more() -> None:
    stored = '{"trouble":"relay","answer":"550 no"}'
    assert read_stopper(stored) is read_stopper("") is read_stopper("bare words") is None
    waited = told_stopped(stored, 7, failed=False)
    assert (read_failure(waited), read_stopper(waited)) == (None, 7)
    failed = told_stopped(stored, 7, failed=True)
    assert (read_failure(failed), read_stopper(failed)) == (Failure(Trouble.RELAY, "550 no"), 7)


@pytest.mark.parametrize("stored", ["bare words", '{"answer":"' + "x" * (LONGEST_FAILURE - 14) + '"}'])
def test_what_leaves_no_room_for_who_stopped_it_stays_as_it_is(stored: str) -> None:
    assert told_stopped(stored, 7, failed=True) == stored


def test_what_went_with_it() -> None:
    stored = '[{"name":"tickets.pdf","type":"application/pdf","bytes":12,"sha256":"ab"},{"type":"x"},3]'
    assert read_files(stored) == (SentFile("tickets.pdf", "application/pdf", 12, "ab"),)
    assert read_files(None) == read_files("{") == read_files("{}") == ()
