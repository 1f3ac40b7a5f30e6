"""The price categories of a plan: put chosen seats into one, change them, add one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.ui.look.theme import current_theme
from pos_app.ui.seat_map.painting.colors import category_looks
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button, text_button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.services.seats.map_data import PlanCategory

_SWATCH: Final = 20
_KEYS: Final = 9
_COUNT_WIDTH: Final = 44


class CategoryList(QWidget):
    """A button for each category that puts what is chosen into it, with the number of chosen seats it has.

    Signals: chosen(str); edit_asked(str); by name. add_asked().
    """

    chosen = Signal(str)
    edit_asked = Signal(str)
    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._rows = column(spacing=6)
        self._buttons: list[QWidget] = []
        self._counts: list[QLabel] = []
        self.add_button = text_button(self.tr("New category…"), icon_name="plus", variant="ghost")
        self.add_button.clicked.connect(self.add_asked)
        column(self._rows, (self.add_button, 0, Qt.AlignmentFlag.AlignLeft), inside=self, spacing=6)

    def show_categories(self, categories: Sequence[PlanCategory], counts: Sequence[int]) -> None:
        """Show categories; counts: how many of the chosen seats each has."""
        looks = category_looks(categories, current_theme())
        wanted = tuple((one.name, look.color) for one, look in zip(categories, looks, strict=True))
        if wanted != self._shown:
            self._shown = wanted
            self._fill()
        for button, label, count in zip(self._buttons, self._counts, counts, strict=True):
            button.setEnabled(any(counts))
            label.setText(shown_number(count) if count else "")

    def press(self, at: int) -> None:
        """Put what is chosen into a category by its place."""
        if at < len(self._buttons) and self._buttons[at].isEnabled():
            self.chosen.emit(self._shown[at][0])

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            box = item.widget()
            if box is not None:
                box.deleteLater()
        self._buttons.clear()
        self._counts.clear()
        for at, (name, color) in enumerate(self._shown):
            button = text_button(f"  {name}", variant="tool")
            button.setIcon(_swatch(color))
            button.setIconSize(QSize(_SWATCH, _SWATCH))
            button.setStyleSheet("text-align: left")
            if at < _KEYS:
                button.setToolTip(self.tr("Put the chosen seats into “{0}” ({1})").format(name, at + 1))
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            count = text_label("", "muted")
            count.setFixedWidth(_COUNT_WIDTH)
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            edit = icon_button("pencil-simple", self.tr("Change “{0}”").format(name))
            edit.clicked.connect(lambda _checked=False, name=name: self.edit_asked.emit(name))
            box = QWidget()
            row((button, 1), count, edit, inside=box, spacing=6)
            self._rows.addWidget(box)
            self._buttons.append(button)
            self._counts.append(count)


def _swatch(color: str) -> QIcon:
    pixmap = QPixmap(_SWATCH, _SWATCH)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(QRectF(1, 1, _SWATCH - 2, _SWATCH - 2), 5, 5)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Disabled)
    return icon
