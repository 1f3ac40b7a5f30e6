"""Who waits for the performance of a work list, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.lists import following, side_by_side
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.domain.orders.work_lists import WorkListPage
    from pos_app.domain.season.waiting_met import WaitingMet


def waiting_words(page: WorkListPage) -> str:
    """Say who waits now and what is on resale: "3 parties wait · 1 has an offer"; "": nobody, and nothing."""
    told = met_words(page.waiting)
    if not told or page.cancelled:
        return told
    return following(f"{told}.", _tr("They stay so for the new date, and those who wait are told it."))


def met_words(met: WaitingMet) -> str:
    """Say who waits and what is on resale."""
    return side_by_side(
        spoken_count("{count} party waits", "{count} parties wait", met.parties) if met.parties else "",
        spoken_count("{count} has an offer", "{count} have an offer", met.offers) if met.offers else "",
        spoken_count("{count} ticket is on resale", "{count} tickets are on resale", met.resales)
        if met.resales
        else "",
    )


def ended_words(met: WaitingMet) -> str:
    """Say what has ended: "3 parties waited, 1 had an offer: ended"; "": nothing has."""
    told = side_by_side(
        spoken_count("{count} party waited", "{count} parties waited", met.parties) if met.parties else "",
        spoken_count("{count} had an offer", "{count} had an offer", met.offers) if met.offers else "",
        spoken_count("{count} ticket was on resale", "{count} tickets were on resale", met.resales)
        if met.resales
        else "",
    )
    return _tr("{0}: ended").format(told) if told else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("WorkListWaiting", words)
