from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM search_word WHERE kind='guest' AND word='anna' AND id=:o",
        "UPDATE search_word SET word='hanna' WHERE kind='guest' AND word='anna' AND id=:o",
        "UPDATE search_word SET performance_id=:g WHERE kind='guest' AND id=:o",
        "UPDATE orders SET customer_name='Anna Gast' WHERE id=:o",
        "INSERT INTO search_word (kind, word, performance_id, id) VALUES ('guest', 'zoe', :p, :o)",
    ],
)
def test_a_guest_found_by_words_of_another_name_is_named(evening: Evening, statement: str) -> None:
    evening.change(statement, o=evening.sale.order_id, g=evening.small.gala_id, p=evening.small.performance_id)
    (finding,) = evening.judge()
    assert finding.rule == Rule.SEARCH_WORDS
    assert evening.sale.number in finding.subject


def test_words_of_an_order_that_is_not_there_are_named(evening: Evening) -> None:
    evening.change("INSERT INTO search_word (kind, word, performance_id, id) VALUES ('guest', 'zoe', 1, 987654)")
    (finding,) = evening.judge()
    assert finding.rule == Rule.SEARCH_WORDS
    assert "987654" in finding.subject


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM search_word WHERE kind='performance' AND word='cherry' AND id=:p",
        "INSERT INTO search_word (kind, word, performance_id, id) VALUES ('performance', 'tosca', :p, :p)",
    ],
)
def test_a_performance_found_by_words_of_another_title_is_named(evening: Evening, statement: str) -> None:
    evening.change(statement, p=evening.small.performance_id)
    (finding,) = evening.judge()
    assert finding.rule == Rule.SEARCH_WORDS
    assert f"performance {evening.small.performance_id}" in finding.subject
