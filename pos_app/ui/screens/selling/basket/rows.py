"""The lines of the basket, evening by evening; those that are told in one unfold to their seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMetaObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from pos_app.domain.selling.basket_lines import MOST_SINGLE_LINES
from pos_app.ui.screens.selling.basket.row import BasketRow, Fold
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.performance_line import PerformanceLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QColor, QResizeEvent

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.basket_lines import LineGroup
    from pos_app.domain.selling.performance_seats import PerformanceSeats

_AT_ONCE: Final = 10
_FRAME_MS: Final = 15
_BESIDE: Final = 6
"""Pixels between the lines and the bar that scrolls them."""
_ONE_LINE: Final = 50
"""However little room there is, a line is seen."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line that is to be shown, and the evening that is named above it, where one begins there."""

    group: LineGroup
    fold: Fold
    begins: PerformanceSeats | None = None


@dataclass(frozen=True, slots=True)
class _Keyboard:
    """Which part of which line has the keyboard: its last seat, its kind, and the part counted from its end."""

    seat: SeatKey
    is_within: bool
    part: int


class BasketRows(QScrollArea):
    """Shows the lines; what is done with one is told with all its seats. Which evening it is, is always in sight.

    Signals: type_chosen(tuple, int); removed(tuple).
    """

    type_chosen = Signal(object, int)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        self._lines = column(1, inside=inside, margins=(0, 0, _BESIDE, 0), spacing=0)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.setMinimumHeight(_ONE_LINE)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        # Once the lines are where they belong.
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(self._show_evening)
        for moved in (self.verticalScrollBar().rangeChanged, self.verticalScrollBar().valueChanged):
            moved.connect(lambda *_where: self._look.start())
        self._follows = False
        self._refocused: _Keyboard | None = None
        self._waiting: list[_Entry] = []
        self._more = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._more.timeout.connect(self._add_rows)
        self._basket: Basket | None = None
        self._color_of: Callable[[int], QColor] | None = None
        self._on_map: int | None = None
        self._unfolded: set[SeatKey] = set()
        self._evenings: list[PerformanceLine] = []

    def rows(self) -> list[BasketRow]:
        """Return the lines as they are shown."""
        return [widget for widget in self._widgets() if isinstance(widget, BasketRow)]

    def named(self) -> list[str]:
        """Return the evenings as they are named above their lines."""
        return [evening.words for evening in self._evenings]

    def show_lines(self, basket: Basket, color_of: Callable[[int], QColor], on_map: int | None) -> None:
        """Show the lines of a basket. on_map: which performance is there, None: none."""
        if self._basket is not None and basket is not self._basket:
            self._unfolded.clear()
        self._basket, self._color_of, self._on_map = basket, color_of, on_map
        self._show()

    def focused_seats(self) -> tuple[SeatKey, ...]:
        """Return the seats of the line that has the keyboard."""
        found = self._focused()
        return () if found is None else found[0].seats

    def _show(self) -> None:
        before = len(self.rows()) + len(self._waiting)
        self._refocused = self._keyboard() or (self._refocused if self._waiting else None)
        while self._lines.count() > 1:
            item = self._lines.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._waiting = [] if self._basket is None else list(self._entries(self._basket))
        self._follows = len(self._waiting) > before
        self._name_evenings()
        self._add_rows()

    def _name_evenings(self) -> None:
        """Keep room above the lines for the name of the evening."""
        for evening in self._evenings:
            evening.hide()
            evening.deleteLater()
        begun = [entry.begins for entry in self._waiting if entry.begins is not None]
        self._evenings = [self._named(seats) for seats in begun]
        for evening in self._evenings:
            evening.setParent(self)
        self.setViewportMargins(0, max((one.sizeHint().height() for one in self._evenings), default=0), 0, 0)
        self._place_evenings()
        self._show_evening()

    def _named(self, seats: PerformanceSeats) -> PerformanceLine:
        is_elsewhere = self._on_map is not None and seats.performance_id != self._on_map
        evening = PerformanceLine(seats, elsewhere=is_elsewhere)
        evening.setContentsMargins(0, 4, 0, 4)
        return evening

    def _place_evenings(self) -> None:
        for evening in self._evenings:
            evening.setGeometry(0, 0, self.viewport().width() - _BESIDE, evening.sizeHint().height())

    def _show_evening(self) -> None:
        """Name the evening whose lines are first in sight; the others are named among the lines, where they begin."""
        top = self.verticalScrollBar().value()
        self._lines.activate()
        begun = [one for one in self._widgets() if isinstance(one, PerformanceLine)]
        passed = sum(one.y() + one.height() <= top for one in begun) if top else 0
        for at, evening in enumerate(self._evenings):
            evening.setVisible(at == passed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the evening be as wide as the lines."""
        super().resizeEvent(event)
        self._place_evenings()

    def _entries(self, basket: Basket) -> Iterator[_Entry]:
        for performance in basket.performances():
            begins: PerformanceSeats | None = performance.seats()
            for group in performance.groups:
                fold = self._fold_of(group)
                yield _Entry(group, fold, begins)
                begins = None
                if fold is Fold.UNFOLDED:
                    yield from (_Entry(single, Fold.WITHIN) for single in group.singles())

    def _fold_of(self, group: LineGroup) -> Fold:
        if not 1 < len(group.lines) <= MOST_SINGLE_LINES:
            return Fold.NONE
        return Fold.FOLDED if self._unfolded.isdisjoint(line.seat for line in group.lines) else Fold.UNFOLDED

    def _add_rows(self) -> None:
        """Add lines, those that are seen without scrolling at once: with all of forty the window would stand still."""
        for entry in self._waiting[:_AT_ONCE]:
            self._add(entry)
        del self._waiting[:_AT_ONCE]
        if self._waiting:
            # From the end of this turn on, so that what is new is painted first.
            QMetaObject.invokeMethod(self._more, "start", Qt.ConnectionType.QueuedConnection)

    def _add(self, entry: _Entry) -> None:
        if self._basket is None or self._color_of is None:
            return
        if entry.begins is not None and self._lines.count() > 1:
            self._lines.insertWidget(self._lines.count() - 1, self._named(entry.begins))
        color = self._color_of(entry.group.lines[0].category_id)
        line = BasketRow(entry.group, self._basket.currency, color, entry.fold)
        line.type_chosen.connect(self.type_chosen)
        line.removed.connect(self.removed)
        line.unfolded.connect(self._on_unfolded)
        self._lines.insertWidget(self._lines.count() - 1, line)
        wanted = self._refocused
        if wanted is not None and (wanted.seat, wanted.is_within) == (line.seat, line.fold is Fold.WITHIN):
            line.parts[max(wanted.part, -len(line.parts))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_unfolded(self, seats: tuple[SeatKey, ...], unfold: bool) -> None:  # noqa: FBT001 - a signal's argument
        if unfold:
            self._unfolded.update(seats)
        else:
            self._unfolded.difference_update(seats)
        self._show()
        # The eye stays where the hand is.
        self._follows = False

    def _widgets(self) -> Iterator[QWidget]:
        items = (self._lines.itemAt(at) for at in range(self._lines.count()))
        return (widget for item in items if item is not None and (widget := item.widget()) is not None)

    def _focused(self) -> tuple[BasketRow, int] | None:
        """Return the line that has the keyboard, and the part of it, counted from the end."""
        for shown in self.rows():
            for at, part in enumerate(shown.parts, start=-len(shown.parts)):
                if part.hasFocus():
                    return shown, at
        return None

    def _keyboard(self) -> _Keyboard | None:
        found = self._focused()
        return None if found is None else _Keyboard(found[0].seat, found[0].fold is Fold.WITHIN, found[1])

    def _on_range_changed(self, _least: int, most: int) -> None:
        """Show the line that was added last."""
        if self._follows:
            self.verticalScrollBar().setValue(most)
