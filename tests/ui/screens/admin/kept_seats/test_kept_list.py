from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from pos_app.ui.screens.admin.kept_seats.kept_list import KeptList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


def test_it_does_not_say_that_nothing_is_kept_before_that_is_known(qtbot: QtBot) -> None:
    kept = KeptList()
    qtbot.addWidget(kept)

    def said() -> list[str]:
        return [label.text() for label in kept.empty.findChildren(QLabel) if label.text()]

    assert said() == ["Reading…"]
    kept.show_records((), "UTC")
    assert "Nothing is kept back" in said()
    kept.show_reading("UTC")
    assert said() == ["Reading…"]
