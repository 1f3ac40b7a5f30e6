"""Text of any script as outlines for a PDF, set by Qt's text engine.

reportlab neither joins Arabic letters nor orders right-to-left lines, knows no substitute fonts, and leaves what a
font lacks silently blank. Qt does all of that; what it sets is taken from it glyph by glyph as curves. A character
that no font has becomes a box.

Works on any thread. Qt needs a QGuiApplication for its fonts: the one of the program is used where there is one;
where there is none (a command without a window) `text_engine()` makes one without a screen and takes it away again.
"""

from __future__ import annotations

import threading
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPainterPath,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from pos_app.assets import asset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QGlyphRun, QRawFont, QTextLine

UNITS: Final = 1000
"""Units of an em in OutlinedText.operators."""

_BUNDLED: Final = {"Inter": "Inter", "Noto Sans Arabic": "NotoSansArabic", "Noto Sans Hebrew": "NotoSansHebrew"}
"""Family names and how the names of their files begin."""

_BLANKS: Final = (
    " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{EN SPACE}\N{EM SPACE}\N{THIN SPACE}\N{IDEOGRAPHIC SPACE}"
)
_BOX_ADVANCE: Final = 600.0
_KEPT: Final = 2048


class _Engine:
    """What this module shares between threads; only touched under the lock."""

    lock = threading.RLock()
    users = 0
    own: QGuiApplication | None = None
    families: frozenset[str] = frozenset()
    """The font families that Qt knows, read once for each QGuiApplication; empty before."""


@dataclass(frozen=True, slots=True)
class OutlinedText:
    """A line of text as curves.

    width: how far the next letter would stand, in em. left, right, top, bottom: the box of the ink, in em from the
    left end of the baseline, upwards.
    operators: path operators of PDF, UNITS an em, y upwards, the origin at the left end of the baseline; to be filled
    by the non-zero rule.
    """

    width: float
    left: float
    right: float
    top: float
    bottom: float
    operators: str


@contextmanager
def text_engine() -> Iterator[None]:
    """Keep Qt's text engine once it was needed: put it around the setting of many lines. It can be nested.

    Costs nothing until a line needs it. Where the program has no QGuiApplication, one without a screen is made then;
    it goes at the end of the outermost `with`, so that nothing stands in the way of a window made later.
    Without a window do that on the main thread: elsewhere it works too, but Qt warns on stderr.
    """
    with _Engine.lock:
        _Engine.users += 1
        try:
            yield
        finally:
            _Engine.users -= 1
            if _Engine.own is not None and not _Engine.users:
                _Engine.families = frozenset()
                _Engine.own.shutdown()
                _Engine.own = None


def load_bundled_fonts() -> None:
    """Give Qt the fonts of resources/ that the machine lacks.

    A program with a window does well to call it once at its start, on the GUI thread: loaded later by another thread
    they make Qt tell all windows that fonts have changed.
    """
    known = set(QFontDatabase.families())
    for family, stem in _BUNDLED.items():
        if family not in known:
            for file in sorted(asset("fonts").glob(f"{stem}_*.ttf")):
                QFontDatabase.addApplicationFont(str(file))


@lru_cache(maxsize=_KEPT)
def measure_text(text: str, weight: int) -> float:
    """Return the width of a line in em; weight as in fonts, 400 regular to 700 bold."""
    with text_engine():
        _start_engine()
        _, line = _lay_out(text, weight)
        return line.naturalTextWidth() / UNITS


@lru_cache(maxsize=_KEPT)
def outline_text(text: str, weight: int) -> OutlinedText:
    """Return a line as outlines; its direction follows its first strong letter."""
    with text_engine():
        _start_engine()
        layout, line = _lay_out(text, weight)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for run in sorted(layout.glyphRuns(), key=_leftmost):  # Qt gives them in no fixed order
            _add_run(path, run, baseline=line.y() + line.ascent())
        ink = path.boundingRect()
        return OutlinedText(
            width=line.naturalTextWidth() / UNITS,
            left=ink.left() / UNITS,
            right=ink.right() / UNITS,
            top=-ink.top() / UNITS,
            bottom=-ink.bottom() / UNITS,
            operators=_operators(path),
        )


def _lay_out(text: str, weight: int) -> tuple[QTextLayout, QTextLine]:
    layout = QTextLayout(text, _font(weight))
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    layout.setFormats(_script_formats(text, weight))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e7)
    layout.endLayout()
    return layout, line


def _font(weight: int, *first: str) -> QFont:
    font = QFont()
    font.setFamilies([*first, *_BUNDLED])
    font.setPixelSize(UNITS)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _script_formats(text: str, weight: int) -> list[QTextLayout.FormatRange]:
    """Ask for the Noto font of a script by name: Qt warns when it has to try others that cannot shape the script."""
    ranges: list[QTextLayout.FormatRange] = []
    position = 0
    family = ""
    for letter in text:
        width = 2 if ord(letter) > 0xFFFF else 1
        wanted = _family_of(letter, family)
        if wanted and wanted == family:
            ranges[-1].length += width
        elif wanted:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = position, width, QTextCharFormat()
            part.format.setFont(_font(weight, wanted))
            ranges.append(part)
        family = wanted
        position += width
    return ranges


def _family_of(letter: str, before: str) -> str:
    if letter in "0123456789":
        return ""  # as all other numbers on the page
    if unicodedata.category(letter)[0] not in "LM" or unicodedata.category(letter) == "Mn":
        return before
    if letter < "\N{HEBREW ACCENT ETNAHTA}":
        return ""
    family = f"Noto Sans {unicodedata.name(letter, '').split(' ')[0].title()}"
    return family if family in _Engine.families else ""


def _add_run(path: QPainterPath, run: QGlyphRun, *, baseline: float) -> None:
    font = run.rawFont()
    blanks = set(font.glyphIndexesForString(_BLANKS))
    for glyph, at in zip(run.glyphIndexes(), run.positions(), strict=True):
        outline = font.pathForGlyph(glyph) if glyph else QPainterPath()
        if outline.isEmpty() and glyph not in blanks - {0}:
            outline = _box(font, glyph)
        path.addPath(outline.translated(at.x(), at.y() - baseline))


def _leftmost(run: QGlyphRun) -> float:
    return min((at.x() for at in run.positions()), default=0.0)


def _box(font: QRawFont, glyph: int) -> QPainterPath:
    """The sign for a character that no font has, or only as a coloured picture; none for marks without a width."""
    advances = font.advancesForGlyphIndexes([glyph])
    advance = advances[0].x() if advances else 0.0
    box = QPainterPath()
    if glyph and not advance:
        return box
    left, right, line = 60.0, min(max(advance, 0.5 * _BOX_ADVANCE), UNITS) - 60, 55.0
    outside = (QPointF(left, 0), QPointF(left, -720), QPointF(right, -720), QPointF(right, 0))
    inside = (
        QPointF(left + line, -line),
        QPointF(right - line, -line),
        QPointF(right - line, line - 720),
        QPointF(left + line, line - 720),
    )
    box.addPolygon(outside)
    box.closeSubpath()
    box.addPolygon(inside)  # the other way round, so that the non-zero rule leaves it open
    box.closeSubpath()
    return box


def _operators(path: QPainterPath) -> str:
    parts: list[str] = []
    index, count = 0, path.elementCount()
    kinds = QPainterPath.ElementType
    while index < count:
        element = path.elementAt(index)
        end = f"{element.x:.0f} {-element.y:.0f}"
        if element.type == kinds.MoveToElement:
            parts.append(f"{end} m")
        elif element.type == kinds.LineToElement:
            parts.append(f"{end} l")
        else:
            second, third = path.elementAt(index + 1), path.elementAt(index + 2)
            parts.append(f"{end} {second.x:.0f} {-second.y:.0f} {third.x:.0f} {-third.y:.0f} c")
            index += 2
        index += 1
    return "\n".join(parts)


def _start_engine() -> None:
    """Make sure that Qt can set text. Raises RuntimeError beside a bare QCoreApplication: Qt allows no second one."""
    existing = QCoreApplication.instance()
    if existing is None:
        _Engine.own = QGuiApplication(["foyer", "-platform", "offscreen"])
    elif not isinstance(existing, QGuiApplication):
        raise RuntimeError("Text of other scripts needs a QGuiApplication, but a QCoreApplication runs")
    if not _Engine.families:
        load_bundled_fonts()
        _Engine.families = frozenset(QFontDatabase.families())
