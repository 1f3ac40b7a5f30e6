"""Where codes are sent from and judged, for the sheet that verifies an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.letters.verifying import check_code, send_code

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from pos_app.domain.letters.verification import CodeChecked, CodeSent
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class CodeSource:
    """Sends codes and counts tries, off the thread of the window and in the order of the clicks."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def send(self, owner: QObject, customer_id: int, request_id: str) -> Reply[CodeSent]:
        """Send a code to the address of a customer. A repeat of the same request sends none."""
        return self._office.write(owner, send_code, customer_id, request_id)

    def check(self, owner: QObject, customer_id: int, code: str) -> Reply[CodeChecked]:
        """Count a try of the code that was sent last."""
        return self._office.write(owner, check_code, customer_id, code)
