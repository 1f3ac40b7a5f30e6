"""Which evening something is for: title, day and time on one line, and what belongs to it below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.labels import ElidedLabel, IconLabel, text_label
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.evenings import shown_full_when, standing_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.selling.performance_seats import PerformanceSeats

_ICON_PIXELS: Final = 18
_MOST: Final = 3


class PerformanceLine(QWidget):
    """Names a performance; a long title gives way to day and time, and is told whole in its tool tip. No signals.

    places: whether they are told, too. elsewhere: it is not the one on the map, which is said and coloured.
    """

    def __init__(self, seats: PerformanceSeats, *, places: bool = False, elsewhere: bool = False) -> None:
        super().__init__()
        tone = "warn" if elsewhere else ""
        when = standing_when(seats)
        title = ElidedLabel(seats.title, "strong")
        title.setProperty("tone", tone)
        below = side_by_side(
            self.tr("Not the one on the map") if elsewhere else "", spoken(seats.spoken()) if places else ""
        )
        self.words = "\n".join(filter(None, (side_by_side(seats.title, when), below)))
        self.setAccessibleName(self.words)
        self.setToolTip("\n".join((seats.title, shown_full_when(seats))))
        lines = column(row((title, 1), text_label(when, tone=tone), spacing=8), spacing=1)
        if below:
            label = ElidedLabel(below, "muted")
            label.setProperty("tone", tone)
            lines.addWidget(label)
        sign = IconLabel("warning" if elsewhere else "calendar-blank", _ICON_PIXELS, tone or "muted")
        row(column(sign, 1, margins=(0, 2, 0, 0)), (lines, 1), inside=self, spacing=8)


class PerformanceLines(QWidget):
    """Several of them, one below the other. No signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(inside=self, spacing=6)

    @property
    def words(self) -> str:
        """Return all that is said."""
        return "\n".join(line.words for line in self.findChildren(PerformanceLine) if not line.isHidden())

    def show_seats(self, performances: tuple[PerformanceSeats, ...], *, on_map: int | None = None) -> None:
        """Name performances with their places. on_map: which one is there, where that matters."""
        while (item := self._lines.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        for seats in performances[:_MOST]:
            elsewhere = on_map is not None and seats.performance_id != on_map
            self._lines.addWidget(PerformanceLine(seats, places=True, elsewhere=elsewhere))
        if (more := len(performances) - _MOST) > 0:
            rest = text_label(self.tr("and {0} more").format(shown_number(more)), "muted")
            rest.setToolTip("\n".join(PerformanceLine(seats, places=True).words for seats in performances[_MOST:]))
            self._lines.addWidget(rest)
        self.setVisible(bool(performances))
