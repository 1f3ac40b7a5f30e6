"""The keys of the order desk, besides those of its buttons and of its search."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def order_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("OrderKeys", words)

    return (
        ("↑ ↓", tr("Go to another order, while typing too")),
        ("Enter", tr("From the search to the orders")),
        ("Esc", tr("In the search: the text away, then the filters")),
        ("1 … 9", tr("In the orders: choose a ticket, or not")),
        ("F5", tr("Read the orders again")),
        ("Ctrl+P", tr("Preview of the chosen tickets")),
        ("Alt+Down", tr("Scroll the order down")),
        ("Alt+Up", tr("Scroll the order up")),
    )
