"""The letter of a ticket type, typed while seats are exchanged: for which lines it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket_lines import BasketLine

_LETTERS: Final = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)


def lines_meant(
    event: QKeyEvent, lines: Sequence[BasketLine], focused: Collection[SeatKey]
) -> tuple[str, Sequence[BasketLine]]:
    """Return the letter and its lines: all with Shift, else those with the keyboard (focused), else the last one.

    No line where the key is no letter.
    """
    everyone = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    if event.key() not in _LETTERS or not (everyone or event.modifiers() == Qt.KeyboardModifier.NoModifier):
        return "", ()
    chosen = [line for line in lines if everyone or line.seat in focused]
    return chr(event.key()), chosen or lines[-1:]
