from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from pos_app.ui.look.theme import apply_theme
from pos_app.ui.words.language import speak
from pos_app.ui.words.ui_locale import choose_locale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what windows remember out of the home of whoever runs the tests."""
    state = tmp_path / "state"
    monkeypatch.setenv("FOYER_STATE", str(state))
    return state


@pytest.fixture(autouse=True)
def own_locale() -> Iterator[None]:
    """Let no test write in the language that another one has chosen."""
    before = QLocale()
    yield
    choose_locale("")
    speak("")
    QLocale.setDefault(before)


@pytest.fixture
def themed(qapp: QApplication) -> QApplication:
    """Show widgets as they look in the program."""
    apply_theme(qapp, dark=False)
    return qapp
