"""The bar above the verdict: which performance, which gate, how many are inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from pos_app.domain.door.at_hand import nearest_performance
from pos_app.ui.look.icons import icon
from pos_app.ui.screens.door.gates import GateButton
from pos_app.ui.screens.door.words import performance_words
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from pos_app.domain.door.check_in import DoorCounts, DoorPerformance

_OPENS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4})
_ALT: Final = Qt.KeyboardModifier.AltModifier


class PerformanceBox(ComboBox):
    """A choice that is made in its open list alone: a letter or an arrow must not set the gate to another evening."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list, and leave every other key to the screen."""
        if event.key() in _OPENS or (event.key() == Qt.Key.Key_Down and event.modifiers() & _ALT):
            self.showPopup()
        else:
            event.ignore()


class SetupBar(QFrame):
    """Chooses performance and gate, and shows the counts.

    Signals:
        performance_chosen(DoorPerformance): the steward chose it, or it was preselected.
        leaving_changed(bool): guests are leaving, or coming in again.
        find_asked(): the search was asked for.
        mute_changed(bool): sounds off or on.
    """

    performance_chosen = Signal(object)
    leaving_changed = Signal(bool)
    find_asked = Signal()
    mute_changed = Signal(bool)

    def __init__(self, settings: QSettings, till_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.performances = PerformanceBox()
        self.performances.setMinimumWidth(240)
        self.performances.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.performances.setAccessibleName(self.tr("Performance"))
        self.gates = GateButton(settings, till_name)
        self._counts = text_label("", "strong")
        self._counts.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._progress = QProgressBar(textVisible=False)
        self._progress.setFixedWidth(150)
        self.leaving_button = KeyButton(self.tr("Guest leaves"), "F7", icon_name="sign-out", variant="segment")
        self.leaving_button.setCheckable(True)
        self.find_button = KeyButton(self.tr("Find"), "F3", icon_name="magnifying-glass")
        self.mute_button = icon_button("speaker-high", "")
        self.mute_button.setCheckable(True)
        self.mute_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        numbers = column(1, self._counts, self._progress, 1, spacing=5)
        switches = (self.leaving_button, self.find_button, self.mute_button)
        row(
            *((self.performances, 1), self.gates, Gap(6), numbers, Gap(6), *switches),
            inside=self,
            margins=(12, 10, 12, 10),
            spacing=8,
        )
        self.show_counts(None)
        self._on_mute_toggled(muted=False)
        self.performances.activated.connect(self._on_performance_activated)
        self.leaving_button.toggled.connect(self.leaving_changed)
        self.find_button.clicked.connect(self.find_asked)
        self.mute_button.toggled.connect(lambda muted: self._on_mute_toggled(muted=muted))

    @property
    def performance(self) -> DoorPerformance | None:
        """The performance chosen."""
        chosen: DoorPerformance | None = self.performances.currentData()
        return chosen

    @property
    def gate(self) -> str:
        """The gate's name as it is recorded; never empty."""
        return self.gates.gate

    def show_performances(self, performances: Sequence[DoorPerformance]) -> None:
        """Offer performances; keeps the one chosen, else preselects the one whose doors are nearest."""
        before = self.performance
        self.performances.clear()
        for performance in performances:
            self.performances.addItem(performance_words(performance), performance)
        ids = [performance.performance_id for performance in performances]
        chosen = nearest_performance(performances)
        if before is not None and before.performance_id in ids:
            self.performances.setCurrentIndex(ids.index(before.performance_id))
        elif chosen is not None:
            self.performances.setCurrentIndex(ids.index(chosen.performance_id))
            self.performance_chosen.emit(chosen)
        self.performances.setToolTip(self.performances.currentText())

    def show_counts(self, counts: DoorCounts | None) -> None:
        """Show how many are inside; None while it is not known."""
        if counts is None:
            self._counts.setText(self.tr("Not counted"))
            self._progress.setRange(0, 1)
            self._progress.setValue(0)
            return
        words = self.tr("{0} of {1} inside")
        self._counts.setText(words.format(shown_number(counts.inside), shown_number(counts.expected)))
        self._progress.setRange(0, max(1, counts.expected))
        self._progress.setValue(min(counts.inside, max(1, counts.expected)))

    def _on_performance_activated(self, at: int) -> None:
        self.performances.setToolTip(self.performances.currentText())
        self.performance_chosen.emit(self.performances.itemData(at))

    def _on_mute_toggled(self, *, muted: bool) -> None:
        self.mute_button.setIcon(icon("speaker-slash" if muted else "speaker-high", role="muted"))
        words = self.tr("Sound is off") if muted else self.tr("Sound is on")
        self.mute_button.setToolTip(words)
        self.mute_button.setAccessibleName(words)
        self.mute_changed.emit(muted)
