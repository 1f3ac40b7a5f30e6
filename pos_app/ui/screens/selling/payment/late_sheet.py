"""The payment sheet of a screen, which is made when money is first taken."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.ui.screens.selling.payment.sheet import PaymentSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.selling.sales import Tender


class LatePaymentSheet:
    """Stands for a payment sheet: the keypad, the amounts and the questions in it cost as much as a whole screen.

    on_paid, on_cancelled: hear the signals of the sheet. storing: see PaymentSheet. ask_name: asks for the name of the
    order; None, before the sheet is made: nobody is asked.
    """

    ask_name: Callable[[], object] | None = None

    def __init__(
        self,
        screen: QWidget,
        on_paid: Callable[[Tender], object],
        on_cancelled: Callable[[], object],
        storing: str = "",
    ) -> None:
        self._screen = screen
        self._on_paid = on_paid
        self._on_cancelled = on_cancelled
        self._storing = storing
        self._counts_in_cents: bool | None = None

    @cached_property
    def sheet(self) -> PaymentSheet:
        """The sheet."""
        sheet = PaymentSheet(self._screen, self._storing, names_order=self.ask_name is not None)
        if self.ask_name is not None:
            sheet.name_asked.connect(self.ask_name)
        sheet.paid.connect(self._on_paid)
        sheet.cancelled.connect(self._on_cancelled)
        if self._counts_in_cents is not None:
            sheet.cash.count_in_cents(self._counts_in_cents)
        return sheet

    @property
    def is_open(self) -> bool:
        """Tell whether money is being taken."""
        return "sheet" in vars(self) and self.sheet.is_open

    def count_in_cents(self, in_cents: bool) -> None:  # noqa: FBT001 - a plain state
        """Let digits alone that are typed as cash be cents, as the house has decided, or whole units."""
        self._counts_in_cents = in_cents
        if "sheet" in vars(self):
            self.sheet.cash.count_in_cents(in_cents)
