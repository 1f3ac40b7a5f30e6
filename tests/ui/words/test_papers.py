"""Each paper has its words, long and short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.tickets.papers import PAPERS, Paper
from pos_app.ui.words.papers import paper_words, short_paper_words

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("words", [paper_words, short_paper_words])
def test_every_paper_has_a_name_of_its_own_in_the_order_of_the_settings(words: Callable[[], dict[str, str]]) -> None:
    said = words()
    assert tuple(said) == PAPERS
    assert all(said.values())
    assert len(set(said.values())) == len(Paper)


@pytest.mark.parametrize("paper", list(Paper))
def test_a_page_of_every_paper_takes_a_ticket(paper: Paper) -> None:
    assert paper.facts.on_a_page >= 1
