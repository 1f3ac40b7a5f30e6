"""One line of the basket, a seat or several that are told in one: where, for whom, for how much, a way to give back."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from pos_app.domain.selling.basket_lines import TIMES
from pos_app.domain.sentences import say
from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import BASE_PIXELS, ui_font
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.labels import ElidedLabel, text_label
from pos_app.ui.words import counted_places
from pos_app.ui.words.amounts import shown_amount, shown_number
from pos_app.ui.words.lists import labelled, listed, side_by_side
from pos_app.ui.words.places import seat_words, seats_words
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QLabel

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket_lines import LineGroup

_TYPE_WIDTH: Final = 104
_WIDEST_TYPE: Final = 244
"""So much of a line is a long ticket type given: the zone beside it, which the evening's map shows, gives way."""
_BESIDE: Final = 8
_INDENT: Final = 24
"""Pixels by which the seats of an unfolded line stand further in; the button that folds it takes as many."""


class Stripe(QWidget):
    """Paints the colour of a price category. A style sheet of its own would cost each line a hundredth of a second."""

    def __init__(self, color: QColor) -> None:
        super().__init__()
        self.color = color
        self.setFixedSize(6, 38)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color)
        painter.drawRoundedRect(self.rect(), 3, 3)


class Fold(Enum):
    """What a line is among the others."""

    NONE = "none"
    """By itself."""
    FOLDED = "folded"
    """Several in one."""
    UNFOLDED = "unfolded"
    """Several in one, and each of them below it."""
    WITHIN = "within"
    """One of those."""


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


class FoldButton(Button):
    """Shows the seats of a line one by one, or no longer: by click, Space, Enter, and by Right and Left.

    Signals: asked(bool): unfold, or fold.
    """

    asked = Signal(bool)

    def __init__(self, *, unfolded: bool) -> None:
        super().__init__(icon("caret-down" if unfolded else "caret-right", role="muted"), "")
        self._unfolded = unfolded
        self.setProperty("variant", "ghost")
        self.setProperty("scale", "small")
        self.setFixedSize(_INDENT - 4, 34)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda: self.asked.emit(not self._unfolded))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right unfolds, Left folds, Enter does either."""
        key = event.key()
        if key in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            if (key == Qt.Key.Key_Right) is not self._unfolded:
                self.click()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class BasketRow(QWidget):
    """A line of the basket.

    Signals: type_chosen(tuple, int): another ticket type; removed(tuple): give back; with the seats (SeatKey) of it.
    unfolded(tuple, bool): show these seats one by one, or no longer.
    """

    type_chosen = Signal(object, int)
    removed = Signal(object)
    unfolded = Signal(object, bool)

    def __init__(self, group: LineGroup, currency: str, color: QColor, fold: Fold = Fold.NONE) -> None:
        super().__init__()
        line = group.lines[0]
        self.group = group
        self.seats = tuple(one.seat for one in group.lines)
        self.fold = fold
        stripe = Stripe(color)
        self.where = ElidedLabel(_where(group), "" if fold is Fold.WITHIN else "strong")
        zone = line.place.zone if line.place.row else ""
        below = ElidedLabel(side_by_side(zone, line.category), "muted")
        whole = spoken(group.spoken())
        self.setToolTip(labelled(line.title, listed((whole, line.category))))
        self.kind = self._type_button(whole, currency)
        self.remove = Button(icon("x", role="muted"), "")
        self.remove.setProperty("variant", "ghost")
        self.remove.setFixedWidth(34)
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remove.setAccessibleName(self.tr("Give back {0}").format(whole))
        self.remove.setToolTip(counted_places.give_back([one.place for one in group.lines]))
        self.remove.clicked.connect(lambda: self.removed.emit(self.seats))
        price, self.saved = self._amounts(currency)
        words = column(
            row((self.where, 1), self.saved, price, spacing=_BESIDE), row((below, 1), self.kind, spacing=8), spacing=0
        )
        self.fold_button = self._fold_button(whole)
        before = [stripe] if self.fold_button is None else [stripe, self.fold_button]
        indent = _INDENT if fold is Fold.WITHIN else 0
        row(*before, (words, 1), self.remove, inside=self, margins=(indent, 2, 0, 4), spacing=6)

    @property
    def seat(self) -> SeatKey:
        """The last seat of the row."""
        return self.seats[-1]

    @property
    def parts(self) -> tuple[Button, ...]:
        """What can have the keyboard."""
        return tuple(part for part in (self.fold_button, self.kind, self.remove) if part is not None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words unfolds or folds, too; one above or below the ticket type opens the others."""
        at = event.position().toPoint()
        if event.button() is not Qt.MouseButton.LeftButton or not self.rect().contains(at):
            return
        types = self.kind.geometry()
        if types.left() <= at.x() <= types.right():
            self.kind.menu().popup(self.kind.mapToGlobal(QPoint(0, self.kind.height())))
        elif self.fold_button is not None:
            self.fold_button.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is saved where the seats would be cut for it: the price is told all the same."""
        super().resizeEvent(event)
        layout = self.layout()
        if self.group.saved_minor and layout is not None:
            layout.activate()
            beside = _BESIDE + self.saved.sizeHint().width()
            room = self.where.width() + (0 if self.saved.isHidden() else beside)
            self.saved.setHidden(self.where.sizeHint().width() + beside > room)

    def _fold_button(self, whole: str) -> FoldButton | None:
        if self.fold not in {Fold.FOLDED, Fold.UNFOLDED}:
            return None
        is_unfolded = self.fold is Fold.UNFOLDED
        button = FoldButton(unfolded=is_unfolded)
        told = self.tr("Show {0} in one line") if is_unfolded else self.tr("Show the places one by one: {0}")
        button.setAccessibleName(told.format(whole))
        button.setToolTip(self.tr("In one line") if is_unfolded else self.tr("One by one"))
        button.asked.connect(lambda unfold: self.unfolded.emit(self.seats, unfold))
        return button

    def _type_button(self, whole: str, currency: str) -> Button:
        """Return the button that names the ticket type, with how many it is for; it opens the others."""
        name = self.group.lines[0].ticket_type.name
        count = f"{shown_number(len(self.seats))} {TIMES} " if len(self.seats) > 1 else ""
        button = Button()
        button.setProperty("variant", "tool")
        button.setProperty("scale", "small")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        metrics = QFontMetrics(ui_font(BASE_PIXELS, QFont.Weight.Medium))
        beside = 20 + metrics.horizontalAdvance(f"{count}  \u25be")
        width = min(max(_TYPE_WIDTH, beside + metrics.boundingRect(name).width() + 4), _WIDEST_TYPE)
        room = width - beside
        button.setFixedWidth(width)
        button.setText(f"{count}{metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)}  \u25be")
        button.setToolTip(f"{count}{name}")
        button.setAccessibleName(self.tr("Ticket type of {0}: {1}").format(whole, name))
        button.setMenu(self._menu(currency))
        return button

    def _amounts(self, currency: str) -> tuple[QLabel, QLabel]:
        saved_minor = self.group.saved_minor
        price = text_label(shown_amount(self.group.price_minor - saved_minor, currency), "strong")
        saved = text_label(shown_amount(-saved_minor, currency) if saved_minor else "", "small", tone="ok")
        if not saved_minor:
            saved.hide()
        return price, saved

    def _menu(self, currency: str) -> QMenu:
        line = self.group.lines[0]
        menu = TypeMenu(self)
        for kind in line.choices:
            action = QAction(kind.name, menu)
            if kind.letter:
                action.setText(f"{kind.name}\t{kind.letter}")
            action.setCheckable(True)
            action.setChecked(kind.ticket_type_id == line.ticket_type.ticket_type_id)
            chosen = kind.ticket_type_id
            action.triggered.connect(lambda _checked=False, chosen=chosen: self.type_chosen.emit(self.seats, chosen))
            menu.addAction(action)
        menu.setAccessibleName(self.tr("Ticket types, {0}").format(currency))
        return menu


def _where(group: LineGroup) -> str:
    """Return row and seats; of an area its name, and how many places of it."""
    places = group.places
    place = places[0]
    if place.row:
        return seats_words(places)
    if len(places) == 1:
        return side_by_side(place.zone, seat_words(place))
    area = seat_words(replace(place, number="")) or place.zone
    return spoken(say("{place} \u00d7 {number}", place=area, number=len(places)))
