"""Before the window goes: what becomes of the seats of a customer, and of tickets that are not out yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.codes import grouped
from pos_app.services.selling.holds import release_seats
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words import counted_places
from pos_app.ui.words.lists import following
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.screen import SellScreen
    from pos_app.ui.window.main_window import MainWindow
    from pos_app.ui.window.workplace import Workplace

PATIENCE_MS: Final = 3_000
"""How long the answer to a release is waited for, before the person is told that it does not come."""


class HeldSeatsSheet(Sheet):
    """Asks what becomes of seats that are held: they are kept, unless the person says otherwise.

    Signals: kept(), released(): what the person chose; cancelled(): the window stays.
    """

    kept = Signal()
    released = Signal()

    def __init__(self, parent: QWidget, sell: SellScreen, *, may_release: bool, answers: bool) -> None:
        """may_release: the person at the till is the one whose basket it is. answers: the server does, just now."""
        title = counted_places.held_for_basket(sell.hold.basket.places())
        super().__init__(parent, title, width=520)
        self._hold = sell.hold
        self._trouble = "" if answers else self._silent()
        self._words = text_label("", wrap=True)
        self._advice = text_label("", "strong", tone="warn", wrap=True)
        self.body.addWidget(self._words)
        self.body.addWidget(self._advice)
        self._keep = self.add_button(self.tr("Keep them"), "Return", variant="primary")
        self._keep.clicked.connect(self.kept)
        self._release = self.add_button(self.tr("Release them"), variant="danger")
        self._release.clicked.connect(self._on_release)
        self._release.setVisible(may_release and answers)
        self.add_button(self.tr("Stay"), "Esc").clicked.connect(self.cancel)
        self._hold.ticked.connect(self._tell)
        self._hold.expired.connect(self.cancel)
        self._tell()
        self.setAccessibleDescription(following(self._words.text(), self._advice.text()))

    def show_silence(self) -> None:
        """The server does not answer: the seats cannot be released now."""
        self._trouble = self._silent()
        self._release.hide()
        self._tell()

    def _on_release(self) -> None:
        self._release.setEnabled(False)
        self._release.set_words(self.tr("Releasing…"))
        self.released.emit()

    def _silent(self) -> str:
        return self.tr("The server does not answer, so they cannot be released now.")

    def _tell(self) -> None:
        left = shown_countdown(self._hold.seconds_left)
        words = self.tr("Kept, they stay held for another {0}. The next start on this till brings the basket back.")
        self._words.setText(words.format(left))
        say(self._advice, self._trouble)


class Closing(QObject):
    """Decides whether the window may go, and asks where a customer is concerned. No signals.

    Nothing is asked at the end of a session, or of a sale whose end is not known: then all is kept, and the next start
    tells of it.
    """

    def __init__(self, window: MainWindow, background: Background, workplace: Callable[[], Workplace | None]) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._workplace = workplace
        self._is_decided = False
        self._sheet: Sheet | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._on_silence)

    def may_go(self) -> bool:
        """Tell whether the window may go now; where it may not, the person is asked, and it is closed by the answer."""
        workplace = self._workplace()
        may_go = self._is_free(workplace)
        if may_go and workplace is not None:
            workplace.leave_pick_up()
        return may_go

    def _is_free(self, workplace: Workplace | None) -> bool:
        sell = None if workplace is None else workplace.sell
        if self._is_decided or workplace is None or sell is None or sell.checkout.taking.is_unsettled:
            return True
        if self._sheet is not None and self._sheet.isVisible():
            return False
        if self._sheet is not None:
            self._sheet.close_sheet()  # under the lock, nobody can answer it
        if sell.has_basket:
            self._ask_of_seats(sell, answers=not workplace.server.is_lost)
            return False
        if sell.tickets.sale is not None and sell.tickets.is_owed:
            self._ask_of_tickets(sell.tickets.sale.number)
            return False
        return True

    def _ask_of_seats(self, sell: SellScreen, *, answers: bool) -> None:
        locked = self._window.is_locked
        sheet = HeldSeatsSheet(self._window.page, sell, may_release=not locked, answers=answers)
        sheet.kept.connect(self._go)
        sheet.released.connect(lambda: self._release(sell))
        self._open(sheet)

    def _ask_of_tickets(self, number: str) -> None:
        sheet = confirm(
            self._window.page,
            self.tr("The tickets of order {0} are not out yet").format(grouped(number)),
            self.tr("The sale stands. The next start on this till shows the order again, and F6 prints its tickets."),
            yes=self.tr("Close all the same"),
            no=self.tr("Stay"),
            danger=False,
        )
        sheet.confirmed.connect(self._go)
        self._open(sheet)

    def _open(self, sheet: Sheet) -> None:
        self._sheet = sheet
        sheet.closed.connect(self._on_closed)
        if not sheet.is_open:
            sheet.open()

    def _on_closed(self) -> None:
        self._sheet = None
        self._patience.stop()

    def _release(self, sell: SellScreen) -> None:
        """Release the seats, and go once the server has said so: until then the basket stays as it is."""
        self._patience.start()
        key = sell.hold.basket.key

        def done(_left: object) -> None:
            if sell.hold.basket.key == key:
                sell.hold.finish()
            if self._sheet is not None:
                self._go()

        self._background.write(self, release_seats, key).then(done, lambda _error: self._on_silence())

    def _on_silence(self) -> None:
        self._patience.stop()
        if isinstance(self._sheet, HeldSeatsSheet):
            self._sheet.show_silence()

    def _go(self) -> None:
        self._is_decided = True
        if self._sheet is not None:
            self._sheet.close_sheet()
        self._window.close()
