"""The strip above the basket while seats of an order are exchanged: what is given back, and what of it is kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.seats import tell_places
from pos_app.domain.sentences import Money, say
from pos_app.ui.announce import announce
from pos_app.ui.look.icons import icon
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import FittedLabel, IconLabel, panel, set_tone, text_label
from pos_app.ui.widgets.labels import say as show
from pos_app.ui.widgets.wrapping_row import WrappingRow
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import labelled, listed
from pos_app.ui.words.places import place_words, seat_words
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.domain.orders.exchange_subject import ExchangeSubject, OldSeat
    from pos_app.domain.selling.basket import Basket
    from pos_app.ui.widgets.buttons import Button
    from pos_app.ui.words.messages import Message

_MOST_BUTTONS: Final = 8
"""Of more seats none has a button; they are kept on the map."""


class ExchangeStrip(QWidget):
    """Names the order and its seats, says what stands in the way, and is left by Esc; hidden where none is exchanged.

    Signals: left(): the exchange is to be left. toggled(SeatKey): this seat of the order's own is kept, or given back.
    """

    left = Signal()
    toggled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = ""
        self._seats: dict[Button, OldSeat] = {}
        self._title = FittedLabel(pixels=19, figures=False)
        self._gives = text_label("", "body", wrap=True)
        self._hint = text_label("", "small", tone="muted", wrap=True)
        self.leave = KeyButton(self.tr("Leave"), "Esc", variant="ghost")
        self.leave.told_as = self.tr("Leave the exchange: nothing is changed")
        self.leave.clicked.connect(self.left)
        self._keep = QWidget()
        self._buttons = WrappingRow(inside=self._keep, spacing=6)
        frame = panel()
        titles = column(text_label(self.tr("Exchange for order"), "small", tone="muted"), self._title, spacing=0)
        head = row(IconLabel("swap", 22, "accent"), (titles, 1), self.leave, spacing=8)
        column(head, self._gives, self._keep, self._hint, inside=frame, margins=(14, 8, 8, 10), spacing=4)
        column(frame, inside=self, margins=(0, 0, 0, 8))
        self.hide()

    @property
    def words(self) -> str:
        """Return what it says of the order and of the seats."""
        return labelled(self.tr("Exchange for order {0}").format(self._title.text), self._gives.text())

    @property
    def hint(self) -> str:
        """Return what it says is to be done next, or what stands in the way."""
        return self._hint.text()

    @property
    def keep_buttons(self) -> list[Button]:
        """The buttons of the order's own seats, in their order."""
        return list(self._seats)

    def show_exchange(self, subject: ExchangeSubject | None, kept: Basket) -> None:
        """Show what is exchanged, or nothing."""
        self.setVisible(subject is not None)
        if subject is None:
            self._number = ""
            self._show_buttons(())
            return
        self._title.show_text(grouped(subject.number))
        leaving = [line for line in subject.lines if not kept.holds(line.seat)]
        if leaving:
            amount = Money(sum(line.brought_minor for line in leaving), subject.currency)
            places = tell_places(line.place for line in leaving)
            gives = say("Gives back {places}: {types} ({amount})", places=places, types=_types(leaving), amount=amount)
            self._gives.setText(spoken(gives))
        else:
            self._gives.setText(self.tr("Gives no seat back"))
        if [*self._seats.values()] != [*subject.lines]:
            self._show_buttons(subject.lines if len(subject.lines) <= _MOST_BUTTONS else ())
        for button, line in self._seats.items():
            is_kept = kept.holds(line.seat)
            button.setChecked(is_kept)
            button.setIcon(icon("check", role="accent") if is_kept else QIcon())
            words = self.tr("Keeps {0}") if is_kept else self.tr("Keep {0}")
            button.setText(words.format(_short(line)))
        if self._number != subject.number:
            self._number = subject.number
            announce(self, self.words, urgent=True)

    def show_hint(self, message: Message) -> None:
        """Say what is to be done next, or what stands in the way."""
        if self._hint.text() != message.sentence:
            set_tone(self._hint, "danger" if message.level in {"warning", "error"} else "muted")
            show(self._hint, message.sentence)
            if message.level in {"warning", "error"}:
                announce(self, message.sentence)

    def _show_buttons(self, lines: tuple[OldSeat, ...]) -> None:
        for button in self._seats:
            button.hide()
            button.deleteLater()
        self._seats = {}
        for line in lines:
            button = text_button("", variant="tool")
            button.setProperty("scale", "small")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(place_words(line.place))
            button.clicked.connect(lambda _checked=False, seat=line.seat: self.toggled.emit(seat))
            self._buttons.addWidget(button)
            self._seats[button] = line
        self._keep.setVisible(bool(lines))


def _types(lines: Iterable[OldSeat]) -> str:
    """Return who sits there: "1 Adult, 2 Child"."""
    counts = Counter(line.ticket_type for line in lines)
    return listed(f"{shown_number(count)} {name}" for name, count in counts.items())


def _short(line: OldSeat) -> str:
    """Return row and number, "A 5"; of an area its name."""
    place = line.place
    if place.row and place.number:
        return f"{place.row} {place.number}"
    return seat_words(place) or place.zone
