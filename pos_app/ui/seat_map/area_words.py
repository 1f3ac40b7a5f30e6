"""What the map says of an area of general admission."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.amounts import counted


def left_words(free: int) -> str:
    """Return how many places are left, short: "87 left"."""
    if free <= 0:
        return QCoreApplication.translate("SeatMap", "Sold out")
    return QCoreApplication.translate("SeatMap", "{0} left").format(free)


def basket_words(mine: int) -> str:
    """Return how many of the places are this basket's, short: "4 in this basket"."""
    return QCoreApplication.translate("SeatMap", "{0} in this basket").format(mine)


def area_state_words(free: int, mine: int) -> str:
    """Return how an area stands, for its card and for screen readers: "87 places left, 4 in this basket"."""
    if free <= 0:
        left = QCoreApplication.translate("SeatMap", "Sold out")
    else:
        one = QCoreApplication.translate("SeatMap", "1 place left")
        many = QCoreApplication.translate("SeatMap", "{0} places left")
        left = counted(free, one, many)
    return f"{left}, {basket_words(mine)}" if mine else left
