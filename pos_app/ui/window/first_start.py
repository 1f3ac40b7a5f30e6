"""What the program does where nothing can be opened: ask for the password, or set the box office up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import CannotConnect, PosError
from pos_app.domain.house.setup import NoHouseYet

if TYPE_CHECKING:
    from pos_app.domain.house.setup import Made
    from pos_app.opening.opener import Opener
    from pos_app.ui.background import Background
    from pos_app.ui.screens.setup.screen import SetupScreen
    from pos_app.ui.window.main_window import MainWindow


class FirstStart(QObject):
    """Asks in the window for what is missing until a box office can be opened.

    Signals: ready(Settings): there is something to open now; the settings to go by from now on.
    """

    ready = Signal(object)

    def __init__(self, window: MainWindow, background: Background, opener: Opener, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._background = background
        self._opener = opener
        self._told: PosError | None = None
        self.screen: SetupScreen | None = None
        sign_in = window.sign_in_screen
        sign_in.waiting.set_may_set_up(True)
        sign_in.database_password_given.connect(self._on_password)
        sign_in.setup_asked.connect(self._set_up)

    def offer_remedy(self, error: PosError) -> bool:
        """Show what helps against an error; False where saying it is all."""
        if isinstance(error, NoHouseYet):
            self._told = None
            self._set_up()
            return True
        self._told = error
        if isinstance(error, CannotConnect) and error.wrong_password:
            self._window.sign_in_screen.show_problem(error, asks=True)
            return True
        return False

    def stop(self) -> None:
        """Let go of what is under way: the program ends."""
        if self.screen is not None:
            self.screen.stop()

    def _set_up(self) -> None:
        from pos_app.ui.screens.setup.screen import SetupScreen

        opener = self._opener
        self.screen = SetupScreen(
            self._background,
            opener.this_computer(),
            opener.account(),
            opener.settings.till_name,
            may_leave=self._told is not None,
        )
        self.screen.demo_chosen.connect(self._on_demo)
        self.screen.finished.connect(self._on_finished)
        self.screen.left.connect(self._on_left)
        self._window.show_setup(self.screen)
        self.screen.begin()

    def _end(self) -> None:
        self.screen = None
        self._window.end_setup()

    def _on_password(self, password: str) -> None:
        self._opener.take_password(password)
        self.ready.emit(self._opener.settings)

    def _on_demo(self) -> None:
        self._end()
        self._opener.take_demo()
        self.ready.emit(self._opener.settings)

    def _on_finished(self, made: Made) -> None:
        self._end()
        self._opener.take_made(made)
        self.ready.emit(self._opener.settings)

    def _on_left(self) -> None:
        told = self._told
        self._end()
        if told is not None and not self.offer_remedy(told):
            self._window.sign_in_screen.show_problem(told)
