"""What is copied out of a label is what it was told, without the marks by which it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from pos_app.ui.widgets.copied_label import CopiedLabel
from pos_app.ui.widgets.labels import breakable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAME = "Wolfeschlegelsteinhausenbergerdorff"


@pytest.fixture
def label(qtbot: QtBot) -> CopiedLabel:
    label = CopiedLabel()
    qtbot.addWidget(label)
    label.setText(breakable(NAME))
    assert label.text() != NAME, "it can be broken"
    label.resize(160, 80)
    label.show()
    QGuiApplication.clipboard().setText("before")
    return label


def test_a_long_name_is_copied_by_the_keys_as_it_was_typed(label: CopiedLabel) -> None:
    label.setFocus()
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before", "nothing is chosen"
    label.setSelection(0, len(label.text()))
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == NAME


def test_the_menu_chooses_all_of_it_and_copies_it(label: CopiedLabel) -> None:
    copy, every = label.menu().actions()
    assert not copy.isEnabled()
    every.trigger()
    copy, _ = label.menu().actions()
    copy.trigger()
    assert QGuiApplication.clipboard().text() == NAME
