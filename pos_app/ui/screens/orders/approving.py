"""A manager allows what whoever is signed in may not do alone: asked for over the sheet that asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shiboken6 import isValid

from pos_app.domain.errors import ApprovalRefused, NotPermitted
from pos_app.ui.widgets.sheets.approval import ApprovalSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.staff.sign_in import Approval
    from pos_app.ui.screens.orders.operations import OrderOperations


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a manager is asked to allow. title, about, yes: of the sheet.

    send: sends the request with what the manager gave, None where nobody else is needed. given_up: the manager's sheet
    was closed, and nothing was sent.
    """

    title: str
    about: str
    yes: str
    send: Callable[[Approval | None], None]
    given_up: Callable[[], None]


class Approving:
    """Leads one request to a manager, if it needs one, and back.

    A PIN that is wrong is told over the manager's name; whatever else is refused closes that sheet, and the one that
    asked tells it.
    """

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        self._screen = screen
        self._operations = operations
        self._wanted: Allowed | None = None
        self.sheet: ApprovalSheet | None = None

    def begin(self, wanted: Allowed, *, needed: bool) -> None:
        """Ask a manager if one is needed as far as is known, and send."""
        self._wanted = wanted
        if needed and not self._operations.may_approve:
            self._ask(wanted)
        else:
            wanted.send(None)

    def end(self) -> None:
        """It went through, or was refused for another reason."""
        self._wanted = None
        if self._is_asking and self.sheet is not None:
            self.sheet.close_sheet()
        self.sheet = None

    def took(self, error: Exception) -> bool:
        """Tell an error where it belongs to the manager's name or PIN, or ask for a manager where one is needed.

        Else close the manager's sheet. Tell whether nothing is left to tell.
        """
        if self._wanted is not None and not self._operations.may_approve:
            if isinstance(error, ApprovalRefused) and self._is_asking and self.sheet is not None:
                self.sheet.refuse(error)
                return True
            if isinstance(error, ApprovalRefused | NotPermitted) and self.sheet is None:
                self._ask(self._wanted)
                return True
        self.end()
        return False

    @property
    def _is_asking(self) -> bool:
        return self.sheet is not None and isValid(self.sheet) and self.sheet.is_open

    def _ask(self, wanted: Allowed) -> None:
        sheet = ApprovalSheet(self._screen, wanted.title, wanted.about, yes=wanted.yes)
        self.sheet = sheet
        sheet.given.connect(wanted.send)
        sheet.cancelled.connect(lambda: self._on_cancelled(wanted))
        sheet.open()
        self._operations.approvers(sheet).then(sheet.show_managers, sheet.refuse)

    def _on_cancelled(self, wanted: Allowed) -> None:
        self.sheet = self._wanted = None
        wanted.given_up()
