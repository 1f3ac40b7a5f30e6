"""What is pointed at on the map: by the pointer, by a click, by the keyboard walk; its ring, its card, its words.

A spot is what can be pointed at: the seats of the plan by their index, then its areas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Signal

from pos_app.ui.announce import announce
from pos_app.ui.seat_map.model.walk import first_spot, next_spot
from pos_app.ui.seat_map.painting.marks import paint_card, paint_ring
from pos_app.ui.seat_map.signed import SignedMap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map.model.prepared import PreparedPlan
    from pos_app.ui.seat_map.model.words import SeatWords

ROOM_AROUND_FOCUS = 40.0
CARD_GAP = 0.7
"""A card keeps so much of a seat's size away from its middle."""


class PointedMap(SignedMap):
    """A map that knows which seat or area is meant.

    mine: what a seat of one's own is called here, as in the legend; "": in this basket.
    Signals: see SeatMap, whose hands make them.
    """

    seat_activated = Signal(int)
    seat_hovered = Signal(int)
    seat_focused = Signal(int)
    area_activated = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, mine: str = "") -> None:
        super().__init__(parent)
        self._mine = mine
        self._hovered = -1
        self._focused = -1
        self._is_walking = False
        self._was_walked_to = False
        self._lit: tuple[int, ...] = ()

    def show_plan(self, plan: SeatPlan, prices: Mapping[int, str], prepared: PreparedPlan | None = None) -> None:
        """Show a plan, all seats free until states arrive. prices: by category index, ready to read ("€52.00")."""
        self._forget_hands()
        self._lit = ()
        super().show_plan(plan, prices, prepared)

    def clear(self, sentence: str) -> None:
        """Show no plan, only a sentence."""
        self._forget_hands()
        self._lit = ()
        self.setAccessibleDescription(sentence)
        super().clear(sentence)

    def seat_at(self, point: QPointF) -> int:
        """Return the seat at a widget point, or -1."""
        if self._scene is None:
            return -1
        at = self._view.to_plan(point)
        return self._scene.index.nearest(at.x(), at.y())

    def area_at(self, point: QPointF) -> int:
        """Return the area at a widget point, or -1; a seat that stands in an area comes before it."""
        if self._scene is None or self.seat_at(point) >= 0:
            return -1
        at = self._view.to_plan(point)
        return self._scene.areas.at(at.x(), at.y())

    @property
    def was_walked_to(self) -> bool:
        """Tell whether an arrow key has brought the ring to where it is; only there a key chooses."""
        return self._was_walked_to

    def focus_seat(self, index: int) -> None:
        """Put the focus ring on a seat, bring it into sight and say it."""
        self._was_walked_to = False
        self._focus(index)

    def light_up(self, seats: Sequence[int], areas: Sequence[int] = ()) -> None:
        """Put rings around these seats and areas, in place of those lit before."""
        first = self._first_area() if areas else 0
        self._lit = (*seats, *(first + area for area in areas))
        self.update()

    def area_spot(self, index: int) -> QPoint:
        """Return the middle of an area's words in widget pixels: where to open what belongs to it."""
        middle = self._shown_scene().areas.drawn[index].words.center()
        return self._view.to_widget(middle.x(), middle.y()).toPoint()

    def _first_area(self) -> int:
        """Return the spot of the first area."""
        return len(self._shown_scene().plan.x)

    def _spot_at(self, point: QPointF) -> int:
        if (seat := self.seat_at(point)) >= 0:
            return seat
        area = self.area_at(point)
        return -1 if area < 0 else self._first_area() + area

    def _area_of(self, spot: int) -> int:
        """Return the area that a spot is, or -1 for a seat and for none."""
        return spot - self._first_area() if self._scene is not None and spot >= self._first_area() else -1

    def _middle_of(self, spot: int) -> QPoint:
        area = self._area_of(spot)
        return self.seat_center(spot) if area < 0 else self.area_spot(area)

    def _words_of(self, spot: int) -> SeatWords:
        scene, area = self._shown_scene(), self._area_of(spot)
        return scene.words_for(spot, mine=self._mine) if area < 0 else scene.area_words_for(area)

    def _focus(self, spot: int) -> None:
        self._focused = spot
        at = QPointF(self._middle_of(spot))
        room = min(ROOM_AROUND_FOCUS, self.width() / 4, self.height() / 4)
        dx = max(0.0, room - at.x()) - max(0.0, at.x() - self.width() + room)
        dy = max(0.0, room - at.y()) - max(0.0, at.y() - self.height() + room)
        dx += self._way_out(at + QPointF(dx, dy))
        if dx or dy:
            self._pan(dx, dy)
        spoken = self._words_of(spot).spoken()
        self.setAccessibleDescription(spoken)
        announce(self, spoken)
        if self._area_of(spot) < 0:
            self.seat_focused.emit(spot)
        self.update()

    def _way_out(self, at: QPointF) -> float:
        """Return how far to push the plan sideways, so that nothing over the map hides a point of it."""
        half = self._view.seat_pixels / 2
        hidden = QRectF(self.childrenRect()).adjusted(-half, -half, half, half)
        if not hidden.contains(at):
            return 0.0
        return (hidden.left() if hidden.center().x() > self.width() / 2 else hidden.right()) - at.x()

    def _activate(self, spot: int) -> None:
        self._focus(spot)
        if (area := self._area_of(spot)) >= 0:
            self.area_activated.emit(area)
        else:
            self.seat_activated.emit(spot)

    def _forget_hands(self) -> None:
        self._set_hovered(-1)
        self._focused = -1
        self._is_walking = self._was_walked_to = False

    def _set_hovered(self, spot: int) -> None:
        if spot == self._hovered:
            return
        before, seat = (one if self._area_of(one) < 0 else -1 for one in (self._hovered, spot))
        self._hovered = spot
        if seat != before:
            self.seat_hovered.emit(seat)
        self.update()

    def _walk(self, dx: int, dy: int) -> None:
        scene = self._shown_scene()
        grounds = [area.bounds for area in scene.areas.drawn]
        if self._focused < 0:
            spot = first_spot(scene.plan, grounds)
        else:
            spot = next_spot(scene.plan, grounds, self._focused, dx, dy)
        if spot >= 0:
            self._is_walking = self._was_walked_to = True
            self._focus(spot)

    def _paint_rings(self, painter: QPainter) -> None:
        sight = self.rect().adjusted(-20, -20, 20, 20)
        for spot in self._lit:
            if self._area_of(spot) >= 0 or sight.contains(self.seat_center(spot)):
                self._paint_ring(painter, spot, 2.0, self._theme["accent"])
        if self._hovered >= 0:
            self._paint_ring(painter, self._hovered, 1.5, self._theme["focus"])
        if self._focused >= 0 and self.hasFocus():
            self._paint_ring(painter, self._focused, 2.5, self._theme["focus"])

    def _paint_ring(self, painter: QPainter, spot: int, width: float, color: str) -> None:
        scene = self._shown_scene()
        if (area := self._area_of(spot)) >= 0:
            scene.area_painter.paint_outline(painter, area, self._view, color, width)
        else:
            turn = float(scene.plan.angle[spot])
            paint_ring(painter, self.seat_center(spot), self._view.seat_pixels, turn, color, width)

    def _spot_with_card(self) -> int:
        """Return what is told about: what is under the pointer, or what was walked to."""
        if self._hovered >= 0:
            return self._hovered
        return self._focused if self._is_walking and self.hasFocus() else -1

    def _paint_card(self, painter: QPainter, spot: int) -> None:
        scene, area = self._shown_scene(), self._area_of(spot)
        if area < 0:
            category, at, size = int(scene.plan.category[spot]), QPointF(self.seat_center(spot)), self._view.seat_pixels
        else:
            # Above the area, and not over what is written in it.
            category = scene.areas.areas[area].category
            seen = QRectF(self.area_rect(area)) & QRectF(self.rect())
            at, size = seen.center(), seen.height() / 2 / CARD_GAP
        words, look = self._words_of(spot), scene.looks[category]
        paint_card(painter, words, look, self._theme, self.font(), at, size, self.size(), self.childrenRect())

    def _on_second_passed(self) -> None:
        super()._on_second_passed()
        if self._spot_with_card() >= 0:
            self.update()  # the card counts down
