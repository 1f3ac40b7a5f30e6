"""What is done with a customer at the office: merged, handed out, erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from pos_app.ui.widgets.boxes import Gap, column
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from pos_app.domain.customers.records import CustomerRecord


class OfficePart(QScrollArea):
    """Three deeds, each told beside its button.

    Signals: merge_asked(), export_asked(), erase_asked().
    """

    merge_asked = Signal()
    export_asked = Signal()
    erase_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._may_here = True
        self._record: CustomerRecord | None = None
        self.notice = text_label(
            self.tr(
                "Customers are merged, exported and erased at the office, and this computer is a counter's. Do it at a"
                " computer of the office."
            ),
            tone="warn",
            wrap=True,
        )
        self.notice.setContentsMargins(0, 0, 0, 10)
        self.notice.hide()
        self.merge_button = KeyButton(self.tr("Merge…"), "F9", icon_name="users")
        self.export_button = KeyButton(self.tr("Export…"), "F10", icon_name="floppy-disk")
        self.erase_button = KeyButton(self.tr("Erase…"), "F11", icon_name="trash")
        self.merge_button.clicked.connect(self.merge_asked)
        self.export_button.clicked.connect(self.export_asked)
        self.erase_button.clicked.connect(self.erase_asked)
        left = Qt.AlignmentFlag.AlignLeft
        inside = QWidget()
        column(
            self.notice,
            text_label(self.tr("Somebody who is here twice"), "strong", wrap=True),
            text_label(self.tr("Orders move to the one who is kept, and both numbers lead there."), wrap=True),
            (self.merge_button, 0, left),
            Gap(14),
            text_label(self.tr("Somebody who asks what is known of them"), "strong", wrap=True),
            text_label(self.tr("All of it goes into a file: to read (PDF), or for a machine (JSON)."), wrap=True),
            (self.export_button, 0, left),
            Gap(14),
            text_label(self.tr("Somebody who asks to be forgotten"), "strong", wrap=True),
            text_label(
                self.tr("Name, address and notes are blanked wherever they stand; what was sold stays in the books."),
                wrap=True,
            ),
            (self.erase_button, 0, left),
            1,
            inside=inside,
            margins=(18, 6, 18, 14),
            spacing=6,
        )
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_may_here(self, may: bool) -> None:  # noqa: FBT001 - the answer of a service
        """Tell where the database account of this computer may do none of it."""
        self._may_here = may
        self.notice.setVisible(not may)
        self._show_possible()

    def show_record(self, record: CustomerRecord | None) -> None:
        """Offer what can be done with this customer."""
        self._record = record
        self._show_possible()

    def begin(self) -> None:
        """Take the keyboard."""
        if self.merge_button.isEnabled():
            self.merge_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_possible(self) -> None:
        here = self._may_here and self._record is not None
        erased = self._record is not None and self._record.erased_at is not None
        self.merge_button.setEnabled(here and not erased and not (self._record and self._record.archived))
        self.export_button.setEnabled(here and not erased)
        self.erase_button.setEnabled(here)
        self.erase_button.set_words(self.tr("Remove from this computer…") if erased else self.tr("Erase…"))
