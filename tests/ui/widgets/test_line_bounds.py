"""What is pasted or dropped into a field is measured before it is laid out, and what is too much is said."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QToolTip, QVBoxLayout, QWidget

import pos_app.ui
from pos_app.ui.records.fields.date_edit import DateEdit
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from pytestqt.qtbot import QtBot

    Show: TypeAlias = Callable[[QWidget], None]

pytestmark = [
    pytest.mark.usefixtures("themed"),
    pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", extend=True),
]
HUGE = {
    "no space": "A" * 1_000_000,
    "words": "word " * 200_000,
    "marks": "e" + "\u0301" * 300_000,
    "emoji": "\N{BOMB}" * 300_000,
    "ligatures": "\ufdfa" * 300_000,
    "lines": "\n" * 1_000_000,
    "directions": "\u202e\u2067" * 300_000,
}


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    windows: list[QMainWindow] = []

    def show(widget: QWidget) -> None:
        window = QMainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        middle = QWidget()
        QVBoxLayout(middle).addWidget(widget)
        window.setCentralWidget(middle)
        window.resize(700, 700)
        with qtbot.waitExposed(window):
            window.show()
        widget.setFocus()

    return show


def area(show: Show, text: str = "what was there") -> TextAreaField:
    field = TextAreaField(longest=10_000)
    field.show_value(text)
    show(field)
    return field


def paste(field: TextAreaField | TextField | QLineEdit, text: str) -> float:
    """Paste as a person does; returns the seconds for which the window stood still."""
    QGuiApplication.clipboard().setText(text)
    began = time.process_time()
    target = field.area if isinstance(field, TextAreaField) else field.line if isinstance(field, TextField) else field
    QTest.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    return time.process_time() - began


@pytest.mark.parametrize("kind", HUGE)
def test_a_huge_paste_changes_nothing_of_a_description_and_says_so(show: Show, kind: str) -> None:
    field = area(show)
    field.area.selectAll()
    edits: list[None] = []
    field.edited.connect(lambda: edits.append(None))
    assert paste(field, HUGE[kind]) < 2
    assert field.value() == "what was there"
    assert field.area.textCursor().selectedText() == "what was there"
    assert not edits
    assert field.told.isVisible()
    assert f"{len(HUGE[kind]):,} characters; this field takes 10,000. Nothing was pasted." in field.told.text()
    paste(field, "something short")
    assert field.value() == "something short"
    assert not field.told.isVisible()


@pytest.mark.parametrize("kind", HUGE)
def test_a_huge_paste_into_a_line_is_cut_and_refused_with_its_length(show: Show, kind: str) -> None:
    field = TextField(longest=200)
    show(field)
    assert paste(field, HUGE[kind]) < 2
    assert len(field.line.text()) <= 10_000
    if field.line.text().strip():
        assert "too long" in field.overlong()


def test_what_is_dropped_is_measured_too(show: Show) -> None:
    field = area(show)
    mime = QMimeData()
    mime.setText("A" * 1_000_000)
    field.area.insertFromMimeData(mime)  # what Qt calls for a paste and for a drop
    assert field.value() == "what was there"
    assert "Nothing was pasted" in field.told.text()


def test_so_is_what_an_input_method_writes_and_many_pastes_that_fit(show: Show) -> None:
    field = area(show, "")
    event = QInputMethodEvent()
    event.setCommitString("A" * 100_000)
    QApplication.sendEvent(field.area, event)
    assert field.value() == ""
    for _ in range(10):
        paste(field, "a" * 4000)
    assert len(field.area.toPlainText()) == 20_000
    assert "too long: 20,000 characters, of at most 10,000" in field.overlong()


def test_a_stored_text_that_is_far_too_long_is_kept_whole_until_somebody_writes(show: Show) -> None:
    stored = "A" * 300_000
    began = time.process_time()
    field = area(show, stored)
    QApplication.processEvents()
    assert time.process_time() - began < 2
    assert (field.value(), field.typed()) == (stored, stored)
    assert "stays as it is unless you write" in field.told.text()
    assert field.overlong() == ""
    QTest.keyClicks(field.area, "B")
    assert field.area.toPlainText() == "B" + "A" * 10_000
    assert not field.told.isVisible()


def test_a_stored_line_is_never_cut(show: Show) -> None:
    field = TextField(longest=200)
    show(field)
    field.show_value("\N{BOMB}" * 15_000)
    assert field.typed() == "\N{BOMB}" * 15_000


def test_a_line_that_is_full_says_so_beside_it(show: Show) -> None:
    field = SearchField("Search")
    show(field)
    paste(field, "a" * 1_000_000)
    assert len(field.text()) == 200
    assert QToolTip.text() == "This field takes 200 characters. What is more was left out."


def test_a_date_takes_no_paste_of_a_million_letters(show: Show) -> None:
    field = DateEdit()
    show(field)
    before = field.date()
    assert paste(field.lineEdit(), "2" * 1_000_000) < 2
    assert field.date() == before


def test_every_line_of_the_window_is_bounded() -> None:
    """Qt itself lets 32,767 characters into each: a new line is bounded where it is made."""
    unbounded = []
    for module in Path(pos_app.ui.__file__).parent.rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        made = len(re.findall(r"= QLineEdit\(", text)) + len(re.findall(r"class \w+\(QLineEdit\)", text))
        if made > len(re.findall(r"\bbound_line\(", text)) or "QTextEdit(" in text:
            unbounded.append(module.name)
    assert unbounded == []
