"""The keys of the sell screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.ui.screens.selling.waiting.keys import JOIN_KEY, OFFERS_KEY, QUEUE_KEY
from pos_app.ui.words.payments import methods_with_a_key, payment_words


def sell_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do, in the order of a sale."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("SellKeys", words)

    return (
        ("F2", tr("Search a performance")),
        ("F3", tr("List of free seats")),
        ("F4", tr("Best seats; again: the next best")),
        ("Shift+F4", tr("More of the best seats")),
        ("1 … 9", tr("How many, on the map")),
        ("F5", tr("Take the seats again, or what is offered")),
        ("F6", tr("Reserve under a name; after a sale: print the tickets")),
        ("F7", tr("Hold longer")),
        ("F8", tr("Customer and note")),
        *((way.key, way.name) for way in map(payment_words, methods_with_a_key())),
        ("F11", tr("Promo code")),
        ("F12", tr("Ask for a seat held elsewhere")),
        (JOIN_KEY, tr("Join the waiting list")),
        (OFFERS_KEY, tr("Offers of the waiting lists")),
        (QUEUE_KEY, tr("Who waits for this performance")),
        ("Ctrl+Y", tr("Let a seat go that is asked for")),
        ("Ctrl+K", tr("Keep it")),
        ("Esc", tr("Release the basket")),
        ("Ctrl+Z", tr("Undo the last change")),
        ("← ↑ → ↓", tr("Walk the seats")),
        ("Enter", tr("Take it, or give it back")),
        ("+  -  0", tr("Zoom, whole house")),
        ("Space", tr("Pick-up: leave a seat out, or take it")),
        ("Ctrl+A", tr("Pick-up: all seats, or none")),
        ("A, C, S …", tr("Ticket type of the last seat")),
        ("Shift+A …", tr("Ticket type of all seats")),
    )
