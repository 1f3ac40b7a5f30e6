"""What the panel says of what was just done at the counter: a sale, or an exchange."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.widgets.labels import breakable
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.payments import payment_words

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import Sale


@dataclass(frozen=True, slots=True)
class DoneWords:
    """caption: above the order's number. rows: amounts with their names. well, amount: the one that stands large.

    well: "" where nothing goes back over the counter. is_quiet: it is nothing. sentence: what the customer is told.
    """

    caption: str
    rows: tuple[tuple[str, str], ...]
    well: str
    amount: str
    sentence: str = ""
    is_quiet: bool = False


def sale_words(sale: Sale) -> DoneWords:
    """Return what is said of a sale."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("SoldPanel", words)

    change = shown_amount(sale.change_minor, sale.currency)
    well = tr("Change due") if sale.method.rule.gives_change else ""
    rows = (
        (tr("Total"), shown_amount(sale.total_minor, sale.currency)),
        (payment_words(sale.method).paid, shown_amount(sale.total_minor + sale.change_minor, sale.currency)),
    )
    name = tr("For {0}").format(sale.customer_name) if sale.waits and sale.customer_name else ""
    sent = tr("The tickets go to {0} by e-mail.").format(breakable(sale.emailed_to)) if sale.emailed_to else ""
    told = "\n".join(filter(None, (name, sent)))
    return DoneWords(tr("Sold · order"), rows, well, change, sentence=told, is_quiet=not sale.change_minor)
