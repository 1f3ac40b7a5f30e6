from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.ui.look.theme import apply_theme
from tests.ui.screens.setup.newcomer import Newcomer, begin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from tests.hands import PatientHands


@pytest.fixture
def start(
    qtbot: PatientHands, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Newcomer]]:
    """Start the program on this test's own computer, as often as it is asked to."""
    for name in ("FOYER_STATE", "FOYER_SETTINGS"):
        monkeypatch.setenv(name, "")
    apply_theme(qapp, dark=False)
    open_now: list[Newcomer] = []

    def again(**how: str) -> Newcomer:
        while open_now:
            open_now.pop().foyer.shut_down()
        open_now.append(begin(qtbot, tmp_path, **how))  # type: ignore[arg-type]  # the address
        return open_now[-1]

    yield again
    while open_now:
        open_now.pop().foyer.shut_down()
