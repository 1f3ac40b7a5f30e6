"""A seating plan on the map as it is drawn: no performance, nobody's seats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.ui.look.theme import current_theme, theme_notifier
from pos_app.ui.seat_map import SeatMap
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan
    from pos_app.ui.seat_map.model.words import SeatWords


class PlanMap(SeatMap):
    """Shows a drawn plan; the card of a place tells what it is, not whether it is free. Signals: see SeatMap."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawn: DrawnPlan | None = None
        self.setAccessibleName(self.tr("Seating plan"))
        theme_notifier().changed.connect(self._on_theme)
        self._on_theme()
        self.clear(sentence)

    def show_drawn(self, drawn: DrawnPlan, *, keep_view: bool = False) -> None:
        """Show another drawing; keep_view: the same plan, changed, looked at from where it was."""
        view, was_fitted, was_there = self._view, self._is_fitted, self._scene is not None
        self.drawn = drawn
        self.show_plan(drawn.preview.plan, {}, drawn.prepared)
        self._count_rooms()
        if keep_view and was_there:
            self._is_fitted = was_fitted
            self._set_view(view)

    def set_dark(self, dark: bool) -> None:  # noqa: FBT001 - see SeatMap
        """Paint in the dark theme, or in the light one."""
        super().set_dark(dark)
        self._count_rooms()

    def clear(self, sentence: str) -> None:
        """Show no plan, only a sentence."""
        self.drawn = None
        super().clear(sentence)

    def _words_of(self, spot: int) -> SeatWords:
        area = self._area_of(spot)
        if area < 0:
            return replace(super()._words_of(spot), state="")
        capacity = self._shown_scene().areas.areas[area].capacity
        return replace(super()._words_of(spot), state=self._room_words(capacity))

    def _room_words(self, guests: int) -> str:
        return self.tr("Room for {0}").format(shown_number(guests))

    def _count_rooms(self) -> None:
        """No performance, nothing sold: an area tells how many guests it has room for, not how many places are left."""
        if self._scene is not None:
            self._scene.area_painter.count_words = self._room_words

    def _on_theme(self) -> None:
        self.set_dark(current_theme().dark)
