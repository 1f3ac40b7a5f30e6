"""How a performance is painted in the list: its title in two lines where one is too few, and why it cannot be sold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage

from pos_app.demo.season import SEASON
from pos_app.ui.look.theme import LIGHT, ui_font
from pos_app.ui.screens.selling.performances.leaves import _title_font, title_lines, when_and_where
from pos_app.ui.screens.selling.performances.list import PerformanceList
from tests.ui.screens.selling.performances.test_list import TONIGHT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.domain.season.offers import PerformanceSummary

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
NARROW, WIDE = 120, 190
"""Pixels for the words in windows 1280 and 1920 pixels wide."""


@pytest.fixture
def listed(qtbot: QtBot, themed: QApplication) -> PerformanceList:
    made = PerformanceList()
    qtbot.addWidget(made)
    made.resize(212, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def colors_of(listed: PerformanceList, one: PerformanceSummary) -> set[str]:
    """Return the colours in which a performance is painted, alone in the list."""
    listed.show_performances((one,))
    rect = listed.view.visualRect(listed.model.index(0))
    picture = listed.view.viewport().grab(rect).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def color(role: str) -> str:
    return QColor(LIGHT[role]).name()


@pytest.mark.parametrize("title", sorted({one.title for one in SEASON}))
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_titles_of_the_demo_are_read_whole(themed: QApplication, title: str, width: int) -> None:
    lines = title_lines(title, width)
    assert " ".join(lines) == title
    metrics = QFontMetricsF(_title_font(width))
    assert all(metrics.horizontalAdvance(line) <= width for line in lines)


@pytest.mark.parametrize(
    "title",
    [
        "The Tragical History of the Life and Death of Doctor Faustus",
        "Donaudampfschifffahrtsgesellschaftskapitänsmütze",
        "🎭" * 40,
        "歌劇「カルメン」全四幕日本語字幕付き原語上演特別公演",
    ],
)
def test_a_title_for_which_two_lines_are_too_few_is_told_in_the_tool_tip(listed: PerformanceList, title: str) -> None:
    first, second = title_lines(title, NARROW)
    assert title.startswith(first)
    assert second.endswith("…")
    metrics = QFontMetricsF(_title_font(NARROW))
    assert all(metrics.horizontalAdvance(line) <= NARROW for line in (first, second))
    listed.show_performances((replace(TONIGHT, title=title),))
    assert listed.model.index(0).data(Qt.ItemDataRole.ToolTipRole).splitlines()[0] == title


def test_a_title_of_two_lines_has_a_row_of_its_own_height(listed: PerformanceList) -> None:
    long = replace(TONIGHT, performance_id=2, title="City Philharmonic: Brahms")
    listed.show_performances((TONIGHT, long))
    first, second = (listed.view.visualRect(listed.model.index(row)) for row in (0, 1))
    assert second.height() == first.height() + 18
    assert min(first.height(), second.height()) >= 44
    listed.resize(340, 600)
    heights = [listed.view.visualRect(listed.model.index(row)).height() for row in (0, 1)]
    assert heights[0] == heights[1] == first.height()


@pytest.mark.parametrize("venue", ["Studio", "Main House", "Großer Saal der Philharmonie"])
@pytest.mark.parametrize("width", [80, NARROW, WIDE])
def test_day_and_time_are_never_cut(themed: QApplication, venue: str, width: int) -> None:
    words = when_and_where(replace(TONIGHT, venue=venue), width)
    assert words.startswith("Sat 19:30")
    assert words in {"Sat 19:30", f"Sat 19:30 · {venue}"} or len(words.removesuffix("…")) >= 14
    assert QFontMetricsF(ui_font(13)).horizontalAdvance(words) <= width + 1


def test_a_cancelled_performance_is_grey_struck_and_says_so_without_a_bar(listed: PerformanceList) -> None:
    sold = colors_of(listed, TONIGHT)
    assert {color("ok"), color("text")} <= sold
    assert color("danger") not in sold
    cancelled = colors_of(listed, replace(TONIGHT, cancelled=True, on_sale=False))
    assert color("danger") in cancelled
    assert not {color("ok"), color("warn"), color("text"), color("line")} & cancelled
    assert listed.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Cancelled")


def test_a_performance_without_prices_has_no_bar_and_few_seats_a_warning(listed: PerformanceList) -> None:
    assert color("line") not in colors_of(listed, replace(TONIGHT, priced=False))
    assert color("warn") in colors_of(listed, replace(TONIGHT, free=12))
    assert color("ok") not in colors_of(listed, replace(TONIGHT, free=0))


def test_what_is_not_counted_yet_has_no_bar(listed: PerformanceList) -> None:
    assert color("ok") in colors_of(listed, TONIGHT)
    assert color("line") in colors_of(listed, replace(TONIGHT, free=0))
    assert not {color("ok"), color("warn"), color("line")} & colors_of(
        listed, replace(TONIGHT, capacity=0, free=0, counted=False)
    )
