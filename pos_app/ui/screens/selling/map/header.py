"""What is sold: the title of the performance, when and where it is, how many seats are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.labels import Chip, ElidedLabel
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_full_moment, shown_time

if TYPE_CHECKING:
    from pos_app.domain.season.offers import PerformanceSummary

_FEW = 0.2


class MapHeader(QWidget):
    """One slim line above the map.

    Signals: keys_asked(): by a button. list_asked(): by a button or its key.
    """

    keys_asked = Signal()
    list_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel("", "title")
        self.when = ElidedLabel("", "muted")
        self.left = Chip()
        header = row((column(self.title, self.when, spacing=0), 1), self.left, inside=self, spacing=6)
        for name, said, key, signal in (
            ("list", self.tr("List of free seats (F3)"), "F3", self.list_asked),
            # The key of this one is the window's.
            ("keyboard", self.tr("Keys (F1)"), "", self.keys_asked),
        ):
            if key:
                QShortcut(QKeySequence(key), self, signal.emit)
            button = icon_button(name, said)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
            header.addWidget(button)
        self.setFixedHeight(44)

    def show_nothing(self) -> None:
        """No performance is open."""
        self.title.show_words(self.tr("Sell"))
        self.when.show_words("")
        self.left.hide()

    def show_performance(self, one: PerformanceSummary) -> None:
        """Show what is being opened."""
        self.title.show_words(one.title)
        doors = self.tr("doors {0}").format(shown_time(one.doors_at, one.time_zone)) if one.doors_at is not None else ""
        begun = self.tr("has begun") if one.until_start <= 0 and not one.cancelled else ""
        self.when.show_words(side_by_side(shown_full_moment(one.starts_at, one.time_zone), one.venue, doors, begun))
        self.show_left(one)

    def show_left(self, performance: PerformanceSummary) -> None:
        """Show how many seats are left, as soon as they are counted."""
        if not (performance.counted or performance.cancelled):
            self.left.hide()
            return
        if performance.cancelled:
            self.left.show_text(self.tr("Cancelled"), "danger")
        elif not performance.free:
            self.left.show_text(self.tr("Sold out"), "muted")
        else:
            few = performance.free < performance.capacity * _FEW
            words = spoken_count("{count} seat left", "{count} seats left", performance.free)
            self.left.show_text(words, "warn" if few else "accent")
        self.left.show()
