"""What is sold: the title of the performance, when and where it is, how many seats are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos_app.domain.season.evenings import lasts_days
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.labels import Chip, ElidedLabel
from pos_app.ui.words.evenings import shown_end, shown_from_to, shown_full_when, shown_whole_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_time

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
        self.when.show_words(side_by_side(_when(one), one.venue, *self._notes(one)))
        self.show_left(one)

    def _notes(self, one: PerformanceSummary) -> tuple[str, str]:
        """Return what is worth knowing of its times now; of what has an end no more than there is room for."""
        doors = self.tr("doors {0}").format(shown_time(one.doors_at, one.time_zone)) if one.doors_at is not None else ""
        if one.until_start > 0 or one.cancelled:
            return doors, ""
        if one.is_late:
            return doors if one.ends_at is None else "", self.tr("has begun")
        return "", self.tr("until {0}").format(shown_end(one))

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


def _when(one: PerformanceSummary) -> str:
    """Return when it is, with its end if it has one; several days without their times."""
    if one.ends_at is None:
        return shown_full_when(one)
    is_long = lasts_days(one.starts_at, one.ends_at, one.time_zone)
    return shown_whole_when(one) if is_long else shown_from_to(one)
