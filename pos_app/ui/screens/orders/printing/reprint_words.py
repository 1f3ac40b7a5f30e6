"""What is said before tickets are printed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.ui.words.lists import following
from pos_app.ui.words.places import place_words
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.domain.orders.page import OrderPage


def what_is_reprinted(order: OrderPage, ticket_ids: tuple[int, ...]) -> str:
    """Ask for these tickets, by their place where it is one."""
    number = grouped(order.number)
    if len(ticket_ids) == 1:
        places = (line.place for line in order.live_seats if line.ticket and line.ticket.ticket_id == ticket_ids[0])
        place = next(places, None)
        if place is not None:
            return _tr("Print {place} of {order} anew").format(place=place_words(place), order=number)
    return spoken_count(
        "Print {count} ticket of {order} anew", "Print {count} tickets of {order} anew", len(ticket_ids), order=number
    )


def what_becomes_void(order: OrderPage, tickets: int) -> str:
    """Say what so many reprints do to the paper, and what they do not do."""
    others = len(order.live_seats) - tickets
    void = _tr("The paper printed before is void from then on: only the new print opens the door.")
    if others <= 0:
        return void
    return following(
        void,
        spoken_count(
            "The other ticket of this order stays good.", "The {count} other tickets of this order stay good.", others
        ),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("ReprintWords", words)
