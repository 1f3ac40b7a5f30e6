"""What is said of a reservation that was made, is not known, or was not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.selling.sales import PaymentMethod, Sale
from pos_app.ui.screens.selling.payment.done_words import DoneWords
from pos_app.ui.widgets.labels import breakable
from pos_app.ui.words.amounts import shown_amount, shown_number
from pos_app.ui.words.directions import isolated
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from pos_app.domain.orders.reservations import Reservation


def as_sale(made: Reservation) -> Sale:
    """Return a reservation as the panel has what was done last: nothing was paid, and no ticket is made."""
    return Sale(
        made.order_id, made.number, 0, 0, made.currency, PaymentMethod.FREE, (), customer_name=made.customer_name
    )


def done_words(made: Reservation) -> DoneWords:
    """Return what the panel says of a reservation: its number, its name, what is to pay, and until when."""
    rows = (
        (_tr("Name"), made.customer_name),
        (_tr("Seats"), shown_number(made.seats)),
        (_tr("To pay at pick-up"), shown_amount(made.total_minor, made.currency)),
    )
    until = shown_moment(made.release_at, made.time_zone)
    told = _tr("Not paid yet. What is not picked up by then goes back on sale.")
    if made.emailed_to:
        told = "\n".join((told, _tr("By e-mail to {0}.").format(breakable(made.emailed_to))))
    return DoneWords(_tr("Reserved · order"), rows, _tr("Kept until"), until, told)


def not_known() -> Message:
    """Say that it is not known whether seats are reserved."""
    words = _tr("It is not known yet whether it is reserved.")
    return Message(words, _tr("Foyer finds out as soon as the server answers: please wait."), Level.WARNING)


def is_reserved(made: Reservation) -> Message:
    """Say that what was not known turned out to be reserved."""
    words = _tr("Order {0} is reserved for {1} until {2}.")
    until = shown_moment(made.release_at, made.time_zone)
    told = words.format(grouped(made.number), isolated(made.customer_name), until)
    return Message(told, _tr("Its slip can be printed at the orders."), Level.OK)


def not_reserved() -> Message:
    """Say that what was not known turned out not to be reserved."""
    return Message(_tr("It was not reserved."), _tr("Enter tries again."), Level.WARNING)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Reserving", words)
