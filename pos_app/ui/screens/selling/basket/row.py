"""One seat of the basket, or all places of an area: where, for whom, for how much, and a way to give it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from pos_app.domain.sentences import say
from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import BASE_PIXELS, ui_font
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.labels import ElidedLabel, text_label
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import labelled, listed, side_by_side
from pos_app.ui.words.places import seat_words
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent
    from PySide6.QtWidgets import QVBoxLayout

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket import LineGroup


class TypeMenu(QMenu):
    """A menu whose entries answer to the letter printed beside them. No signals of its own."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by letter."""
        typed = event.text().casefold()
        for action in self.actions():
            letter = action.text().partition("\t")[2].casefold()
            if typed and typed == letter:
                self.close()
                action.trigger()
                return
        super().keyPressEvent(event)


class BasketRow(QWidget):
    """A line of the basket, or lines that are told in one.

    Signals: type_chosen(tuple, int): another ticket type; removed(tuple): give back; with the seats (SeatKey) of it.
    """

    type_chosen = Signal(object, int)
    removed = Signal(object)

    def __init__(self, group: LineGroup, currency: str, color: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = group.lines[0]
        self.seats = tuple(one.seat for one in group.lines)
        self._line = line
        stripe = QFrame()
        stripe.setFixedSize(6, 38)
        stripe.setStyleSheet(f"background: {color.name()}; border-radius: 3px;")
        place = line.place
        where = ElidedLabel(_where(group), "strong")
        below = ElidedLabel(side_by_side(place.zone if place.row else "", line.category), "muted")
        whole = spoken(group.spoken())
        self.setToolTip(labelled(line.title, listed((whole, line.category))))
        self.kind = Button()
        self.kind.setProperty("variant", "tool")
        self.kind.setStyleSheet("padding: 0 8px;")
        self.kind.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.kind.setFixedWidth(86)
        name = QFontMetrics(ui_font(BASE_PIXELS, QFont.Weight.Medium)).elidedText(
            line.ticket_type.name, Qt.TextElideMode.ElideRight, 48
        )
        self.kind.setText(f"{name}  ▾")
        self.kind.setAccessibleName(self.tr("Ticket type of {0}: {1}").format(whole, line.ticket_type.name))
        self.kind.setMenu(self._menu(currency))
        self.remove = Button(icon("x", role="muted"), "")
        self.remove.setProperty("variant", "ghost")
        self.remove.setFixedWidth(38)
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remove.setAccessibleName(self.tr("Give back {0}").format(whole))
        self.remove.setToolTip(spoken_count("Give this seat back", "Give these places back", len(self.seats)))
        self.remove.clicked.connect(lambda: self.removed.emit(self.seats))
        row(
            stripe,
            (column(where, below, spacing=1), 1),
            self.kind,
            self._amounts(currency, group.price_minor, group.saved_minor),
            self.remove,
            inside=self,
            margins=(0, 3, 0, 3),
            spacing=6,
        )

    @property
    def seat(self) -> SeatKey:
        """The last seat of the row."""
        return self.seats[-1]

    def _amounts(self, currency: str, price_minor: int, saved_minor: int) -> QVBoxLayout:
        price = text_label(shown_amount(price_minor - saved_minor, currency), "strong")
        price.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        price.setMinimumWidth(56)
        self.saved = text_label(shown_amount(-saved_minor, currency) if saved_minor else "", "small", tone="ok")
        self.saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if not saved_minor:
            self.saved.hide()
        return column(price, self.saved, spacing=1)

    def _menu(self, currency: str) -> QMenu:
        menu = TypeMenu(self)
        for kind in self._line.choices:
            action = QAction(kind.name, menu)
            if kind.letter:
                action.setText(f"{kind.name}\t{kind.letter}")
            action.setCheckable(True)
            action.setChecked(kind.ticket_type_id == self._line.ticket_type.ticket_type_id)
            chosen = kind.ticket_type_id
            action.triggered.connect(lambda _checked=False, chosen=chosen: self.type_chosen.emit(self.seats, chosen))
            menu.addAction(action)
        menu.setAccessibleName(self.tr("Ticket types, {0}").format(currency))
        return menu


def _where(group: LineGroup) -> str:
    """Return row and seat, "Row G · Seat 18"; of an area its name; of several places how many there are."""
    place = group.lines[0].place
    if len(group.lines) == 1:
        return seat_words(place) if place.row else side_by_side(place.zone, seat_words(place))
    row = seat_words(replace(place, number="")) or place.zone
    return spoken(say("{place} \u00d7 {number}", place=row, number=len(group.lines)))
