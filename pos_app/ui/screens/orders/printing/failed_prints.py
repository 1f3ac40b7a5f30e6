"""Tickets that are sold and set but not on paper, until somebody prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pos_app.domain.codes import grouped
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import IconLabel, text_label
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.flows.print_tickets import PrintedTickets

_MOST_SHOWN: Final = 3


class FailedPrint(QFrame):
    """One set of tickets. Signals: print_again_asked(), open_asked(), put_away_asked()."""

    print_again_asked = Signal()
    open_asked = Signal()
    put_away_asked = Signal()

    def __init__(self, printed: PrintedTickets, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.printed = printed
        self.setProperty("role", "panel")
        title = spoken_count(
            "Not printed: {order}, {count} ticket",
            "Not printed: {order}, {count} tickets",
            len(printed.faces),
            order=grouped(printed.order_number),
        )
        self.words = text_label("", "muted", wrap=True)
        self.again = KeyButton(self.tr("Print again"), icon_name="printer")
        self.again.clicked.connect(self.print_again_asked)
        open_button = KeyButton(self.tr("Open PDF"))
        open_button.clicked.connect(self.open_asked)
        away = icon_button("x", self.tr("Take this off the list"))
        away.clicked.connect(self.put_away_asked)
        lines = column(text_label(title, "strong"), self.words, spacing=1)
        sign = IconLabel("warning", 22, "warn")
        row(sign, (lines, 1), self.again, open_button, away, inside=self, margins=(16, 8, 8, 8), spacing=10)
        self.show_reason(why)

    def show_reason(self, why: str) -> None:
        """Say why they are not printed."""
        self.words.setText(why)
        self.again.setEnabled(True)

    def show_printing(self) -> None:
        """Wait for the printer."""
        self.words.setText(self.tr("Printing…"))
        self.again.setEnabled(False)


class FailedPrints(QWidget):
    """The newest ones; hidden while there is none.

    Signals: print_again_asked(PrintedTickets), open_asked(PrintedTickets).
    """

    print_again_asked = Signal(object)
    open_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strips: list[FailedPrint] = []
        self._more = text_label("", "muted")
        self._column = column(self._more, inside=self, spacing=8)
        self._arrange()

    @property
    def printed(self) -> tuple[PrintedTickets, ...]:
        """Return the tickets that are not on paper, the newest first."""
        return tuple(strip.printed for strip in self._strips)

    def add(self, printed: PrintedTickets, why: str) -> None:
        """List tickets, or say a newer reason for those that are listed."""
        known = self._strip_of(printed)
        if known is not None:
            known.show_reason(why)
            return
        strip = FailedPrint(printed, why)
        strip.print_again_asked.connect(lambda: self._on_again(strip))
        strip.open_asked.connect(lambda: self.open_asked.emit(printed))
        strip.put_away_asked.connect(lambda: self.remove(printed))
        self._strips.insert(0, strip)
        self._column.insertWidget(0, strip)
        self._arrange()

    def remove(self, printed: PrintedTickets) -> None:
        """Take tickets off the list."""
        strip = self._strip_of(printed)
        if strip is not None:
            self._strips.remove(strip)
            strip.hide()
            strip.deleteLater()
            self._arrange()

    def remove_order(self, order_number: str) -> None:
        """Take all tickets of an order off the list: they are void."""
        for printed in self.printed:
            if printed.order_number == order_number:
                self.remove(printed)

    def _strip_of(self, printed: PrintedTickets) -> FailedPrint | None:
        return next((strip for strip in self._strips if _prints_of(strip.printed) == _prints_of(printed)), None)

    def _arrange(self) -> None:
        for at, strip in enumerate(self._strips):
            strip.setVisible(at < _MOST_SHOWN)
        more = len(self._strips) - _MOST_SHOWN
        self._more.setText(self.tr("and {0} more").format(shown_number(more)))
        self._more.setVisible(more > 0)
        self.setVisible(bool(self._strips))

    def _on_again(self, strip: FailedPrint) -> None:
        strip.show_printing()
        self.print_again_asked.emit(strip.printed)


def _prints_of(printed: PrintedTickets) -> tuple[str, frozenset[tuple[int, int]]]:
    """Two sets are the same when they are the same prints of the same tickets."""
    return printed.order_number, frozenset((face.ticket_id, face.issue_count) for face in printed.faces)
