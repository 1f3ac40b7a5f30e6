from __future__ import annotations

import json
import math

import pytest

from pos_app.domain.bounded_json import JsonBounds, JsonRefused, read_bounded_json

BOUNDS = JsonBounds(most_bytes=1024 * 1024, most_holders=1000, most_values=5000, longest_text=1000)


@pytest.mark.parametrize(
    "value",
    [
        [1, 2.5, -3, "a", None, True],
        {"a": {"b": [{"c": "d" * 200}]}},
        ["[[[{{{"] * 50,
        ['"' * 100] * 3,
        ["\\" * 100, "a" * 100],
        [10**399],
        {"ключ": "🎭"},
    ],
)
def test_what_is_within_bounds_is_read_as_it_is(value: object) -> None:
    for text in (json.dumps(value), json.dumps(value, indent=1, ensure_ascii=False)):
        assert read_bounded_json(text.encode("utf-8-sig"), BOUNDS).value == value


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b" " * 2_000_000, "larger than 1 MB"),
        (b"[" * 900, "nested more than 100 deep"),
        (b'{"a":' * 900, "nested more than 100 deep"),
        (b"[" + b"{}," * 2000 + b"{}]", "2,002 lists and objects"),
        (b"[" + b"1," * 6000 + b"1]", "6,001 values"),
        (b'["' + b"a" * 2500 + b'"]', "longer than 1,000 letters"),
        (b'["' + b'\\"' * 2500 + b'"]', "longer than 1,000 letters"),
        (b'["' + b'\\\\\\"' * 2500 + b'"]', "longer than 1,000 letters"),
        (b"[" + b" " * 2500 + b"]", "longer than 1,000 letters"),
        (b'["a",' + b"9" * 500 + b"]", "500 digits"),
        (b'["a", 0.' + b"1" * 500 + b"]", "502 digits"),
        (b"\xff\xfe", "no JSON"),
        (b"{", "no JSON"),
        (b"", "no JSON"),
        (b'{"a" 1}', "no JSON"),
    ],
    ids=range(15),
)
def test_what_is_not_is_refused_in_a_sentence(content: bytes, told: str) -> None:
    with pytest.raises(JsonRefused, match=told):
        read_bounded_json(content, BOUNDS)


def test_names_that_stand_twice_are_told() -> None:
    found = read_bounded_json(b'{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}', BOUNDS)
    assert found.value == {"a": 3, "b": {"c": 2}}
    assert found.doubled == ("c", "a")
    many = b"{" + b",".join(b'"k%d": 1, "k%d": 2' % (number, number) for number in range(100)) + b"}"
    assert 0 < len(read_bounded_json(many, BOUNDS).doubled) <= 20


def test_brackets_in_texts_are_no_depth() -> None:
    assert read_bounded_json(json.dumps(["row [" for _ in range(300)]).encode(), BOUNDS).value[299] == "row ["


def test_what_is_no_number_is_left_to_who_takes_it() -> None:
    nan, far = read_bounded_json(b"[NaN, -Infinity]", BOUNDS).value
    assert math.isnan(nan)
    assert far == -math.inf
    assert read_bounded_json(b'["\\ud800"]', BOUNDS).value == ["\ud800"]
