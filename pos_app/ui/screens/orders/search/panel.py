"""The left side of the order desk: what is looked for, and what was found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from pos_app.domain.errors import InvalidInput
from pos_app.domain.orders.finding import OrderQuery
from pos_app.ui.screens.orders.search.filters import OrderFilters
from pos_app.ui.screens.orders.search.finding import Finding
from pos_app.ui.screens.orders.search.table import OrdersTable
from pos_app.ui.screens.orders.search.words import empty_words, listed_words
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.keys import ENTER
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.scan_input import take_scans
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from pos_app.domain.orders.filter_choices import FilterChoices
    from pos_app.domain.orders.finding import OrdersPage
    from pos_app.ui.screens.orders.operations import OrderOperations

_LEAST_BUTTON: Final = 120
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


def _is_key_of_due(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return event.type() is QEvent.Type.ShortcutOverride and control and event.key() == Qt.Key.Key_D


class SearchPanel(QFrame):
    """One field, the filters, and the orders that fit, the newest first; read on as they are scrolled.

    Signals:
        order_chosen(int): by a person, or because it is the first one found. nothing_found().
        due_asked(), reserved_asked(), work_lists_asked(), export_asked(): by the buttons.
        digit_pressed(int): for the order's tickets.
    """

    order_chosen = Signal(int)
    nothing_found = Signal()
    due_asked = Signal()
    reserved_asked = Signal()
    work_lists_asked = Signal()
    export_asked = Signal()
    digit_pressed = Signal(int)

    def __init__(self, operations: OrderOperations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._operations = operations
        self._kept: int | None = None
        self._waits_for_choices = True
        self.field = SearchField(self.tr("Number, name, e-mail, phone, note, seat, ticket"))
        # The slip of a reservation opens its order, as a ticket does, whatever is typed.
        take_scans(self.field, numbers=False)
        self.field.searched.connect(self.look)
        self.field.left.connect(self._on_left)
        self.field.installEventFilter(self)
        self.problem = text_label("", "body", tone="danger", wrap=True)
        self.problem.hide()
        self.last_button = KeyButton(self.tr("Last of this till"), "F3")
        self.last_button.clicked.connect(self.show_last)
        self.waiting_button = KeyButton(self.tr("At the window"), "F4", icon_name="ticket")
        self.waiting_button.clicked.connect(self.show_waiting)
        for button in (self.last_button, self.waiting_button):
            button.setCheckable(True)
        self.due_button = KeyButton(self.tr("Refunds due"), "Ctrl+D")
        self.due_button.clicked.connect(self.due_asked)
        self.reserved_button = KeyButton(self.tr("Reserved"), "Shift+F4", icon_name="clock")
        self.reserved_button.told_as = self.tr("Open reservations")
        self.reserved_button.clicked.connect(self.reserved_asked)
        # Where there is no room for all of it, it goes without its icon first.
        self.reserved_button.setMinimumWidth(_LEAST_BUTTON)
        self.work_lists_button = KeyButton(self.tr("Work lists"), "Ctrl+W")
        self.work_lists_button.clicked.connect(self.work_lists_asked)
        self.work_lists_button.hide()
        self.filters = OrderFilters()
        self.filters.changed.connect(self.look)
        self.filters.clear_asked.connect(self.clear_filters)
        self.table = OrdersTable()
        self.table.order_chosen.connect(self._on_chosen)
        self.table.digit_pressed.connect(self.digit_pressed)
        self.table.typed.connect(self._on_typed)
        self.finding = Finding(operations, self)
        self.finding.found.connect(self._on_found)
        self.finding.more_found.connect(self._on_more)
        self.finding.failed.connect(self._on_failed)
        self.table.more_wanted.connect(self.finding.read_on)
        self.empty = EmptyState("receipt", self.tr("Reading the orders…"))
        self.empty.asked.connect(self._on_empty_asked)
        self.status = text_label("", "muted", wrap=True)
        self.export_button = KeyButton(self.tr("Export"), "Ctrl+E", icon_name="floppy-disk")
        self.export_button.clicked.connect(self.export_asked)
        self.banner = Banner()
        # A shortcut of its own button would be a click 100 ms later.
        self._arrange()

    @property
    def query(self) -> OrderQuery:
        """Return what is looked for."""
        return self.filters.query(self.field.text().strip())

    def look(self) -> None:
        """Look for what is typed and filtered now; the first one found is chosen."""
        self._kept = None
        say(self.problem, "")
        self._show_narrowed()
        self._look()

    def refresh(self) -> None:
        """Read the list again; the order that is shown stays the one that is shown."""
        if self._waits_for_choices:
            self._operations.choices(self).then(self._on_choices, lambda _error: None)
        if self.table.orders:
            self._kept = self.table.chosen if self._kept is None else self._kept
            self.finding.look_again()
        else:
            self._look()

    def show_reserved(self, count: int) -> None:
        """Say at its button how many reservations are open."""
        words = self.tr("Reserved: {0}").format(shown_number(count)) if count else self.tr("Reserved")
        if words != self.reserved_button.words:
            self.reserved_button.set_words(words)

    def show_last(self) -> None:
        """Show what this till sold last, or all again."""
        self._show_only(till_id=None if self._is_of_this_till else self._operations.till_id)

    def show_waiting(self) -> None:
        """Show what waits at the window, or all again; a name can be typed at once."""
        self._show_only(waiting=not self.filters.waiting)

    def show_all(self) -> None:
        """Look for nothing: all orders, the newest first."""
        self._show_only()

    def clear_filters(self) -> None:
        """Look for what is typed in all orders."""
        self.filters.show_only()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    def keep(self, order_id: int) -> None:
        """Let an order be the chosen one listed or not; reading the list again changes nothing of that."""
        self._kept = order_id
        self.table.choose(order_id)

    def _look(self) -> None:
        if not self.table.orders:
            self.empty.show_words("magnifying-glass", self.tr("Reading the orders…"))
        self.finding.look_for(self.query)

    def _show_only(self, *, till_id: int | None = None, waiting: bool = False) -> None:
        self.filters.show_only(till_id=till_id, waiting=waiting)
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    @property
    def _is_of_this_till(self) -> bool:
        return self.filters.till_id == self._operations.till_id and not self.filters.waiting

    def _show_narrowed(self) -> None:
        """Show at the buttons what the list is narrowed to."""
        self.last_button.setChecked(self._is_of_this_till)
        self.waiting_button.setChecked(self.filters.waiting)
        self.waiting_button.set_icon_name("check-circle" if self.filters.waiting else "ticket")

    def _arrange(self) -> None:
        head = row((self.field, 1), self.last_button, self.waiting_button, spacing=6)
        top = column(head, self.problem, self.filters, margins=(12, 12, 12, 8), spacing=8)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        # Between both, what is said moves neither the orders nor a button from under the hand.
        self.banner.setContentsMargins(9, 8, 9, 0)
        buttons = self.reserved_button, self.work_lists_button, self.due_button, self.export_button
        # Beside all of them there would be no room for its words.
        foot = column(self.status, row(1, *buttons, spacing=8), margins=(14, 6, 10, 0), spacing=4)
        column(top, (self._pages, 1), self.banner, foot, inside=self, margins=(1, 1, 1, 8), spacing=0)

    def _on_choices(self, choices: FilterChoices) -> None:
        self._waits_for_choices = False
        self.filters.show_choices(choices)

    def _on_found(self, page: OrdersPage) -> None:
        say(self.problem, "")
        if self.banner.message.on_action == self.refresh:
            self.banner.dismiss()
        self._pages.setCurrentWidget(self.table if page.rows else self.empty)
        if not page.rows:
            self._show_empty(self.finding.answered or self.query)
        self.table.show_orders(page.rows, self._kept)
        self._show_status(page)
        if not page.rows and self._kept is None:
            self.nothing_found.emit()

    def _show_empty(self, query: OrderQuery) -> None:
        action = self.tr("Show all orders") if query != OrderQuery() else ""
        if query.text and query.is_filtered:
            action = self.tr("Look in all orders")
        key = self.filters.clear_button.key_sequence.toString() if query.is_filtered else ""
        self.empty.show_words("receipt", *empty_words(query, self._operations.till_id), action=action, key=key)

    def _on_more(self, page: OrdersPage) -> None:
        had_none = not self.table.orders
        self.table.add_orders(page.rows)
        if had_none and page.rows:
            self._pages.setCurrentWidget(self.table)
            self.table.show_orders(self.table.orders, self._kept)
        self._show_status(page)

    def _show_status(self, page: OrdersPage) -> None:
        has_more, is_waiting = self.finding.has_more, self.filters.waiting
        self.status.setText(listed_words(len(self.table.orders), page, has_more=has_more, is_waiting=is_waiting))
        self.export_button.setEnabled(bool(self.table.orders))

    def _on_failed(self, error: Exception) -> None:
        message = message_for(error)
        if isinstance(error, InvalidInput):
            say(self.problem, message.sentence)
        elif self.table.orders:
            self.banner.show_message(replace(message, action=self.tr("Try again"), on_action=self.refresh))
        else:
            self.empty.show_trouble(message)
            self._pages.setCurrentWidget(self.empty)

    def _on_empty_asked(self) -> None:
        if self.finding.answered is not None and self.filters.is_set:
            self.clear_filters()
        elif self.finding.answered is not None and self.field.text():
            self.show_all()
        else:
            self.look()

    def _on_left(self) -> None:
        """Esc in the field, once it is empty, leads back to all orders."""
        if self.filters.is_set:
            self.clear_filters()

    def _on_chosen(self, order_id: int) -> None:
        self._kept = None
        self.order_chosen.emit(order_id)

    def _on_typed(self, letter: str) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setText(letter)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what can be chosen anew: there may be another day, and other performances."""
        super().showEvent(event)
        self._waits_for_choices = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk the orders while somebody types, and Enter go to them."""
        if watched is self.field and isinstance(event, QKeyEvent) and _is_key_of_due(event):
            # Somewhere this deletes a letter in a line; here it is the key of what is due.
            event.ignore()
            return True
        if watched is not self.field or event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.table.step(_STEPS[Qt.Key(event.key())])
            return True
        if event.key() in ENTER:
            if self.table.orders:
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False
