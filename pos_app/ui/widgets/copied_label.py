"""Words that can be chosen with the mouse and copied, without the marks that let a label break them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

_UNSEEN: Final = {ord("\N{ZERO WIDTH SPACE}"): None, 0x2028: "\n", 0x2029: "\n"}
"""What a label adds to break words, and how it tells the ends of lines."""


class CopiedLabel(QLabel):
    """A wrapped label whose words can be copied as they were said, by the keys, the menu, or the mouse alone.

    role: as text_label has it. No signals of its own.
    """

    def __init__(self, role: str = "body") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    @property
    def chosen(self) -> str:
        """Return the words that are chosen, as they were said."""
        return self.selectedText().translate(_UNSEEN)

    def copy(self) -> None:
        """Put what is chosen on the clipboard; where nothing is, that stays as it is."""
        if self.chosen:
            QGuiApplication.clipboard().setText(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by the keys of the system."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Where a mouse alone copies what it chose, let it copy the same."""
        super().mouseReleaseEvent(event)
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and self.chosen:
            clipboard.setText(self.chosen, QClipboard.Mode.Selection)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy what is chosen, or all of it."""
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return the menu of the right button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy"))
        copy.setEnabled(bool(self.chosen))
        copy.triggered.connect(self.copy)
        menu.addAction(self.tr("Select all")).triggered.connect(lambda: self.setSelection(0, len(self.text())))
        return menu
