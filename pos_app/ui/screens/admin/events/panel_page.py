"""What else is set up for one performance: panels that others make, over the whole section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.look.dressing import dress
from pos_app.ui.screens.admin.events.keys import panel_keys
from pos_app.ui.screens.admin.events.performances.words import doors_words, when_words
from pos_app.ui.unsaved import leave_widget, unsaved_in
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons, text_button
from pos_app.ui.widgets.labels import ElidedLabel
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.lists import side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QShowEvent

    from pos_app.domain.season.performances import PerformanceRecord


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel of a performance. make: builds it when it is opened for the first time.

    follows_a_cancellation: it is offered when a performance with sold tickets was cancelled.
    The widget has show_performance(record), and the methods of KeepsChanges where something can be unsaved in it.
    """

    title: str
    make: Callable[[], ShowsPerformance]
    follows_a_cancellation: bool = False


class ShowsPerformance(Protocol):
    """What a panel can be asked. It is a QWidget."""

    def show_performance(self, record: PerformanceRecord) -> None:
        """Show what is set up for this performance."""
        ...

    def refresh(self) -> None:
        """Read again what is shown: it was out of sight, and what it is made from may be another now."""
        ...


class PanelPage(QWidget):
    """One panel at a time, the performance named above it, with the way back.

    Keys: Esc goes back. Signals: closed(): back to the performances; what was unsaved is settled.
    """

    closed = Signal()

    def __init__(self, panels: Sequence[Panel]) -> None:
        super().__init__()
        self._panels = tuple(panels)
        self._made: dict[int, Any] = {}
        self._record: PerformanceRecord | None = None
        self.back_button = text_button(self.tr("Performances"), icon_name="arrow-left")
        self.back_button.setToolTip(self.tr("Back (Esc)"))
        self.back_button.clicked.connect(self.go_back)
        self.choice = SegmentedButtons([(str(at), one.title) for at, one in enumerate(self._panels)])
        self.choice.chosen.connect(self._on_chosen)
        self._title = ElidedLabel("", "heading")
        self._stack = QStackedWidget()
        head = QWidget()
        row(self.back_button, (self._title, 1), self.choice, inside=head, spacing=12)
        dress(head)
        column(head, (self._stack, 1), inside=self, spacing=10)
        self.choice.setVisible(len(self._panels) > 1)
        tell_keys(self, panel_keys)
        self._back_key = QShortcut(QKeySequence("Esc"), self, self.go_back)
        self._back_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def panel(self, at: int) -> Any:
        """Return the widget of a panel; it is built when it is asked for first."""
        if at not in self._made:
            self._made[at] = self._panels[at].make()
            self._stack.addWidget(self._made[at])
            dress(self._made[at])
        return self._made[at]

    def show_panel(self, at: int, record: PerformanceRecord) -> None:
        """Show a panel for a performance."""
        self._record = record
        self._title.show_words(side_by_side(record.title, when_words(record), doors_words(record), record.venue))
        self.choice.choose(str(at))
        widget = self.panel(at)
        self._stack.setCurrentWidget(widget)
        widget.show_performance(record)
        widget.setFocus()

    def go_back(self) -> None:
        """Go back to the performances; asks first when something is unsaved."""
        self.leave(self.closed.emit)

    def unsaved(self) -> tuple[str, ...]:
        """Name what is unsaved in any panel."""
        return unsaved_in(*self._made.values())

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else the panel that is shown asks."""
        leave_widget(self._stack.currentWidget(), go_on)

    def _on_chosen(self, key: str) -> None:
        record, shown = self._record, self._stack.currentWidget()
        self.choice.choose(str(next(at for at, widget in self._made.items() if widget is shown)))
        if record is not None:
            self.leave(lambda: self.show_panel(int(key), record))

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is shown anew when a person comes back to it from another section."""
        super().showEvent(event)
        shown: Any = self._stack.currentWidget()
        if shown is not None and self._record is not None:
            shown.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the panel."""
        super().focusInEvent(event)
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus()
