"""The manager of the new season: she signs in, and goes from section to section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos_app.tour.hands import Hands
from pos_app.tour.stage import fail

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.tour.stage import Stage
    from pos_app.ui.screens.admin.screen import AdminScreen

W = TypeVar("W", bound=QWidget)

MANAGER: Final = "Maren Oslo"
PASSWORD: Final = "curtain rises at eight"  # noqa: S105 - the manager of a house that is gone after the tour


class Manager:
    """Works through the season with her own hands, at the program that she has before her."""

    def __init__(self, stage: Stage, foyer: Foyer) -> None:
        self.stage = stage
        self.foyer = foyer
        self.hands = Hands(stage, foyer.window)

    @property
    def screen(self) -> AdminScreen:
        """The manager's screen, once she has signed in."""
        workplace = self.foyer.workplace
        if workplace is None or workplace.manage is None:
            fail("the manager's screen is not open")
        return workplace.manage

    def sign_in(self) -> None:
        """Type name and password, and go to the sections."""
        form = self.foyer.window.sign_in_screen.form
        self.hands.write(form.name_field, MANAGER)
        self.hands.write(form.password_field, PASSWORD)
        QTest.keyClick(form.password_field, Qt.Key.Key_Return)
        self.stage.wait_for("the manager is in", lambda: self.foyer.window.actor is not None)
        self.hands.press("Manage")
        self.stage.wait_for("a section is open", lambda: self.screen.current)

    def open(self, title: str, key: str) -> None:
        """Click a section in the rail, and wait until it is open."""
        self.hands.press(title)
        self.stage.wait_for(f"the section “{title}” is open", lambda: self.screen.current == key)

    def section(self, key: str, kind: type[W]) -> W:
        """Return a section. Raises TourFailed where it is another kind of page."""
        section = self.screen.section(key)
        if not isinstance(section, kind):
            fail(f"the section “{key}” is no {kind.__name__}")
        return section


class Chapter:
    """A part of her season."""

    def __init__(self, manager: Manager) -> None:
        self._manager = manager
        self._stage = manager.stage
        self._hands = manager.hands
