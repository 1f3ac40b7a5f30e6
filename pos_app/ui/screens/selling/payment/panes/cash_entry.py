"""The cash given as it is typed: whole units and a separator, or digits that count as cents where a house wants it."""

from __future__ import annotations

from typing import Final

from pos_app.domain.errors import InvalidAmount
from pos_app.domain.money import MOST_MINOR, parse_amount, typed_amount

_MOST_DIGITS: Final = 15
LONGEST_TEXT: Final = 40
"""Characters kept of what is pasted or scanned into the field."""


class CashEntry:
    """5, 0 is 50.00, and 5, 0, point, 5 is 50.50. With in_cents 5, 0 is 0.50, until a point or a paste is in it.

    `text` is what the field shows. A banknote adds to what stands there, be it typed or other banknotes.
    """

    def __init__(self, currency: str, *, in_cents: bool = False) -> None:
        self._currency = currency
        self._in_cents = in_cents
        self._minor = 0
        self._written = ""
        self._from_notes = False
        self._empty = True

    @property
    def empty(self) -> bool:
        """Tell whether nothing has been typed."""
        return self._empty

    @property
    def written_out(self) -> bool:
        """Tell whether the text is a person's own, with a point or whatever else is in it."""
        return bool(self._written)

    @property
    def amount_typed(self) -> int:
        """Return the cents that were typed, or the notes, as minor units; 0 while the text is written out."""
        return self._minor

    @property
    def text(self) -> str:
        """Return what the field shows."""
        if self._written or self._empty:
            return self._written
        return typed_amount(self._minor, self._currency)

    def amount_minor(self) -> int:
        """Return the amount. Raises InvalidAmount when it is none, or too large."""
        counted = self._from_notes or (not (self._written or self._empty) and self._minor <= MOST_MINOR)
        return self._minor if counted else parse_amount(self.text, self._currency)

    def type_digits(self, digits: str) -> None:
        """Append digits at the end."""
        if self._written or not self._in_cents:
            self.write(self._written + digits)
            return
        start = 0 if self._from_notes else self._minor
        longer = start * 10 ** len(digits) + int(digits)
        if len(str(longer)) <= _MOST_DIGITS:
            self._set(longer)

    def type_other(self, letters: str) -> None:
        """Append what is no digit: from now on the text counts as it is written, so 1, 2, point, 5 is 12.5."""
        typed = self._written or ("" if self._empty or self._from_notes else str(self._minor))
        self.write(typed + letters)

    def write(self, text: str) -> None:
        """Take a text as a person wrote it; an empty one begins anew."""
        self.clear()
        self._written = text[:LONGEST_TEXT]
        self._empty = not self._written

    def take_back(self) -> None:
        """Take the last digit or letter back."""
        if self._written:
            self.write(self._written[:-1])
        elif self._from_notes or self._minor < 10:
            self.clear()
        else:
            self._set(self._minor // 10)

    def clear(self) -> None:
        """Begin anew."""
        self._set(0)
        self._empty = True

    def choose(self, amount_minor: int) -> None:
        """Take a sum that was tapped; typing begins anew after it."""
        self._set(amount_minor)
        self._from_notes = True

    def add_note(self, note_minor: int) -> None:
        """Add a banknote that was tapped to what stands there; what is no amount gives way to it."""
        try:
            before = 0 if self._empty else self.amount_minor()
        except InvalidAmount:
            before = 0
        self.choose(before + note_minor)

    def _set(self, amount_minor: int) -> None:
        self._minor = amount_minor
        self._written = ""
        self._from_notes = False
        self._empty = False
