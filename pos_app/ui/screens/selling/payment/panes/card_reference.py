"""The approval number or last four digits that tie a card payment to the terminal's slip."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.errors import InvalidInput

LONGEST_REFERENCE: Final = 40


def clean_reference(text: str) -> str:
    """Return the reference as it is stored: one line, without control characters and halves of characters.

    Raises InvalidInput when there is nothing, too much, or what looks like the whole number of a card.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    words = "".join(letter if letter.isprintable() else " " for letter in whole).split()
    reference = " ".join(words)
    if not reference:
        raise InvalidInput(
            QCoreApplication.translate("Payment", "Type the approval number or the last four digits of the card."),
            field="reference",
        )
    if _whole_card_number(reference):
        raise InvalidInput(
            QCoreApplication.translate("Payment", "That looks like a whole card number."),
            field="reference",
            advice=QCoreApplication.translate("Payment", "Type only its last four digits."),
        )
    if len(reference) > LONGEST_REFERENCE:
        raise InvalidInput(
            QCoreApplication.translate("Payment", "That is {0} characters; {1} fit here.")
            .replace("{0}", str(len(reference)))
            .replace("{1}", str(LONGEST_REFERENCE)),
            field="reference",
        )
    return reference


def _whole_card_number(reference: str) -> bool:
    """Tell whether it has the length and the check digit (Luhn, ISO/IEC 7812-1) of a card number."""
    digits = reference.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and 13 <= len(digits) <= 19):
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
