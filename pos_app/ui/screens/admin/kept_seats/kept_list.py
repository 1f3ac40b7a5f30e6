"""What is kept back of the performance: why, which places, by whom, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.screens.admin.kept_seats.words import before_words, count_words, kind_words, until_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import panel, rule, text_label
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken, spoken_count
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.season.kept_seats import KeptRecord
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 400


class KeptList(QWidget):
    """A table of what is kept, and below it the one that is chosen with what can be done about it.

    Signals: chosen(KeptRecord): a person went to this record. change_asked(KeptRecord), release_asked(KeptRecord).
    retry_asked(): read again after an error.
    """

    chosen = Signal(object)
    change_asked = Signal(object)
    release_asked = Signal(object)
    retry_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self._zone = "UTC"
        self.title = text_label(self.tr("Kept back"), "heading")
        self.total = text_label("", "muted")
        columns: tuple[Column[KeptRecord], ...] = (
            Column("reason", self.tr("Reason"), lambda one: one.reason, lower=self._places, strong=True),
            Column(
                "until",
                self.tr("Until"),
                lambda one: until_words(one, self._zone),
                lambda one: (one.release_at is None, str(one.release_at)),
                lower=before_words,
                width=150,
            ),
        )
        self.table = RecordTable(
            "kept_seats", columns, key=lambda one: one.kept_id, search=lambda one: (one.reason, spoken(one.names))
        )
        self.empty = EmptyState("lock-simple-open", "")
        self.empty.asked.connect(self.retry_asked)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        self.detail = text_label("", "muted", wrap=True)
        self.names = text_label("", wrap=True)
        self.change_button = KeyButton(self.tr("Change…"), icon_name="pencil-simple")
        self.release_button = KeyButton("", icon_name="lock-simple-open")
        self.release_button.print_key("Del")
        self.change_button.clicked.connect(self._ask_change)
        self.release_button.clicked.connect(self.ask_release)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._ask_change)
        self._arrange()
        self.show_reading("UTC")

    @property
    def record(self) -> KeptRecord | None:
        """Return the record that is chosen."""
        found: KeptRecord | None = self.table.record(self.table.current)
        return found

    def show_reading(self, time_zone: str) -> None:
        """Show that it is not known yet what is kept."""
        self.show_records((), time_zone)
        self.empty.show_words("lock-simple-open", self.tr("Reading…"))

    def show_records(self, records: Sequence[KeptRecord], time_zone: str) -> None:
        """Show what is kept now; what is chosen stays chosen."""
        self._zone = time_zone
        self.table.show_records(records)
        if self.record is None:
            self.table.mark(None)
        places = sum(len(one.seats) for one in records)
        self.total.setText(count_words(places) if records else "")
        self.empty.show_words(
            "lock-simple-open",
            self.tr("Nothing is kept back"),
            self.tr("Choose free seats on the map, then keep them for the house or block them."),
        )
        self._pages.setCurrentIndex(1 if records else 0)
        self.show_given(0)

    def ask_release(self) -> None:
        """Have the record that is chosen released."""
        if self.record is not None:
            self.release_asked.emit(self.record)

    def show_unreadable(self, message: Message) -> None:
        """Say why nothing can be shown."""
        self.empty.show_trouble(message)
        self._pages.setCurrentIndex(0)

    def go_to(self, kept_id: int | None) -> None:
        """Choose a record."""
        self.table.mark(kept_id)
        self.show_given(0)

    def show_given(self, seats: int) -> None:
        """Offer to release so many seats of the record; 0: all of them."""
        record = self.record
        self._below.setVisible(record is not None)
        if record is None:
            return
        by = self.tr("{0}, kept by {1}, {2}").format(
            kind_words(record), record.by, shown_dated_moment(record.created_at, self._zone)
        )
        self.detail.setText(by)
        self.names.setText(spoken(record.names))
        some = spoken_count("Release {count} of them", "Release {count} of them", seats)
        self.release_button.set_words(some if seats else self.tr("Release all…"))

    def _places(self, one: KeptRecord) -> str:
        return side_by_side(count_words(len(one.seats)), spoken(one.names))

    def _ask_change(self) -> None:
        if self.record is not None:
            self.change_asked.emit(self.record)

    def _on_chosen(self) -> None:
        self.show_given(0)
        self.chosen.emit(self.record)

    def _arrange(self) -> None:
        self._below = QWidget()
        below = column(self.names, self.detail, inside=self._below, margins=(16, 10, 14, 12), spacing=6)
        below.addSpacing(4)
        below.addLayout(row(self.change_button, 1, self.release_button, spacing=10))
        frame = panel()
        head = row((self.title, 1), self.total, margins=(16, 12, 16, 8))
        column(head, (self._pages, 1), rule(), self._below, inside=frame, margins=1, spacing=0)
        column(frame, inside=self)
