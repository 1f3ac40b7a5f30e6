"""Giving tickets back: which, how the money goes back, why; what it comes to is told while it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from pos_app.domain.codes import grouped
from pos_app.domain.orders.refunds import LONGEST_REFERENCE, RefundAsk
from pos_app.domain.payments.giving_back import WAYS_BACK, needs_reference
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.screens.orders.order.evening_words import only_evening
from pos_app.ui.screens.orders.problem_line import ProblemLine
from pos_app.ui.screens.orders.reason_line import LONGEST_REASON, ReasonLine
from pos_app.ui.screens.orders.refund.ticks import RefundTicks
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import FittedLabel, keep_room, say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.payments import payment_words, tell_goes_back, tell_stays_due
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QLabel, QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.orders.refunds import RefundPreview
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 940
_TICKS_HEIGHT: Final = 360
_AS_PAID: Final = "as-paid"


@dataclass(frozen=True, slots=True)
class RefundWish:
    """What a person wants to give back, as far as the sheet tells it."""

    ask: RefundAsk
    pay_now: bool
    reference: str
    reason: str


class RefundSheet(Sheet):
    """Ticks, way, reason, and the money that goes back.

    It stays open after given(), so that a refusal can be shown in it.
    Signals: asked(RefundAsk): other ticks or another way: what would it come to? given(RefundWish).
    """

    asked = Signal(object)
    given = Signal(object)

    def __init__(self, parent: QWidget, order: OrderPage, ticked: Collection[int]) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self.set_title(self.tr("Refund tickets of {0}").format(grouped(order.number)))
        self.order = order
        self.preview: RefundPreview | None = None
        self.evening = text_label("", "strong", wrap=True)
        self.ticks = RefundTicks()
        self.ticks.changed.connect(self._on_changed)
        self.all_button = KeyButton(self.tr("All or none"), "")
        self.all_button.print_key("F3")
        self.all_button.clicked.connect(self.ticks.tick_all)
        self.fees_button = KeyButton(self.tr("Their fees too"), "")
        self.fees_button.print_key("F4")
        self.fees_button.clicked.connect(self.ticks.tick_fees)
        self.caption = text_label(self.tr("Goes back"), "strong", tone="muted")
        self.amount = FittedLabel("", 44)
        self.parts = text_label("", "strong", wrap=True)
        self.why = text_label("", "body", tone="warn", wrap=True)
        self.way = SegmentedButtons(
            ((_AS_PAID, self.tr("As it was paid")), *((way.value, payment_words(way).name) for way in WAYS_BACK))
        )
        self.way.chosen.connect(self._on_changed)
        self.pay_now = CheckField(self.tr("Give the money back now; else it stands under Refunds due"))
        self.pay_now.show_value(True)
        self.pay_now.edited.connect(self._on_pay_now)
        self.reference = ReasonLine(self.tr("Approval number or last four digits"), longest=LONGEST_REFERENCE)
        self.reason = ReasonLine(
            self.tr("Reason"),
            longest=LONGEST_REASON,
            choices=(self.tr("Is ill"), self.tr("Changed their mind"), self.tr("Cancelled by the house")),
        )
        self.problem = ProblemLine(self.reference, self.reason)
        self.problem.answered.connect(self._on_server_answered)
        self._arrange()
        self.yes, self.no = self.add_answers(self.tr("Refund"), self._on_yes, variant="danger")
        self.ticks.show_lines(order, ticked)

    @property
    def ask(self) -> RefundAsk:
        """Return what is to be reckoned."""
        way = self.way.current
        ticked = self.ticks.line_ids, self.ticks.fee_line_ids
        return RefundAsk(self.order.order_id, *ticked, None if way == _AS_PAID else PaymentMethod(way))

    def open(self) -> None:
        """Show it with the cursor in the reason, and ask what it comes to."""
        super().open()
        self.reason.line.setFocus()
        self._on_changed()

    def show_order(self, order: OrderPage) -> None:
        """The order was changed elsewhere: show what is left of it, and reckon again."""
        ticked = {*self.ticks.line_ids, *self.ticks.fee_line_ids}
        self.order = order
        say(self.evening, only_evening(order))
        self.fees_button.setVisible(bool(order.live_fees))
        self.ticks.show_lines(order, ticked)
        self._reckon_anew()

    def show_preview(self, preview: RefundPreview) -> None:
        """Tell what it comes to."""
        self.preview = preview
        self.amount.show_text(shown_amount(preview.amount_minor, preview.currency))
        self._show_when()
        say(self.why, "\n".join(spoken(sentence) for sentence in preview.why))
        self._show_reference()
        self.yes.set_words(self.tr("Refund {0}").format(shown_amount(preview.amount_minor, preview.currency)))
        self.yes.setEnabled(True)

    def show_unreckoned(self, message: Message) -> None:
        """Say why it cannot be given back like this."""
        self.preview = None
        self._forget()
        self.show_refusal(message)

    def show_refusal(self, message: Message) -> None:
        """Say why it was refused, while that is true; what was chosen and typed stays."""
        self.problem.tell_message(message)
        self.yes.setEnabled(self.preview is not None)

    def show_busy(self) -> None:
        """Wait for the answer."""
        self.problem.clear_problem()
        self.yes.setEnabled(False)

    def _arrange(self) -> None:
        well = QFrame()
        well.setProperty("role", "well")
        column(self.caption, self.amount, self.parts, self.why, inside=well, margins=(16, 10, 16, 10), spacing=3)
        asked = self.way, self.pay_now, self.reference, self.reason, self.problem
        right = column(well, self._caption(self.tr("How")), *asked, 1, spacing=8)
        left = column(self.evening, (self.ticks, 1), row(self.all_button, self.fees_button, 1, spacing=6), spacing=8)
        self.body.addLayout(row((left, 5), (right, 6), spacing=20))
        say(self.evening, only_evening(self.order))
        self.fees_button.setVisible(bool(self.order.live_fees))
        self.let_give_way(self.ticks, _TICKS_HEIGHT)
        for label in (self.parts, self.why):
            keep_room(label)
            label.hide()
        self.reference.hide()

    def _caption(self, words: str) -> QLabel:
        return text_label(words, "muted")

    def _on_changed(self) -> None:
        self.problem.clear_problem()
        self._reckon_anew()

    def _on_server_answered(self) -> None:
        if self.preview is None:
            self._on_changed()

    def _reckon_anew(self) -> None:
        self.preview = None
        self.yes.setEnabled(False)
        if not self.ticks.line_ids and not self.ticks.fee_line_ids:
            self._forget()
            say(self.why, self.tr("Tick what is given back."))
            return
        self.asked.emit(self.ask)

    def _on_pay_now(self) -> None:
        self._show_when()
        self._show_reference()

    def _show_when(self) -> None:
        """Say whether the money goes back now or stays due."""
        now, preview = bool(self.pay_now.value()), self.preview
        self.caption.setText(self.tr("Goes back") if now else self.tr("Still to be paid out"))
        tell = tell_goes_back if now else tell_stays_due
        say(self.parts, "" if preview is None else tell(preview.parts, preview.currency))

    def _forget(self) -> None:
        self.amount.show_text("\N{EN DASH}", "muted")
        say(self.parts, "")
        say(self.why, "")
        self.yes.set_words(self.tr("Refund"))

    @property
    def _needs_reference(self) -> bool:
        is_card = self.preview is not None and needs_reference([part.method for part in self.preview.parts])
        return is_card and bool(self.pay_now.value())

    def _show_reference(self) -> None:
        self.reference.setVisible(self._needs_reference)

    def _on_yes(self) -> None:
        if self.preview is None:
            return
        if not self.reason.text:
            self.problem.tell_of_field(self.reason, self.tr("Choose or type a reason."))
        elif self._needs_reference and not self.reference.text:
            words = self.tr("Type what the terminal's slip says: approval number or last four digits.")
            self.problem.tell_of_field(self.reference, words)
        elif not self._refuses_card_numbers():
            reference = self.reference.text if self._needs_reference else ""
            self.show_busy()
            self.given.emit(RefundWish(self.ask, bool(self.pay_now.value()), reference, self.reason.text))

    def _refuses_card_numbers(self) -> bool:
        """Say that a whole card number was typed, before a manager is called for nothing."""
        asked = [(self.reference, "reference")] if self._needs_reference else []
        return self.problem.refuse_card_numbers(*asked, (self.reason, "reason"))
