"""Somebody else at the lock while a basket is held: a manager gets in at once, the others when its time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.roles import Permission
from pos_app.services.selling.holds import release_seats
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words import counted_places
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.roles import Actor
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.screen import SellScreen
    from pos_app.ui.window.main_window import MainWindow


class Relief(QObject):
    """Lets another person in where the one before has left seats held.

    Signals: taken_over(Actor): enter, and go on with that customer. released(Actor, Message): enter; the seats are on
    sale again, as the message says.
    """

    taken_over = Signal(object)
    released = Signal(object, object)

    def __init__(self, window: MainWindow, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._background = background

    def ask(self, newcomer: Actor, sell: SellScreen) -> None:
        """Somebody has given name and secret at the lock of another one's basket."""
        holder = self._window.actor
        name = holder.name if holder is not None else ""
        refuse = self._window.lock_screen.show_refusal
        if sell.checkout.taking.is_unsettled:
            words = self.tr("It is not known yet whether the last sale of {0} was made.").format(name)
            refuse(words, self.tr("Foyer is asking the server. Try again in a moment."), 0)
        elif newcomer.may(Permission.MANAGE):
            self._ask_manager(newcomer, sell, name)
        else:
            time = shown_countdown(sell.hold.seconds_left)
            words = counted_places.holds_here(name, time, sell.hold.basket.places())
            refuse(words, self.tr("Sign in when that time is over. A manager gets in at once."), 0)

    def _ask_manager(self, manager: Actor, sell: SellScreen, name: str) -> None:
        lock, hold = self._window.lock_screen, sell.hold
        lock.begin_anew()
        places = hold.basket.places()
        sheet = Sheet(lock, counted_places.held_for_customer_of(name, places), width=560)
        left = text_label("", wrap=True)
        sheet.body.addWidget(left)

        def tell() -> None:
            words = self.tr("They are held for another {0}. Go on with this customer, or put the seats on sale again.")
            left.setText(words.format(shown_countdown(hold.seconds_left)))

        def answer(act: Callable[[], object]) -> None:
            sheet.close_sheet()
            self._window.give_up_unsaved(act)

        hold.ticked.connect(tell)
        sheet.closed.connect(lambda: hold.ticked.disconnect(tell))
        tell()
        go_on = sheet.add_button(self.tr("Go on with this customer"), "Return", variant="primary")
        go_on.clicked.connect(lambda: answer(lambda: self.taken_over.emit(manager)))
        release = sheet.add_button(counted_places.release_them(places), variant="danger")
        release.clicked.connect(lambda: answer(lambda: self._release(manager, sell, name)))
        sheet.add_button(self.tr("Stay locked"), "Esc").clicked.connect(sheet.cancel)
        sheet.closed.connect(lock.begin_anew)
        sheet.open()

    def _release(self, manager: Actor, sell: SellScreen, name: str) -> None:
        lock, hold = self._window.lock_screen, sell.hold
        places, key = hold.basket.places(), hold.basket.key
        lock.show_busy(self.tr("Releasing the seats…"))

        def done(_left: object) -> None:
            if hold.basket.key == key:
                hold.finish()
            words = counted_places.of_on_sale_again(name, places)
            self.released.emit(manager, Message(words, "", Level.OK))

        def failed(error: Exception) -> None:
            told = message_for(error)
            lock.show_refusal(told.text, told.advice, 0)

        self._background.write(self, release_seats, key).then(done, failed)
