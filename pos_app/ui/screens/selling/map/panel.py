"""The middle of the sell screen: what is sold, the price categories, the map and its legend."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import current_theme, theme_notifier
from pos_app.ui.screens.selling.map.best_bar import BestBar
from pos_app.ui.screens.selling.map.price_key import PriceEntry, PriceKey
from pos_app.ui.screens.selling.map.question_strip import QuestionStrip
from pos_app.ui.screens.selling.map.zone_strip import WHOLE_HOUSE, ZoneStrip
from pos_app.ui.seat_map import Legend, SeatMap
from pos_app.ui.seat_map.painting.colors import category_looks
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import Button, icon_button
from pos_app.ui.widgets.labels import Chip, ElidedLabel, panel
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_full_moment, shown_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QHBoxLayout

    from pos_app.domain.season.offers import PerformanceOffer, PerformanceSummary
    from pos_app.domain.selling.seat_requests import AskedOfUs
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import PreparedPlan
    from pos_app.ui.words.messages import Message

ACTION_KEY: Final = "F5"
"""Does what the banner offers."""
_BANNER_MARGIN: Final = 8
_ONE_ROW_WIDTH: Final = 860
_FRAME_MS: Final = 16


class MapPanel(QWidget):
    """Header, categories with prices, zoom buttons, the map, the legend. The map's own signals are on `map`.

    Signals: keys_asked(), list_asked(): a button or its key. plan_shown(): the colours of its categories are known now.
    """

    keys_asked = Signal()
    list_asked = Signal()
    plan_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: PerformanceOffer | None = None
        self._plan: SeatPlan | None = None
        self._plans: dict[int, SeatPlan] = {}
        self.map = SeatMap()
        self.legend = Legend()
        self.title = ElidedLabel("", "title")
        self.when = ElidedLabel("", "muted")
        self.left = Chip()
        self.key = PriceKey()
        self.best = BestBar()
        self.zones = ZoneStrip()
        self.zones.chosen.connect(self._on_zone_chosen)
        frame = panel()
        # Best seats and zones: side by side where there is room.
        self._finders = column(self.best, (self.zones, 1), margins=(18, 0, 14, 0), spacing=8)
        foot = row(self.legend, margins=(8, 0, 8, 0))
        column(
            *(self._header(), self._tools(), self._finders, (self.map, 1), foot),
            inside=frame,
            margins=(1, 12, 1, 8),
            spacing=8,
        )
        column(frame, inside=self)
        # Over the legend and not above the map: seats must not move under the hand that clicks them.
        self.banner = Banner(self)
        self.question = QuestionStrip(self)
        theme_notifier().changed.connect(self._on_theme)
        self._on_theme()
        self.show_nothing()

    def _header(self) -> QHBoxLayout:
        words = column(self.title, self.when, spacing=1)
        header = row((words, 1), self.left, margins=(18, 0, 14, 0))
        for name, said, key, signal in (
            ("list", self.tr("List of free seats (F3)"), "F3", self.list_asked),
            ("keyboard", self.tr("Keys (F1)"), "F1", self.keys_asked),
        ):
            QShortcut(QKeySequence(key), self, signal.emit)
            button = icon_button(name, said)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
            header.addWidget(button)
        return header

    def _tools(self) -> QHBoxLayout:
        tools = row((self.key, 1), margins=(18, 2, 14, 0), spacing=8)
        for name, words, key, act in (
            ("minus", self.tr("Zoom out (-)"), "zoom_out", self.map.zoom_out),
            ("plus", self.tr("Zoom in (+)"), "zoom_in", self.map.zoom_in),
            ("corners-out", self.tr("Whole house (0)"), "fit", self.map.fit),
        ):
            button = Button(icon(name), "")
            button.setProperty("variant", "tool")
            button.setObjectName(key)
            button.setFixedWidth(44)
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, act=act: act())
            tools.addWidget(button)
        return tools

    def say(self, message: Message, *, seconds: int = 0) -> None:
        """Say something at the foot of the map; seconds: how long, 0 until dismissed."""
        if message.action:
            message = replace(message, action=f"{message.action} ({ACTION_KEY})")
        self.banner.show_message(message, seconds=seconds)
        self._place_banner()

    def show_question(self, question: AskedOfUs | None) -> None:
        """Show what another till asks, over the top of the map; None: nothing."""
        self.question.show_question(question)
        self._place_banner()

    def shown_prices(self) -> dict[int, str]:
        """Return the price of each category of the open plan, ready to read, by its index."""
        return {} if self._plan is None or self._offer is None else self._prices(self._plan, self._offer)

    def show_nothing(self) -> None:
        """Say what to do first."""
        self._offer = None
        self._plan = None
        self.title.show_words(self.tr("Sell"))
        self.when.show_words("")
        self.left.hide()
        self.zones.show_zones(())
        self._show_categories()
        self.map.clear(self.tr("Choose a performance on the left."))

    def show_loading(self, performance: PerformanceSummary) -> None:
        """Show what is being opened."""
        self.title.show_words(performance.title)
        self.when.show_words(self._sentence(performance))
        self.show_left(performance)
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

    def show_left(self, performance: PerformanceSummary) -> None:
        """Show how many seats are left."""
        if performance.cancelled:
            self.left.show_text(self.tr("Cancelled"), "danger")
        elif not performance.free:
            self.left.show_text(self.tr("Sold out"), "muted")
        else:
            few = performance.free < performance.capacity * 0.2
            words = spoken_count("{count} seat left", "{count} seats left", performance.free)
            self.left.show_text(words, "warn" if few else "accent")
        self.left.show()

    @staticmethod
    def _prices(plan: SeatPlan, offer: PerformanceOffer) -> dict[int, str]:
        return {
            at: shown_amount(price, offer.currency)
            for at, category in enumerate(plan.categories)
            if (price := offer.full_price(category.category_id)) is not None
        }

    def _sentence(self, one: PerformanceSummary) -> str:
        doors = self.tr("doors {0}").format(shown_time(one.doors_at, one.time_zone)) if one.doors_at is not None else ""
        begun = self.tr("has begun") if one.until_start <= 0 and not one.cancelled else ""
        return side_by_side(shown_full_moment(one.starts_at, one.time_zone), one.venue, doors, begun)

    def _show_zones(self) -> None:
        self.zones.show_zones([] if self._plan is None else [zone.name for zone in self._plan.zones])

    def _show_categories(self) -> None:
        offer, plan = self._offer, self._plan
        if offer is None or plan is None:
            self.key.show_entries(())
            self.best.show_categories(())
            return
        priced = [one for one in plan.categories if offer.full_price(one.category_id) is not None]
        self.best.show_categories([(one.category_id, one.name) for one in priced])
        looks = category_looks(plan.categories, current_theme())
        prices = [offer.full_price(category.category_id) for category in plan.categories]
        self.key.show_entries(
            [
                PriceEntry(category.name, look.letter, shown_amount(price, offer.currency), look.color, look.ink)
                for category, look, price in zip(plan.categories, looks, prices, strict=True)
                if price is not None
            ]
        )

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

    def _place_banner(self) -> None:
        width = self.width() - 2 * _BANNER_MARGIN
        height = max(self.banner.heightForWidth(width), self.banner.minimumSizeHint().height())
        self.banner.setGeometry(_BANNER_MARGIN, self.height() - height - _BANNER_MARGIN, width, height)
        self.banner.raise_()
        top = self.map.mapTo(self, QPoint(0, 0)).y() + _BANNER_MARGIN
        height = max(self.question.heightForWidth(width), self.question.minimumSizeHint().height())
        self.question.setGeometry(_BANNER_MARGIN, top, width, height)
        self.question.raise_()

    def _on_theme(self) -> None:
        dark = current_theme().dark
        self.map.set_dark(dark)
        self.legend.set_dark(dark)
        self._show_categories()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the banner at the foot."""
        super().resizeEvent(event)
        wide = self.width() >= _ONE_ROW_WIDTH
        self._finders.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._place_banner()
