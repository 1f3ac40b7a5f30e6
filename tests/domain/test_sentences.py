"""Sentences are their own English, keep what they were made of, and travel whole."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime

import pytest

from pos_app.domain.sentences import NOTHING, Fact, Moment, Money, Sentence, Span, say, say_count, say_in_turn, say_list


class _Shouting:
    """A language of capitals."""

    def say(self, template: str) -> str:
        return template.replace("is taken", "IS TAKEN").replace("Row", "ROW")

    def say_count(self, one: str, many: str, count: int) -> str:
        return (one if count == 1 else many).replace("left", "LEFT")

    def write(self, fact: Fact) -> str:
        return f"<{fact}>"


def test_a_sentence_is_its_own_english() -> None:
    sentence = say("{place} is taken.", place="Row A, seat 3")
    assert sentence == "Row A, seat 3 is taken."
    assert sentence.template == "{place} is taken."
    assert sentence.facts == {"place": "Row A, seat 3"}
    assert not NOTHING


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 places are left."), (1, "1 place is left."), (1404, "1,404 places are left.")]
)
def test_what_is_counted_takes_the_form_for_so_many(count: int, told: str) -> None:
    assert say_count("{count} place is left.", "{count} places are left.", count) == told


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        (Money(5200, "EUR"), "52.00 EUR"),
        (Money(-50, "JPY"), "-50 JPY"),
        (Moment(datetime(2026, 11, 28, 18, 30, tzinfo=UTC), "Europe/Oslo"), "2026-11-28 19:30"),
        (Moment(datetime(2026, 11, 28, 18, 30), "Europe/Oslo"), "2026-11-28 19:30"),  # noqa: DTZ001 - UTC by convention
        (date(2026, 11, 28), "2026-11-28"),
        (Span(89.6), "90 s"),
        (True, "True"),
        (("A", "B"), "A; B"),
    ],
)
def test_facts_in_english(fact: Fact, written: str) -> None:
    assert say("{what}.", what=fact) == f"{written}."


def test_another_language_says_the_template_and_writes_the_facts() -> None:
    place = say("Row {row}", row="A")
    sentence = say("{place} is taken by {who}.", place=(place, place), who="Ann")
    assert sentence.in_language(_Shouting()) == "ROW <A>; ROW <A> IS TAKEN by <Ann>."
    assert say_count("{count} is left", "{count} are left", 2).in_language(_Shouting()) == "<2> are LEFT"


def test_a_fact_that_is_missing_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        say("{place} is taken by {who}.", place="A")


def test_a_sentence_travels_to_another_process_with_its_facts() -> None:
    sentence = say_count("{count} of {whole}", "{count} of {whole}", 2, whole=Money(500, "EUR"))
    arrived = pickle.loads(pickle.dumps(sentence))  # noqa: S301 - made here
    assert isinstance(arrived, Sentence)
    assert (arrived, arrived.facts, arrived.many) == (sentence, sentence.facts, sentence.many)


def test_names_and_sentences_are_listed_without_words_between_them() -> None:
    row = say("Row {row}", row="A")
    assert say_list("Floor", row) == "Floor; Row A"
    assert say_list("Floor", row).in_language(_Shouting()) == "<Floor>; ROW <A>"
    assert not say_list()


def test_whole_sentences_follow_one_another() -> None:
    both = say_in_turn(say("{place} is taken.", place="A"), "", say("Choose another."))
    assert both == "A is taken. Choose another."
    assert both.in_language(_Shouting()) == "<A> IS TAKEN. Choose another."
    assert not say_in_turn()
