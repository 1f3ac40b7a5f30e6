"""What a cancellation meets, and why it is done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QApplication

from pos_app.domain.codes import grouped
from pos_app.domain.sentences import say_count
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words.amounts import shown_amount, shown_number, shown_sum
from pos_app.ui.words.evenings import shown_dated_when
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.performances import AffectedOrder, Cancellation

_TABLE_HEIGHT: Final = 190
_WIDTH: Final = 760


class CancelSheet(ReasonSheet):
    """Lists tickets, money, baskets and orders before anything happens; the orders can be copied and exported.

    Signals: given(Reason) of ReasonSheet. export_asked(): write the orders to a file.
    """

    export_asked = Signal()

    def __init__(self, parent: QWidget, met: Sequence[Cancellation]) -> None:
        super().__init__(
            parent,
            _title(met),
            choices=(_tr("Illness"), _tr("Technical fault"), _tr("Too few tickets sold"), _tr("Weather")),
            yes=spoken_count("Cancel {count} performance", "Cancel {count} performances", len(met)),
            danger=True,
            width=_WIDTH,
        )
        self.no.set_words(self.tr("Keep it") if len(met) == 1 else self.tr("Keep them"))
        self.orders = _orders(met)
        lines = self._lines(met)
        self.setAccessibleDescription(following(*lines))
        for at, line in enumerate(lines):
            self.body.insertWidget(at, text_label(f"•  {line}", wrap=True))
        if self.orders:
            self._add_orders(len(lines))

    def refuse(self, error: Exception) -> None:
        """Say inside why nothing was cancelled."""
        self.show_sentence(message_for(error).sentence)

    def show_sentence(self, sentence: str) -> None:
        """Say something inside."""
        self._wrong.tell(sentence)
        self.yes.setEnabled(True)

    def copy_orders(self) -> None:
        """Put the order numbers on the clipboard, a line each."""
        QApplication.clipboard().setText("\n".join(grouped(one.number) for one in self.orders))
        self._copy.setText(self.tr("Copied"))

    def _lines(self, met: Sequence[Cancellation]) -> list[str]:
        tickets, held = sum(one.tickets for one in met), sum(one.held for one in met)
        inside = sum(one.inside for one in met)
        lines = [self.tr("Nobody can buy from now on, at no till.")]
        if tickets:
            paid = shown_sum((one.paid_minor, one.currency) for one in met)
            lines.append(
                spoken_count(
                    "{count} ticket {in_orders} is sold, for {paid}. It lets nobody in any more.",
                    "{count} tickets {in_orders} are sold, for {paid}. They let nobody in any more.",
                    tickets,
                    in_orders=say_count("in {count} order", "in {count} orders", len(self.orders)),
                    paid=paid,
                )
            )
            lines.append(self.tr("No money is paid back by this: the orders stay, to be settled in the work list."))
        else:
            lines.append(self.tr("No ticket is sold."))
        if held:
            lines.append(
                spoken_count(
                    "{count} place is in a basket or reserved: the till is told when it wants to take the money.",
                    "{count} places are in a basket or reserved: the till is told when it wants to take the money.",
                    held,
                )
            )
        if inside:
            lines.append(spoken_count("{count} guest is inside.", "{count} guests are inside.", inside))
        lines += _waiting_lines(met)
        lines.append(self.tr("It can be taken back: “Reinstate” makes the tickets good again."))
        return lines

    def _add_orders(self, at: int) -> None:
        columns: tuple[Column[AffectedOrder], ...] = (
            Column("order", self.tr("Order"), lambda one: grouped(one.number), width=130, strong=True),
            Column("name", self.tr("Name"), lambda one: one.name),
            Column("contact", self.tr("Contact"), lambda one: one.email or one.phone, width=190),
            Column(
                "tickets",
                self.tr("Tickets"),
                lambda one: shown_number(one.tickets),
                lambda one: one.tickets,
                width=84,
                right=True,
            ),
            Column(
                "paid",
                self.tr("Paid"),
                lambda one: shown_amount(one.paid_minor, one.currency),
                lambda one: one.paid_minor,
                width=100,
                right=True,
            ),
        )
        table = RecordTable(
            "affected_orders", columns, lambda one: (one.number, one.currency), lambda one: (one.number, one.name)
        )
        table.show_records(self.orders)
        self.body.insertWidget(at, table)
        self.let_give_way(table, _TABLE_HEIGHT)
        self._copy = text_button(self.tr("Copy the order numbers"))
        self._copy.clicked.connect(self.copy_orders)
        self.export_button = text_button(self.tr("Export with names…"), icon_name="floppy-disk")
        self.export_button.clicked.connect(self.export_asked)
        self.body.insertLayout(at + 1, row(self._copy, self.export_button, 1, spacing=8))


def _title(met: Sequence[Cancellation]) -> str:
    """Ask about one by its name, about several by their number."""
    if len(met) > 1:
        return spoken_count("Cancel {count} performance?", "Cancel {count} performances?", len(met))
    one = met[0]
    return _tr("Cancel {0}?").format(f"{one.title}, {shown_dated_when(one)}")


def _waiting_lines(met: Sequence[Cancellation]) -> list[str]:
    """Say who waits, and what is on resale: nobody of them is told by the cancellation alone."""
    parties, resales = sum(one.waiting.parties for one in met), sum(one.waiting.resales for one in met)
    lines = []
    if parties:
        lines.append(
            spoken_count(
                "{count} party waits for it: nothing is offered any more, and the work list tells it.",
                "{count} parties wait for it: nothing is offered any more, and the work list tells them.",
                parties,
            )
        )
    if resales:
        lines.append(
            spoken_count(
                "{count} ticket is on resale: nobody can buy its seat any more.",
                "{count} tickets are on resale: nobody can buy their seats any more.",
                resales,
            )
        )
    return lines


def _orders(met: Sequence[Cancellation]) -> tuple[AffectedOrder, ...]:
    """Put the orders of all performances together; an order may hold tickets of several."""
    found: dict[str, AffectedOrder] = {}
    for one in (order for cancellation in met for order in cancellation.orders):
        known = found.get(one.number)
        if known is None:
            found[one.number] = one
        else:
            found[one.number] = replace(
                known, tickets=known.tickets + one.tickets, paid_minor=known.paid_minor + one.paid_minor
            )
    return tuple(found.values())


def _tr(words: str) -> str:
    return QCoreApplication.translate("CancelSheet", words)
