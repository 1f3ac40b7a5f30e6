"""A card number that was refused does not stay where others read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit

from pos_app.domain.card_numbers import has_card_number, mask_card_numbers

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit

_MOST_LOOKED_AT: Final = 10_000
"""Characters; what is longer is pasted, fits in no field, and would keep the window waiting."""


def hide_card_numbers(field: QLineEdit | QPlainTextEdit) -> bool:
    """Leave of whole card numbers in a field only the last four digits; undoing does not bring them back.

    Tell whether there were any.
    """
    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    if len(text) > _MOST_LOOKED_AT or not has_card_number(text):
        return False
    # Both forget what was typed before.
    if isinstance(field, QLineEdit):
        field.setText(mask_card_numbers(text))
    else:
        field.setPlainText(mask_card_numbers(text))
    return True
