"""The middle of the sell screen: what is sold, the bar above the map, the map and its legend."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from pos_app.ui.look.theme import current_theme, theme_notifier
from pos_app.ui.screens.selling.map.bar import MapBar
from pos_app.ui.screens.selling.map.header import MapHeader
from pos_app.ui.screens.selling.map.price_chips import ANY, PriceEntry
from pos_app.ui.screens.selling.map.question_strip import QuestionStrip
from pos_app.ui.screens.selling.map.zone_menu import WHOLE_HOUSE
from pos_app.ui.screens.selling.map.zoom_corner import ZoomCorner
from pos_app.ui.seat_map import Legend, SeatMap
from pos_app.ui.seat_map.painting.colors import category_looks
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import panel
from pos_app.ui.words.amounts import shown_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.season.offers import PerformanceOffer, PerformanceSummary
    from pos_app.domain.selling.seat_requests import AskedOfUs
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.seat_map import PreparedPlan
    from pos_app.ui.seat_map.live_map import LiveMap
    from pos_app.ui.words.messages import Message

ACTION_KEY: Final = "F5"
"""Does what the banner offers, where it names no other key."""
_LEAST_MAP: Final = 160
_FOOT: Final = 62
"""Pixels below the map for its legend, or for what is said in one line or two: the seats stay where they are."""
_FRAME_MS: Final = 16


class MapPanel(QWidget):
    """Header, bar, map, legend. The map's own signals are on `map`, those of header and bar on these.

    Signals: plan_shown(): the colours of its categories are known now.
    """

    plan_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: PerformanceOffer | None = None
        self._plan: SeatPlan | None = None
        self._plans: dict[int, SeatPlan] = {}
        self.header = MapHeader()
        self.bar = MapBar()
        self.best, self.zones, self.prices = self.bar.best, self.bar.zones, self.bar.prices
        self.map = SeatMap()
        self.zoom = ZoomCorner(self.map)
        self.legend = Legend()
        self.zones.chosen.connect(self._on_zone_chosen)
        self.prices.chosen.connect(self._on_category_chosen)
        self.map.whole_shown.connect(self.zoom.settle)
        self.map.signs_changed.connect(self.legend.show_signs)
        frame = panel()
        # Each has its own room, so that no seat is covered. What is said takes that of the legend.
        self.banner = Banner()
        self.banner.setContentsMargins(8, 0, 8, 0)
        self.banner.shown.connect(self.legend.setHidden)
        foot = QWidget()
        foot.setMinimumHeight(_FOOT)
        column(self.legend, self.banner, inside=foot, spacing=0)
        self.question = QuestionStrip()
        self.map.setMinimumHeight(_LEAST_MAP)
        above = column(self.header, self.bar, self.question, margins=(14, 0, 10, 0), spacing=6)
        column(above, (self.map, 1), foot, inside=frame, margins=(0, 7, 0, 3), spacing=6)
        self._above = above
        column(frame, inside=self)
        theme_notifier().changed.connect(self._on_theme)
        self._on_theme()
        self.show_nothing()

    def hearings(self, live: LiveMap, hold: BasketHold) -> list[Hearing]:
        """Return what keeps the map true."""
        return [
            (self.show_plan, live.plan_loaded),
            (self.show_offer, live.offer_changed),
            (self.map.show_states, live.states_changed),
            (self.map.mark_pending, hold.seats_pending),
            (self.withdraw_offer, hold.expired),
        ]

    def put_below_header(self, strip: QWidget) -> None:
        """Show a strip of the sell screen between the header and the bar."""
        self._above.insertWidget(1, strip)

    def begin_anew(self) -> None:
        """The next customer comes: what was looked for is not what this one wants."""
        self.bar.begin_anew()

    def withdraw_offer(self) -> None:
        """Take an offer back whose key means something else from now on."""
        if self.banner.message.on_action is not None and not self.banner.message.key:
            self.banner.dismiss()

    def say(self, message: Message, *, seconds: int = 0, offers: bool = True) -> None:
        """Say something at the foot of the map, with the key of its action.

        seconds: how long, 0 until dismissed. offers: whether the usual key of an action is free for it.
        """
        if not offers and not message.key:
            message = replace(message, action="", on_action=None)
        if message.action:
            message = replace(message, action=f"{message.action} ({message.key or ACTION_KEY})")
        self.banner.show_message(message, seconds=seconds)

    def show_question(self, question: AskedOfUs | None) -> None:
        """Show what another till asks, above the map; None: nothing."""
        self.question.show_question(question)

    def shown_prices(self) -> dict[int, str]:
        """Return the price of each category of the open plan, ready to read, by its index."""
        return {} if self._plan is None or self._offer is None else self._prices(self._plan, self._offer)

    def show_nothing(self) -> None:
        """Say what to do first."""
        self._offer = None
        self._plan = None
        self.header.show_nothing()
        self.bar.show_zones(())
        self._show_categories()
        self.map.clear(self.tr("Choose a performance on the left."))

    def show_loading(self, performance: PerformanceSummary) -> None:
        """Show what is being opened."""
        self.header.show_performance(performance)
        self.map.clear(self.tr("Loading the seats…"))

    def show_plan(self, plan: SeatPlan, offer: PerformanceOffer, prepared: PreparedPlan) -> None:
        """Show the plan of a performance, with the price of each category."""
        self._offer = offer
        self._plan = plan
        self._plans[plan.plan_id] = plan
        self.map.show_plan(plan, self._prices(plan, offer), prepared)
        # Each in a frame of its own: new buttons are dressed slowly.
        QTimer.singleShot(_FRAME_MS, self, self._show_zones)
        QTimer.singleShot(2 * _FRAME_MS, self, self._show_categories)
        self.plan_shown.emit()

    def show_offer(self, offer: PerformanceOffer) -> None:
        """Show other prices of the performance that is open."""
        if self._plan is not None:
            self._offer = offer
            self.map.show_prices(self._prices(self._plan, offer))
            self._show_categories()

    @staticmethod
    def _prices(plan: SeatPlan, offer: PerformanceOffer) -> dict[int, str]:
        return {
            at: shown_amount(price, offer.currency)
            for at, category in enumerate(plan.categories)
            if (price := offer.full_price(category.category_id)) is not None
        }

    def _show_zones(self) -> None:
        self.bar.show_zones([] if self._plan is None else [zone.name for zone in self._plan.zones])

    def _show_categories(self) -> None:
        offer, plan = self._offer, self._plan
        if offer is None or plan is None:
            self.bar.show_prices(())
            return
        looks = category_looks(plan.categories, current_theme())
        self.bar.show_prices(
            [
                PriceEntry(
                    category.category_id,
                    category.name,
                    look.letter,
                    shown_amount(price, offer.currency),
                    look.color,
                    look.ink,
                )
                for category, look in zip(plan.categories, looks, strict=True)
                if (price := offer.full_price(category.category_id)) is not None
            ]
        )
        self._on_category_chosen(self.prices.wanted)

    def category_color(self, category_id: int) -> QColor:
        """Return the colour of a price category of any plan that was shown."""
        colors = current_theme()
        for plan in self._plans.values():
            for category, look in zip(plan.categories, category_looks(plan.categories, colors), strict=True):
                if category.category_id == category_id:
                    return QColor(look.color)
        return current_theme().color("line_strong")

    def bring_into_sight(self, indexes: Sequence[int]) -> None:
        """Show seats that were chosen for the person, the first of them with the ring."""
        for index in (indexes[-1], indexes[0]):
            self.map.focus_seat(index)

    def _on_zone_chosen(self, zone: int) -> None:
        if zone == WHOLE_HOUSE:
            self.map.fit()
        elif self._plan is not None and zone < len(self._plan.zones):
            # For a frame, the buttons may still be those of the plan before.
            self.map.zoom_to_zone(zone)

    def _on_category_chosen(self, category_id: int) -> None:
        """Let the seats of the category that is wanted stand out."""
        categories = () if self._plan is None else self._plan.categories
        at = next((at for at, one in enumerate(categories) if one.category_id == category_id), None)
        self.map.single_out(None if category_id == ANY else at)

    def _on_theme(self) -> None:
        dark = current_theme().dark
        self.map.set_dark(dark)
        self.legend.set_dark(dark)
        self._show_categories()
