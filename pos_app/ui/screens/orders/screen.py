"""The screen of the last orders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.errors import PosError, PrintFailed
from pos_app.domain.sentences import say
from pos_app.ui.open_document import open_document
from pos_app.ui.pages import page_image
from pos_app.ui.screens.orders.corrections import Corrections
from pos_app.ui.screens.orders.failed_prints import FailedPrints
from pos_app.ui.screens.orders.keys import order_keys
from pos_app.ui.screens.orders.panel import OrderPanel
from pos_app.ui.screens.orders.table import OrdersTable
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import panel, text_label
from pos_app.ui.widgets.sheets.preview import PreviewSheet
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.selling.sales import OrderDetail, OrderSummary, VoidedOrder
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.ui.screens.orders.operations import OrderOperations

_PANEL_WIDTH: Final = 404
_WIDE_PANEL: Final = 500
_WIDE: Final = 1700
"""From so many pixels on, the panel is the wider one."""
_SAID_SECONDS: Final = 12


class OrdersScreen(QWidget):
    """The last ten orders of this till: look at them, print them anew, take them back. Read each time it is shown.

    Signals:
        order_voided(VoidedOrder): seats are free again, money goes back.
    """

    order_voided = Signal(object)

    def __init__(self, operations: OrderOperations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._operations = operations
        self._wanted: int | None = None
        tell_keys(self, order_keys)
        self.banner = Banner()
        self.failed_prints = FailedPrints()
        self.failed_prints.print_again_asked.connect(self._print_out)
        self.failed_prints.open_asked.connect(self._open_pdf)
        self.table = OrdersTable()
        self.table.order_chosen.connect(self._on_chosen)
        self.empty = EmptyState("receipt", self.tr("Reading the last orders…"))
        self.empty.asked.connect(self.refresh)
        self.refresh_button = icon_button("arrows-clockwise", self.tr("Read the orders again (F5)"))
        self.refresh_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.refresh_button.clicked.connect(self.refresh)
        # A shortcut of the button's own would be a click 100 ms later.
        self._refresh_key = QShortcut(QKeySequence("F5"), self, self.refresh)
        self.panel = OrderPanel()
        self.panel.reprint_asked.connect(self._on_reprint)
        self.panel.reprint_one_asked.connect(self._on_reprint_one)
        self.panel.void_asked.connect(self._on_void)
        self.panel.preview_asked.connect(self._on_preview)
        self.corrections = Corrections(self, operations)
        self.corrections.reprinted.connect(self._on_reprinted)
        self.corrections.voided.connect(self._on_voided)
        self.corrections.said.connect(self.banner.show_message)
        self._arrange()

    def refresh(self) -> None:
        """Read the orders again; those that are shown stay until they are here, "none" does not."""
        if not self.table.orders:
            self.empty.show_words("receipt", self.tr("Reading the last orders…"))
        self._operations.last_orders(self).then(self._on_orders, self._on_unreadable)

    def open_order(self, order_id: int) -> None:
        """Choose an order, now and after reading the list."""
        self._wanted = order_id
        self.refresh()

    def add_failed_print(self, printed: PrintedTickets | None, error: Exception) -> None:
        """List tickets that did not come out, for printing again; None: they could not even be set."""
        message = message_for(error)
        if printed is None:
            advice = self.tr("The sale stands. Choose the order and print it anew.")
            self.banner.show_message(replace(message, advice=advice, level=Level.WARNING))
        else:
            self.failed_prints.add(printed, message.sentence)

    def _arrange(self) -> None:
        title = text_label(self.tr("Last orders of this till"), "title")
        head = row((title, 1), self.refresh_button, margins=(18, 10, 10, 6))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        left = panel()
        # Below the orders, what is said moves neither them nor a button from under the hand.
        self.banner.setContentsMargins(9, 10, 9, 0)
        column(head, (self._pages, 1), self.banner, inside=left, margins=(1, 1, 1, 10), spacing=0)
        sides = row((left, 1), self.panel, spacing=14)
        column(self.failed_prints, (sides, 1), inside=self, margins=14, spacing=10)

    def _on_orders(self, orders: tuple[OrderSummary, ...]) -> None:
        if self.banner.message.on_action == self.refresh:
            self.banner.dismiss()
        wanted, self._wanted = self._wanted, None
        self.panel.setVisible(bool(orders))
        if orders:
            self._pages.setCurrentWidget(self.table)
            if self.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.show_orders(orders, wanted)
        else:
            self.empty.show_words(
                "receipt", self.tr("No orders yet"), self.tr("What this till sells appears here, the newest first.")
            )
            self._pages.setCurrentWidget(self.empty)
            self.table.show_orders(())
            self.panel.show_nothing()

    def _on_unreadable(self, error: Exception) -> None:
        message = message_for(error)
        if not self.table.orders:
            self.empty.show_trouble(message)
            self._pages.setCurrentWidget(self.empty)
        else:
            self.banner.show_message(replace(message, action=self.tr("Try again"), on_action=self.refresh))

    def _on_chosen(self, order_id: int) -> None:
        self._operations.order(self, order_id).then(self._on_order, self._on_unreadable)

    def _on_order(self, order: OrderDetail) -> None:
        if order.summary.order_id == self.table.chosen:
            self.panel.show_order(order)

    def _on_reprint(self) -> None:
        if self.panel.order is not None and self.panel.chosen:
            self.corrections.ask_reprint(self.panel.order, self.panel.chosen)

    def _on_reprint_one(self, ticket_id: int) -> None:
        if self.panel.order is not None:
            self.corrections.ask_reprint(self.panel.order, (ticket_id,))

    def _on_void(self) -> None:
        if self.panel.order is not None and self.panel.seconds_to_void:
            self.corrections.ask_void(self.panel.order)

    def _on_reprinted(self, printed: PrintedTickets) -> None:
        self._drop_void_prints({face.ticket_id for face in printed.faces})
        self.refresh()
        if self._operations.printer:
            self._print_out(printed)
        else:
            self._say_saved(printed)

    def _drop_void_prints(self, anew: set[int]) -> None:
        """A print that never came out must not be printed any more once its codes are void; its other tickets must."""
        for listed in self.failed_prints.printed:
            rest = [face.ticket_id for face in listed.faces if face.ticket_id not in anew]
            if len(rest) == len(listed.faces):
                continue
            self.failed_prints.remove(listed)
            if rest:
                self._operations.tickets(self, rest).then(self._on_rest_set, self._on_problem)

    def _on_rest_set(self, printed: PrintedTickets) -> None:
        self.failed_prints.add(printed, self.tr("The other tickets of this order were printed anew."))

    def _print_out(self, printed: PrintedTickets) -> None:
        self._operations.print_out(self, printed).then(
            lambda _done: self._on_printed(printed), lambda error: self.add_failed_print(printed, error)
        )

    def _on_printed(self, printed: PrintedTickets) -> None:
        self.failed_prints.remove(printed)
        words = spoken_count(
            "Printed on {printer}: {count} ticket of {order}.",
            "Printed on {printer}: {count} tickets of {order}.",
            len(printed.faces),
            printer=self._operations.printer,
            order=grouped(printed.order_number),
        )
        anew = any(face.issue_count > 1 for face in printed.faces)
        advice = self.tr("The paper printed before opens no door any more: tear it up.") if anew else ""
        self.banner.show_message(Message(words, advice, Level.OK), seconds=_SAID_SECONDS)

    def _say_saved(self, printed: PrintedTickets) -> None:
        if printed.path is None or printed.unkept:
            self._say_unkept(printed)
            return
        words = self.tr("Saved as {0}. This till has no ticket printer.").format(printed.path.name)
        self.banner.show_message(Message(words, "", Level.OK, self.tr("Open PDF"), lambda: self._open_pdf(printed)))

    def _say_unkept(self, printed: PrintedTickets) -> None:
        """Say that tickets are not saved where they should be; where they lie for a while, they can be opened."""
        if printed.path is None:
            self._on_problem(PrintFailed(printed.unkept, advice=say("The order stands. Make room, then print again.")))
            return
        advice = self.tr("It is kept only until this computer is switched off: open and print it now.")
        told = Message(spoken(printed.unkept), advice, Level.WARNING, self.tr("Open PDF"))
        self.banner.show_message(replace(told, on_action=lambda: self._open_pdf(printed)))

    def _on_voided(self, voided: VoidedOrder) -> None:
        self.failed_prints.remove_order(voided.number)
        self.refresh()
        self.order_voided.emit(voided)

    def _on_preview(self) -> None:
        if self.panel.chosen:
            self._operations.tickets(self, self.panel.chosen).then(self._on_set, self._on_problem)

    def _on_set(self, printed: PrintedTickets) -> None:
        self._operations.pages(self, printed.pdf).then(lambda pages: self._show_pages(printed, pages), self._on_problem)

    def _show_pages(self, printed: PrintedTickets, pages: tuple[RasterPage, ...]) -> None:
        if not self.isVisible():
            return
        sheet = PreviewSheet(self, grouped(printed.order_number), [page_image(page) for page in pages])
        sheet.open_asked.connect(lambda: self._open_pdf(printed))
        sheet.open()

    def _open_pdf(self, printed: PrintedTickets) -> None:
        if printed.path is None:
            self._say_unkept(printed)
            return
        try:
            open_document(printed.path)
        except PosError as error:
            self._on_problem(error)

    def _on_problem(self, error: Exception) -> None:
        self.banner.show_message(message_for(error))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel its part of a wide window."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(_WIDE_PANEL if self.width() >= _WIDE else _PANEL_WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the orders, and let the arrow keys walk them."""
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()
