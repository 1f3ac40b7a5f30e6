"""The prices of one performance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from pos_app.domain.editing import FieldRefused
from pos_app.domain.season.prices import PriceDraft
from pos_app.ui.records.fields.field import Field
from pos_app.ui.records.fields.number_fields import MoneyField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.records.leave_sheet import LeaveSheet
from pos_app.ui.screens.admin.prices.filling import Filling, performance_words
from pos_app.ui.screens.admin.prices.price_model import PriceModel
from pos_app.ui.screens.admin.prices.price_saving import PriceSaving
from pos_app.ui.screens.admin.prices.price_table import PriceTable
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import panel, rule, text_label
from pos_app.ui.words.amounts import counted
from pos_app.ui.words.messages import Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.season.prices import PriceGrid
    from pos_app.ui.screens.admin.prices.services import PriceServices

_FEES_HEIGHT: Final = 104
_SIDE: Final = 14
_CTRL_S: Final = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


class PricesPanel(QWidget):
    """A grid of category by ticket type, fees, and what fills them. Ctrl+S saves.

    Signals: saved(tuple): the grids (PriceGrid) that are stored now, the first one that of the performance shown.
    """

    saved = Signal(object)

    def __init__(self, services: PriceServices) -> None:
        super().__init__()
        self._services = services
        self.record: PerformanceRecord | None = None
        self.grid: PriceGrid | None = None
        self.others: tuple[int, ...] = ()
        self.model = PriceModel()
        self.table = PriceTable(self.model)
        self._ticket_fee, self._order_fee = MoneyField(""), MoneyField("")
        self.fees = RecordForm(
            (
                Field("ticket_fee_minor", self.tr("Fee a ticket"), self._ticket_fee, half=True),
                Field("order_fee_minor", self.tr("Fee an order"), self._order_fee, half=True),
            ),
            side=_SIDE,
        )
        self.fees.setFixedHeight(_FEES_HEIGHT)
        self.banner = Banner()
        self.empty = EmptyState("money", "")
        self.empty.asked.connect(self.refresh)
        self.wrong = text_label("", "small", tone="danger", wrap=True)
        self.also = text_label("", "muted", wrap=True)
        self.save_button = KeyButton(self.tr("Save"), icon_name="floppy-disk", variant="primary")
        self.save_button.print_key("Ctrl+S")
        self.discard_button = KeyButton(self.tr("Discard"))
        self.saving = PriceSaving(self, services)
        self.filling = Filling(self, services)
        self.save_button.clicked.connect(self._on_save)
        self.discard_button.clicked.connect(self.discard)
        self.model.edited.connect(self._show_possible)
        self.table.typing.connect(self._show_possible)
        self.fees.edited.connect(self._show_possible)
        self._arrange()
        self._say_nothing(self.tr("No performance chosen"), self.tr("Choose one to see its prices."))

    def show_performance(self, record: PerformanceRecord | None) -> None:
        """Show the prices of a performance; what is unsaved of another one is to be asked for before, by leave()."""
        same = self.record is not None and record is not None and self.record.performance_id == record.performance_id
        if same and self.unsaved():
            return
        self.record = record
        if not same:
            self.grid = None
            self.banner.dismiss()
        if record is None:
            self._say_nothing(self.tr("No performance chosen"), self.tr("Choose one to see its prices."))
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the prices again, unless something is unsaved."""
        if self.record is not None and not self.unsaved():
            self._services.grid(self, self.record.performance_id).then(self._on_grid, self.show_unreadable)

    def unsaved(self) -> tuple[str, ...]:
        """Name the performance whose prices are not saved."""
        dirty = self.model.is_dirty or self.fees.is_dirty or self.table.is_typing
        if self.grid is None or self.record is None or not dirty:
            return ()
        return (self.tr("Prices of “{0}”").format(performance_words(self.record)),)

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else ask, and go on when it was saved or given up."""
        if self.saving.is_busy:
            self.saving.wait(lambda: self.leave(go_on))
        elif not self.unsaved():
            go_on()
        else:
            sheet = LeaveSheet(self, self.tr("Save the prices first?"), self.unsaved())
            sheet.save_chosen.connect(lambda: self.saving.save(go_on))
            sheet.discard_chosen.connect(self.discard)
            sheet.discard_chosen.connect(go_on)
            sheet.open()

    def discard(self) -> None:
        """Take back what is unsaved."""
        if self.grid is not None:
            self.show_grid(self.grid)

    def read(self) -> PriceDraft | None:
        """Return what is typed; None, and said beside each, when anything cannot be read."""
        self.table.finish()
        amounts, problems = self.model.read()
        try:
            fees = self.fees.values()
        except FieldRefused as error:
            self.fees.show_problems(error.fields)
            return None
        if problems:
            kind = next(iter(problems))
            self._show_wrong()
            self.table.begin()
            self.table.setCurrentIndex(self.model.index_of(kind))
            return None
        ticket, order = fees["ticket_fee_minor"], fees["order_fee_minor"]
        return PriceDraft(amounts, ticket if isinstance(ticket, int) else 0, order if isinstance(order, int) else 0)

    def show_grid(self, grid: PriceGrid) -> None:
        """Show prices as they are stored; nothing is unsaved then."""
        self.grid = grid
        for field in (self._ticket_fee, self._order_fee):
            field.set_currency(grid.currency)
        self.model.show_grid(grid)
        self.fees.show_values({name: getattr(grid, name) for name in self.fees.names})
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

    def show_draft(self, draft: PriceDraft) -> None:
        """Show other prices and fees, as if a person had typed them."""
        self.model.show_amounts(draft.amounts)
        self.fees.change_values({"ticket_fee_minor": draft.ticket_fee_minor, "order_fee_minor": draft.order_fee_minor})

    def choose_others(self, performance_ids: Iterable[int]) -> None:
        """Save these prices on other performances, too."""
        self.others = tuple(performance_ids)
        words = counted(
            len(self.others), self.tr("Also for 1 other performance"), self.tr("Also for {0} other performances")
        )
        self.also.setText(words if self.others else "")
        self._show_possible()

    def name_of(self, field: str) -> str:
        """Return what a fee or a cell ("category/type", by id) is called."""
        if "/" not in field:
            return self.fees.label(field)
        category, _, kind = field.partition("/")
        return self.model.name_of((int(category), int(kind)))

    def say(self, message: Message, seconds: int = 0) -> None:
        """Say something above the foot."""
        self.banner.show_message(message, seconds=seconds)

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """While a change is on its way, the grid waits."""
        self.table.pause(busy)
        for widget in (self.fees, *self._tools):
            widget.setEnabled(not busy)
        self.save_button.set_words(self.tr("Saving…") if busy else self.tr("Save"))
        self._show_possible()

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(_SIDE - 4, 8, _SIDE - 4, 4)
        tools.setSpacing(4)
        self._tools: list[QPushButton] = []
        for words, tip, do in (
            (self.tr("Copy from…"), self.tr("Take the prices of another performance"), self.filling.ask_from_where),
            (self.tr("Percent…"), self.tr("Set a ticket type to a percentage of another"), self.filling.ask_percent),
            (
                self.tr("Fill down"),
                self.tr("Copy the first chosen row into those below (Ctrl+D)"),
                self.table.fill_down,
            ),
            (self.tr("Also for…"), self.tr("Save the same prices on other performances"), self.filling.ask_for_which),
        ):
            button = text_button(words, variant="ghost")
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, do=do: do())
            tools.addWidget(button)
            self._tools.append(button)
        tools.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(_SIDE, 10, _SIDE, 12)
        foot.setSpacing(10)
        foot.addWidget(self.also, 1)
        foot.addWidget(self.discard_button)
        foot.addWidget(self.save_button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        lower = QVBoxLayout()
        lower.setContentsMargins(_SIDE, 6, _SIDE, 8)
        lower.addWidget(self.wrong)
        lower.addWidget(self.banner)
        column.addLayout(lower)
        column.addWidget(self.fees)
        column.addWidget(rule())
        column.addLayout(foot)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(inside)
        frame = panel()
        around = QVBoxLayout(frame)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(self._pages)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.setFocusProxy(self.table)

    def _on_save(self) -> None:
        self.saving.save()

    def _say_nothing(self, title: str, sentence: str, action: str = "") -> None:
        self.empty.show_words("money", title, sentence, action=action)
        self._pages.setCurrentIndex(0)

    def _show_possible(self) -> None:
        dirty, idle = bool(self.unsaved()), not self.saving.is_busy
        self.save_button.setEnabled(idle and (dirty or bool(self.others)))
        self.discard_button.setEnabled(idle and dirty)
        self._show_wrong()

    def _show_wrong(self) -> None:
        _, problems = self.model.read()
        lines = [f"{self.model.name_of(kind)}: {problem}" for kind, problem in problems.items()]
        self.wrong.setText("\n".join(lines[:3]))
        self.wrong.setVisible(bool(lines))

    def _on_grid(self, grid: PriceGrid) -> None:
        if self.record is not None and grid.performance_id == self.record.performance_id and not self.unsaved():
            self.show_grid(grid)

    def show_unreadable(self, error: Exception) -> None:
        """Say why something could not be read."""
        message = message_for(error)
        if self.grid is None:
            self._say_nothing(message.text, message.advice, self.tr("Try again"))
        else:
            self.say(Message(message.text, message.advice, message.level, self.tr("Try again"), self.refresh))

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
