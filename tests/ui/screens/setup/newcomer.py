"""A computer that was never set up, and somebody in front of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.app import Foyer
from pos_app.computer.settings import load_settings
from pos_app.opening.opener import Opener

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.ui.screens.setup.page import SetupPage
    from pos_app.ui.screens.setup.screen import SetupScreen
    from pos_app.ui.screens.sign_in.waiting_page import WaitingPage
    from tests.hands import PatientHands

PASSWORD = "a long password"


@dataclass
class Newcomer:
    """The program as `foyer` starts it, and hands for its window."""

    qtbot: PatientHands
    foyer: Foyer

    @property
    def setup(self) -> SetupScreen:
        assert self.foyer.first_start is not None
        assert self.foyer.first_start.screen is not None
        return self.foyer.first_start.screen

    def is_asked(self) -> bool:
        """Tell whether the pages of the first start are open."""
        return self.foyer.first_start is not None and self.foyer.first_start.screen is not None

    @property
    def page(self) -> SetupPage:
        return self.setup.page

    @property
    def waiting(self) -> WaitingPage:
        return self.foyer.window.sign_in_screen.waiting

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.foyer.window, key)

    def type(self, **fields: str) -> None:
        """Type into fields of the page's form, in the place of what stands there."""
        for name, text in fields.items():
            editor = self.page.form.editor(name)  # type: ignore[attr-defined]  # of a form page
            editor.line.setText(text)
            # A list of names that folds out is nothing for an off-screen window.
            if editor.line.completer() is None:
                editor.line.textEdited.emit(text)
            else:
                editor.edited.emit()
            editor.line.editingFinished.emit()

    def said(self) -> str:
        """Return what the page says came of the last step, once it is over."""
        self.wait(self.page.on_button.isEnabled)
        return f"{self.page.outcome.message.text()} {self.page.outcome.advice.text()}".strip()

    def fill_house(self) -> None:
        self.type(
            house="The New House", currency="azn", time_zone="Asia/Baku", manager="Mario Əliyev", pin="246813",
            password=PASSWORD, again=PASSWORD, till_name="Front till",
        )  # fmt: skip

    def sign_in(self) -> None:
        form = self.foyer.window.sign_in_screen.form
        self.wait(lambda: self.foyer.signing_in is not None)
        form.name_field.setText("mario əliyev")
        form.password_field.setText(PASSWORD)
        QTest.keyClick(form.password_field, Qt.Key.Key_Return)
        self.wait(lambda: self.foyer.window.actor is not None)


def begin(qtbot: PatientHands, folder: Path, *, size: tuple[int, int] = (1280, 800), database: str = "") -> Newcomer:
    """Start the program as `foyer` does, on a computer whose things lie in this folder."""
    os.environ["FOYER_STATE"] = str(folder / "state")
    os.environ["FOYER_SETTINGS"] = str(folder / "settings.toml")
    if not (folder / "settings.toml").exists():
        (folder / "settings.toml").write_text("# mine\nsounds = false  # at night\nlock_after_seconds = 0\n")
    settings = load_settings()
    opener = Opener(settings, database or settings.database_url())
    foyer = Foyer(settings, opener.open, opener)
    qtbot.addWidget(foyer.window)
    foyer.window.resize(*size)
    foyer.start()
    foyer.window.activateWindow()
    qtbot.waitUntil(foyer.window.isActiveWindow)
    return Newcomer(qtbot, foyer)
