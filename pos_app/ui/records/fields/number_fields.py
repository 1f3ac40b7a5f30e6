"""Fields of whole numbers, percentages and amounts of money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import InvalidInput
from pos_app.domain.money import parse_amount, typed_amount
from pos_app.domain.percents import WHOLE, parse_percent, plain_percent, told_percent
from pos_app.domain.sentences import say
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.words.amounts import shown_amount, shown_number, shown_percent

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence

_MOST: Final = 2_000_000_000


class WholeNumberField(TextField):
    """A whole number; its value is an int, or None while it is empty and may be. Signals: see FieldEditor.

    empty: what an empty field means ("no limit"); "": it may not be empty.
    """

    def __init__(self, *, least: int = 0, most: int = _MOST, empty: str = "", unit: str = "") -> None:
        super().__init__(longest=12, placeholder=empty, unit=unit)
        self._least = least
        self._most = most
        self._empty = empty

    def value(self) -> object:
        """Return the number. Raises InvalidInput, saying between which two it must be."""
        text = "".join(self.line.text().split())
        if not text and self._empty:
            return None
        try:
            number = int(text)
        except ValueError:
            number = self._least - 1
        if not text.lstrip("-").isdecimal() or not self._least <= number <= self._most:
            raise InvalidInput(self._bounds())
        return number

    def words_of(self, value: object) -> str:
        """Write the number with its unit."""
        if not isinstance(value, int):
            return self._empty
        return f"{shown_number(value)} {self.unit.text()}".strip()

    def _bounds(self) -> Sentence:
        if self._most == _MOST:
            return say("Type a whole number, {least} or more.", least=self._least)
        return say("Type a whole number from {least} to {most}.", least=self._least, most=self._most)


class PercentField(TextField):
    """A percentage with two decimals at the most; its value is in hundredths of a percent. Signals: see FieldEditor.

    least, most: in hundredths of a percent.
    """

    def __init__(self, *, least: int = 0, most: int = 100 * WHOLE) -> None:
        super().__init__(longest=12, unit="%")
        self._least = least
        self._most = most

    def value(self) -> object:
        """Return the percentage. Raises InvalidInput, saying what it must be."""
        percent = parse_percent(self.line.text())
        if not self._least <= percent <= self._most:
            raise InvalidInput(
                say(
                    "Type a percentage from {least} to {most}.",
                    least=told_percent(self._least),
                    most=told_percent(self._most),
                )
            )
        return percent

    def show_value(self, value: object) -> None:
        """Show hundredths of a percent."""
        super().show_value(plain_percent(value) if isinstance(value, int) else "")

    def words_of(self, value: object) -> str:
        """Write the percentage with its sign."""
        return f"{shown_percent(value)} {self.unit.text()}" if isinstance(value, int) else ""


class MoneyField(TextField):
    """An amount of money; its value is in minor units of the currency, or None while it is empty and may be.

    empty: what an empty field means; "": it may not be empty. Signals: see FieldEditor.
    """

    def __init__(self, currency: str, *, empty: str = "") -> None:
        super().__init__(longest=40, placeholder=empty, unit=currency)
        self._currency = currency
        self._empty = empty

    def set_currency(self, currency: str) -> None:
        """Read and write in another currency from now on; what was typed stays."""
        self._currency = currency
        self.unit.setText(currency)
        self.unit.setVisible(bool(currency))

    def value(self) -> object:
        """Return the amount in minor units. Raises InvalidAmount."""
        if not self.line.text().strip() and self._empty:
            return None
        return parse_amount(self.line.text(), self._currency)

    def show_value(self, value: object) -> None:
        """Show an amount of minor units."""
        super().show_value(typed_amount(value, self._currency) if isinstance(value, int) else "")

    def words_of(self, value: object) -> str:
        """Write the amount with its currency."""
        return shown_amount(value, self._currency) if isinstance(value, int) else self._empty
