from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from pos_app.ui.widgets.scan_input import take_scans, type_scan

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    line = QLineEdit()
    qtbot.addWidget(line)
    take_scans(line)
    return line


def test_a_code_is_put_in_as_if_it_had_been_typed(field: QLineEdit, qtbot: QtBot) -> None:
    field.setText("for ")
    with qtbot.waitSignal(field.textEdited):
        assert type_scan("]C1SPRING-26\r\n", field)
    assert field.text() == "for SPRING-26"


@pytest.mark.parametrize("text", ["", " \r\n", "7K4MXQ2R9T", "0" * 198, "x" * 65, "%B411^A?", ";411=2812?"])
def test_tickets_stripes_of_cards_and_what_is_long_are_not(field: QLineEdit, text: str) -> None:
    assert not type_scan(text, field)
    assert not field.text()


def test_where_codes_of_any_kind_are_taken_one_may_look_like_a_ticket(field: QLineEdit) -> None:
    take_scans(field, codes=True)
    assert type_scan("7K4MXQ2R9T", field)
    assert not type_scan("0" * 198, field)


def test_no_other_field_takes_any(qtbot: QtBot, field: QLineEdit) -> None:
    amount, button = QLineEdit(), QPushButton()
    for widget in (amount, button):
        qtbot.addWidget(widget)
        assert not type_scan("SPRING-26", widget)
    field.setReadOnly(True)
    assert not type_scan("SPRING-26", field)
