from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from pos_app.domain.season.performances import PlaceCount
from pos_app.ui.screens.admin.events.performances.place_counts import PlaceCounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@dataclass
class Asked:
    """Counts places when the test says so."""

    questions: list[tuple[int, ...]] = field(default_factory=list)
    waiting: list[tuple[Callable[[Any], object], Callable[[Exception], object]]] = field(default_factory=list)

    def count(self, ids: tuple[int, ...]) -> Asked:
        self.questions.append(ids)
        return self

    def then(self, on_done: Callable[[Any], object], on_error: Callable[[Exception], object], /) -> object:
        self.waiting.append((on_done, on_error))
        return self

    def answer(self, sold: int = 0) -> None:
        self.waiting.pop()[0]([PlaceCount(one, 10, sold, 0, 0) for one in self.questions[-1]])


def test_only_what_is_looked_at_is_counted_a_few_at_once_the_last_first(qtbot: QtBot) -> None:
    asked = Asked()
    owner = QObject()
    counts = PlaceCounts(asked.count, owner)
    assert [counts.get(one) for one in range(20)] == [None] * 20
    qtbot.waitUntil(lambda: len(asked.questions) == 1)
    assert asked.questions == [tuple(range(19, 11, -1))]
    assert counts.get(19) is None
    ends: list[bool] = []
    counts.counted.connect(ends.append)
    asked.answer()
    assert counts.get(19) == PlaceCount(19, 10, 0, 0, 0)
    for _round in range(2):
        qtbot.waitUntil(lambda: bool(asked.waiting))
        asked.answer()
    assert ends == [False, False, True]
    assert sorted(one for question in asked.questions for one in question) == list(range(20))


def test_an_old_count_is_shown_until_the_new_one_is_there(qtbot: QtBot) -> None:
    asked = Asked()
    owner = QObject()
    counts = PlaceCounts(asked.count, owner)
    counts.put(PlaceCount(1, 10, 1, 0, 0))
    counts.put(PlaceCount(2, 10, 1, 0, 0))
    counts.grow_old()
    shown = counts.get(1)
    assert shown is not None
    assert shown.sold == 1
    qtbot.waitUntil(lambda: bool(asked.waiting))
    asked.answer(sold=2)
    shown = counts.get(1)
    assert shown is not None
    assert shown.sold == 2
    assert asked.questions == [(1,)]


def test_what_was_asked_before_a_look_anew_is_asked_once_more(qtbot: QtBot) -> None:
    asked = Asked()
    owner = QObject()
    counts = PlaceCounts(asked.count, owner)
    counts.get(1)
    qtbot.waitUntil(lambda: bool(asked.waiting))
    counts.grow_old()
    asked.answer(sold=1)
    shown = counts.get(1)
    assert shown is not None
    assert shown.sold == 1
    qtbot.waitUntil(lambda: bool(asked.waiting))
    asked.answer(sold=2)
    shown = counts.get(1)
    assert shown is not None
    assert shown.sold == 2
    assert asked.questions == [(1,), (1,)]


def test_who_looks_again_asks_again_after_a_silence(qtbot: QtBot) -> None:
    asked = Asked()
    owner = QObject()
    counts = PlaceCounts(asked.count, owner)
    counts.get(1)
    qtbot.waitUntil(lambda: bool(asked.waiting))
    asked.waiting.pop()[1](OSError("gone"))
    counts.get(1)
    qtbot.waitUntil(lambda: len(asked.questions) == 2)
