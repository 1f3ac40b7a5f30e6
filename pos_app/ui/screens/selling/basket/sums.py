"""The sums below the lines of a basket, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.amounts import shown_amount

if TYPE_CHECKING:
    from pos_app.domain.selling.basket import Basket


@dataclass(frozen=True, slots=True)
class Sums:
    """rows: amounts with their names; caption and total: the one that is to be paid."""

    rows: tuple[tuple[str, str], ...]
    caption: str
    total: str


def sums_of(basket: Basket) -> Sums:
    """Return the sums of a basket: what leads to its total, where that is not the lines alone, and the total."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("BasketPanel", words)

    caption = tr("Total")
    if not basket.lines:
        return Sums((), caption, "")
    totals = basket.totals()
    rows: list[tuple[str, int]] = []
    if totals.fee_minor or totals.discount_minor:
        rows.append((tr("Subtotal"), totals.lines_minor))
    if totals.discount_minor:
        rows.append((tr("Saved"), -totals.discount_minor))
    if totals.fee_minor:
        rows.append((tr("Booking fee"), totals.fee_minor))
    told = tuple((words, shown_amount(amount, basket.currency)) for words, amount in rows)
    return Sums(told, caption, shown_amount(totals.total_minor, basket.currency))
