"""What is looked for on behalf of whoever has signed in, and told on whatever screen they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.window.begun_lists import BegunLists
from pos_app.ui.window.open_offers import OffersInBar
from pos_app.ui.window.reservation_ends import ReservationEnds

if TYPE_CHECKING:
    from pos_app.domain.roles import Actor
    from pos_app.ui.background import Background
    from pos_app.ui.window.main_window import MainWindow
    from pos_app.ui.window.workplace import Workplace


def remind(window: MainWindow, workplace: Workplace, background: Background, actor: Actor) -> None:
    """Begin to look; it ends with the screens of this person."""
    if workplace.sell is not None and workplace.orders is not None:
        ReservationEnds(window, workplace.sell.ending, workplace.orders)
    if workplace.sell is not None:
        OffersInBar(window.top_bar, workplace.sell.waiting.card)
    if workplace.manage is not None and workplace.orders is not None:
        BegunLists(window, workplace.show_work_list, workplace).look(background, actor)
