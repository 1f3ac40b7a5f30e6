"""What a map derives from its plan before the first frame; heavy for a large house, and safe to make on a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pos_app.ui.seat_map.model.areas import DrawnArea, drawn_areas
from pos_app.ui.seat_map.model.name_places import NamePlacer
from pos_app.ui.seat_map.model.scenery import Scenery, build_scenery
from pos_app.ui.seat_map.model.seat_index import SeatIndex
from pos_app.ui.seat_map.model.view import fitted

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QFont

    from pos_app.services.seats.map_data import SeatPlan


@dataclass(frozen=True, slots=True)
class MapSight:
    """How a map will show a plan: lettered in this font, fitted into this size."""

    font: QFont
    size: QSize


@dataclass(frozen=True, slots=True)
class SeatTexts:
    """The numbers written on seats, each once, and which of them each seat bears."""

    texts: tuple[str, ...]
    of_seat: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPlan:
    """A plan with all that is derived from it alone; nothing in it changes with states, prices or colours.

    placer: lettered in `font`; the places of names in the fitted view are found already.
    """

    plan: SeatPlan
    index: SeatIndex
    areas: tuple[DrawnArea, ...]
    scenery: Scenery
    seat_texts: SeatTexts
    font: QFont
    placer: NamePlacer


def prepare_plan(plan: SeatPlan, sight: MapSight) -> PreparedPlan:
    """Prepare a plan for a map. Only values of Qt are made, no widgets and no pixmaps: any thread may do it."""
    index = SeatIndex(plan.x, plan.y)
    areas = drawn_areas(plan)
    scenery = build_scenery(plan, index, areas)
    placer = NamePlacer(plan, index, scenery, sight.font)
    placer.places(fitted(scenery.bounds, sight.size).scale)
    return PreparedPlan(plan, index, areas, scenery, _seat_texts(plan), sight.font, placer)


def _seat_texts(plan: SeatPlan) -> SeatTexts:
    texts = dict.fromkeys(plan.numbers)
    ids = {text: at for at, text in enumerate(texts)}
    return SeatTexts(tuple(texts), np.array(list(map(ids.__getitem__, plan.numbers)), np.int64))
