from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from pos_app.domain.seats import Place
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.ui.widgets.performance_line import PerformanceLine, PerformanceLines

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def _evening(performance_id: int, title: str = "Play") -> PerformanceSeats:
    at = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)
    return PerformanceSeats(performance_id, title, at, "UTC", (Place("Stalls", "C", "18"), Place("Stalls", "C", "19")))


def test_each_evening_is_told_with_its_places_and_the_one_elsewhere_in_words(
    qtbot: QtBot, themed: QApplication
) -> None:
    lines = PerformanceLines()
    qtbot.addWidget(lines)
    lines.show_seats((_evening(7), _evening(8, "Gala")), on_map=7)
    assert lines.words.splitlines() == [
        "Play \u00b7 Sat 28 Nov, 19:30",
        "Stalls, row C, seats 18\u201319",
        "Gala \u00b7 Sat 28 Nov, 19:30",
        "Not the one on the map \u00b7 Stalls, row C, seats 18\u201319",
    ]
    lines.show_seats((_evening(8),))
    assert "map" not in lines.words
    lines.show_seats(())
    assert lines.words == ""
    assert lines.isHidden()


def test_of_many_evenings_the_rest_is_counted_and_told_where_the_pointer_rests(
    qtbot: QtBot, themed: QApplication
) -> None:
    lines = PerformanceLines()
    qtbot.addWidget(lines)
    lines.show_seats(tuple(_evening(number, f"Play {number}") for number in range(1, 6)))
    assert "Play 3" in lines.words
    rest = next(label for label in lines.findChildren(QLabel) if label.text() == "and 2 more")
    assert "Play 4" in rest.toolTip()
    assert "Play 5" in rest.toolTip()


def test_a_long_title_gives_way_to_day_and_time(qtbot: QtBot, themed: QApplication) -> None:
    line = PerformanceLine(_evening(7, "A very long title of a play that nobody can remember at the window"))
    qtbot.addWidget(line)
    line.resize(330, 40)
    line.show()
    shown = [label.text() for label in line.findChildren(QLabel)]
    assert "Sat 28 Nov, 19:30" in shown
    assert any(text.startswith("A very long title") and text.endswith("\u2026") for text in shown)
    assert "nobody can remember" in line.toolTip()
