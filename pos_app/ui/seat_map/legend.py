"""What the signs on the map mean, in one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pos_app.domain.seats import MapState
from pos_app.ui.look.theme import DARK, LIGHT
from pos_app.ui.seat_map.model.board import RETURNED
from pos_app.ui.seat_map.model.lettering import sized
from pos_app.ui.seat_map.painting.colors import CategoryLook, ink_on
from pos_app.ui.seat_map.painting.sprites import COMPANION, PLAIN, WHEELCHAIR, paint_seat
from pos_app.ui.words.lists import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent, QPaintEvent

    from pos_app.ui.seat_map.signed import Sign

HEIGHT: Final = 28
_SIGN: Final = 16.0
_INDENT: Final = 22.0
_EDGE: Final = 12.0
_SIZES: Final = ((13, 20.0), (12, 11.0))
"""The letters and the gaps between entries in pixels, the most comfortable first."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sign with its meaning; words: what is written beside it, "" for nothing."""

    state: int
    kind: int
    meaning: str
    short: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """The entries in their places, lettered in so many pixels."""

    pixels: int
    placed: tuple[tuple[QRectF, _Entry], ...]

    @property
    def right(self) -> float:
        return max((place.right() for place, _entry in self.placed), default=0.0)


class Legend(QWidget):
    """A line of the signs that are on the map now. No signals.

    Where there is little room the words are shorter, then smaller; at last those that are known best are left out, the
    sign and its tool tip staying. mine: what a seat of one's own is called here; "": in this basket.
    """

    def __init__(self, *, mine: str = "") -> None:
        super().__init__()
        self._theme = LIGHT
        tr = self.tr
        self._known = (
            _Entry(MapState.FREE, PLAIN, tr("Available"), tr("Free")),
            _Entry(MapState.MINE, PLAIN, mine or tr("In this basket"), mine or tr("Basket")),
            _Entry(RETURNED, PLAIN, tr("Given back by this exchange"), tr("Given back")),
            _Entry(MapState.HELD, PLAIN, tr("Held by another till"), tr("Held")),
            _Entry(MapState.RESERVED, PLAIN, tr("Reserved"), tr("Reserved")),
            _Entry(MapState.OFFERED, PLAIN, tr("Offered to who waited"), tr("Offered")),
            _Entry(MapState.FIRST_CALL, PLAIN, tr("For the waiting list"), tr("Waiting list")),
            _Entry(MapState.RESALE, PLAIN, tr("On resale, free to buy"), tr("Resale")),
            _Entry(MapState.SOLD, PLAIN, tr("Sold"), tr("Sold")),
            _Entry(MapState.HOUSE, PLAIN, tr("House"), tr("House")),
            _Entry(MapState.BLOCKED, PLAIN, tr("Blocked"), tr("Blocked")),
            _Entry(MapState.FREE, WHEELCHAIR, tr("Wheelchair place"), tr("Wheelchair")),
            _Entry(MapState.FREE, COMPANION, tr("Companion"), tr("Companion")),
        )
        self._entries: tuple[_Entry, ...] = ()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Legend of the seat map"))

    def show_signs(self, signs: Collection[Sign]) -> None:
        """Explain these signs, in the order of the house."""
        self._entries = tuple(entry for entry in self._known if (entry.state, entry.kind) in signs)
        self.setAccessibleDescription(listed(self.meanings))
        self.update()

    @property
    def meanings(self) -> list[str]:
        """Return what it explains."""
        return [entry.meaning for entry in self._entries]

    def set_dark(self, dark: bool) -> None:  # noqa: FBT001  # a setter like Qt's own
        """Paint in the dark or the light theme."""
        self._theme = DARK if dark else LIGHT
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all words."""
        return QSize(round(self._line(1_000_000).right + _EDGE), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Room for the signs alone."""
        return QSize(round(2 * _EDGE + len(self._known) * (_INDENT + _SIZES[-1][1])), HEIGHT)

    def _line(self, width: int) -> _Line:
        """Return the wordiest line that fits a width, or the signs alone."""
        line = _Line(0, ())
        for line in self._lines():
            if line.right <= width - _EDGE:
                return line
        return line

    def _lines(self) -> Iterator[_Line]:
        """Give lines, each narrower than the one before."""
        whole = [replace(entry, words=entry.meaning) for entry in self._entries]
        short = [replace(entry, words=entry.short) for entry in self._entries]
        for entries in (whole, short):
            for pixels, gap in _SIZES:
                yield self._placed(entries, pixels, gap)
        for signs in range(1, len(short) + 1):
            yield self._placed([*self._entries[:signs], *short[signs:]], *_SIZES[-1])

    def _placed(self, entries: Collection[_Entry], pixels: int, gap: float) -> _Line:
        metrics = QFontMetricsF(sized(self.font(), pixels))
        placed = []
        x = _EDGE
        for entry in entries:
            wide = _INDENT + metrics.horizontalAdvance(entry.words) + 1 if entry.words else _SIGN
            placed.append((QRectF(x, 0, wide, HEIGHT), entry))
            x += wide + gap
        return _Line(pixels, tuple(placed))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # it is painted whole
        """Paint each sign and its meaning."""
        line = self._line(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.categories[1]
        sample = CategoryLook(color, ink_on(color), "")
        for place, entry in line.placed:
            painter.save()
            painter.translate(QPoint(round(place.left() + _SIGN / 2), round(place.center().y())))
            paint_seat(painter, _SIGN, entry.state, entry.kind, sample, self._theme)
            painter.restore()
            painter.setFont(sized(self.font(), line.pixels))
            painter.setPen(self._theme.color("muted"))
            painter.drawText(
                place.adjusted(_INDENT, 0, 4, 0),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip,
                entry.words,
            )
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell the whole meaning of the sign under the pointer."""
        if event.type() == event.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]  # Qt says so by the type
            at = help_event.pos().toPointF()
            for place, entry in self._line(self.width()).placed:
                if place.contains(at) and entry.words != entry.meaning:
                    QToolTip.showText(help_event.globalPos(), entry.meaning, self)
                    return True
        return super().event(event)
