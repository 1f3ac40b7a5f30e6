"""The keys of the last orders, besides those of its buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def order_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("OrderKeys", words)

    return (
        ("↑ ↓", tr("Go to another order")),
        ("F5", tr("Read the orders again")),
    )
