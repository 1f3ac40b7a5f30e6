"""Another time until which reserved seats are kept, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import InvalidInput
from pos_app.domain.orders.reservation_terms import ReservedEvening, latest_release
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.screens.orders.problem_line import ProblemLine
from pos_app.ui.screens.orders.reason_line import LONGEST_REASON, ReasonLine
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import ElidedLabel, say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.wrapping_row import WrappingRow
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken, spoken_error
from pos_app.ui.words.times import shown_moment, shown_span

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.orders.page import OrderPage

_WIDTH: Final = 580
_LATER_MINUTES: Final = (15, 30, 60)


class KeepSheet(Sheet):
    """A time, with quick choices that lead to one, and a reason. release_at: until when it is kept now, UTC.

    It stays open after given(), so that a refusal can be shown in it, beside the field that it is about.
    Signals: given(datetime, str): until when, in UTC, and why.
    """

    given = Signal(object, str)

    def __init__(self, parent: QWidget, order: OrderPage, release_at: datetime) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self.order = order
        self._release_at = release_at
        self.set_title(self.tr("Keep {0} longer").format(grouped(order.number)))
        self.name = ElidedLabel(order.customer_name, "strong")
        self.kept = text_label("", "muted", wrap=True)
        self.moment = MomentField(order.time_zone)
        self.moment.set_name(self.tr("Kept until"))
        self.wrong = text_label("", "small", tone="danger", wrap=True)
        self.wrong.hide()
        self.later = [text_button(words, variant="tool") for words, _ in self._choices()]
        for button, (_, moment) in zip(self.later, self._choices(), strict=True):
            button.clicked.connect(lambda _checked=False, moment=moment: self._take(moment))
        self.reason = ReasonLine(
            self.tr("Why"),
            longest=LONGEST_REASON,
            choices=(self.tr("Called: comes later"), self.tr("Stuck in traffic"), self.tr("Group collects money")),
        )
        self.problem = ProblemLine(self.reason)
        quick = QWidget()
        WrappingRow(*self.later, inside=quick, spacing=6)
        for widget in (
            self.name,
            self.kept,
            text_label(self.tr("Kept until"), "strong"),
            quick,
            self.moment,
            self.wrong,
            text_label(self.tr("Reason"), "strong"),
            self.reason,
            self.problem,
        ):
            self.body.addWidget(widget)
        self.yes, self.no = self.add_answers(self.tr("Keep them longer"), self._on_yes)
        self.moment.edited.connect(self._on_moment)
        self._tell_kept()
        self.moment.show_value(self._choices()[0][1])

    def open(self) -> None:
        """Show it with the cursor in the reason: the time that is offered is mostly the one that is wanted."""
        super().open()
        self.reason.setFocus()

    def show_order(self, order: OrderPage) -> None:
        """The order was changed elsewhere: tell until when it is kept now; what was chosen and typed stays."""
        self.order = order
        if order.reserved is not None:
            self._release_at = order.reserved.release_at
        self._tell_kept()

    def show_refusal(self, error: Exception) -> None:
        """Say why it was refused, beside the field that it is about; what was chosen and typed stays."""
        self.yes.setEnabled(True)
        fields = dict(error.fields) if isinstance(error, FieldRefused) else {}
        if not fields:
            self.problem.tell_message(message_for(error))
            return
        if "reason" in fields:
            self.problem.tell_of_field(self.reason, spoken(fields["reason"]))
        if "release_at" in fields:
            self._tell_wrong(spoken(fields["release_at"]))
        elif "reason" not in fields:
            self.problem.tell(spoken_error(FieldRefused(fields)))

    def _choices(self) -> list[tuple[str, datetime]]:
        """Return quick choices: so much longer than now kept, and as long as seats of the performances can be kept."""
        evenings = [ReservedEvening(one.starts_at, one.ends_at, None) for one in self.order.performances]
        latest = latest_release(evenings)
        later = [(minutes, self._release_at + timedelta(minutes=minutes)) for minutes in _LATER_MINUTES]
        found = [
            (self.tr("{0} longer").format(shown_span(minutes * 60)), moment)
            for minutes, moment in later
            if moment < latest
        ]
        begins = any(one.starts_at == latest for one in evenings)
        return [*found, (self.tr("Until it begins") if begins else self.tr("Until it ends"), latest)]

    def _tell_kept(self) -> None:
        moment = shown_moment(self._release_at, self.order.time_zone)
        self.name.show_words(self.order.customer_name)
        self.name.setVisible(bool(self.order.customer_name))
        self.kept.setText(self.tr("Now kept until {0}").format(moment))

    def _take(self, moment: datetime) -> None:
        self.moment.show_value(moment)
        self._on_moment()
        self.reason.setFocus()

    def _on_moment(self) -> None:
        say(self.wrong, "")
        self.problem.clear_problem()

    def _tell_wrong(self, words: str) -> None:
        say(self.wrong, words)
        self.moment.setFocus()

    def _on_yes(self) -> None:
        try:
            moment = self.moment.value()
        except InvalidInput as error:
            self._tell_wrong(spoken_error(error))
            return
        if not self.reason.text:
            self.problem.tell_of_field(self.reason, self.tr("Choose or type a reason."))
        elif not self.problem.refuse_card_numbers((self.reason, "reason")):
            self.yes.setEnabled(False)
            self.given.emit(moment, self.reason.text)
