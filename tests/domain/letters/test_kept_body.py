"""What a letter said is read as it went out, from rows of every version, and what is damaged spoils nothing."""

from __future__ import annotations

import base64
import json
import random
import zlib

import pytest

from pos_app.domain.letters.kept_body import LONGEST_PACKED, keep_body, read_body


@pytest.mark.parametrize("text", ["Good evening, Łucja", "", '{"text": "typed by somebody"}', "{", "[1]"])
@pytest.mark.parametrize("html", ["", "<p>Good evening, <bdi>ليلى</bdi></p>" * 500])
def test_what_is_kept_is_what_went_out(text: str, html: str) -> None:
    assert read_body(keep_body(text, html)) == (text, html)


def test_a_letter_is_kept_in_a_fraction_of_its_length() -> None:
    html = "".join(f"<tr><td>Row {row}</td><td>€48.00</td></tr>" for row in range(2_000))
    assert len(keep_body("short", html)) < len(html) / 4


def test_html_that_is_long_even_when_packed_is_left_out() -> None:
    noise = "".join(random.Random(4).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=2 * LONGEST_PACKED))
    assert read_body(keep_body("the text", noise)) == ("the text", "")
    assert keep_body("the text", noise) == "the text"


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        (None, ("", "")),
        ("Hello {name}", ("Hello {name}", "")),
        ('{"text":"Hello","html":"<p>Hello</p>"}', ("Hello", "<p>Hello</p>")),
        ('{"other":1}', ('{"other":1}', "")),
        ('{"text":"Hello","packed":"not base64"}', ("Hello", "")),
        ('{"text":"Hello","packed":7}', ("Hello", "")),
        ('{"text":"Hello","packed":"aGVsbG8="}', ("Hello", "")),
    ],
)
def test_rows_of_before_are_read_and_damaged_ones_too(stored: str | None, read: tuple[str, str]) -> None:
    assert read_body(stored) == read


def test_what_would_fill_the_memory_is_not_unpacked() -> None:
    bomb = base64.b64encode(zlib.compress(b"x" * 50_000_000, 9)).decode()
    assert read_body(json.dumps({"text": "Hello", "packed": bomb})) == ("Hello", "")
