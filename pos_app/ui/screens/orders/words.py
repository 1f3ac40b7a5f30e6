"""Orders in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def _tr(text: str) -> str:
    return QCoreApplication.translate("Orders", text)


def tickets_words(number: int) -> str:
    """Return "1 ticket", "4 tickets"."""
    return _tr("1 ticket") if number == 1 else _tr("{0} tickets").replace("{0}", str(number))
