"""Fields into which a scanner may type.

A scan reaches no field by itself: its digits would change a price, a number of tickets, a PIN. A few fields take free
text that stands on paper as a code: a voucher or a promo code, the approval on a terminal's slip, words to search for.
While such a field has the keyboard, what is scanned is put in as if it had been typed, but without its Enter: the
person sees it first. Never put in are a ticket (the till says what it is) and the stripe of a bank card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication, QLineEdit

from pos_app.domain.codes import looks_like_order_number, looks_like_short_code
from pos_app.domain.door.scan_text import clean_scan

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_TAKES_SCANS: Final = "takesScans"
_WORDS: Final = "words"
_CODES: Final = "codes"
_NO_NUMBERS: Final = "no numbers"
_LONGEST: Final = 64
"""Characters; the signed code of a ticket is longer, on whatever keyboard it was typed."""
_STRIPES: Final = ("%", ";", "+")
"""What the tracks of a card begin with."""


def take_scans(field: QLineEdit, *, codes: bool = False, numbers: bool = True) -> None:
    """Let a scanner type into a field. codes: of any kind, those too that look like the short code of a ticket.

    numbers: those, too, that look like the number of an order, which the slip of a reservation carries.
    """
    field.setProperty(_TAKES_SCANS, _CODES if codes else _WORDS if numbers else _NO_NUMBERS)


def type_scan(text: str, field: QWidget | None = None) -> bool:
    """Put a scan into the field that has the keyboard; False where it takes none, or not this one.

    field: another one than that which has the keyboard.
    """
    line = QApplication.focusWidget() if field is None else field
    if not isinstance(line, QLineEdit) or line.isReadOnly() or not line.isEnabled():
        return False
    taken, scanned = line.property(_TAKES_SCANS), clean_scan(text)
    if not taken or not scanned or len(scanned) > _LONGEST or scanned.startswith(_STRIPES):
        return False
    if taken != _CODES and looks_like_short_code(scanned):
        return False
    if taken == _NO_NUMBERS and looks_like_order_number(scanned):
        return False
    line.insert(scanned)
    return True
