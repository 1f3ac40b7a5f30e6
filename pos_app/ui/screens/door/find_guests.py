"""Find a guest who has no paper: by order number, name or seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from pos_app.domain.codes import grouped
from pos_app.ui.screens.door.keys import finder_keys
from pos_app.ui.screens.door.two_lines import TwoLineList, TwoLines
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.places import place_words
from pos_app.ui.words.times import shown_day

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import GuestTicket
    from pos_app.domain.door.finding import FoundGuests

SHORTEST_QUERY: Final = 2
_TYPING_PAUSE_MILLISECONDS: Final = 250
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class FindGuests(QWidget):
    """A search field, what it found, and a button that names whom it lets in.

    Signals:
        query_changed(str): the steward stopped typing; at least two characters.
        admit_asked(GuestTicket): the guest chosen shall be let in (or out, while guests are leaving).
        closed(): Escape was pressed.
    """

    query_changed = Signal(str)
    admit_asked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leaving = False
        tell_keys(self, finder_keys)
        self.field = QLineEdit(placeholderText=self.tr("Order number, name or seat"))
        self.field.setAccessibleName(self.tr("Find a guest by order number, name or seat"))
        bound_line(self.field, 80)
        self.field.setClearButtonEnabled(True)
        self.results = TwoLineList()
        self.results.setAccessibleName(self.tr("Guests found"))
        self._hint = text_label("", "muted", wrap=True)
        self._confirm = text_label("", "strong", wrap=True)
        self.admit_button = Button()
        self.admit_button.setProperty("variant", "primary")
        self.admit_button.setProperty("size", "large")
        column(self.field, self._hint, (self.results, 1), self._confirm, self.admit_button, inside=self, spacing=8)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MILLISECONDS)
        self._typing.timeout.connect(self._on_typing_paused)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.results.currentItemChanged.connect(lambda _now, _before: self._describe_choice())
        self.admit_button.clicked.connect(self._on_admit_clicked)
        for widget in (self.field, self.results, self.admit_button):
            widget.installEventFilter(self)
        self.clear()

    @property
    def chosen(self) -> GuestTicket | None:
        """The guest chosen in the list."""
        item: QListWidgetItem | None = self.results.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def clear(self) -> None:
        """Forget the search."""
        self.field.clear()
        self._typing.stop()
        self.show_nobody(self.tr("Type at least two characters."))

    def set_leaving(self, leaving: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Say whether the guest chosen comes in or goes out."""
        self._leaving = leaving
        self._describe_choice()

    def show_guests(self, found: FoundGuests) -> None:
        """Show what was found, and say whether there is more; one guest alone is chosen at once."""
        self.results.clear()
        for guest in found.guests:
            self.results.add_row(self._row_of(guest, found.time_zone), guest)
        if len(found.guests) == 1:
            self.results.setCurrentRow(0)
        if found.more:
            first = self.tr("The first {0} of more. Type more of the name, or the seat.")
            self._hint.setText(first.format(shown_number(len(found.guests))))
        else:
            self._hint.setText(self.tr("Nobody found. Try the order number or the last name."))
        self._hint.setVisible(found.more or not found.guests)
        self._describe_choice()

    def show_searching(self) -> None:
        """Say that it is not known yet who is found; who was found before stays until then."""
        if not self.results.count():
            self.show_nobody(self.tr("Searching…"))

    def show_nobody(self, why: str) -> None:
        """Show an empty list, and say why it is empty."""
        self.results.clear()
        self._hint.setText(why)
        self._hint.show()
        self._describe_choice()

    def _row_of(self, guest: GuestTicket, time_zone: str) -> TwoLines:
        if guest.void:
            icon, tone, state = "prohibit", "danger", self._gone_words(guest, time_zone)
        elif guest.unpaid:
            icon, tone, state = "prohibit", "danger", self.tr("not paid")
        elif guest.inside:
            icon, tone, state = "check-circle", "ok", self.tr("inside")
        else:
            icon, tone, state = "ticket", "muted", ""
        return TwoLines(
            icon=icon,
            tone=tone,
            upper=guest.customer_name or self.tr("No name"),
            lower=side_by_side(state, place_words(guest.place), guest.ticket_type),
            # Never cut off: several guests of one name are told apart by it.
            right=grouped(guest.order_number),
            faded=not guest.is_good,
        )

    def _gone_words(self, guest: GuestTicket, time_zone: str) -> str:
        """Say what became of a ticket, so that nobody takes its guest for one who does not come."""
        what = {"returned": self.tr("refunded {0}"), "exchanged": self.tr("exchanged {0}")}.get(guest.became)
        if what is None or guest.gone_at is None:
            return self.tr("void")
        return what.format(shown_day(guest.gone_at, time_zone))

    def _describe_choice(self) -> None:
        guest = self.chosen
        self._confirm.setVisible(guest is not None)
        self.admit_button.setVisible(guest is not None)
        if guest is None:
            return
        number = grouped(guest.order_number)
        name = guest.customer_name or number
        self._confirm.setText("\n".join((place_words(guest.place), f"{guest.ticket_type} · {number}")))
        self.admit_button.setEnabled(guest.is_good)
        if guest.void:
            label = self.tr("This ticket is void")
        elif guest.unpaid:
            label = self.tr("Not paid: to the box office")
        elif self._leaving:
            label = self.tr("Let out {0}").format(name)
        else:
            label = self.tr("Admit {0}").format(name)
        self.admit_button.setToolTip(label)
        self.admit_button.setAccessibleName(label)
        room = max(120, self.width() - 36)
        shown = self.admit_button.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room)
        self.admit_button.setText(shown.replace("&", "&&"))

    def _on_typing_paused(self) -> None:
        query = self.field.text().strip()
        # A family name in Chinese is one letter, and so may be a picture in a name.
        if len(query) >= SHORTEST_QUERY or (query and not query.isascii()):
            self.query_changed.emit(query)
            return
        self.show_nobody(self.tr("Type at least two characters."))

    def _on_admit_clicked(self) -> None:
        guest = self.chosen
        if guest is not None and guest.is_good:
            self.admit_asked.emit(guest)

    def _on_enter_pressed(self, where: QObject) -> None:
        if where is self.field and self.results.count():
            self.results.setFocus()
            if self.results.currentRow() < 0:
                self.results.setCurrentRow(0)
        elif where is self.field:
            self._typing.stop()
            self._on_typing_paused()
        elif where is self.results and self.chosen is not None:
            self.admit_button.setFocus()
        elif where is self.admit_button:
            self.admit_button.click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk from field to list to button with Enter, and leave with Escape.

        Not by shortcuts: those come before the scanner's filter, and a scan's Enter would admit whoever is chosen.
        """
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return True
        if event.key() in _ENTER:
            self._on_enter_pressed(watched)
            return True
        if event.key() == Qt.Key.Key_Down and watched is self.field and self.results.count():
            self._on_enter_pressed(watched)
            return True
        return False
