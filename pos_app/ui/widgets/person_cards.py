"""People as cards: initials, name, and a line about them; found by typing, chosen by a click, arrows or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPen
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from pos_app.domain.staff.finding import find_people
from pos_app.ui.announce import announce
from pos_app.ui.look.theme import current_theme, ui_font
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import Button, framed_painter
from pos_app.ui.widgets.keys import CAP_HEIGHT, ENTER, paint_cap
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.words.roles import role_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from pos_app.domain.staff.sign_in import StaffChoice

_HEIGHT: Final = 68
_AVATAR: Final = 40
_SIDE: Final = 14
_CAP: Final = 24
_MOST_NUMBERED: Final = 9
_PAGE: Final = 3
"""Rows of cards that a page key goes on."""


def initials(name: str) -> str:
    """Return the first letters of the first and the last word: "Amina Əliyeva" is "AƏ"."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class PersonTile(Button):
    """Paints the initials in a circle beside the name. Signals: clicked() of QPushButton.

    number: printed on it where a key chooses it; 0: none.
    """

    def __init__(self, name: str, line: str, number: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._line = line
        self._number = number
        self._current = False
        self.setProperty("variant", "tile")
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}, {line}")
        self.setStyleSheet(f"min-height: {_HEIGHT - 2}px")

    def set_current(self, current: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Show that Enter chooses it."""
        self._current = current
        # Tab stops at one card of forty.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if current else Qt.FocusPolicy.NoFocus)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a name of usual length."""
        return QSize(230, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A long name is shortened rather than pushing others aside."""
        return QSize(130, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of the style sheet, then the person."""
        del event
        painter = framed_painter(self)
        theme = current_theme()
        able = self.isEnabled()
        if self._current and able:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        circle = QRectF(_SIDE, (self.height() - _AVATAR) / 2, _AVATAR, _AVATAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft" if able else "hover"))
        painter.drawEllipse(circle)
        painter.setPen(theme.color("accent" if able else "faint"))
        painter.setFont(ui_font(14, QFont.Weight.DemiBold))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, initials(self._name))
        left, right = circle.right() + 12, float(self.width() - _SIDE)
        if self._number:
            cap = QRectF(right - _CAP, (self.height() - CAP_HEIGHT) / 2, _CAP, CAP_HEIGHT)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            paint_cap(painter, cap, str(self._number), theme.color("muted" if able else "faint"))
            right = cap.left() - 8
        words = QRectF(left, self.height() / 2 - 20, right - left, 20)
        for text, pixels, weight, role in (
            (self._name, 14, QFont.Weight.DemiBold, "text"),
            (self._line, 13, QFont.Weight.Normal, "muted"),
        ):
            painter.setFont(ui_font(pixels, weight))
            painter.setPen(theme.color(role if able else "faint"))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            words.translate(0, 20)


class PersonCards(QWidget):
    """A search field over a grid of people. What is typed finds, arrows walk, Enter or the number on a card chooses.

    Signals: chosen(StaffChoice); left(): Esc in the empty field.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._people: tuple[StaffChoice, ...] = ()
        self._shown: tuple[StaffChoice, ...] = ()
        self._at = 0
        self.tiles: list[PersonTile] = []
        self.search = SearchField(self.tr("Type a name, or the number of a card"), key="")
        self.search.textChanged.connect(self._on_searched)
        self.search.installEventFilter(self)
        self.setFocusProxy(self.search)
        self._nobody = text_label(self.tr("Nobody of that name."), "muted")
        self._nobody.hide()
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column(self.search, self._nobody, (self._area, 1), inside=self, spacing=10)

    @property
    def shown(self) -> tuple[StaffChoice, ...]:
        """Return those whose cards stand there now."""
        return self._shown

    @property
    def current(self) -> StaffChoice | None:
        """Return whom Enter chooses."""
        return self._shown[self._at] if self._shown else None

    def show_people(self, people: Sequence[StaffChoice]) -> None:
        """Offer other people, in this order; what is typed goes on finding, and who was current stays it."""
        before = self.current
        self._people = tuple(people)
        self._show_found(before)

    def start(self) -> None:
        """Begin with everybody, and take the keyboard."""
        self.search.clear()
        self._show_found(None)
        self.search.setFocus()

    def _on_searched(self, _text: str) -> None:
        self._show_found(None)

    def _show_found(self, current: StaffChoice | None) -> None:
        self._shown = find_people(self._people, self.search.text())
        ids = [one.staff_id for one in self._shown]
        self._at = ids.index(current.staff_id) if current is not None and current.staff_id in ids else 0
        self._lay_out()
        self._nobody.setVisible(bool(self._people) and not self._shown)

    def _lay_out(self) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(1, 1, 7, 1)
        grid.setSpacing(10)
        self.tiles = []
        for place, person in enumerate(self._shown):
            number = place + 1 if place < _MOST_NUMBERED and not self.search.text() else 0
            line = (
                role_words(person.role) if person.has_pin else self.tr("{0} · password").format(role_words(person.role))
            )
            tile = PersonTile(person.name, line, number)
            tile.clicked.connect(lambda _checked=False, person=person: self.chosen.emit(person))
            grid.addWidget(tile, place // self._columns, place % self._columns)
            self.tiles.append(tile)
        for at in range(self._columns):
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(inside)
        self._mark()

    def _mark(self) -> None:
        for at, tile in enumerate(self.tiles):
            tile.set_current(at == self._at)
        if self.tiles:
            self._area.ensureWidgetVisible(self.tiles[self._at], 0, 12)

    def _walk(self, step: int) -> None:
        if self._shown:
            self._at = max(0, min(len(self._shown) - 1, self._at + step))
            self._mark()
            announce(self.search, self.tiles[self._at].accessibleName())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk and choose while the keyboard is in the field."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on in the field where the keyboard is on a card."""
        if self.search.hasFocus() or not self._take_key(event):
            letter = event.text()
            if not self.search.hasFocus() and letter and letter.isprintable():
                self.search.setFocus()
                self.search.insert(letter)
            else:
                super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_PageDown: _PAGE * self._columns,
            Qt.Key.Key_PageUp: -_PAGE * self._columns,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._walk(steps[key])
        elif key in ENTER:
            if (person := self.current) is not None and not event.isAutoRepeat():
                self.chosen.emit(person)
        elif key == Qt.Key.Key_Escape and not self.search.text():
            self.left.emit()
        elif not self.search.text() and (number := _number(event.text())) and number <= len(self._shown):
            self.chosen.emit(self._shown[number - 1])
        else:
            return False
        return True


def _number(text: str) -> int:
    """Return the number of a card that a key is, 0 for none."""
    return int(text) if len(text) == 1 and text in "123456789" else 0
