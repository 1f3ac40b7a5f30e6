"""Reserved seats that go back on sale before their time: which of them, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.screens.orders.order.evening_words import evening_words, only_evening
from pos_app.ui.screens.orders.problem_line import ProblemLine
from pos_app.ui.screens.orders.reason_line import LONGEST_REASON, ReasonLine
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import following, side_by_side
from pos_app.ui.words.places import place_words
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.domain.orders.page import LineOnPage, OrderPage
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 600
_HEIGHT: Final = 220
_ROW_HEIGHT: Final = 36


class GiveBackSheet(Sheet):
    """The reserved seats of an order with a tick each, all ticked at first, what that leaves, and a reason.

    A customer counts on these seats, so Enter alone is no answer. It stays open after given(), so that a refusal can
    be shown in it. Signals: given(tuple, str): the lines of the seats, and why.
    """

    given = Signal(object, str)

    def __init__(self, parent: QWidget, order: OrderPage) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self.order = order
        self.set_title(self.tr("Give back seats of {0}").format(grouped(order.number)))
        self.about = ElidedLabel("", "muted")
        self.ticks: dict[int, CheckField] = {}
        self._area = QScrollArea(widgetResizable=True)
        self.all_button = KeyButton(self.tr("All or none"), "")
        self.all_button.print_key("F5")
        self.all_button.clicked.connect(self._tick_all)
        self.told = text_label("", "strong", tone="warn", wrap=True)
        self.reason = ReasonLine(
            self.tr("Why"),
            longest=LONGEST_REASON,
            choices=(self.tr("Cannot come"), self.tr("Fewer come"), self.tr("Reserved by mistake")),
        )
        self.problem = ProblemLine(self.reason)
        why = text_label(self.tr("Reason"), "strong")
        self.body.addWidget(self.about)
        self.body.addWidget(self._area)
        self.body.addLayout(row(self.all_button, 1))
        for widget in (self.told, why, self.reason, self.problem):
            self.body.addWidget(widget)
        self.let_give_way(self._area, min(_HEIGHT, _ROW_HEIGHT * len(order.reserved_seats) + 12))
        self.yes, self.no = self.add_answers("", self._on_yes, variant="danger", deliberate=True)
        self.show_order(order)

    def open(self) -> None:
        """Show it with the cursor in the reason."""
        super().open()
        self.reason.setFocus()

    @property
    def line_ids(self) -> tuple[int, ...]:
        """Return the lines of the seats that are ticked."""
        return tuple(line_id for line_id, box in self.ticks.items() if box.value())

    def show_order(self, order: OrderPage) -> None:
        """Show what is reserved now; what was left out before stays left out."""
        left_out = {line_id for line_id, box in self.ticks.items() if not box.value()}
        self.order = order
        self.about.show_words(side_by_side(only_evening(order), order.customer_name))
        self.about.setVisible(bool(self.about.words))
        inside = QWidget()
        rows = column(inside=inside, margins=(0, 0, 8, 0), spacing=2)
        self.ticks = {}
        for line in order.reserved_seats:
            self.ticks[line.line_id] = box = CheckField(self._words(line))
            box.show_value(line.line_id not in left_out)
            box.edited.connect(self._on_ticked)
            rows.addLayout(row((box, 1), text_label(shown_amount(line.brought_minor, order.currency)), spacing=6))
        rows.addStretch(1)
        self._area.setWidget(inside)
        self._on_ticked()

    def show_refusal(self, message: Message) -> None:
        """Say why it was refused, while that is true; what was ticked and typed stays."""
        self.problem.tell_message(message)
        self.yes.setEnabled(bool(self.line_ids))

    def _words(self, line: LineOnPage) -> str:
        place = place_words(line.place) if line.place else ""
        return side_by_side(evening_words(self.order, line), place, line.ticket_type)

    def _tick_all(self) -> None:
        wanted = len(self.line_ids) < len(self.ticks)
        for box in self.ticks.values():
            box.show_value(wanted)
        self._on_ticked()

    def _on_ticked(self) -> None:
        self.problem.clear_problem()
        going = self.line_ids
        staying = len(self.ticks) - len(going)
        self.yes.setEnabled(bool(going))
        self.yes.set_words(spoken_count("Give back {count} seat", "Give back {count} seats", len(going)))
        if not going:
            say(self.told, self.tr("Tick what is given back."))
            return
        gone = spoken_count(
            "It goes on sale at once, and may be gone the next moment.",
            "They go on sale at once, and may be gone the next moment.",
            len(going),
        )
        if not staying:
            say(self.told, following(gone, self.tr("Nothing of this reservation is left then.")))
            return
        owed = shown_amount(self._owed_after(going), self.order.currency)
        kept = spoken_count(
            "{count} seat stays reserved: {owed}.", "{count} seats stay reserved: {owed}.", staying, owed=owed
        )
        say(self.told, following(gone, kept))

    def _owed_after(self, going: tuple[int, ...]) -> int:
        """What the seats that stay cost, with their own fees and those of the order."""
        return sum(
            line.brought_minor
            for line in self.order.lines
            if line.state is LineState.RESERVED
            and (line.line_id if line.kind is LineKind.SEAT else line.for_line_id) not in going
        )

    def _on_yes(self) -> None:
        if not self.reason.text:
            self.problem.tell_of_field(self.reason, self.tr("Choose or type a reason."))
        elif not self.problem.refuse_card_numbers((self.reason, "reason")):
            self.yes.setEnabled(False)
            self.given.emit(self.line_ids, self.reason.text)
