"""The manager's queue in the tour: the list of the evening that is over, beside its prices and its kept seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.tour.hands import Hands
from pos_app.tour.stage import fail
from pos_app.ui.screens.admin.events.page import PERFORMANCES, EventsPage
from pos_app.ui.screens.admin.waiting.panel import WaitingPanel

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.tour.selling import Selling
    from pos_app.tour.stage import Stage


class ManagersQueue:
    """Looks at who waits as a manager does."""

    def __init__(self, stage: Stage, foyer: Foyer, selling: Selling) -> None:
        self._stage = stage
        self._foyer = foyer
        self._selling = selling
        self._hands = Hands(stage, foyer.window)

    def open(self) -> None:
        """Go to Manage, Events, and open the waiting list of the evening that is on the map."""
        offer = self._selling.sell.live.offer
        manage = self._foyer.workplace.manage if self._foyer.workplace is not None else None
        if manage is None or offer is None:
            fail("there is nothing to manage")
        self._foyer.window.show_screen("manage")
        manage.open_section("events")
        page = self._hands.find(EventsPage)
        page.open_part(PERFORMANCES)
        listed = page.performances
        self._stage.wait_for("the performances are read", lambda: listed.season)
        chosen = next(one for one in listed.season if one.performance_id == offer.performance_id)
        listed.open_record(chosen)
        self._hands.press("Waiting list")
        panel = self._hands.find(WaitingPanel)
        self._hands.press("All, ended too", panel)
        self._stage.wait_for("they are listed", lambda: panel.table.shown)
