"""A till that the gates do not know, or that other people know under another name: said, and put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.roles import Permission
from pos_app.flows.enrol_till import enrol_till
from pos_app.ui.records.own_password_sheet import OwnPasswordSheet
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.computer.identity import TillIdentity
    from pos_app.ui.office import Office
    from pos_app.ui.window.equipment import Equipment
    from pos_app.ui.window.main_window import MainWindow


class Enrolling(QObject):
    """Says it in the window. equipment: returns what the till is equipped with now.

    Signals: enrolled(tuple): the identity of this till and the number of its key, which the gates know now.
    """

    enrolled = Signal(object)

    def __init__(self, window: MainWindow, office: Office, equipment: Callable[[], Equipment], parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._office = office
        self._equipment = equipment

    def tell(self, *, sells: bool) -> None:
        """A till without a key that the gates know prints tickets that they refuse: say so, and offer the remedy.

        sells: tickets are sold here. What else this computer is called than people think is said in any case.
        """
        till = self._equipment().till
        name = self._other_name()
        if till.key_id is not None or not sells:
            if name:
                self._window.show_message(Message(name, "", Level.WARNING))
            return
        manager = self._office.actor.may(Permission.ENROL_TILL)
        why = (
            self.tr("The key of this till was revoked, so it cannot print tickets.")
            if till.key_revoked
            else self.tr("The gates do not know this till yet, so it cannot print tickets.")
        )
        self._window.show_message(
            Message(
                following(name, why),
                "" if manager else self.tr("A manager signs in here once and enrols it."),
                Level.WARNING,
                self.tr("Enrol this till") if manager else "",
                self._enrol if manager else None,
            )
        )

    def _other_name(self) -> str:
        """A computer that did not get the name that it should is another till than people think: say so."""
        till = self._equipment().till
        if not till.instead_of:
            return ""
        words = self.tr("This computer is {0}: another till is called {1} already.").format(till.name, till.instead_of)
        if self._office.actor.may(Permission.MANAGE):
            advice = self.tr("Where it is the same one with its memory gone, put the old one away under Manage, Tills.")
        else:
            advice = self.tr("If it was {0} until now, tell a manager before you sell.").format(till.instead_of)
        return following(words, advice)

    def _enrol(self) -> None:
        title = self.tr("Enrol this till")
        sheet = OwnPasswordSheet(self._window, title, self._office.actor.name, yes=title, busy=self.tr("Enrolling…"))
        equipment = self._equipment()

        def enrolled(known: tuple[TillIdentity, int]) -> None:
            sheet.close_sheet()
            self.enrolled.emit(known)

        sheet.given.connect(
            lambda password: self._office.run_flow(
                self, enrol_till, equipment.identity, equipment.settings.state_folder, password
            ).then(enrolled, sheet.show_refusal)
        )
        sheet.open()
