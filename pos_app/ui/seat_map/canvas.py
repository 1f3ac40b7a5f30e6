"""The picture of the seat map: what it shows, where it stands, and painting it quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QWidget

from pos_app.ui.look.theme import DARK, LIGHT
from pos_app.ui.seat_map.model.lettering import sized
from pos_app.ui.seat_map.model.prepared import MapSight, prepare_plan
from pos_app.ui.seat_map.model.view import MAX_SCALE, View, fitted, held_in_sight
from pos_app.ui.seat_map.painting.scene import Scene
from pos_app.ui.seat_map.painting.sprites import LARGEST_SPREAD
from pos_app.ui.seat_map.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent

    from pos_app.domain.seats import MapState
    from pos_app.services.seats.map_data import SeatPlan, SeatStates
from pos_app.ui.seat_map.model.prepared import PreparedPlan

ZOOM_STEP = 1.25
CRISP_AFTER_MS = 90
MOST_MENDED = 400
"""With more changed seats in sight, painting everything is quicker than mending."""


class SeatCanvas(QWidget):
    """Shows a seating plan and the states of its seats; hands reach it through SeatMap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        self._theme = LIGHT
        self._scene: Scene | None = None
        self._sentence = ""
        self._view = View()
        self._is_fitted = True
        self._stretched_from: View | None = None
        self._viewport = Viewport(self._draw)
        self._rest = QPointF()
        self._crisp_timer = QTimer(self, singleShot=True, interval=CRISP_AFTER_MS)
        self._crisp_timer.timeout.connect(self._on_zoom_rested)
        self._age_timer = QTimer(self, interval=1000)
        self._age_timer.timeout.connect(self._on_second_passed)

    def sizeHint(self) -> QSize:
        """Room for a house at a readable size."""
        return QSize(900, 640)

    def sight(self) -> MapSight:
        """Return how a plan would be shown now: what prepare_plan needs to know."""
        return MapSight(QFont(self.font()), self._room())

    def show_plan(self, plan: SeatPlan, prices: Mapping[int, str], prepared: PreparedPlan | None = None) -> None:
        """Show a plan, all seats free until states arrive. prices: by category index, ready to read ("€52.00").

        prepared: what prepare_plan made of the same plan; without it this is made here, in no short time.
        """
        prepared = prepared or prepare_plan(plan, self.sight())
        self._scene = Scene(prepared, prices, self._theme, self.font(), self.tr("Stage"))
        self._sentence = ""
        self.fit()

    def show_prices(self, prices: Mapping[int, str]) -> None:
        """Tell other prices on the card, the plan staying where it is."""
        if self._scene is not None:
            self._scene.prices = dict(prices)
            self.update()

    def show_states(self, states: SeatStates) -> None:
        """Show the states of all seats, or the changed ones only. Without a plan nothing happens."""
        if self._scene is None:
            return
        self._mend(self._scene.board.take(states))
        is_other, is_other_ground = self._scene.areas.take(states)
        if is_other_ground:
            self._repaint_all()
        elif is_other:
            self.update()

    def mark_pending(self, indexes: Sequence[int], pending: bool) -> None:  # noqa: FBT001  # reads well: (seats, True)
        """Show that seats were just asked for, until new states answer or `pending` is False."""
        if self._scene is not None:
            self._mend(self._scene.board.mark_pending(indexes, pending=pending))

    def age_claims(self) -> None:
        """Show seats as free whose claim has run out by the steady clock."""
        if self._scene is not None:
            self._mend(self._scene.board.age())

    def clear(self, sentence: str) -> None:
        """Show no plan, only a sentence."""
        self._scene = None
        self._sentence = sentence
        self._repaint_all()

    def set_dark(self, dark: bool) -> None:  # noqa: FBT001  # a setter like Qt's own
        """Paint in the dark or the light theme."""
        self._theme = DARK if dark else LIGHT
        self._dress()

    def state_of(self, index: int) -> MapState:
        """Return the state that a seat is shown in. Raises LookupError without a plan."""
        return self._shown_scene().board.state_of(index)

    def seat_center(self, index: int) -> QPoint:
        """Return where the middle of a seat is painted, in widget pixels. Raises LookupError without a plan."""
        plan = self._shown_scene().plan
        return self._view.to_widget(float(plan.x[index]), float(plan.y[index])).toPoint()

    def area_rect(self, index: int) -> QRect:
        """Return the rectangle around an area in widget pixels, the unseen part too. Raises LookupError."""
        bounds = self._shown_scene().areas.drawn[index].bounds
        corner = self._view.to_widget(bounds.left(), bounds.top())
        return QRectF(corner, bounds.size() * self._view.scale).toAlignedRect()

    def fit(self) -> None:
        """Show the whole plan."""
        self._is_fitted = True
        if self._scene is not None:
            self._set_view(fitted(self._scene.scenery.bounds, self._room()))
        self.update()

    def _room(self) -> QSize:
        return self.size()

    def zoom_in(self) -> None:
        """Come nearer, around the middle."""
        self._zoom(ZOOM_STEP, QPointF(self.rect().center()))

    def zoom_out(self) -> None:
        """Step back, around the middle."""
        self._zoom(1 / ZOOM_STEP, QPointF(self.rect().center()))

    def zoom_to_zone(self, zone_index: int) -> None:
        """Show one zone as large as it can be."""
        if self._scene is not None:
            name = self._scene.scenery.zone_names[zone_index]
            self._is_fitted = False
            self._set_view(fitted(name.bounds.adjusted(-40, -40, 40, 40), self.size(), max_scale=MAX_SCALE))

    def _shown_scene(self) -> Scene:
        if self._scene is None:
            raise LookupError("the seat map shows no plan")
        return self._scene

    def _dress(self) -> None:
        if self._scene is not None:
            self._scene.dress(self._theme, self.font())
        self._repaint_all()

    def _repaint_all(self) -> None:
        self._stretched_from = None
        self._viewport.stale = True
        self.update()

    def _set_view(self, view: View) -> None:
        self._view = view.snapped(self.devicePixelRatioF())
        self._repaint_all()

    def _zoom(self, factor: float, anchor: QPointF) -> None:
        """Zoom around a widget point: the old picture is stretched until the zoom rests."""
        if self._scene is None:
            return
        bounds = self._scene.scenery.bounds
        smallest = fitted(bounds, self.size()).scale * 0.6
        scale = min(max(self._view.scale * factor, smallest), MAX_SCALE)
        view = held_in_sight(self._view.zoomed(scale, anchor), bounds, self.size())
        self._is_fitted = False
        if not self._viewport.usable:
            self._set_view(view)
            return
        if self._stretched_from is None:
            self._stretched_from = self._view
        self._view = view
        self._crisp_timer.start()
        self.update()

    def _pan(self, dx: float, dy: float) -> None:
        """Push the plan by pixels; only whole device pixels are taken, the rest is kept for the next push."""
        if self._scene is None:
            return
        dpr = self.devicePixelRatioF()
        wanted = QPointF(dx, dy) * dpr + self._rest
        moved = self._view.moved(round(wanted.x()) / dpr, round(wanted.y()) / dpr)
        allowed = held_in_sight(moved, self._scene.scenery.bounds, self.size())
        pixels = self._view.scale * dpr
        step_x = round((self._view.left - allowed.left) * pixels)
        step_y = round((self._view.top - allowed.top) * pixels)
        self._rest = wanted - QPointF(round(wanted.x()), round(wanted.y()))
        self._is_fitted = False
        self._view = self._view.moved(step_x / dpr, step_y / dpr)
        if self._stretched_from is None:
            self._viewport.scroll(step_x, step_y)
        self.update()

    def _mend(self, seats: NDArray[np.intp]) -> None:
        """Paint changed seats anew in the picture that is there."""
        if self._scene is None or not len(seats):
            return
        if self._stretched_from is not None or not self._viewport.usable:
            self._viewport.stale = self._viewport.stale or self._stretched_from is None
            self.update()
            return
        view, plan = self._view, self._scene.plan
        half = view.seat_pixels * LARGEST_SPREAD / 2 + 2
        x, y = (plan.x[seats] - view.left) * view.scale, (plan.y[seats] - view.top) * view.scale
        seen = (x > -half) & (x < self.width() + half) & (y > -half) & (y < self.height() + half)
        if np.count_nonzero(seen) > MOST_MENDED:
            self._repaint_all()
            return
        side = round(2 * half) + 1
        places = [
            QRect(round(px - half), round(py - half), side, side)
            for px, py in zip(x[seen].tolist(), y[seen].tolist(), strict=True)
        ]
        if not places:
            return
        scene, dpr = self._scene, self.devicePixelRatioF()
        near = scene.index.around(seats[seen], 2 * half / view.scale)
        self._viewport.mend(places, lambda painter, rect: scene.draw(painter, rect, view, dpr, near))
        for place in places:
            self.update(place)

    def _draw(self, painter: QPainter, rect: QRectF) -> None:
        if self._scene is not None:
            self._scene.draw(painter, rect, self._view, self.devicePixelRatioF())

    def _paint_overlay(self, painter: QPainter) -> None:
        """Paint what lies over the map: rings, bands, cards."""

    def _paint_sentence(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._theme.color("map"))
        painter.setFont(sized(self.font(), 15))
        painter.setPen(self._theme.color("muted"))
        centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(24, 24, -24, -24), centred, self._sentence)

    def _on_zoom_rested(self) -> None:
        if self._stretched_from is not None:
            self._set_view(self._view)

    def _on_second_passed(self) -> None:
        self.age_claims()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the kept picture and what lies over it."""
        painter = QPainter(self)
        if self._scene is None:
            self._paint_sentence(painter)
        elif self._stretched_from is not None:
            old, now = self._stretched_from, self._view
            factor = now.scale / old.scale
            corner = now.to_widget(old.left, old.top)
            painter.fillRect(event.rect(), self._theme.color("map"))
            painter.drawPixmap(
                QRectF(corner, QSize(self.width(), self.height()).toSizeF() * factor),
                self._viewport.last_picture(),
                QRectF(self._viewport.last_picture().rect()),
            )
        else:
            painter.drawPixmap(0, 0, self._viewport.picture(self.size(), self.devicePixelRatioF()))
        if self._scene is not None:
            self._scene.area_painter.paint_words(painter, self._view, QRectF(self.rect()))
            self._paint_overlay(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep showing the whole plan, where the whole plan was shown."""
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()
        else:
            self._repaint_all()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        """Let claims age while they are seen."""
        super().showEvent(event)
        self._age_timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._age_timer.stop()
