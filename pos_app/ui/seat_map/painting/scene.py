"""One plan with its seats, scenery and states, and how all of it is painted into a rectangle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.seats import MapState
from pos_app.ui.seat_map.model.areas import MapAreas
from pos_app.ui.seat_map.model.board import SeatBoard
from pos_app.ui.seat_map.model.name_places import NamePlacer
from pos_app.ui.seat_map.model.view import SEAT_UNITS
from pos_app.ui.seat_map.model.words import SeatWords, area_state_words, kind_words, own_words, state_words
from pos_app.ui.seat_map.painting.areas import AreaPainter
from pos_app.ui.seat_map.painting.colors import category_looks, singled_out
from pos_app.ui.seat_map.painting.scenery import NamePainter, SceneryPainter
from pos_app.ui.seat_map.painting.seat_layer import SeatLayer
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QFont, QPainter

    from pos_app.ui.look.theme import Theme
    from pos_app.ui.seat_map.model.prepared import PreparedPlan
    from pos_app.ui.seat_map.model.view import View


class Scene:
    """What is on show. `prices` is the price of a category, ready to read; `stage_word` stands on the stage."""

    def __init__(
        self, prepared: PreparedPlan, prices: Mapping[int, str], theme: Theme, font: QFont, stage_word: str
    ) -> None:
        self._prepared = prepared
        self.plan, self.index, self.scenery = prepared.plan, prepared.index, prepared.scenery
        self.prices = dict(prices)
        self.board = SeatBoard(len(self.plan.seat_id))
        self.areas = MapAreas(self.plan, prepared.areas)
        self._stage_word = stage_word
        self._wanted: int | None = None
        self.dress(theme, font)

    def dress(self, theme: Theme, font: QFont) -> None:
        """Paint from now on with these colours and this font."""
        self.looks = category_looks(self.plan.categories, theme)
        self._ground = SceneryPainter(self.scenery, theme, font, self._stage_word)
        placer = self._prepared.placer
        if font != self._prepared.font:
            placer = NamePlacer(self.plan, self.index, self.scenery, font)
        self._names = NamePainter(self.scenery, placer, theme, font)
        self._theme, self._font = theme, font
        self._dress_places()

    def single_out(self, category: int | None) -> bool:
        """Dim the places of all categories but one, told by its index; None: of none. Tells whether it was another."""
        if category == self._wanted:
            return False
        self._wanted = category
        self._dress_places()
        return True

    def _dress_places(self) -> None:
        looks = singled_out(self.looks, self._wanted, self._theme)
        self.area_painter = AreaPainter(self.areas, looks, self._theme, self._font)
        self._seats = SeatLayer(self._prepared, self.board, looks, self._theme, self._font)

    def draw(
        self, painter: QPainter, rect: QRectF, view: View, dpr: float, only: NDArray[np.intp] | None = None
    ) -> None:
        """Paint a rectangle of the widget, with all seats in it or only with those named."""
        self._ground.paint(painter, rect, view)
        self.area_painter.paint_ground(painter, rect, view)
        if only is None:
            part = view.plan_rect(rect, margin=18.0)
            only = self.index.in_rect(part.left(), part.top(), part.right(), part.bottom())
        self._names.paint(painter, rect, view, over_seats=False)
        mine = self.board.looks[only] == MapState.MINE
        self._seats.paint(painter, only[~mine], view, dpr)
        self._names.paint(painter, rect, view, over_seats=True)
        # Whatever a name may hide in a crowded house, the seats of this basket are seen.
        self._seats.paint(painter, only[mine], view, dpr)

    def covered_by(self, parts: Sequence[QRectF], scale: float) -> list[int]:
        """Return how much each of some parts of the plan hides at a scale: seats, areas, names, row letters, stage."""
        names = [place.outline().boundingRect() for place in self._names.placer.places(scale)]
        paths = [area.path for area in self.areas.drawn]
        if self.scenery.stage is not None:
            paths.append(self.scenery.stage.path)
        covered = []
        for part in parts:
            wide = part.adjusted(-SEAT_UNITS / 2, -SEAT_UNITS / 2, SEAT_UNITS / 2, SEAT_UNITS / 2)
            seats = self.index.within(wide.left(), wide.top(), wide.right(), wide.bottom())
            letters = self._ground.letters_in(wide, scale)
            shapes = sum(map(part.intersects, names)) + sum(path.intersects(part) for path in paths)
            covered.append(len(seats) + letters + shapes)
        return covered

    def words_for(self, seat: int, *, mine: str = "") -> SeatWords:
        """Return a seat in words; mine: see state_words."""
        place = self.plan.place(seat)
        category = int(self.plan.category[seat])
        claim, pending = self.board.claim_of(seat), self.board.is_pending(seat)
        own = self.board.own_look_of(seat)
        state = state_words(self.board.state_of(seat), claim, pending=pending, mine=mine)
        return SeatWords(
            place=spoken(place.spoken()),
            kind=kind_words(place.kind),
            category=self.plan.categories[category].name,
            price=self.prices.get(category, ""),
            state=own_words(kept=own == MapState.MINE) if own else state,
        )

    def area_words_for(self, area: int) -> SeatWords:
        """Return an area in words."""
        category = self.areas.areas[area].category
        return SeatWords(
            place=self.areas.areas[area].name,
            kind="",
            category=self.plan.categories[category].name,
            price=self.prices.get(category, ""),
            state=area_state_words(self.areas.free[area], self.areas.mine[area]),
        )
