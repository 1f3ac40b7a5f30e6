"""The sheet that takes money for the basket."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import OutcomeUnknown, PosError
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.announce import announce
from pos_app.ui.screens.selling.payment.panes.card import CardPane
from pos_app.ui.screens.selling.payment.panes.cash import CashPane
from pos_app.ui.screens.selling.payment.panes.free import FreePane
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.performance_line import PerformanceLines
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.spinner import Spinner
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import Ending, Level, Message, message_for
from pos_app.ui.words.payments import payment_words

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import Tender
    from pos_app.ui.screens.selling.payment.panes.base import PaymentPane

SLOW_AFTER_MS: Final = 1000
SILENT_AFTER_MS: Final = 5000
"""When a sale that is being stored is no longer only slow: what to do with the money is said meanwhile."""


class PaymentSheet(Sheet):
    """Asks for cash, a card or nothing over the whole window; made once, asked for each sale.

    What is hardly meant (far too much cash, a reference of two characters) is asked about in the pane, and a second
    Enter takes it. With paid() it shows itself busy, so that a second Enter pays nothing; the owner stores the sale and
    then calls show_error() or close_sheet(). When it is not known whether the sale was stored, nothing can be changed
    any more and the same payment is asked for again. storing: what it says while it waits, "" for that of a sale.
    Keys: F8, where names_order, asks for the name, as long as nothing was paid.
    Signals: paid(Tender) by Enter or the large button; name_asked(); cancelled() by Esc; closed() whatever the way.
    """

    paid = Signal(object)
    name_asked = Signal()

    def __init__(self, parent: QWidget, storing: str = "", *, names_order: bool = False) -> None:
        super().__init__(parent, "", reusable=True)
        self._storing = storing or self.tr("Storing the sale…")
        self._busy = False
        self._unknown: Tender | None = None
        self._doubted: Tender | None = None
        self._is_refused = self._tendered = False
        self._unseen_total = ""
        self.cash = CashPane()
        self.card = CardPane()
        self.free = FreePane()
        self._panes: dict[PaymentMethod, PaymentPane] = {
            pane.method: pane for pane in (self.cash, self.card, self.free)
        }
        self._pane: PaymentPane = self.cash
        self.problem = Banner()
        self._is_unreachable = False
        self.warning = Banner()
        self._warning: Message | None = None
        self.performances = PerformanceLines()
        self.name_button = KeyButton(self.tr("Customer"), icon_name="user")
        self.name_button.print_key("F8")
        self.name_button.told_as = self.tr("Customer and note")
        self.name_button.clicked.connect(self.name_asked)
        self.body.addLayout(row((self.performances, 1), self.name_button, spacing=10))
        if not names_order:
            self.name_button.hide()
        self.body.addWidget(self.problem)
        self.body.addWidget(self.warning)
        for pane in self._panes.values():
            pane.changed.connect(self._on_changed)
            pane.hide()
            self.body.addWidget(pane)
        self.confirm = self.add_button("", "Return", variant="primary", size="large")
        self.confirm.setMinimumWidth(240)
        self.confirm.clicked.connect(self._on_confirm)
        self.no = self.add_button(self.tr("Cancel"), "Esc", size="large")
        self.no.clicked.connect(self.cancel)
        self.waiting = QWidget()
        self._waits_for = text_label("", "muted")
        row(Spinner(22), self._waits_for, inside=self.waiting, spacing=10)
        self.waiting.hide()
        self._buttons.insertWidget(0, self.waiting)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_AFTER_MS)
        self._slow.timeout.connect(self.waiting.show)
        self._silent = QTimer(self, singleShot=True, interval=SILENT_AFTER_MS)
        self._silent.timeout.connect(self._tell_silence)

    @property
    def method(self) -> PaymentMethod:
        """How it is paid."""
        return self._pane.method

    def ask(self, method: PaymentMethod, total_minor: int, currency: str) -> None:
        """Ask for a payment; a total of nothing is only confirmed, whatever the method."""
        self._rest()
        self._unknown = self._doubted = None
        self._is_refused = self._tendered = False
        self._unseen_total = ""
        self._pane = self._panes[method if total_minor else PaymentMethod.FREE]
        self.problem.dismiss()
        self.warn(None)
        for pane in self._panes.values():
            pane.setVisible(pane is self._pane)
        self.set_title(payment_words(self._pane.method).title)
        self.panel.setFixedWidth(self._pane.sheet_width)
        self._pane.ask(total_minor, currency)
        self._on_changed()
        self._enable()
        self.open()
        self._pane.take_keyboard()

    def show_busy(self) -> None:
        """Wait for the sale: no button works, and after a second the sheet says what it waits for.

        After SILENT_AFTER_MS it says what to do until there is an answer; what the window says of it lies behind.
        """
        self._busy = True
        self._is_unreachable = False
        self._silent.start()
        self.problem.dismiss()
        self._enable()
        self.setFocus()
        self._wait(self._storing)

    def show_checking(self) -> None:
        """Say that the total is being confirmed, if that lasts; money can be typed meanwhile."""
        if not self._busy:
            self._wait(self.tr("Checking the total…"))

    def show_checked(self) -> None:
        """The total is confirmed, or will not be: a sale that waited for it is under way and goes on."""
        if not self._busy:
            self._rest()

    def show_new_total(self, total_minor: int, currency: str, message: Message) -> None:
        """Ask for another total, and say what it was; what was typed for the old one is gone.

        An Enter that was meant for the old total only asks whether the new one is meant.
        """
        self.ask(self.method, total_minor, currency)
        self._unseen_total = shown_amount(total_minor, currency)
        self._tell(message)

    def show_refused(self, message: Message) -> None:
        """Say why this basket is not sold, before money was taken: there is no way but back.

        It stays open for that, so that a key pressed for the payment does nothing on the map behind it.
        """
        self._rest()
        self._is_refused = True
        self._pane.ask_no_more()
        self._enable()
        self._tell(message)
        self.setFocus()

    @property
    def is_refused(self) -> bool:
        """Tell whether it only says why there is no sale."""
        return self._is_refused

    def show_error(self, error: Exception, message: Message | None = None) -> None:
        """Say why the sale was not stored; everything typed stays. After OutcomeUnknown it can only be asked again.

        message: the error in other words than its own.
        """
        self._rest()
        if isinstance(error, OutcomeUnknown):
            self._unknown = self._pane.tender()
            self.confirm.set_words(self.tr("Ask again whether it is stored"))
        self._enable()
        self._tell(message or message_for(error))
        if self._unknown is None:
            self._pane.take_keyboard()

    def warn(self, message: Message | None) -> None:
        """Warn of something while it can still be heeded, until it is no longer so (None)."""
        if message != self._warning:
            self._warning = message
            self._show_warning()

    @property
    def says_unreachable(self) -> bool:
        """Tell whether it says that the server could not be reached."""
        return self.is_open and self._is_unreachable and bool(self.problem.message.text)

    def cancel(self) -> None:
        """Close without a payment; not while the sale is being stored."""
        if not self._busy:
            super().cancel()

    def close_sheet(self) -> None:
        """Close, and give the keyboard back to where it was."""
        self._rest()
        super().close_sheet()

    def _tell(self, message: Message) -> None:
        """Say what is wrong. That the server answers again is told by who asks it, as it decides what comes next."""
        self._is_unreachable = bool(message.ends & Ending.ANSWER)
        self.problem.show_message(replace(message, ends=Ending(0), money=False))

    def _tell_silence(self) -> None:
        advice = self.tr(
            "Wait: it is said here whether the sale is stored. Until then take no money, and give none back."
        )
        self.problem.show_message(Message(self.tr("The server has not answered yet."), advice, Level.WARNING))

    def _wait(self, words: str) -> None:
        self._waits_for.setText(words)
        if not self.waiting.isVisible():
            self._slow.start()

    def _rest(self) -> None:
        self._busy = False
        self._slow.stop()
        self._silent.stop()
        self.waiting.hide()

    def _enable(self) -> None:
        self._pane.setEnabled(not self._busy and not self._is_refused and self._unknown is None)
        self.confirm.setEnabled(not self._busy and not self._is_refused)
        self.no.setEnabled(not self._busy)
        self.name_button.setEnabled(not self._busy and not self._is_refused and not self._tendered)
        self._show_warning()

    def _show_warning(self) -> None:
        """While the sale is being stored there is no way back, and nothing to warn of."""
        if self._warning is None or self._busy or self._unknown is not None:
            self.warning.dismiss()
        elif self.warning.message != self._warning:
            self.warning.show_message(self._warning)

    def _on_changed(self) -> None:
        self._doubted = None
        if self._unknown is None:
            self.confirm.set_words(self._pane.words_to_confirm())

    def _doubt(self, tender: Tender) -> str:
        if self._unseen_total:
            words = self.tr("The total is {0} now. Enter once more takes it.").format(self._unseen_total)
            self._unseen_total = ""
            return words
        return self._pane.doubt(tender)

    def _on_confirm(self) -> None:
        try:
            tender = self._unknown or self._pane.tender()
        except PosError as error:
            self._pane.refuse(error)
            return
        doubt = "" if tender in (self._unknown, self._doubted) else self._doubt(tender)
        if doubt:
            self._doubted = tender
            self._pane.warn(doubt)
            announce(self, doubt, urgent=True)
            return
        self._tendered = True
        self.show_busy()
        self.paid.emit(tender)
