"""The prices of one performance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from pos_app.ui.records.change_guard import ChangeGuard
from pos_app.ui.screens.admin.prices.filling import Filling, performance_words
from pos_app.ui.screens.admin.prices.form import SIDE, PriceForm
from pos_app.ui.screens.admin.prices.keys import price_keys
from pos_app.ui.screens.admin.prices.saving import PriceSaving
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import panel, rule, text_label
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import failure_message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.season.prices import PriceGrid
    from pos_app.ui.screens.admin.prices.operations import PriceOperations

_CTRL_S: Final = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


class PricesPanel(QWidget):
    """A grid of category by ticket type, fees, and what fills them. Ctrl+S saves.

    Signals: saved(tuple): the grids (PriceGrid) that are stored now, the first one that of the performance shown.
    """

    saved = Signal(object)

    def __init__(self, operations: PriceOperations) -> None:
        super().__init__()
        self._operations = operations
        self.record: PerformanceRecord | None = None
        self.others: tuple[int, ...] = ()
        self.form = PriceForm()
        self.banner = Banner()
        self.empty = EmptyState("money", "")
        self.also = text_label("", "muted", wrap=True)
        self.save_button = KeyButton(self.tr("Save"), icon_name="floppy-disk", variant="primary")
        self.save_button.print_key("Ctrl+S")
        self.discard_button = KeyButton(self.tr("Discard"))
        question = self.tr("Save the prices first?")
        self.guard = ChangeGuard(self, question, unsaved=self.unsaved, save=self.save, discard=self.discard)
        self.saving = PriceSaving(self, operations, self.form, self.banner, self.guard)
        self.filling = Filling(self, operations, self.form, self.banner)
        self._pages = QStackedWidget()
        tell_keys(self, price_keys)
        self._connect()
        self._arrange()
        self._say_nothing(self.tr("No performance chosen"), self.tr("Choose one to see its prices."))

    def show_performance(self, record: PerformanceRecord | None) -> None:
        """Show the prices of a performance; what is unsaved of another one is to be asked for before, by leave()."""
        same = self.record is not None and record is not None and self.record.performance_id == record.performance_id
        if same and self.unsaved():
            return
        self.record = record
        if not same:
            self.form.clear()
            self.banner.dismiss()
        if record is None:
            self._say_nothing(self.tr("No performance chosen"), self.tr("Choose one to see its prices."))
        else:
            if not same:
                self._say_nothing(self.tr("Reading the prices…"), "")
            self.refresh()

    def refresh(self) -> None:
        """Read the prices again, unless something is unsaved."""
        if self.record is not None and not self.unsaved():
            self._operations.grid(self, self.record.performance_id).then(self._on_grid, self._on_unreadable)

    def unsaved(self) -> tuple[str, ...]:
        """Name the performance whose prices are not saved."""
        if self.record is None or not self.form.is_dirty:
            return ()
        return (self.tr("Prices of “{0}”").format(performance_words(self.record)),)

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else ask, and go on when it was saved or given up."""
        self.guard.leave(go_on)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save what is typed; then: what to do once it is stored."""
        self.saving.save(self.others, then)

    def discard(self) -> None:
        """Take back what is unsaved."""
        if self.form.grid is not None:
            self.show_grid(self.form.grid)

    def show_grid(self, grid: PriceGrid) -> None:
        """Show prices as they are stored; nothing is unsaved then."""
        self.form.show_grid(grid)
        self.choose_others(())
        if not grid.categories:
            self._say_nothing(
                self.tr("This plan has no price categories"), self.tr("Give its seats categories under Venues first.")
            )
        elif not grid.ticket_types:
            self._say_nothing(
                self.tr("There are no ticket types yet"), self.tr("Make the usual one under Ticket types first.")
            )
        else:
            self._pages.setCurrentIndex(1)
        self._show_possible()

    def choose_others(self, performance_ids: Iterable[int]) -> None:
        """Save these prices on other performances, too."""
        self.others = tuple(performance_ids)
        words = spoken_count(
            "Also for {count} other performance", "Also for {count} other performances", len(self.others)
        )
        self.also.setText(words if self.others else "")
        self._show_possible()

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """While a change is on its way, the grid waits."""
        self.form.pause(busy)
        for button in self._tools:
            button.setEnabled(not busy)
        self.save_button.set_words(self.tr("Saving…") if busy else self.tr("Save"))
        self._show_possible()

    def _connect(self) -> None:
        self.empty.asked.connect(self.refresh)
        self.save_button.clicked.connect(lambda _checked: self.save())
        self.discard_button.clicked.connect(self.discard)
        self.form.edited.connect(self._show_possible)
        self.guard.busy_changed.connect(self.show_busy)
        self.saving.stored.connect(self.show_grid)
        self.saving.rebased.connect(self._on_rebased)
        self.saving.saved.connect(self.saved)
        self.filling.others_chosen.connect(self.choose_others)
        self.filling.unreadable.connect(self._on_unreadable)

    def _arrange(self) -> None:
        self._tools = [
            self._tool(self.tr("Copy from…"), self.tr("Take the prices of another performance"), self._on_copy),
            self._tool(
                self.tr("Percent…"),
                self.tr("Set a ticket type to a percentage of another"),
                self.filling.ask_percent,
            ),
            self._tool(
                self.tr("Fill down"),
                self.tr("Copy the first chosen row into those below (Ctrl+D)"),
                self.form.table.fill_down,
            ),
            self._tool(self.tr("Also for…"), self.tr("Save the same prices on other performances"), self._on_also),
        ]
        tools = row(*self._tools, 1, margins=(SIDE - 4, 8, SIDE - 4, 4), spacing=4)
        foot = row((self.also, 1), self.discard_button, self.save_button, margins=(SIDE, 10, SIDE, 12), spacing=10)
        self.form.notes.addWidget(self.banner)
        inside, frame = QWidget(), panel()
        column(tools, (self.form, 1), rule(), foot, inside=inside, spacing=0)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(inside)
        column(self._pages, inside=frame, margins=1)
        column(frame, inside=self)
        self.setFocusProxy(self.form.table)

    def _tool(self, words: str, tip: str, do: Callable[[], object]) -> QPushButton:
        button: QPushButton = text_button(words, variant="ghost")
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _on_copy(self) -> None:
        if self.record is not None:
            self.filling.ask_from_where(self.record)

    def _on_also(self) -> None:
        if self.record is not None:
            self.filling.ask_for_which(self.record, self.others)

    def _on_rebased(self, grid: PriceGrid) -> None:
        others = self.others
        self.show_grid(grid)
        self.choose_others(others)

    def _say_nothing(self, title: str, sentence: str, action: str = "") -> None:
        self.empty.show_words("money", title, sentence, action=action)
        self._pages.setCurrentIndex(0)

    def _show_possible(self) -> None:
        dirty, idle = bool(self.unsaved()), not self.guard.is_busy
        self.save_button.setEnabled(idle and (dirty or bool(self.others)))
        self.discard_button.setEnabled(idle and dirty)

    def _on_grid(self, grid: PriceGrid) -> None:
        if self.record is not None and grid.performance_id == self.record.performance_id and not self.unsaved():
            self.show_grid(grid)

    def _on_unreadable(self, error: Exception) -> None:
        """Say why something could not be read."""
        if self.form.grid is None:
            self.empty.show_trouble(message_for(error))
            self._pages.setCurrentIndex(0)
        else:
            self.banner.show_message(failure_message(error, self.refresh))

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+S here, where the screen around has one of its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _saves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+S."""
        if _saves(event):
            self.save_button.click()
        else:
            super().keyPressEvent(event)


def _saves(event: QKeyEvent) -> bool:
    return (event.key(), event.modifiers()) == _CTRL_S
