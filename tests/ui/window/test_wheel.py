"""The wheel over the fields of every screen: it never chooses anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QTabBar, QWidget

from pos_app.ui.screens.selling.map.best_bar import Stepper
from pos_app.ui.widgets.area_stepper import AreaStepper
from tests.evening import start_evening
from tests.everywhere import walk_everywhere
from tests.kinds import SQLITE
from tests.wheels import turn_wheel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.houses import OpenHouse

pytestmark = [SQLITE, pytest.mark.usefixtures("themed")]

_FIELDS = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar, Stepper, AreaStepper)


def _fields_of(page: QWidget) -> list[QWidget]:
    """Return what holds a value on a page, seen or not: a form shows this field or that one."""
    found = {one for kind in _FIELDS for one in page.findChildren(kind)}
    return [one for one in found if not isinstance(one, QScrollBar)]


def _value(field: QWidget) -> object:
    if isinstance(field, QComboBox | QTabBar):
        return field.currentIndex()
    if isinstance(field, QAbstractSpinBox):
        return field.text()
    if isinstance(field, QAbstractSlider):
        return field.value()
    assert isinstance(field, Stepper | AreaStepper)
    return field.total if isinstance(field, AreaStepper) else field.value


def _make_ready(field: QWidget) -> None:
    """See to it that there is something that the wheel could choose."""
    if isinstance(field, QComboBox):
        blocker = QSignalBlocker(field)
        field.addItems(["one", "two", "three"])
        field.setCurrentIndex(1)
        blocker.unblock()
    field.setEnabled(True)


def test_no_field_of_any_screen_changes_under_the_wheel(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> None:
    evening = start_evening(qtbot, house, tmp_path)
    tried: dict[str, int] = {}
    for name, page in walk_everywhere(evening):
        for field in _fields_of(page):
            _make_ready(field)
            before = _value(field)
            for turned in (-120, 120):
                turn_wheel(field, turned)
                assert _value(field) == before, f"{type(field).__name__} of {name}"
            field.setFocus()
            for turned in (-120, 120):
                turn_wheel(field, turned)
                assert _value(field) == before, f"{type(field).__name__} of {name}, with the keyboard"
            tried[type(field).__name__] = tried.get(type(field).__name__, 0) + 1
    evening.foyer.shut_down()
    assert {"ComboBox", "DateEdit", "TimeEdit", "Stepper"} <= set(tried)
    assert not {"QComboBox", "QDateEdit", "QTimeEdit", "QSpinBox"} & set(tried)
