"""Rows and columns are filled as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.ui.widgets.boxes import Gap, column, row

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_row_holds_its_items_in_their_order_and_no_margins(qtbot: QtBot) -> None:
    page, one, two, below = QWidget(), QLabel("one"), QLabel("two"), QLabel("below")
    qtbot.addWidget(page)
    inner = row((one, 1), 2, (two, 0, Qt.AlignmentFlag.AlignTop), spacing=7)
    outer = column(inner, (below, 3), inside=page, margins=(1, 2, 3, 4))
    page.resize(300, 200)
    assert outer.activate()
    assert page.layout() is outer
    assert outer.contentsMargins().left() == 1
    assert outer.contentsMargins().bottom() == 4
    assert [outer.stretch(0), outer.stretch(1)] == [0, 3]
    assert [inner.stretch(at) for at in range(3)] == [1, 2, 0]
    assert inner.spacing() == 7
    assert inner.contentsMargins().left() == 0
    last = inner.itemAt(2)
    assert last is not None
    assert last.alignment() == Qt.AlignmentFlag.AlignTop
    assert one.mapTo(page, one.rect().topLeft()).x() < two.mapTo(page, two.rect().topLeft()).x()
    assert below.y() > one.mapTo(page, one.rect().topLeft()).y()


def test_a_gap_is_as_wide_as_it_says_beside_the_spacing(qtbot: QtBot) -> None:
    page, one, two = QWidget(), QLabel("one"), QLabel("two")
    qtbot.addWidget(page)
    inside = row(one, Gap(30), two, 1, inside=page, spacing=7)
    page.resize(300, 40)
    assert inside.activate()
    assert two.x() - one.geometry().right() - 1 == 37
