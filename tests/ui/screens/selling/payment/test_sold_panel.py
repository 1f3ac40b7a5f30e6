from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from pos_app.documents.previews import RasterPage
from pos_app.domain.selling.sales import PaymentMethod, Sale
from pos_app.flows.print_tickets import PrintedTickets
from pos_app.ui.screens.selling.payment.done_words import DoneWords
from pos_app.ui.screens.selling.payment.sold_panel import SoldPanel
from pos_app.ui.widgets.labels import ElidedLabel
from pos_app.ui.widgets.sheets.preview import PreviewSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

CASH = Sale(1, "ABCD2345", 158_44, 41_56, "EUR", PaymentMethod.CASH, (1, 2))
CARD = Sale(2, "EFGH6789", 52_00, 0, "EUR", PaymentMethod.CARD, (3,))
PAGES = (RasterPage(30, 40, b"\x10" * 3600), RasterPage(30, 40, b"\x90" * 3600))
TICKETS = PrintedTickets("ABCD2345", (), b"%PDF", Path("/tickets/ABCD2345.pdf"))


@pytest.fixture
def panel(qtbot: QtBot, themed: QApplication) -> Iterator[SoldPanel]:
    window = QWidget()
    made = SoldPanel()
    made.setFixedWidth(404)
    row = QHBoxLayout(window)
    row.addStretch(1)
    row.addWidget(made)
    qtbot.addWidget(window)
    made.show_sale(CASH)
    window.resize(1280, 640)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and made.hasFocus())
    yield made
    window.close()


def test_the_change_and_the_number_are_shown(panel: SoldPanel) -> None:
    assert panel.change.text == "€41.56"
    assert panel.change.fitted_pixels() >= 50
    assert panel.number.text == "ABCD-2345"
    panel.show_sale(CARD)
    assert not panel.change.isVisible()


def test_it_says_where_tickets_go_by_email(panel: SoldPanel) -> None:
    told = "The tickets go to anna@example.org by e-mail."
    assert told not in [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    panel.show_sale(replace(CASH, emailed_to="anna@example.org"))
    shown = [label.text().replace("\u200b", "") for label in panel.findChildren(QLabel) if label.isVisible()]
    assert told in shown


def test_enter_calls_the_next_customer(qtbot: QtBot, panel: SoldPanel) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(panel.next_customer_asked):
            QTest.keyClick(panel, key)


def test_f6_prints_once_the_tickets_are_set(qtbot: QtBot, panel: SoldPanel) -> None:
    with qtbot.assertNotEmitted(panel.print_asked):
        QTest.keyClick(panel, Qt.Key.Key_F6)
    panel.show_tickets(TICKETS, PAGES)
    with qtbot.waitSignal(panel.print_asked):
        QTest.keyClick(panel, Qt.Key.Key_F6)


def test_tickets_of_another_sale_are_ignored(panel: SoldPanel) -> None:
    panel.show_sale(CARD)
    panel.show_tickets(TICKETS, PAGES)
    assert panel.preview.images == ()
    assert not panel.open_button.isEnabled()


def test_several_tickets_are_turned_and_enlarged(panel: SoldPanel) -> None:
    panel.show_tickets(TICKETS, PAGES)
    assert panel.preview.which.text() == "Page 1 of 2"
    panel.preview.later.click()
    assert panel.preview.which.text() == "Page 2 of 2"
    QTest.mouseClick(panel.preview.view, Qt.MouseButton.LeftButton)
    sheet = panel.window().findChild(PreviewSheet)
    assert isinstance(sheet, PreviewSheet)
    assert sheet.preview.page == 1
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert panel.hasFocus()


def test_a_failed_print_is_told_and_can_be_tried_again(qtbot: QtBot, panel: SoldPanel) -> None:
    panel.show_problem("The printer has no paper. Fill it, then print again.")
    assert panel.print_line.words == "The printer has no paper. Fill it, then print again."
    assert panel.print_button.words == "Print again"
    with qtbot.waitSignal(panel.print_asked):
        QTest.keyClick(panel, Qt.Key.Key_F6)


def test_a_long_path_does_not_make_the_panel_wider(panel: SoldPanel) -> None:
    panel.setMinimumWidth(0)
    path = "/home/" + "x" * 300 + "/ABCD2345.pdf"
    panel.show_print_state(f"Saved as {path}")
    assert panel.print_line.words == f"Saved as {path}"
    assert panel.minimumSizeHint().width() <= 404


def test_a_long_name_is_cut_with_an_ellipsis_and_told_whole_in_its_tool_tip(qtbot: QtBot, panel: SoldPanel) -> None:
    name = "Novak" * 30
    panel.show_sale(CARD, done=DoneWords("Reserved · order", (("Name", name),), "Kept until", "18:30"))
    (value,) = (one for one in panel.findChildren(ElidedLabel) if one.words == name)
    qtbot.waitUntil(lambda: value.text().endswith("…"))
    assert value.toolTip() == name
    assert value.geometry().right() < panel.width()
    panel.show_sale(CARD)
    qtbot.waitUntil(lambda: value.text() == "€52.00")
