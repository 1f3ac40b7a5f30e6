"""The seat map under the hands: mouse, fingers, keyboard, and what it tells a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPainter, QTouchEvent

from pos_app.domain.seats import FOR_SALE
from pos_app.ui.seat_map.keys import map_keys
from pos_app.ui.seat_map.model.view import SEAT_UNITS
from pos_app.ui.seat_map.painting.marks import paint_band
from pos_app.ui.seat_map.pointer import Drag, Purpose, TouchTracker
from pos_app.ui.seat_map.pointing import PointedMap
from pos_app.ui.widgets.told_keys import tell_keys

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.services.seats.map_data import SeatClaim


FINGER_PIXELS = 20.0
"""A seat painted smaller than this is zoomed to by the first tap."""
TAPPED_SEAT_PIXELS = 34.0
FINGER_TARGET = 44
"""An area painted smaller than this is zoomed to as well."""
BAND_REACH = SEAT_UNITS * 0.4
"""A band takes the seats whose middle it comes so near (plan units); the next row is further away."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SeatMap(PointedMap):
    """The map on which seats and places of areas are chosen.

    Signals, seats and areas by their index in the plan:
    seat_activated(int): clicked, tapped, or walked to by arrow keys and Enter or Space pressed, whatever its state;
    seats_dragged(list): a rubber band was drawn over these free seats (list of int, never empty);
    seats_banded(list): the same, of all seats under the band, whatever their state;
    seat_hovered(int): the pointer is over it, -1 over none;
    seat_focused(int): the keyboard walk or a click came to it;
    area_activated(int): an area of general admission was chosen in these ways.

    mine: what a seat of one's own is called here; "": in this basket.
    Dragging from a seat, or with Shift, draws the band; dragging from the floor or with another button pans.
    """

    seats_dragged = Signal(list)
    seats_banded = Signal(list)

    def __init__(self, parent: QWidget | None = None, *, mine: str = "") -> None:
        super().__init__(parent, mine=mine)
        self._drag: Drag | None = None
        self._touch = TouchTracker()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAccessibleName(self.tr("Seat map"))
        tell_keys(self, map_keys)

    def _forget_hands(self) -> None:
        super()._forget_hands()
        self._drag = None
        self._touch.cancel()

    def _tap(self, point: QPointF) -> None:
        """A finger cannot tell small seats apart: the first tap brings them nearer. An area is large enough."""
        if self._scene is None:
            return
        area = self.area_at(point)
        if area >= 0 and min(self.area_rect(area).width(), self.area_rect(area).height()) >= FINGER_TARGET:
            self._activate(self._spot_at(point))
        elif self._view.seat_pixels < FINGER_PIXELS:
            self._zoom(TAPPED_SEAT_PIXELS / self._view.seat_pixels, point)
            self._on_zoom_rested()
        elif (spot := self._spot_at(point)) >= 0:
            self._activate(spot)

    def _finish_band(self, band: QRectF) -> None:
        scene = self._shown_scene()
        # A hand that draws along a row touches its seats without covering their middles.
        part = self._view.plan_rect(band).adjusted(-BAND_REACH, -BAND_REACH, BAND_REACH, BAND_REACH)
        inside = scene.index.within(part.left(), part.top(), part.right(), part.bottom())
        free = inside[np.isin(scene.board.looks[inside], FOR_SALE)].tolist()
        if free:
            self.seats_dragged.emit(free)
        if len(inside):
            self.seats_banded.emit(inside.tolist())

    def _paint_overlay(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_rings(painter)
        if self._drag is not None and self._drag.moving and self._drag.purpose is Purpose.BAND:
            paint_band(painter, self._drag.band(), self._theme["accent"])
        elif (spot := self._spot_with_card()) >= 0:
            self._paint_card(painter, spot)

    def claim_of(self, index: int) -> SeatClaim | None:
        """Return who holds a seat elsewhere, and the seconds left now. Raises LookupError without a plan."""
        return self._shown_scene().board.claim_of(index)

    def event(self, event: QEvent) -> bool:
        """Take touches and pinches."""
        match event.type():
            case QEvent.Type.TouchBegin | QEvent.Type.TouchUpdate | QEvent.Type.TouchEnd | QEvent.Type.TouchCancel:
                return self._take_touch(cast("QTouchEvent", event))
            case QEvent.Type.NativeGesture:
                gesture = cast("QNativeGestureEvent", event)
                if gesture.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                    self._zoom(1 + gesture.value(), gesture.position())
                    return True
        return super().event(event)

    def _take_touch(self, event: QTouchEvent) -> bool:
        if event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return super().event(event)
        points = [point.position() for point in event.points()]
        event.accept()
        match event.type():
            case QEvent.Type.TouchBegin:
                self._was_walked_to = False
                self._set_hovered(-1)
                self._touch.begin(points)
            case QEvent.Type.TouchUpdate:
                if step := self._touch.step(points):
                    if step.factor != 1.0:
                        self._zoom(step.factor, step.centre)
                    self._pan(step.pan.x(), step.pan.y())
            case QEvent.Type.TouchEnd:
                if (tapped := self._touch.end()) is not None:
                    self.setFocus(Qt.FocusReason.MouseFocusReason)
                    self._tap(tapped)
            case _:
                self._touch.cancel()
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        self._zoom(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin what may become a click, a band or a pan."""
        if self._scene is None or self._drag is not None:
            return
        self._was_walked_to = False
        left = event.button() == Qt.MouseButton.LeftButton
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        bands = left and (shift or self.seat_at(event.position()) >= 0)
        purpose = Purpose.BAND if bands else Purpose.PAN
        self._drag = Drag(event.position(), event.position(), purpose, clicks=left)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, or go on with the band or the pan."""
        self._is_walking = False
        if self._drag is None:
            self._set_hovered(self._spot_at(event.position()))
            return
        step = self._drag.move(event.position())
        if step is None:
            return
        self._set_hovered(-1)
        if self._drag.purpose is Purpose.PAN:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._pan(step.x(), step.y())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the click, the band or the pan."""
        drag, self._drag = self._drag, None
        self.unsetCursor()
        self.update()
        if drag is None or self._scene is None:
            return
        if drag.moving:
            if drag.purpose is Purpose.BAND:
                self._finish_band(drag.band())
        elif drag.clicks:
            if event.source() != Qt.MouseEventSource.MouseEventNotSynthesized:
                self._tap(event.position())
            elif (spot := self._spot_at(event.position())) >= 0:
                self._activate(spot)

    def leaveEvent(self, event: QEvent) -> None:
        """Hover no seat."""
        super().leaveEvent(event)
        self._set_hovered(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with arrows, take with Enter or Space what was walked to, zoom with + and -, fit with 0."""
        if self._scene is None:
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down as key:
                self._walk(*ARROWS[Qt.Key(key)])
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter if self._was_walked_to:
                # A key that is held down would take the seat and give it back in turn.
                if not event.isAutoRepeat():
                    self._activate(self._focused)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0 | Qt.Key.Key_Home:
                self.fit()
            case Qt.Key.Key_Escape if self._drag is not None:
                self._drag = None
                self.update()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        super().focusOutEvent(event)
        self.update()
