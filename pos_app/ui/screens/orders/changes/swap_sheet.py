"""Two guests of one order change their places, without money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from pos_app.domain.codes import grouped
from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.screens.orders.order.evening_words import evening_words, only_evening
from pos_app.ui.screens.orders.problem_line import ProblemLine
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following, side_by_side
from pos_app.ui.words.places import place_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from pos_app.domain.orders.page import LineOnPage, OrderPage
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 620
_HEIGHT: Final = 300
_ROW: Final = 40
_TWO: Final = 2


class SwapSheet(Sheet):
    """The places of an order, of which exactly two are ticked: a third tick takes the first one's place.

    It stays open after given(), so that a refusal can be shown in it. Signals: given(int, int): the lines of both.
    """

    given = Signal(int, int)

    def __init__(self, parent: QWidget, order: OrderPage, chosen: Collection[int]) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self.set_title(self.tr("Swap two guests of {0}").format(grouped(order.number)))
        self.order = order
        self._ticked: list[int] = []
        self.boxes: dict[int, CheckField] = {}
        self._area = QScrollArea(widgetResizable=True)
        self._show_places()
        self.told = text_label("", "strong", wrap=True)
        self.problem = ProblemLine()
        about = self.tr("Each sits where the other one sat; both get new tickets, and the old paper opens no door.")
        self.evening = text_label("", "strong", wrap=True)
        for widget in (self.evening, text_label(about, "muted", wrap=True), self._area, self.told, self.problem):
            self.body.addWidget(widget)
        say(self.evening, only_evening(order))
        self.let_give_way(self._area, min(_HEIGHT, _ROW * len(self.boxes)))
        self.yes, self.no = self.add_answers(self.tr("Swap"), self._on_yes)
        live = list(self.boxes)
        two = [line for line in live if line in chosen]
        for line_id in two if len(two) == _TWO else live if len(live) == _TWO else ():
            self._tick(line_id)
        self._show()

    def show_order(self, order: OrderPage) -> None:
        """The order was changed elsewhere: show its places as they are now; who is ticked and still there stays so."""
        ticked = self._ticked
        self.order, self._ticked = order, []
        say(self.evening, only_evening(order))
        self._show_places()
        for line_id in ticked:
            if line_id in self.boxes:
                self._tick(line_id)
        self._show()

    def show_refusal(self, message: Message) -> None:
        """Say why it was refused, while that is true."""
        self.problem.tell_message(message)
        self.yes.setEnabled(len(self._ticked) == _TWO)

    def _show_places(self) -> None:
        self.boxes = {}
        inside = QWidget()
        rows = column(inside=inside, margins=(0, 0, 8, 0), spacing=2)
        for line in self.order.live_seats:
            box = CheckField(self._words(line))
            box.edited.connect(lambda line_id=line.line_id: self._on_edited(line_id))
            self.boxes[line.line_id] = box
            rows.addWidget(box)
        rows.addStretch(1)
        self._area.setWidget(inside)

    def _words(self, line: LineOnPage) -> str:
        return side_by_side(
            evening_words(self.order, line), place_words(line.place) if line.place else "", line.ticket_type
        )

    def _tick(self, line_id: int) -> None:
        self._ticked.append(line_id)
        self.boxes[line_id].show_value(value=True)

    def _on_edited(self, line_id: int) -> None:
        if line_id in self._ticked:
            self._ticked.remove(line_id)
        else:
            if len(self._ticked) == _TWO:
                self.boxes[self._ticked.pop(0)].show_value(value=False)
            self._ticked.append(line_id)
        self.problem.clear_problem()
        self._show()

    def _show(self) -> None:
        self.yes.setEnabled(len(self._ticked) == _TWO)
        if len(self._ticked) < _TWO:
            say(self.told, self.tr("Tick two places."))
            return
        lines = {line.line_id: line for line in self.order.live_seats}
        first, second = (lines[line_id] for line_id in self._ticked)
        told = self.tr("{0} and {1} change places.").format(self._words(first), self._words(second))
        say(self.told, following(told, self._alike_words(first, second)))

    def _alike_words(self, first: LineOnPage, second: LineOnPage) -> str:
        """Warn of a swap that changes nothing but the paper; "" where guests and places are told apart."""
        kinds = [
            (one.performance_id, one.category_id, one.ticket_type_id, one.brought_minor) for one in (first, second)
        ]
        if kinds[0] != kinds[1]:
            return ""
        if first.ticket is not None and second.ticket is not None and not first.ticket.is_waiting:
            return self.tr("Type and price are the same: both papers are void, and two new tickets print.")
        return self.tr("Type and price are the same.")

    def _on_yes(self) -> None:
        if len(self._ticked) == _TWO:
            self.yes.setEnabled(False)
            self.given.emit(*self._ticked)
