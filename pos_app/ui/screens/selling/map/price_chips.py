"""The price categories above the map: its legend, and the choice of the one that is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui.look.theme import current_theme, theme_notifier, ui_font
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import Button, framed_painter
from pos_app.ui.widgets.menu_button import MenuButton, MenuChoice
from pos_app.ui.words.lists import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

ANY: Final = 0
"""Instead of the id of a category."""
_GAP: Final = 4
_TILE: Final = 18
_SMALL_TILE: Final = 17
_MENU_ICON: Final = 20


class Room(IntEnum):
    """How much a chip tells: name and price; the price; the price below the letter; all of them in one menu."""

    NAMED = 0
    PRICED = 1
    STACKED = 2
    MENU = 3


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """One category: as the map paints it, and what it costs."""

    category_id: int
    name: str
    letter: str
    price: str
    color: str
    ink: str


class PriceChip(Button):
    """One category; down while it is the one that is wanted. Signals: clicked() of QPushButton."""

    def __init__(self, entry: PriceEntry) -> None:
        super().__init__()
        self._room = Room.NAMED
        self.setProperty("variant", "segment")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_entry(entry)

    def show_entry(self, entry: PriceEntry) -> None:
        """Show this category."""
        self.entry = entry
        self.setAccessibleName(labelled(entry.name, entry.price))
        self.setAccessibleDescription(self.tr("Best seats are looked for in this category alone while it is pressed."))
        self.setToolTip(labelled(entry.name, entry.price))
        self.updateGeometry()
        self.update()

    def set_room(self, room: Room) -> None:
        """Tell more, or less."""
        if room is not self._room:
            self._room = room
            self.updateGeometry()
            self.update()

    def width_in(self, room: Room) -> int:
        """Return the width that it takes for what it tells."""
        name = QFontMetricsF(_name_font()).horizontalAdvance(self.entry.name)
        price = QFontMetricsF(_price_font(room)).horizontalAdvance(self.entry.price)
        if room is Room.NAMED:
            return round(10 + _TILE + 8 + max(name, price) + 12)
        if room is Room.PRICED:
            return round(8 + _TILE + 6 + price + 9)
        return max(44, round(6 + price + 6))

    def sizeHint(self) -> QSize:
        """As wide as what it tells."""
        return QSize(self.width_in(self._room), 44)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of the style sheet, the tile of the map with its letter, and the words."""
        del event
        painter = framed_painter(self)
        theme, entry = current_theme(), self.entry
        box = QRectF(self.rect())
        text, quiet = (theme.color("accent" if self.isChecked() else role) for role in ("text", "muted"))
        painter.setPen(text)
        painter.setFont(_price_font(self._room))
        if self._room is Room.STACKED:
            tile = QRectF(box.center().x() - _SMALL_TILE / 2, 5, _SMALL_TILE, _SMALL_TILE)
            painter.drawText(box.adjusted(0, 22, 0, -3), Qt.AlignmentFlag.AlignCenter, entry.price)
        else:
            left = 10 if self._room is Room.NAMED else 8
            tile = QRectF(left, box.center().y() - _TILE / 2, _TILE, _TILE)
            words = box.adjusted(tile.right() + (8 if self._room is Room.NAMED else 6), 0, 0, 0)
            centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            if self._room is Room.NAMED:
                painter.drawText(words.adjusted(0, 19, 0, -4), centred, entry.price)
                painter.setFont(_name_font())
                painter.setPen(quiet)
                painter.drawText(words.adjusted(0, 5, 0, -22), centred, entry.name)
            else:
                painter.drawText(words, centred, entry.price)
        _paint_tile(painter, tile, entry)


class PriceChips(QWidget):
    """A chip for each category, of which one at most is wanted; a menu where there is no room for all.

    Signals: chosen(int): the id of the category that a person wants now, ANY for any.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[PriceEntry, ...] = ()
        self._chips: list[PriceChip] = []
        self._wanted = ANY
        self._room = Room.NAMED
        self.menu = MenuButton("tag")
        self.menu.set_name(self.tr("Price category"))
        self.menu.chosen.connect(self._on_chosen)
        self._row = row(self.menu, 1, inside=self, spacing=_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Price categories"))
        self._show_room()
        theme_notifier().changed.connect(self._fill_menu)

    @property
    def wanted(self) -> int:
        """Return the id of the category that is wanted, ANY for any."""
        return self._wanted

    @property
    def chips(self) -> tuple[PriceChip, ...]:
        """Return the chips, the dearest first as the house orders them."""
        return tuple(self._chips)

    def show_entries(self, entries: Sequence[PriceEntry]) -> None:
        """Show these categories; the wanted one stays wanted where there is one of its name."""
        before = next((one.name for one in self._entries if one.category_id == self._wanted), "")
        self._entries = tuple(entries)
        while len(self._chips) > len(entries):
            chip = self._chips.pop()
            chip.hide()
            chip.deleteLater()
        for at, entry in enumerate(entries):
            if at < len(self._chips):
                self._chips[at].show_entry(entry)
            else:
                self._add(entry)
        self.choose(next((one.category_id for one in entries if one.name == before), ANY))
        self._fill_menu()
        self._show_room()

    def choose(self, category_id: int) -> None:
        """Want this category, or ANY, without saying so."""
        self._wanted = category_id
        for chip in self._chips:
            chip.setChecked(chip.entry.category_id == category_id)
        self.menu.choose(category_id)

    def want_any(self) -> None:
        """Want any category, and say so where one was wanted."""
        if self._wanted != ANY:
            self._on_chosen(ANY)

    def width_in(self, room: Room) -> int:
        """Return the width that all take for what they tell."""
        if room is Room.MENU:
            return self.menu.width_for(short=False)
        return sum(chip.width_in(room) for chip in self._chips) + _GAP * max(0, len(self._chips) - 1)

    def set_room(self, room: Room) -> None:
        """Tell more, or less."""
        self._room = room
        self._show_room()

    def _add(self, entry: PriceEntry) -> None:
        chip = PriceChip(entry)
        self._chips.append(chip)
        self._row.insertWidget(len(self._chips), chip)
        # Who comes last into the window is last for Tab too, unless told.
        QWidget.setTabOrder(self._chips[-2] if len(self._chips) > 1 else self.menu, chip)
        chip.clicked.connect(lambda: self._on_chosen(ANY if self._is_wanted(chip) else chip.entry.category_id))

    def _is_wanted(self, chip: PriceChip) -> bool:
        return chip.entry.category_id == self._wanted

    def _on_chosen(self, category_id: int) -> None:
        self.choose(category_id)
        self.chosen.emit(category_id)

    def _show_room(self) -> None:
        self.menu.setVisible(self._room is Room.MENU and bool(self._entries))
        for chip in self._chips:
            chip.setVisible(self._room is not Room.MENU)
            chip.set_room(self._room)

    def _fill_menu(self) -> None:
        choices = [MenuChoice(ANY, self.tr("Any category"))]
        choices += [MenuChoice(one.category_id, one.name, one.price, _tile_icon(one)) for one in self._entries]
        self.menu.show_choices(choices, self._wanted)

    def sizeHint(self) -> QSize:
        """Room for the words in use."""
        return QSize(self.width_in(self._room), 44)

    def minimumSizeHint(self) -> QSize:
        """Small: the bar decides what is told."""
        return QSize(44, 44)


def _paint_tile(painter: QPainter, tile: QRectF, entry: PriceEntry) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(entry.color))
    painter.drawRoundedRect(tile, 5, 5)
    painter.setPen(QColor(entry.ink))
    painter.setFont(ui_font(11, QFont.Weight.Bold))
    painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, entry.letter)


def _tile_icon(entry: PriceEntry) -> QIcon:
    pixmap = QPixmap(2 * _MENU_ICON, 2 * _MENU_ICON)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_tile(painter, QRectF(1, 1, _TILE, _TILE), entry)
    painter.end()
    return QIcon(pixmap)


def _name_font() -> QFont:
    return ui_font(12)


def _price_font(room: Room) -> QFont:
    return ui_font(13 if room is Room.STACKED else 14, QFont.Weight.DemiBold)
