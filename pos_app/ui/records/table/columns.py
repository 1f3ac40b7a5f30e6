"""What a table of records shows in its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What is painted: a line, a smaller line below. tone: a colour for the smaller one; faded: no longer counts.

    figures: all digits are of one width, as they are at the right anyway.
    """

    upper: str
    lower: str = ""
    strong: bool = False
    right: bool = False
    tone: str = "muted"
    faded: bool = False
    figures: bool = False

    @property
    def lines(self) -> str:
        """Return both lines, one below the other."""
        return "\n".join(filter(None, (self.upper, self.lower)))


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column. text is asked only for rows on screen, so it may take its time; sort for every row, so it may not.

    key: a name to remember it by. sort: what to sort by (all of one kind; None comes last), the text where there is
    none. lower: a smaller second line. tone: the colour of that line. width: in pixels; 0 shares what is left. roomy:
    up to so many pixels where a wide window has them; 0: half as many again for words, no more for figures. figures:
    see Cell.
    """

    key: str
    title: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    lower: Callable[[R], str] | None = None
    tone: Callable[[R], str] | None = None
    width: int = 0
    roomy: int = 0
    right: bool = False
    strong: bool = False
    figures: bool = False

    @property
    def most(self) -> int:
        """As wide as it grows by itself."""
        return self.roomy or (self.width if self.right else self.width * 3 // 2)

    def cell(self, record: R, *, faded: bool) -> Cell:
        """Return what is painted for a record."""
        return Cell(
            self.text(record),
            self.lower(record) if self.lower else "",
            strong=self.strong,
            right=self.right,
            tone=self.tone(record) if self.tone else "muted",
            faded=faded,
            figures=self.figures,
        )
