"""How the papers of tickets are called on the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.domain.tickets.papers import Paper


def paper_words() -> dict[str, str]:
    """Return the papers (papers.PAPERS) with their words, in the order in which they are offered."""
    return {paper.value: _tr(paper.facts.name) for paper in Paper}


def short_paper_words() -> dict[str, str]:
    """Return the same in a word or two, for where they stand side by side."""
    return {paper.value: _tr(paper.facts.short_name) for paper in Paper}


def _tr(words: str) -> str:
    return QCoreApplication.translate("Papers", words)
