"""Paying out what is due, or choosing another way for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from pos_app.domain.codes import grouped
from pos_app.domain.orders.refunds import LONGEST_REFERENCE
from pos_app.domain.payments.giving_back import WAYS_BACK
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.screens.orders.problem_line import ProblemLine
from pos_app.ui.screens.orders.reason_line import LONGEST_REASON, ReasonLine
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.labels import FittedLabel, say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.payments import payment_words, tell_goes_back, tell_stays_due

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.refunds import RefundDue
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 560


@dataclass(frozen=True, slots=True)
class PayWish:
    """By which way, with which reference of a terminal, and why by that way."""

    method: PaymentMethod
    reference: str
    reason: str


class PaySheet(Sheet):
    """One refund: the amount, the way, what the terminal said, and why where it goes another way than it came.

    only_way: nothing is paid out yet; another way takes the place of the one that is due.
    It stays open after given(), so that a refusal can be shown in it. Signals: given(PayWish).
    """

    given = Signal(object)

    def __init__(self, parent: QWidget, due: RefundDue, *, only_way: bool) -> None:
        super().__init__(parent, "", width=_WIDTH)
        title = self.tr("Another way for {0}") if only_way else self.tr("Pay out the refund of {0}")
        self.set_title(title.format(grouped(due.number)))
        self._due = due
        self._only_way = only_way
        ways = tuple(way for way in WAYS_BACK if not (only_way and way is due.method))
        self.way = SegmentedButtons(tuple((way.value, payment_words(way).name) for way in ways))
        if due.method in ways:
            self.way.choose(due.method.value)
        self.way.chosen.connect(self._on_way)
        self.reference = ReasonLine(self.tr("Approval number or last four digits"), longest=LONGEST_REFERENCE)
        self.reason = ReasonLine(
            self.tr("Why this way"),
            longest=LONGEST_REASON,
            choices=(self.tr("Card expired"), self.tr("Card refused"), self.tr("Has no card here")),
        )
        self.told = text_label("", "strong", wrap=True)
        self.problem = ProblemLine(self.reference, self.reason)
        well = QFrame()
        well.setProperty("role", "well")
        amount = FittedLabel(shown_amount(due.amount_minor, due.currency), 44)
        column(amount, self.told, inside=well, margins=(16, 10, 16, 10), spacing=3)
        about = text_label(side_by_side(due.customer_name, due.reason), "muted", wrap=True)
        for widget in (about, well, self.way, self.reference, self.reason, self.problem):
            self.body.addWidget(widget)
        about.setVisible(bool(about.text()))
        yes = self.tr("Make it so") if only_way else self.tr("It is paid out")
        self.yes, self.no = self.add_answers(yes, self._on_yes)
        self._on_way()

    def open(self) -> None:
        """Show it with the cursor where something has to be typed."""
        super().open()
        self._focus_first()

    def show_refusal(self, message: Message) -> None:
        """Say why it was refused, while that is true; what was chosen and typed stays."""
        self.problem.tell_message(message)
        self.yes.setEnabled(True)

    @property
    def _method(self) -> PaymentMethod:
        return PaymentMethod(self.way.current)

    @property
    def _needs_reference(self) -> bool:
        return self._method.rule.needs_reference and not self._only_way

    @property
    def _needs_reason(self) -> bool:
        return self._only_way or self._method is not self._due.method

    def _on_way(self) -> None:
        tell = tell_stays_due if self._only_way else tell_goes_back
        say(self.told, tell((replace(self._due, method=self._method),), self._due.currency))
        self.reference.setVisible(self._needs_reference)
        self.reason.setVisible(self._needs_reason)
        self.problem.clear_problem()
        self._focus_first()

    def _focus_first(self) -> None:
        if self._needs_reference:
            self.reference.setFocus()
        elif self._needs_reason:
            self.reason.setFocus()

    def _on_yes(self) -> None:
        if self._needs_reference and not self.reference.text:
            words = self.tr("Type what the terminal's slip says: approval number or last four digits.")
            self.problem.tell_of_field(self.reference, words)
        elif self._needs_reason and not self.reason.text:
            self.problem.tell_of_field(self.reason, self.tr("Say why it goes this way."))
        elif not self._refuses_card_numbers():
            self.yes.setEnabled(False)
            reference = self.reference.text if self._needs_reference else ""
            self.given.emit(PayWish(self._method, reference, self.reason.text if self._needs_reason else ""))

    def _refuses_card_numbers(self) -> bool:
        """Say that a whole card number was typed, before a manager is called for nothing."""
        asked = [(self.reference, "reference")] if self._needs_reference else []
        return self.problem.refuse_card_numbers(*asked, *([(self.reason, "reason")] if self._needs_reason else []))
