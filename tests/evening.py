"""The whole program on a small house: window, signing in, workers; for stories that need people to come and go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.app import Foyer
from pos_app.computer.identity import TillIdentity
from pos_app.computer.settings import Settings
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.staff.sign_in import SignInChoices
from pos_app.opening.open_house import OpenHouse as OpenedHouse
from pos_app.services.staff.choices import list_staff_choices
from pos_app.services.tills.registering import register_till
from pos_app.ui.records.fields.secret_field import SecretField
from pos_app.ui.records.own_password_sheet import OwnPasswordSheet
from pos_app.ui.widgets.sheets.base import Sheet
from tests.small_house import NAMES, PASSWORDS, PINS, SIGNING_KEY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.roles import Role
    from pos_app.ui.screens.selling.screen import SellScreen
    from pos_app.ui.window.main_window import MainWindow
    from pos_app.ui.window.workplace import Workplace
    from tests.houses import OpenHouse


def settings_in(folder: Path) -> Settings:
    return Settings(
        database="",
        till_name="Till 1",
        ticket_queue="",
        paper="a4",
        lock_after_seconds=0,
        state_folder=folder,
        save_tickets_in=folder / "tickets",
        locale="en_GB",
        sounds=False,
    )


def enter_house(house: OpenHouse, machine_key: str, private_key: bytes, name: str = "New till") -> OpenedHouse:
    """Open the small house as a computer with this identity does."""
    identity = TillIdentity(machine_key, private_key, public_key_of(private_key).hex())
    till = house.database.transact(register_till, machine_key, name, identity.public_key)
    staff = house.database.read(list_staff_choices)
    return OpenedHouse(house.database, identity, till, SignInChoices("The Little House", staff, ()))


@dataclass
class Evening:
    """The program with its window open, and hands for it."""

    qtbot: QtBot
    house: OpenHouse
    foyer: Foyer

    @property
    def window(self) -> MainWindow:
        return self.foyer.window

    @property
    def workplace(self) -> Workplace:
        assert self.foyer.workplace is not None
        return self.foyer.workplace

    @property
    def sell(self) -> SellScreen:
        assert self.workplace.sell is not None
        return self.workplace.sell

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))

    def open_cash(self) -> None:
        """Press F10, and once more where the till advises first that a single seat would be left over."""
        sheet, banner = self.sell.checkout.sheet, self.sell.banner
        banner.dismiss()
        self.press(Qt.Key.Key_F10)
        self.wait(lambda: sheet.is_open or not banner.isHidden())
        if not sheet.is_open:
            self.press(Qt.Key.Key_F10)
            self.wait(lambda: sheet.is_open)
        self.wait(lambda: self.sell.checkout.confirming.is_confirmed)

    def sheet(self) -> Sheet:
        """Return the sheet that asks something, once it does."""
        self.wait(lambda: any(one.isVisible() for one in self.window.findChildren(Sheet)))
        return next(one for one in self.window.findChildren(Sheet) if one.isVisible())

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def give_password(self, name: str, password: str) -> None:
        form = self.window.sign_in_screen.form
        form.name_field.setText(name)
        form.password_field.setText(password)
        QTest.keyClick(form.password_field, Qt.Key.Key_Return)

    def sign_in(self, role: Role) -> None:
        self.give_password(NAMES[role], PASSWORDS[role])
        self.wait(lambda: self.window.actor is not None and self.window.actor.role is role)

    def type_pin(self, role: Role) -> None:
        """Type a PIN where it is asked for."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, PINS[role])
        self.press(Qt.Key.Key_Return)

    def give_own_password(self, role: Role) -> None:
        """Type the password into the sheet that asks for it once more."""
        sheet = self.sheet()
        assert isinstance(sheet, OwnPasswordSheet)
        editor = sheet.form.editor("own_password")
        assert isinstance(editor, SecretField)
        editor.line.setText(PASSWORDS[role])
        sheet.yes.click()

    def hold_a_seat(self) -> None:
        """Click the first seat of the house."""
        live, board = self.sell.live, self.sell.map_panel.map
        self.wait(lambda: live.plan is not None and live._cursor)
        QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=board.seat_center(0))
        self.wait(lambda: len(self.sell.hold.basket.lines) == 1)


def start_evening(
    qtbot: QtBot,
    house: OpenHouse,
    folder: Path,
    *,
    machine_key: str = "machine-Till 1",
    key: bytes = SIGNING_KEY,
    named: str = "New till",
    **told: str,
) -> Evening:
    """Start the program and wait until somebody can sign in. told: what this computer's settings say.

    named: what its till shall be called.
    """
    settings = replace(settings_in(folder), **told)  # type: ignore[arg-type]  # texts only
    foyer = Foyer(settings, lambda _tell: enter_house(house, machine_key, key, named))
    qtbot.addWidget(foyer.window)
    foyer.window.resize(1280, 800)
    with qtbot.waitSignal(foyer.opened):
        foyer.start()
    foyer.window.activateWindow()
    qtbot.waitUntil(foyer.window.isActiveWindow)
    return Evening(qtbot, house, foyer)
