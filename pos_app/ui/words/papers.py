"""How the papers of tickets are called on the screen."""

from __future__ import annotations

from pos_app.domain.tickets.papers import Paper
from pos_app.ui.words.sentences import spoken


def paper_words() -> dict[str, str]:
    """Return the papers (papers.PAPERS) with their words, in the order in which they are offered."""
    return {paper.value: spoken(paper.facts.name) for paper in Paper}


def short_paper_words() -> dict[str, str]:
    """Return the same in a word or two, for where they stand side by side."""
    return {paper.value: spoken(paper.facts.short_name) for paper in Paper}
