"""What the payment sheet knows of the pane of a way to pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pos_app.domain.errors import PosError
    from pos_app.domain.selling.sales import PaymentMethod, Tender


class PaymentPane(QWidget):
    """Takes money in one way.

    Signals: changed() after each change of what will be taken.
    """

    changed = Signal()
    method: ClassVar[PaymentMethod]
    sheet_width: ClassVar[int] = 620

    def ask(self, total_minor: int, currency: str) -> None:
        """Begin with a total in minor units."""
        raise NotImplementedError

    def ask_no_more(self) -> None:
        """It is not sold: nothing asks for money any longer; what was typed stays, as it tells what was taken."""

    def tender(self) -> Tender:
        """Return what was given. Raises PosError while it does not pay the total."""
        raise NotImplementedError

    def doubt(self, tender: Tender) -> str:
        """Return what is asked once before a payment is taken that is hardly meant so; "" for any other."""
        del tender
        return ""

    def warn(self, doubt: str) -> None:
        """Ask at the field about what is in it; here nothing can be asked."""

    def words_to_confirm(self) -> str:
        """Return what the button says: what will be taken."""
        raise NotImplementedError

    def refuse(self, error: PosError) -> None:
        """Say at the field what is wrong with it; here nothing can be."""

    def take_keyboard(self) -> None:
        """Put the keyboard into the field; here is none."""
