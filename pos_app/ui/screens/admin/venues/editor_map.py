"""The map on which a plan is edited: choosing seats, moving them, drawing an area, setting the focal point."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from pos_app.domain.seats import MapState
from pos_app.services.seats.map_data import SeatStates
from pos_app.ui.screens.admin.venues.plan_map import PlanMap
from pos_app.ui.screens.admin.venues.selection import selection_of
from pos_app.ui.seat_map.painting.marks import paint_band, paint_ring
from pos_app.ui.seat_map.pointer import Drag, Purpose
from pos_app.ui.seat_map.widget import ARROWS, BAND_REACH

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan
    from pos_app.ui.screens.admin.venues.selection import Selection

MOST_GHOSTS: Final = 400
"""So many seats are shown on their way while they are dragged; more go as a frame."""
NUDGE: Final = 5.0
FINE_NUDGE: Final = 1.0
SMALLEST_AREA: Final = 10.0
"""Plan units; a smaller rectangle is a slip of the hand."""
AREA_WIDTH: Final = 200.0
AREA_HEIGHT: Final = 80.0
"""Plan units, of an area that is placed by a key."""
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MORE: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class Tool(Enum):
    """What the left button does."""

    SELECT = auto()
    AREA = auto()
    FOCUS = auto()


class EditorMap(PlanMap):
    """Chooses seats by click, band and whole rows; the left button draws the band, the others push the plan.

    Keys: arrows walk, with Shift they choose on the way, with Alt they move what is chosen (Shift: finely); Space
    chooses a seat or gives it back, Enter its row, Ctrl+A all, Esc none. With another tool Enter uses it.
    Signals: selection_changed(); seats_moved(float, float): what is chosen, by plan units; area_drawn(QRectF), in plan
    units; focus_set(QPointF), a point of the plan; area_asked(int), an area by its index; tool_left(): by Esc.
    """

    selection_changed = Signal()
    seats_moved = Signal(float, float)
    area_drawn = Signal(QRectF)
    focus_set = Signal(QPointF)
    area_asked = Signal(int)
    tool_left = Signal()

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.tool = Tool.SELECT
        self._chosen: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._is_moving = False

    @property
    def chosen(self) -> NDArray[np.intp]:
        """Return what is chosen, by index on the map."""
        return np.flatnonzero(self._chosen)

    def chosen_guids(self) -> tuple[str, ...]:
        """Return the guids of the chosen seats."""
        if self.drawn is None:
            return ()
        guids = self.drawn.preview.seat_guids
        return tuple(guids[at] for at in self.chosen.tolist())

    def selection(self) -> Selection:
        """Return what is chosen, summed up. Raises LookupError without a plan."""
        if self.drawn is None:
            raise LookupError("no plan is open")
        return selection_of(self.drawn, self.chosen)

    def use_tool(self, tool: Tool) -> None:
        """Let the left button do something else."""
        self.tool = tool
        self._drag = None
        if tool is Tool.SELECT:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.CrossCursor)
        self.update()

    def show_drawn(self, drawn: DrawnPlan, *, keep_view: bool = False) -> None:
        """Show another drawing; keep_view: the same plan, changed: what is chosen stays so."""
        guids = self.chosen_guids() if keep_view else ()
        walked = self._focused
        super().show_drawn(drawn, keep_view=keep_view)
        self._chosen = np.zeros(len(drawn.preview.seat_guids), np.bool_)
        if guids:
            index_of = drawn.preview.index_of()
            self._chosen[[index_of[guid] for guid in guids if guid in index_of]] = True
        if keep_view and walked < len(self._chosen):
            self._focused = walked
        self._show_chosen()
        self.selection_changed.emit()

    def choose(self, seats: Collection[int] | NDArray[np.intp], *, more: bool = False) -> None:
        """Choose seats by index; more: besides those that are chosen already."""
        if not more:
            self._chosen[:] = False
        self._chosen[np.asarray(list(seats), np.intp)] = True
        self._show_chosen()
        self.selection_changed.emit()

    def row_of(self, seat: int) -> NDArray[np.intp]:
        """Return the seats of a seat's row."""
        rows = self._shown_scene().plan.row_of
        return np.flatnonzero(rows == rows[seat])

    def _toggle(self, seat: int) -> None:
        self._chosen[seat] = not self._chosen[seat]
        self._show_chosen()
        self.selection_changed.emit()

    def _show_chosen(self) -> None:
        state = np.where(self._chosen, MapState.MINE, MapState.FREE).astype(np.int8)
        self.show_states(SeatStates(0, None, state, {}, ""))

    def _click(self, point: QPointF, *, more: bool) -> None:
        seat = self.seat_at(point)
        if self.tool is Tool.FOCUS:
            self.focus_set.emit(self._view.to_plan(point))
        elif seat >= 0:
            self._focus(seat)
            if more:
                self._toggle(seat)
            else:
                self.choose([seat])
        elif (area := self.area_at(point)) >= 0:
            self.area_asked.emit(area)
        elif not more and self._chosen.any():
            self.choose(())

    def _activate(self, spot: int) -> None:
        """Fingers and the walk: choose a seat or give it back; open an area."""
        self._focus(spot)
        if (area := self._area_of(spot)) >= 0:
            self.area_asked.emit(area)
        else:
            self._toggle(spot)

    def _finish(self, drag: Drag, *, more: bool) -> None:
        band = drag.band()
        if self.tool is Tool.AREA:
            part = self._view.plan_rect(band)
            if min(part.width(), part.height()) >= SMALLEST_AREA:
                self.area_drawn.emit(part)
        elif self._is_moving:
            way = (drag.last - drag.start) / self._view.scale
            self.seats_moved.emit(way.x(), way.y())
        elif self.tool is Tool.SELECT:
            part = self._view.plan_rect(band).adjusted(-BAND_REACH, -BAND_REACH, BAND_REACH, BAND_REACH)
            inside = self._shown_scene().index.within(part.left(), part.top(), part.right(), part.bottom())
            self.choose(inside, more=more)

    def _paint_overlay(self, painter: QPainter) -> None:
        drag = self._drag
        if drag is None or not drag.moving or drag.purpose is Purpose.PAN:
            super()._paint_overlay(painter)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._is_moving:
                self._paint_way(painter, drag.last - drag.start)
            else:
                paint_band(painter, drag.band(), self._theme["accent"])
        self._paint_focal_point(painter)

    def _paint_way(self, painter: QPainter, way: QPointF) -> None:
        plan, seats = self._shown_scene().plan, self.chosen
        x, y = plan.x[seats], plan.y[seats]
        if len(seats) <= MOST_GHOSTS:
            for at, seat in enumerate(seats.tolist()):
                spot = (self._view.to_widget(float(x[at]), float(y[at])) + way).toPoint()
                turn = float(plan.angle[seat])
                paint_ring(painter, spot, self._view.seat_pixels * 0.7, turn, self._theme["accent"], 1.5)
        corner = self._view.to_widget(float(x.min()), float(y.min()))
        other = self._view.to_widget(float(x.max()), float(y.max()))
        room = self._view.seat_pixels
        paint_band(painter, QRectF(corner, other).adjusted(-room, -room, room, room).translated(way),
                   self._theme["accent"])  # fmt: skip

    def _paint_focal_point(self, painter: QPainter) -> None:
        plan = self._shown_scene().plan
        at = self._view.to_widget(plan.focal_x, plan.focal_y)
        painter.setPen(QPen(self._theme.color("accent"), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 7.0, 7.0)
        painter.drawLine(at - QPointF(12, 0), at + QPointF(12, 0))
        painter.drawLine(at - QPointF(0, 12), at + QPointF(0, 12))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click, a band, or a move of what is chosen."""
        if event.button() != Qt.MouseButton.LeftButton or self._scene is None or self._drag is not None:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        seat = self.seat_at(event.position())
        plain = not event.modifiers() & _MORE
        self._is_moving = self.tool is Tool.SELECT and plain and seat >= 0 and bool(self._chosen[seat])
        self._drag = Drag(event.position(), event.position(), Purpose.BAND, clicks=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish it."""
        drag = self._drag
        if drag is None or drag.purpose is Purpose.PAN or self._scene is None:
            super().mouseReleaseEvent(event)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = None
        more = bool(event.modifiers() & _MORE)
        if drag.moving:
            self._finish(drag, more=more)
        elif event.source() != Qt.MouseEventSource.MouseEventNotSynthesized:
            self._tap(event.position())
        else:
            self._click(event.position(), more=more)
        self._is_moving = False
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the whole row."""
        seat = self.seat_at(event.position()) if self._scene is not None else -1
        if seat >= 0 and self.tool is Tool.SELECT and event.button() == Qt.MouseButton.LeftButton:
            self.choose(self.row_of(seat), more=bool(event.modifiers() & _MORE))

    def _place_tool(self) -> None:
        """Use the tool in hand without a pointer: where the walk is, else in the middle."""
        if 0 <= self._focused < len(self._chosen):
            plan = self._shown_scene().plan
            middle = QPointF(float(plan.x[self._focused]), float(plan.y[self._focused]))
        else:
            middle = self._view.to_plan(QPointF(self.rect().center()))
        if self.tool is Tool.FOCUS:
            self.focus_set.emit(middle)
        else:
            self.area_drawn.emit(QRectF(middle - QPointF(AREA_WIDTH / 2, AREA_HEIGHT / 2),
                                        QSizeF(AREA_WIDTH, AREA_HEIGHT)))  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, choose, nudge."""
        if self._scene is None:
            super().keyPressEvent(event)
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = Qt.Key(event.key())
        if key in ARROWS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            dx, dy = ARROWS[key]
            step = FINE_NUDGE if shift else NUDGE
            self.seats_moved.emit(dx * step, dy * step)
        elif key in ARROWS and shift:
            self._walk(*ARROWS[key])
            if 0 <= self._focused < len(self._chosen):
                self.choose([self._focused], more=True)
        elif key in _ENTER and self.tool is not Tool.SELECT:
            self._place_tool()
        elif key in _ENTER and 0 <= self._focused < len(self._chosen):
            self.choose(self.row_of(self._focused), more=shift)
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose(np.arange(len(self._chosen)))
        elif key == Qt.Key.Key_Escape and self.tool is not Tool.SELECT:
            self.tool_left.emit()
        elif key == Qt.Key.Key_Escape and self._drag is None and self._chosen.any():
            self.choose(())
        else:
            super().keyPressEvent(event)
