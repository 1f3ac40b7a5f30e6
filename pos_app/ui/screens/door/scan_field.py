"""The field for short codes that are typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.door.check_in import LONGEST_SCAN
from pos_app.ui.look.theme import ui_font
from pos_app.ui.widgets.line_bounds import bound_line


class ScanField(QLineEdit):
    """A large field that leaves Ctrl+Z to the screen while it is empty.

    Signals: returnPressed() of QLineEdit.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bound_line(self, LONGEST_SCAN + 1)
        self.setFont(ui_font(20))
        # The size of the application's style sheet would win over the font.
        self.setStyleSheet("font-size: 20px; min-height: 54px;")

    def ask(self, *, leaving: bool) -> None:
        """Say what belongs here. leaving: guests go out."""
        self.setPlaceholderText(
            self.tr("Ticket of the guest who leaves") if leaving else self.tr("Scan a ticket or type its short code")
        )

    def take_text(self) -> str:
        """Return what was typed and empty the field, beyond what Ctrl+Z could bring back."""
        text = self.text()
        self.setText("")
        return text

    def event(self, event: QEvent) -> bool:
        """Let Ctrl+Z undo the last admission when there is no typing to undo."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.text()
        ):
            event.ignore()
            return True
        return super().event(event)
