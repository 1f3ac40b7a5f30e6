"""Putting tickets on resale, or taking them off it: which, and what the customer is told before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.orders.resale import ResaleAsk
from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.screens.orders.order.evening_words import evening_words, only_evening
from pos_app.ui.screens.orders.problem_line import ProblemLine
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import FittedLabel, keep_room, say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.places import place_words
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Collection

    from pos_app.domain.orders.page import LineOnPage, OrderPage
    from pos_app.domain.orders.resale import ResalePreview
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 860
_HEIGHT: Final = 300
_ON: Final = "on"
_OFF: Final = "off"


@dataclass(frozen=True, slots=True)
class ResaleWish:
    """What a person wants. commission_minor: as it was told, of what goes on resale; is_on: else it is taken off."""

    line_ids: tuple[int, ...]
    is_on: bool
    commission_minor: int = 0


class ResaleSheet(Sheet):
    """Ticks, and what goes back to the customer once the seats are bought.

    It stays open after given(), so that a refusal can be shown in it.
    Signals: asked(ResaleAsk): other ticks: what would it come to? given(ResaleWish).
    """

    asked = Signal(object)
    given = Signal(object)

    def __init__(self, parent: QWidget, order: OrderPage, ticked: Collection[int]) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self.set_title(self.tr("Resale of tickets of {0}").format(grouped(order.number)))
        self.order = order
        self.preview: ResalePreview | None = None
        self.boxes: dict[int, CheckField] = {}
        self.evening = text_label("", "strong", wrap=True)
        self.mode = SegmentedButtons(((_ON, self.tr("Put on resale")), (_OFF, self.tr("Take off resale"))))
        self.mode.chosen.connect(self._on_mode)
        self._area = QScrollArea(widgetResizable=True)
        self.all_button = KeyButton(self.tr("All or none"), "")
        self.all_button.print_key("F3")
        self.all_button.clicked.connect(self._on_all)
        self.caption = text_label("", "strong", tone="muted")
        self.amount = FittedLabel("", 44)
        self.told = text_label("", "strong", wrap=True)
        self.problem = ProblemLine()
        self.problem.answered.connect(self._on_server_answered)
        self._arrange()
        self.yes, self.no = self.add_answers("", self._on_yes)
        self._show_lines(ticked)

    @property
    def is_on(self) -> bool:
        """Tell whether tickets are to be put on resale; else they are taken off it."""
        return self.mode.current == _ON

    @property
    def line_ids(self) -> tuple[int, ...]:
        """Return the ticked lines."""
        return tuple(line for line, box in self.boxes.items() if box.value())

    def open(self) -> None:
        """Show it, and ask what it comes to."""
        super().open()
        self._on_changed()

    def show_order(self, order: OrderPage) -> None:
        """The order was changed elsewhere: show what is left of it, and reckon again."""
        self.order = order
        self._show_lines(self.line_ids)
        self._reckon_anew()

    def show_preview(self, preview: ResalePreview) -> None:
        """Tell what it comes to."""
        self.preview = preview
        self.amount.show_text(shown_amount(preview.back_minor, preview.currency))
        say(self.told, spoken(preview.sentence))
        self.yes.setEnabled(True)

    def show_unreckoned(self, message: Message) -> None:
        """Say why these cannot be put on resale."""
        self.preview = None
        self._forget("")
        self.show_refusal(message)

    def show_refusal(self, message: Message) -> None:
        """Say why it was refused, while that is true; what was chosen stays."""
        self.problem.tell_message(message)
        self.yes.setEnabled(bool(self.line_ids) and (self.preview is not None or not self.is_on))

    def _arrange(self) -> None:
        well = QFrame()
        well.setProperty("role", "well")
        column(self.caption, self.amount, self.told, inside=well, margins=(16, 10, 16, 10), spacing=3)
        left = column(self.evening, (self._area, 1), row(self.all_button, 1), spacing=8)
        right = column(self.mode, well, self.problem, 1, spacing=8)
        self.body.addLayout(row((left, 5), (right, 6), spacing=20))
        self.let_give_way(self._area, _HEIGHT)
        keep_room(self.told)

    def _show_lines(self, ticked: Collection[int]) -> None:
        """Show those that can be ticked; where only one of both can be done, that is done."""
        on = {line.line_id for line in self.order.live_seats if line.is_on_resale}
        off = {line.line_id for line in self.order.live_seats} - on
        self.mode.setVisible(bool(on and off))
        if not off or (on and on.issuperset(ticked)):
            self.mode.choose(_OFF)
        elif not on:
            self.mode.choose(_ON)
        say(self.evening, only_evening(self.order))
        self._show_boxes(ticked)

    def _show_boxes(self, ticked: Collection[int]) -> None:
        inside = QWidget()
        rows = column(inside=inside, margins=(0, 0, 8, 0), spacing=2)
        self.boxes = {}
        for line in self.order.live_seats:
            if line.is_on_resale is self.is_on:
                continue
            box = CheckField(self._words(line))
            box.show_value(line.line_id in ticked)
            box.edited.connect(self._on_changed)
            self.boxes[line.line_id] = box
            rows.addLayout(row((box, 1), text_label(shown_amount(line.brought_minor, self.order.currency)), spacing=6))
        rows.addStretch(1)
        self._area.setWidget(inside)
        self.yes.set_words(self.tr("Put on resale") if self.is_on else self.tr("Take off resale"))

    def _words(self, line: LineOnPage) -> str:
        place = place_words(line.place) if line.place else ""
        used = self.tr("came in already") if line.was_used else ""
        return side_by_side(evening_words(self.order, line), place, line.ticket_type, used)

    def _on_mode(self) -> None:
        chosen = {line.line_id for line in self.order.live_seats}
        self._show_boxes(chosen)
        self._on_changed()

    def _on_all(self) -> None:
        wanted = len(self.line_ids) < len(self.boxes)
        for box in self.boxes.values():
            box.show_value(wanted)
        self._on_changed()

    def _on_changed(self) -> None:
        self.problem.clear_problem()
        self._reckon_anew()

    def _on_server_answered(self) -> None:
        if self.preview is None and self.is_on:
            self._on_changed()

    def _reckon_anew(self) -> None:
        self.preview = None
        if not self.line_ids:
            self._forget(self.tr("Tick the tickets."))
            return
        if self.is_on:
            self._forget("")
            self.asked.emit(ResaleAsk(self.order.order_id, self.line_ids))
            return
        self._forget(self.tr("The tickets stay valid, and their seats are not for sale any more. Nothing is owed."))
        self.yes.setEnabled(True)

    def _forget(self, words: str) -> None:
        self.caption.setText(self.tr("Goes back once all are bought") if self.is_on else self.tr("Taken off resale"))
        self.amount.setVisible(self.is_on)
        self.amount.show_text("\N{EN DASH}", "muted")
        say(self.told, words)
        self.yes.setEnabled(False)

    def _on_yes(self) -> None:
        if not self.line_ids or (self.is_on and self.preview is None):
            return
        commission = self.preview.commission_minor if self.preview is not None else 0
        self.problem.clear_problem()
        self.yes.setEnabled(False)
        self.given.emit(ResaleWish(self.line_ids, self.is_on, commission))
