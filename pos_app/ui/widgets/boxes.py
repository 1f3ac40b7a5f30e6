"""Rows and columns of widgets, in one statement each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import Qt


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty room of so many pixels, beside the spacing."""

    pixels: int


Item: TypeAlias = (
    "QWidget | QLayout | int | Gap | tuple[QWidget | QLayout, int] | tuple[QWidget, int, Qt.AlignmentFlag]"
)
"""A widget or a box; with a stretch; with a stretch and an alignment. A number alone: empty room of that stretch."""
Margins: TypeAlias = "int | tuple[int, int, int, int]"
Box = TypeVar("Box", bound=QBoxLayout)


def row(*items: Item, inside: QWidget | None = None, margins: Margins = 0, spacing: int | None = None) -> QHBoxLayout:
    """Return items side by side. inside: the widget they fill; margins: left, top, right, bottom, or one for all.

    spacing None: as the style has it.
    """
    return _filled(QHBoxLayout() if inside is None else QHBoxLayout(inside), items, margins, spacing)


def column(
    *items: Item, inside: QWidget | None = None, margins: Margins = 0, spacing: int | None = None
) -> QVBoxLayout:
    """Return items below each other; see row()."""
    return _filled(QVBoxLayout() if inside is None else QVBoxLayout(inside), items, margins, spacing)


def _filled(box: Box, items: tuple[Item, ...], margins: Margins, spacing: int | None) -> Box:
    sides = (margins,) * 4 if isinstance(margins, int) else margins
    box.setContentsMargins(*sides)
    if spacing is not None:
        box.setSpacing(spacing)
    for item in items:
        add(box, item)
    return box


def add(box: QBoxLayout, item: Item) -> None:
    """Add one item to a row or a column."""
    if isinstance(item, int):
        box.addStretch(item)
    elif isinstance(item, Gap):
        box.addSpacing(item.pixels)
    elif isinstance(item, QWidget):
        box.addWidget(item)
    elif isinstance(item, QLayout):
        box.addLayout(item)
    elif isinstance(item[0], QLayout):
        box.addLayout(item[0], item[1])
    elif len(item) == 3:
        box.addWidget(item[0], item[1], item[2])
    else:
        box.addWidget(item[0], item[1])
