"""What the program does where nothing can be opened: ask for the password, or set the box office up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.domain.errors import CannotConnect, PosError
from pos_app.domain.house.setup import NoHouseYet

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.domain.house.setup import Made
    from pos_app.opening.choice import Reception
    from pos_app.ui.screens.setup.screen import SetupScreen


class FirstStart(QObject):
    """Stands between the window and the reception until a box office is open. No signals."""

    def __init__(self, foyer: Foyer, reception: Reception) -> None:
        super().__init__(foyer)
        self._foyer = foyer
        self._reception = reception
        self._told: PosError | None = None
        self.screen: SetupScreen | None = None
        sign_in = foyer.window.sign_in_screen
        sign_in.waiting.set_may_set_up(True)
        sign_in.database_password_given.connect(self._on_password)
        sign_in.setup_asked.connect(self._on_setup_asked)

    def take_over(self, error: PosError) -> bool:
        """Do what helps against an error; False where saying it is all."""
        if isinstance(error, NoHouseYet):
            self._told = None
            self._set_up()
            return True
        self._told = error
        if isinstance(error, CannotConnect) and error.wrong_password:
            self._foyer.window.sign_in_screen.show_problem(error, asks=True)
            return True
        return False

    def stop(self) -> None:
        """Let go of what is under way: the program ends."""
        if self.screen is not None:
            self.screen.stop()

    def _set_up(self) -> None:
        from pos_app.ui.screens.setup.screen import SetupScreen
        from pos_app.ui.screens.setup.services import SetupServices, SetupStart

        start = SetupStart(self._reception.account(), self._reception.settings.till_name)
        services = SetupServices(self._foyer.background, self._reception.place())
        self.screen = SetupScreen(services, start, may_leave=self._told is not None)
        self.screen.demo_chosen.connect(self._on_demo)
        self.screen.finished.connect(self._on_finished)
        self.screen.left.connect(self._on_left)
        self._foyer.window.show_setup(self.screen)
        self.screen.begin()

    def _end(self) -> None:
        self.screen = None
        self._foyer.window.end_setup()

    def _on_password(self, password: str) -> None:
        self._reception.take_password(password)
        self._foyer.open()

    def _on_setup_asked(self) -> None:
        self._set_up()

    def _on_demo(self) -> None:
        self._end()
        self._reception.take_demo()
        self._foyer.go_by(self._reception.settings)
        self._foyer.open()

    def _on_finished(self, made: Made) -> None:
        self._end()
        self._reception.take_made(made)
        self._foyer.go_by(self._reception.settings)
        self._foyer.open()

    def _on_left(self) -> None:
        told = self._told
        self._end()
        if told is not None and not self.take_over(told):
            self._foyer.window.sign_in_screen.show_problem(told)
