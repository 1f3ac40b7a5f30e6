"""The grid of prices as it is typed: what stands in each cell, what is wrong with it, and what was there before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from pos_app.domain.errors import InvalidAmount
from pos_app.domain.money import typed_amount
from pos_app.domain.percents import percent_of
from pos_app.services.seats.map_data import PlanCategory
from pos_app.ui.look.theme import current_theme
from pos_app.ui.screens.admin.prices.typed_amounts import read_amount
from pos_app.ui.seat_map.painting.colors import category_looks
from pos_app.ui.words.lists import labelled
from pos_app.ui.words.sentences import spoken, spoken_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pos_app.domain.season.offers import CategoryOffer, TypeOffer
    from pos_app.domain.season.prices import PriceGrid
    from pos_app.ui.records.table.columns import AnyIndex

Kind = tuple[int, int]
"""A price category and a ticket type."""
CHANGED_ROLE: Final = Qt.ItemDataRole.UserRole + 1
WRONG_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_MOST_STEPS: Final = 100
_NOWHERE: Final = QModelIndex()
_SWATCH: Final = 14


class PriceModel(QAbstractTableModel):
    """Categories are rows, ticket types columns; an empty cell is not offered.

    Signals: edited(): a cell holds something else than before.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.categories: tuple[CategoryOffer, ...] = ()
        self.ticket_types: tuple[TypeOffer, ...] = ()
        self._currency = ""
        self._stored: Mapping[Kind, int] = {}
        self._texts: dict[Kind, str] = {}
        self._steps: list[dict[Kind, str]] = []

    def show_grid(self, grid: PriceGrid) -> None:
        """Show the prices that are stored; nothing is unsaved then."""
        self.beginResetModel()
        self.categories, self.ticket_types = grid.categories, grid.ticket_types
        self._currency = grid.currency
        self._stored = dict(grid.amounts)
        self._texts = {kind: typed_amount(amount, grid.currency) for kind, amount in grid.amounts.items()}
        self._steps = []
        self.endResetModel()
        self.edited.emit()

    def show_amounts(self, amounts: Mapping[Kind, int]) -> None:
        """Show other prices in all cells, as if a person had typed them."""
        shown = {(one.category_id, kind.ticket_type_id) for one in self.categories for kind in self.ticket_types}
        hidden = {kind: text for kind, text in self._texts.items() if kind not in shown}
        self._set({**hidden, **{kind: typed_amount(amount, self._currency) for kind, amount in amounts.items()}})

    def kind_at(self, index: AnyIndex) -> Kind:
        """Return the category and ticket type of a cell."""
        return self.categories[index.row()].category_id, self.ticket_types[index.column()].ticket_type_id

    def index_of(self, kind: Kind) -> QModelIndex:
        """Return the cell of a category and a ticket type, an invalid one where it is not shown."""
        for row, category in enumerate(self.categories):
            for column, one in enumerate(self.ticket_types):
                if (category.category_id, one.ticket_type_id) == kind:
                    return self.index(row, column)
        return QModelIndex()

    def name_of(self, kind: Kind) -> str:
        """Return what a cell is called: "Stalls, Adult"."""
        categories = {one.category_id: one.name for one in self.categories}
        types = {one.ticket_type_id: one.name for one in self.ticket_types}
        return f"{categories.get(kind[0], '')}, {types.get(kind[1], '')}"

    def text_at(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        return self._texts.get(self.kind_at(self.index(row, column)), "")

    def put(self, cells: Mapping[tuple[int, int], str]) -> None:
        """Type into cells, told by row and column; those beyond the grid are left out."""
        texts = dict(self._texts)
        for (row, column), text in cells.items():
            if row < len(self.categories) and column < len(self.ticket_types):
                kind = (self.categories[row].category_id, self.ticket_types[column].ticket_type_id)
                texts[kind] = self._tidy(text)
        self._set(texts)

    def fill_percent(self, target: int, percent: int, base: int) -> int:
        """Set a ticket type to a percentage of another, where that has a price; returns how many cells.

        percent: in hundredths of a percent.
        """
        amounts, _ = self.read()
        found = {
            (category, target): typed_amount(percent_of(amount, percent), self._currency)
            for (category, kind), amount in amounts.items()
            if kind == base
        }
        self._set({**self._texts, **found})
        return len(found)

    def undo(self) -> None:
        """Take back the last change of cells."""
        if self._steps:
            self._texts = self._steps.pop()
            self._tell()

    def read(self) -> tuple[dict[Kind, int], dict[Kind, str]]:
        """Return the amounts that can be read, in minor units, and a sentence for each cell that cannot."""
        amounts: dict[Kind, int] = {}
        problems: dict[Kind, str] = {}
        for kind, text in self._texts.items():
            try:
                amount = read_amount(text, self._currency)
            except InvalidAmount as error:
                problems[kind] = spoken(error.message)
            else:
                if amount is not None:
                    amounts[kind] = amount
        return amounts, problems

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything is not as it is stored."""
        amounts, problems = self.read()
        return bool(problems) or amounts != self._stored

    def _set(self, texts: dict[Kind, str]) -> None:
        if texts != self._texts:
            self._steps = [*self._steps[-_MOST_STEPS:], self._texts]
            self._texts = texts
            self._tell()

    def _tell(self) -> None:
        if self.categories and self.ticket_types:
            last = self.index(len(self.categories) - 1, len(self.ticket_types) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.edited.emit()

    def _tidy(self, text: str) -> str:
        """Write an amount with all its decimals; what cannot be read stays as it was typed."""
        try:
            amount = read_amount(text, self._currency)
        except InvalidAmount:
            return text.strip()
        return "" if amount is None else typed_amount(amount, self._currency)

    def _problem(self, kind: Kind) -> str:
        try:
            read_amount(self._texts.get(kind, ""), self._currency)
        except InvalidAmount as error:
            return spoken_error(error)
        return ""

    def _is_changed(self, kind: Kind) -> bool:
        stored = self._stored.get(kind)
        return self._texts.get(kind, "") != ("" if stored is None else typed_amount(stored, self._currency))

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the categories."""
        return 0 if parent.isValid() else len(self.categories)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the ticket types."""
        return 0 if parent.isValid() else len(self.ticket_types)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let every cell be typed into."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, whether it was changed, and what is wrong with it."""
        kind = self.kind_at(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._texts.get(kind, "")
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._problem(kind) or self._tip(kind)
            case Qt.ItemDataRole.AccessibleTextRole:
                return labelled(self.name_of(kind), self._texts.get(kind) or self.tr("not offered"))
            case _ if role == CHANGED_ROLE:
                return self._is_changed(kind)
            case _ if role == WRONG_ROLE:
                return bool(self._problem(kind))
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed."""
        del role
        self.put({(index.row(), index.column()): str(value)})
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name rows and columns; a category has its colour of the seat map."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole and section < len(self.ticket_types):
                return self.ticket_types[section].name
            return None
        if section >= len(self.categories):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"\u2002{self.categories[section].name}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.categories[section].name
        if role == Qt.ItemDataRole.DecorationRole:
            return _swatch(category_colors(self.categories)[section])
        return None

    def _tip(self, kind: Kind) -> str:
        if self._is_changed(kind):
            stored = self._stored.get(kind)
            before = self.tr("not offered") if stored is None else typed_amount(stored, self._currency)
            return self.tr("Saved: {0}").format(before)
        return "" if self._texts.get(kind) else self.tr("Not offered")


def category_colors(categories: Sequence[CategoryOffer]) -> list[str]:
    """Return the colours of categories as the seat map paints them."""
    plan = [PlanCategory(one.category_id, one.name, one.color) for one in categories]
    return [look.color for look in category_looks(plan, current_theme())]


def _swatch(color: str) -> QIcon:
    picture = QPixmap(QSize(_SWATCH, _SWATCH) * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(color))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(0, 0, _SWATCH, _SWATCH, 4, 4)
    painter.end()
    return QIcon(picture)
