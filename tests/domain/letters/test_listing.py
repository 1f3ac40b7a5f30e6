"""What is stored of a letter is read again, and what is damaged spoils nothing."""

from __future__ import annotations

import pytest

from pos_app.domain.letters.listing import Failure, SentFile, read_failure, read_files
from pos_app.domain.letters.sending import Trouble


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("", None),
        ('{"trouble":"relay","answer":"550 no"}', Failure(Trouble.RELAY, "550 no")),
        ('{"trouble":"of another version","answer":"550"}', Failure(None, "550")),
        ("bare words", Failure(None, "bare words")),
        ("[1]", Failure(None, "[1]")),
    ],
)
def test_why_it_failed(stored: str, told: Failure | None) -> None:
    assert read_failure(stored) == told


def test_what_went_with_it() -> None:
    stored = '[{"name":"tickets.pdf","type":"application/pdf","bytes":12,"sha256":"ab"},{"type":"x"},3]'
    assert read_files(stored) == (SentFile("tickets.pdf", "application/pdf", 12, "ab"),)
    assert read_files(None) == read_files("{") == read_files("{}") == ()
