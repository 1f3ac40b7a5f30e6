"""The right half of a page of records: the form, and what can be done with the record in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from pos_app.ui.records.form import RecordForm
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, panel, rule, set_tone, text_label
from pos_app.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.ui.records.fields.base import Field


class EditorPanel(QWidget):
    """A form with a title and a chip above it, and its buttons below.

    `extra` is a row between title and form for buttons and words of a screen's own; `parts` holds the form, and what a
    screen shows in its place (QStackedWidget; the form is the first).
    Signals: save_asked(); discard_asked(); archive_asked(); restore_asked(); edited(): the form holds something else.
    """

    save_asked = Signal()
    discard_asked = Signal()
    archive_asked = Signal()
    restore_asked = Signal()
    edited = Signal()

    def __init__(self, fields: Sequence[Field], icon_name: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._title = ElidedLabel("", "title")
        self._chip = text_label("", "chip")
        self.form = RecordForm(fields)
        self.form.edited.connect(self.edited)
        self.extra = WrappingRow(spacing=8)
        self.extra.setContentsMargins(18, 0, 14, 0)
        self.save_button = KeyButton(self.tr("Save"), "Ctrl+S", icon_name="floppy-disk", variant="primary")
        self.save_button.clicked.connect(self.save_asked)
        self.discard_button = KeyButton(self.tr("Discard"), "Ctrl+D")
        self.discard_button.clicked.connect(self.discard_asked)
        self.archive_button: QPushButton = text_button(self.tr("Archive"), icon_name="trash", variant="ghost")
        self.archive_button.clicked.connect(self.archive_asked)
        self.restore_button: QPushButton = text_button(
            self.tr("Restore"), icon_name="arrow-counter-clockwise", variant="tool"
        )
        self.restore_button.clicked.connect(self.restore_asked)
        self.parts = QStackedWidget()
        self.parts.addWidget(self.form)
        self._empty = EmptyState(icon_name, "")
        self._pages = QStackedWidget()
        self._arrange()

    def add_tool(self, words: str, icon_name: str, do: Callable[[], object]) -> QPushButton:
        """Put a button into the row above the form."""
        button: QPushButton = text_button(words, icon_name=icon_name, variant="ghost")
        button.clicked.connect(lambda _checked=False: do())
        self.extra.addWidget(button)
        return button

    def put_above(self, widget: QWidget) -> None:
        """Put something of a screen's own above the form."""
        self._inside.insertWidget(self._inside.indexOf(self.parts), widget)

    def show_nothing(self, title: str, sentence: str) -> None:
        """Say that no record is chosen."""
        self._empty.show_words(self._icon_name, title, sentence)
        self._pages.setCurrentWidget(self._empty)
        for button in (self.save_button, self.discard_button):
            button.setEnabled(False)

    def show_title(self, title: str, chip: str = "", tone: str = "") -> None:
        """Name the record in the form; chip: how it stands."""
        self._title.show_words(title)
        self._chip.setText(chip)
        self._chip.setVisible(bool(chip))
        set_tone(self._chip, tone)
        self._pages.setCurrentIndex(1)

    def show_possible(self, *, can_save: bool, can_discard: bool, can_archive: bool, can_restore: bool) -> None:
        """Offer what can be done now."""
        self.save_button.setEnabled(can_save)
        self.discard_button.setEnabled(can_discard)
        self.archive_button.setVisible(can_archive)
        self.restore_button.setVisible(can_restore)

    def _arrange(self) -> None:
        head = row((self._title, 1), self._chip, margins=(18, 12, 14, 8), spacing=10)
        foot = row(
            self.archive_button,
            self.restore_button,
            1,
            self.discard_button,
            self.save_button,
            margins=(14, 10, 14, 12),
            spacing=10,
        )
        inside, frame = QWidget(), panel()
        self._inside = column(head, self.extra, (self.parts, 1), rule(), foot, inside=inside, spacing=0)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(inside)
        column(self._pages, inside=frame, margins=1)
        column(frame, inside=self)
