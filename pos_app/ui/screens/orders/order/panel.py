"""One order at the right of the list: who, what became of each place, the money, and who did what when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from pos_app.domain.codes import grouped
from pos_app.ui.screens.orders.order.facts import HistoryRows, MoneyRows
from pos_app.ui.screens.orders.order.kept_box import KeptBox
from pos_app.ui.screens.orders.order.line_rows import LineRows
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.copied_label import CopiedLabel
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import Chip, FittedLabel, breakable, rule, say, text_label
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.standings import standing_tone, standing_words
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from pos_app.domain.orders.page import OrderPage

_STEP = 240
"""Pixels by which a key scrolls."""

_WIDTHS: Final = ((1700, 560), (1340, 480), (0, 430))
"""How wide it is, from so many pixels of the screen on."""


class OrderPanel(QFrame):
    """Shows an order. till_name: of this till.

    Signals: chosen_changed(): other places are chosen, or another order is shown. preview_asked().
    reprint_one_asked(int): of the ticket of this id alone. customer_asked(int): who has this order is to be shown.
    letters_asked(int, str): what was written about this order, which is called so. email_asked(int): the tickets of
    this order are to go out by e-mail once more.
    """

    chosen_changed = Signal()
    customer_asked = Signal(int)
    letters_asked = Signal(int, str)
    email_asked = Signal(int)
    preview_asked = Signal()
    reprint_one_asked = Signal(int)

    def __init__(self, till_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.order: OrderPage | None = None
        self.number = FittedLabel(pixels=24, figures=False)
        self.standing = Chip("", "ok")
        self._when = text_label("", "muted", wrap=True)
        self.customer = CopiedLabel("strong")
        self.note = CopiedLabel()
        self.leads_to_customers = False
        self.customer_button = KeyButton(self.tr("Show"), "Shift+F12", icon_name="user")
        self.customer_button.told_as = self.tr("Show the customer of the order")
        self.customer_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.customer_button.clicked.connect(self._on_customer)
        self.customer_button.hide()
        self.leads_to_letters = False
        self.letters_button = KeyButton(self.tr("Letters"), "Shift+F3", icon_name="envelope-simple")
        self.letters_button.told_as = self.tr("Letters of the order; there, send one again")
        self.letters_button.clicked.connect(self._on_letters)
        self.letters_button.hide()
        self.email_button = KeyButton(self.tr("E-mail tickets"), "Ctrl+M", icon_name="envelope-simple")
        self.email_button.clicked.connect(self._on_email)
        self.email_button.hide()
        self.owed = text_label("", "strong", tone="warn", wrap=True)
        self.kept = KeptBox(till_name)
        self.rows = LineRows()
        self.rows.chosen_changed.connect(self.chosen_changed)
        self.rows.reprint_asked.connect(self.reprint_one_asked)
        self.preview_button = icon_button("eye", self.tr("Preview of the chosen tickets (Ctrl+P)"))
        self.preview_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.preview_button.clicked.connect(self.preview_asked)
        for key, steps in (("Alt+Down", 1), ("Alt+Up", -1)):
            QShortcut(QKeySequence(key), self, lambda steps=steps: self.scroll_by(steps))
        # A shortcut of the button's own would be a click 100 ms later.
        QShortcut(QKeySequence("Ctrl+P"), self, self.preview_button.click)
        self._facts = QWidget()
        self._pages = QStackedWidget()
        self.empty = EmptyState("receipt", self.tr("No order chosen"), self.tr("Choose one at the left, or scan one."))
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._order_page())
        column(self._pages, inside=self, margins=(16, 14, 8, 12))

    @property
    def order_id(self) -> int | None:
        """Return the id of the order that is shown."""
        return None if self.order is None else self.order.order_id

    def take_part_of(self, screen_width: int) -> None:
        """Take as much of the screen's width (pixels) as there is for an order."""
        self.setFixedWidth(next(wide for least, wide in _WIDTHS if screen_width >= least))

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the chosen lines."""
        return self.rows.chosen if self.order is not None else ()

    @property
    def chosen_tickets(self) -> tuple[int, ...]:
        """Return the ids of the tickets of the chosen lines."""
        if self.order is None:
            return ()
        chosen = set(self.chosen)
        return tuple(line.ticket.ticket_id for line in self.order.live_seats if line.ticket and line.line_id in chosen)

    def show_order(self, order: OrderPage) -> None:
        """Show an order, or the same one anew."""
        is_other = self.order is None or self.order.order_id != order.order_id
        self.order = order
        counts = order.live_seats or order.reserved_seats
        self.number.show_text(grouped(order.number), "text" if counts else "muted")
        self.standing.show_text(standing_words(order.standing), standing_tone(order.standing))
        sold = shown_dated_moment(order.created_at, order.time_zone)
        self._when.setText(side_by_side(sold, order.till_name, order.staff_name))
        number = "" if order.customer_id is None else self.tr("Customer {0}").format(order.customer_id)
        say(self.customer, side_by_side(breakable(order.customer_name), number))
        self.customer_button.setVisible(self.leads_to_customers and order.customer_id is not None)
        self.letters_button.setVisible(self.leads_to_letters and order.customer_id is not None)
        self.email_button.setVisible(self.leads_to_letters and any(line.ticket for line in order.live_seats))
        say(self.note, breakable(order.note))
        say(self.owed, self._owed_words(order))
        self.kept.show_order(order)
        self.rows.show_lines(order)
        self._show_facts(order)
        # At once: what is painted next is the new order, and not room for one.
        self._column.activate()
        self.preview_button.setEnabled(bool(order.live_seats))
        self._pages.setCurrentIndex(1)
        if is_other:
            self._area.verticalScrollBar().setValue(0)

    def show_nothing(self) -> None:
        """Forget the order."""
        self.order = None
        self._pages.setCurrentIndex(0)
        self.chosen_changed.emit()

    def scroll_by(self, steps: int) -> None:
        """Scroll down, or up."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + steps * _STEP)

    def _on_customer(self) -> None:
        if self.order is not None and self.order.customer_id is not None:
            self.customer_asked.emit(self.order.customer_id)

    def _on_letters(self) -> None:
        if self.order is not None:
            words = self.tr("Letters of {0}").format(grouped(self.order.number))
            self.letters_asked.emit(self.order.order_id, words)

    def _on_email(self) -> None:
        if self.order is not None:
            self.email_asked.emit(self.order.order_id)

    def _owed_words(self, order: OrderPage) -> str:
        if order.due_minor:
            return self.tr("{0} is still to be paid out.").format(shown_amount(order.due_minor, order.currency))
        if order.owed_minor:
            return self.tr("{0} is still to be paid.").format(shown_amount(order.owed_minor, order.currency))
        if order.waiting:
            return self.tr("Paid; waits at the window for its first print.")
        return ""

    def _show_facts(self, order: OrderPage) -> None:
        facts = QWidget()
        history = text_label(self.tr("Who did what"), "heading")
        column(MoneyRows(order), rule(), history, HistoryRows(order), inside=facts, spacing=8)
        self._column.replaceWidget(self._facts, facts)
        facts.show()
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = facts

    def _order_page(self) -> QWidget:
        middle = Qt.AlignmentFlag.AlignVCenter
        head = row((self.number, 1), (self.standing, 0, middle), self.preview_button, margins=(0, 0, 8, 0), spacing=8)
        inside = QWidget()
        top = Qt.AlignmentFlag.AlignTop
        who = row((self.customer, 1), (self.customer_button, 0, top), spacing=8)
        letters = row(self.letters_button, self.email_button, 1, spacing=8)
        about = (letters, self.note, self.owed, self.kept)
        self._column = column(
            self._when,
            who,
            *about,
            rule(),
            self.rows,
            rule(),
            self._facts,
            1,
            inside=inside,
            margins=(0, 0, 8, 0),
            spacing=8,
        )
        self._area = QScrollArea(widgetResizable=True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        page = QWidget()
        column(head, (self._area, 1), inside=page, spacing=6)
        return page
