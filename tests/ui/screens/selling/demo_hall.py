"""The Main House of the demo as a till has it, without a database: for tests of how it is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QApplication

from pos_app.demo.theatre import draw_theatre
from pos_app.domain.season.offers import CategoryOffer, TypeOffer
from pos_app.domain.seats import MapState, SeatKind
from pos_app.services.seats.map_data import PlanCategory, PlanZone, SeatPlan, SeatStates
from pos_app.ui.seat_map import prepare_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.season.offers import PerformanceOffer
    from tests.ui.screens.selling.conftest import Till

KINDS = (SeatKind.SEAT, SeatKind.WHEELCHAIR, SeatKind.COMPANION, SeatKind.RESTRICTED)


def main_house() -> SeatPlan:
    drawn = draw_theatre()
    names = list(drawn.categories)
    zones = [zone.name for zone in drawn.zones]
    rows = list(dict.fromkeys((seat.zone, seat.row) for seat in drawn.seats))
    return SeatPlan(
        plan_id=77,
        width=drawn.width,
        height=drawn.height,
        focal_x=drawn.focus.x,
        focal_y=drawn.focus.y,
        seat_id=np.arange(1, len(drawn.seats) + 1, dtype=np.int32),
        x=np.array([seat.spot.x for seat in drawn.seats], np.float64),
        y=np.array([seat.spot.y for seat in drawn.seats], np.float64),
        angle=np.array([seat.spot.angle for seat in drawn.seats], np.float32),
        zone=np.array([zones.index(seat.zone) for seat in drawn.seats], np.int16),
        row_of=np.array([rows.index((seat.zone, seat.row)) for seat in drawn.seats], np.int32),
        position=np.array([seat.position for seat in drawn.seats], np.int16),
        category=np.array([names.index(seat.category) for seat in drawn.seats], np.int16),
        kind=np.array([KINDS.index(seat.kind) for seat in drawn.seats], np.int8),
        numbers=tuple(str(seat.number) for seat in drawn.seats),
        row_labels=tuple(row for _zone, row in rows),
        zones=tuple(PlanZone(zone.name, zone.label.x, zone.label.y) for zone in drawn.zones),
        categories=tuple(PlanCategory(at, name, drawn.categories[name]) for at, name in enumerate(names, start=1)),
    )


def with_categories(plan: SeatPlan, names: Sequence[str]) -> SeatPlan:
    """Return the plan with other price categories, its seats being of each in turn."""
    categories = tuple(PlanCategory(at, name, "") for at, name in enumerate(names, start=1))
    return replace(plan, categories=categories, category=(plan.category % len(names)).astype(np.int16))


def offer_of(plan: SeatPlan, before: PerformanceOffer) -> PerformanceOffer:
    """Return an offer for a plan: 74.00 for the first category, and less for each that follows."""
    return replace(
        before,
        plan_id=plan.plan_id,
        categories=tuple(CategoryOffer(one.category_id, one.name, one.color) for one in plan.categories),
        ticket_types=(TypeOffer(1, "Adult", "", ""),),
        prices={(one.category_id, 1): 7400 - 100 * at for at, one in enumerate(plan.categories)},
    )


def show_hall(till: Till, size: tuple[int, int], plan: SeatPlan | None = None) -> None:
    """Give the window this size, and show a plan whose seats are free in place of what the till has open."""
    plan = plan or main_house()
    till.window.resize(*size)
    QApplication.processEvents()
    panel, offer = till.screen.map_panel, till.screen.live.offer
    assert offer is not None
    panel.show_plan(plan, offer_of(plan, offer), prepare_plan(plan, panel.map.sight()))
    states = np.full(len(plan.seat_id), int(MapState.FREE), np.int8)
    panel.map.show_states(SeatStates(offer.performance_id, None, states, {}, ""))
    till.wait(lambda: len(panel.prices.chips) == len(plan.categories) and panel.zones.isVisible())
    shown = [one for one in (*panel.prices.chips, panel.prices.menu, panel.zones) if one.isVisible()]
    till.wait(lambda: all(one.width() == one.sizeHint().width() for one in shown))
