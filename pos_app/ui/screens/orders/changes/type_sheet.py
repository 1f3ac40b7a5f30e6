"""Other ticket types on the places that an order has: what it comes to is told while they are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from pos_app.domain.codes import grouped
from pos_app.domain.orders.exchanges import ExchangeAsk
from pos_app.domain.orders.refunds import LONGEST_REFERENCE
from pos_app.domain.payments.giving_back import WAYS_BACK, needs_a_way, needs_reference
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.screens.orders.changes.type_rows import TypeRows
from pos_app.ui.screens.orders.problem_line import ProblemLine
from pos_app.ui.screens.orders.reason_line import LONGEST_REASON, ReasonLine
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.labels import FittedLabel, keep_room, say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.payments import payment_words, tell_goes_back, tell_stays_due
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.exchanges import ExchangePreview
    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 980
_HEIGHT: Final = 320


@dataclass(frozen=True, slots=True)
class TypeWish:
    """What is asked for. method: by which the customer pays a difference, or gets it where nothing was said."""

    ask: ExchangeAsk
    method: PaymentMethod
    reference: str
    reason: str


class TypeSheet(Sheet):
    """Ticket types, and the money of the difference.

    It stays open after given(), so that a refusal can be shown in it.
    Signals: asked(ExchangeAsk): what would it come to? given(TypeWish).
    """

    asked = Signal(object)
    given = Signal(object)

    def __init__(
        self, parent: QWidget, order: OrderPage, offers: Mapping[int, PerformanceOffer], chosen: Collection[int]
    ) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self.set_title(self.tr("Ticket types of {0}").format(grouped(order.number)))
        self.order = order
        self.preview: ExchangePreview | None = None
        self._offers, self._first = offers, chosen
        self.rows = TypeRows()
        self.rows.changed.connect(self._on_changed)
        self.caption = text_label("", "strong", tone="muted")
        self.amount = FittedLabel("", 44)
        self.told = text_label("", "strong", wrap=True)
        self.why = text_label("", "body", tone="warn", wrap=True)
        self.way = SegmentedButtons(tuple((way.value, payment_words(way).name) for way in WAYS_BACK))
        self.way.chosen.connect(self._show_what_is_asked)
        self.reference = ReasonLine(self.tr("Approval number or last four digits"), longest=LONGEST_REFERENCE)
        self.reason = ReasonLine(
            self.tr("Reason"), longest=LONGEST_REASON, choices=(self.tr("Wrong type sold"), self.tr("Is a child"))
        )
        self.problem = ProblemLine(self.reference, self.reason)
        self.problem.answered.connect(self._on_server_answered)
        self._arrange()
        self.yes, self.no = self.add_answers(self.tr("Change"), self._on_yes)
        self.rows.show_lines(order, offers, chosen)
        self._on_changed()

    @property
    def ask(self) -> ExchangeAsk:
        """Return what is to be reckoned."""
        changes = self.rows.changes
        return ExchangeAsk(self.order.order_id, tuple(changes), tuple(changes.values()), None)

    def open(self) -> None:
        """Show it with the keyboard on the first type."""
        super().open()
        if self.rows.boxes:
            next(iter(self.rows.boxes.values())).setFocus()

    def show_order(self, order: OrderPage) -> None:
        """The order was changed elsewhere: show what is left of it, and reckon again."""
        self.order = order
        self.rows.show_lines(order, self._offers, self._first)
        self._reckon_anew()

    def show_preview(self, preview: ExchangePreview) -> None:
        """Tell what it comes to."""
        self.preview = preview
        difference = preview.difference_minor
        amount = shown_amount(abs(difference), preview.currency)
        self.amount.show_text(amount)
        words = self.tr("Goes back") if difference < 0 else self.tr("Customer pays") if difference else self.tr("Even")
        self.caption.setText(words)
        tell = tell_stays_due if needs_a_way(preview.parts) else tell_goes_back
        say(self.told, tell(preview.parts, preview.currency))
        say(self.why, "\n".join(spoken(sentence) for sentence in preview.why))
        self._show_what_is_asked()
        self.yes.setEnabled(True)

    def show_unreckoned(self, message: Message) -> None:
        """Say why it can't be done like this."""
        self._forget()
        self.show_refusal(message)

    def show_refusal(self, message: Message) -> None:
        """Say why it was refused, while that is true; what was chosen and typed stays."""
        self.problem.tell_message(message)
        self.yes.setEnabled(self.preview is not None)

    def _arrange(self) -> None:
        well = QFrame()
        well.setProperty("role", "well")
        column(self.caption, self.amount, self.told, self.why, inside=well, margins=(16, 10, 16, 10), spacing=3)
        right = column(well, self.way, self.reference, self.reason, self.problem, 1, spacing=8)
        self.body.addLayout(row((self.rows, 6), (right, 5), spacing=20))
        self.let_give_way(self.rows, _HEIGHT)
        for label in (self.told, self.why):
            keep_room(label)
        for part in (self.told, self.why, self.way, self.reference, self.reason):
            part.hide()

    def _on_changed(self) -> None:
        self.problem.clear_problem()
        self._reckon_anew()

    def _on_server_answered(self) -> None:
        if self.preview is None:
            self._on_changed()

    def _reckon_anew(self) -> None:
        self._forget()
        if self.rows.changes:
            self.asked.emit(self.ask)

    def _forget(self) -> None:
        self.preview = None
        self.yes.setEnabled(False)
        self.caption.setText(self.tr("Difference"))
        self.amount.show_text("\N{EN DASH}", "muted")
        for label in (self.told, self.why):
            say(label, "")
        self._show_what_is_asked()

    @property
    def _method(self) -> PaymentMethod:
        return PaymentMethod(self.way.current)

    @property
    def _difference(self) -> int:
        return self.preview.difference_minor if self.preview is not None else 0

    @property
    def _needs_reference(self) -> bool:
        if self._difference > 0:
            return self._method.rule.needs_reference
        parts = () if self.preview is None else self.preview.parts
        return not needs_a_way(parts) and needs_reference([part.method for part in parts])

    def _show_what_is_asked(self) -> None:
        self.way.setVisible(self._difference > 0)
        self.reference.setVisible(self._needs_reference)
        self.reason.setVisible(self._difference < 0)

    def _on_yes(self) -> None:
        if self.preview is None:
            return
        if self._difference < 0 and not self.reason.text:
            self.problem.tell_of_field(self.reason, self.tr("Choose or type a reason."))
        elif self._needs_reference and not self.reference.text:
            words = self.tr("Type what the terminal's slip says: approval number or last four digits.")
            self.problem.tell_of_field(self.reference, words)
        elif not self._refuses_card_numbers():
            self.yes.setEnabled(False)
            self.problem.clear_problem()
            reference = self.reference.text if self._needs_reference else ""
            self.given.emit(
                TypeWish(self.ask, self._method, reference, self.reason.text if self._difference < 0 else "")
            )

    def _refuses_card_numbers(self) -> bool:
        """Say that a whole card number was typed, before a manager is called for nothing."""
        of_reference = [(self.reference, "reference")] if self._needs_reference else []
        of_reason = [(self.reason, "reason")] if self._difference < 0 else []
        return self.problem.refuse_card_numbers(*of_reference, *of_reason)
