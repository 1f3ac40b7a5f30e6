"""The one window: signing in, the screens of the person's role, and the lock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from pos_app.ui.look.dressing import dress
from pos_app.ui.screens.sign_in.lock_screen import LockScreen
from pos_app.ui.screens.sign_in.screen import SignInScreen
from pos_app.ui.unsaved import leave_widget, unsaved_in
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.sheets.keys import show_keys
from pos_app.ui.window.connection import ConnectionState
from pos_app.ui.window.given_up import ask_to_give_up
from pos_app.ui.window.idle_lock import IdleLock
from pos_app.ui.window.keys import tell_window_keys
from pos_app.ui.window.place import remember_place, restore_place, toggle_full_screen
from pos_app.ui.window.scans import Scans
from pos_app.ui.window.top_bar import TopBar
from pos_app.ui.window.work_page import WorkPage
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.roles import Actor, Permission
    from pos_app.ui.window.connection import Connection

IDLE_SECONDS: Final = 300
_SESSION_ENDS_MS: Final = 60_000  # somebody may call the end of it off: after this time the window asks again


@dataclass(frozen=True, slots=True)
class _Screen:
    widget: QWidget
    permission: Permission | None


class MainWindow(QMainWindow):
    """Holds the screens that others add, and shows what the person at the till may use.

    Signals:
        signed_out(): nobody is signed in any more.
        locked(): the person must give PIN or password again.
        screen_changed(str): the key of the screen that is now open.
    """

    signed_out = Signal()
    locked = Signal()
    screen_changed = Signal(str)

    def __init__(self, *, idle_seconds: int = IDLE_SECONDS) -> None:
        super().__init__()
        self.setWindowTitle("Foyer")
        self._screens: dict[str, _Screen] = {}
        self._actor: Actor | None = None
        self._has_pin = False
        self._seats_held, self._payment_open = 0, False
        self.reason_to_stay: Callable[[], Message | None] = lambda: None  # says why it must not be closed now
        self.may_go: Callable[[], bool] = lambda: True  # asks the person where something is to be decided first
        self.hand_over: Callable[[Callable[[], object]], object] = lambda go_on: go_on()
        """Leaves what the person has not finished to whoever comes next, and goes on then."""
        self.start_exchange: Callable[[int, Sequence[int]], object] = lambda _order, _lines: None
        self._session_ends = QTimer(self, singleShot=True, interval=_SESSION_ENDS_MS)
        self._setup: QWidget | None = None
        self.top_bar = TopBar()
        self.top_bar.screen_chosen.connect(self.show_screen)
        self.top_bar.lock_asked.connect(self.lock)
        self.banner = Banner()
        self.sign_in_screen = SignInScreen()
        self._locked_connection = ConnectionState()
        self.lock_screen = LockScreen(self._locked_connection)
        self.lock_screen.somebody_else_asked.connect(self._on_somebody_else)
        self._stack = QStackedWidget()
        self._work = WorkPage(self.top_bar, self.banner, self._stack)
        self._pages = QStackedWidget()
        for page in (self.sign_in_screen, self._work, self.lock_screen):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        entrances = self.lock_screen, self.sign_in_screen
        self.scans = Scans(self._pages, self._work, *entrances, lambda: self.current_screen, self)
        self.idle_lock = IdleLock(idle_seconds, lambda: self.current_screen, self)
        self.idle_lock.set_seconds("door", 0)  # a gate waits for its guests
        self.idle_lock.idled.connect(self.lock)
        keys: dict[str, Callable[[], object]] = {"Ctrl+L": self.lock, "F1": self._on_keys, "Ctrl+Q": self.close}
        keys["Ctrl+Shift+F"] = partial(toggle_full_screen, self)
        self._keys = [QShortcut(QKeySequence(pressed), self, do) for pressed, do in keys.items()]
        for part in (self.top_bar, self.banner, self.sign_in_screen, self.lock_screen):
            dress(part)
        tell_window_keys(self, self._work)
        restore_place(self)

    @property
    def actor(self) -> Actor | None:
        """Return who is signed in."""
        return self._actor

    @property
    def current_screen(self) -> str:
        """Return the key of the open screen, or "" when there is none."""
        open_widget = self._stack.currentWidget()
        return next((key for key, screen in self._screens.items() if screen.widget is open_widget), "")

    @property
    def page(self) -> QWidget:
        """Return what fills the window: signing in, the screens, or the lock."""
        return self._pages.currentWidget() or self

    @property
    def is_locked(self) -> bool:
        """Tell whether the person must unlock first."""
        return self._pages.currentWidget() is self.lock_screen

    def add_screen(self, key: str, title: str, icon: str, widget: QWidget, permission: Permission | None) -> None:
        """Add a screen; its button is shown to those who have the permission (None: to everybody)."""
        self._screens[key] = _Screen(widget, permission)
        self._stack.addWidget(widget)
        dress(widget)
        self.top_bar.add_screen(key, title, icon)

    def remove_screens(self) -> None:
        """Put all screens away, for the next person's."""
        for screen in self._screens.values():
            self._stack.removeWidget(screen.widget)
            screen.widget.hide()
            screen.widget.deleteLater()
        self._screens.clear()
        self.top_bar.remove_screens()

    def enter(self, actor: Actor, *, has_pin: bool = False) -> None:
        """Open the first screen of somebody who has signed in; has_pin: unlock by PIN."""
        self._actor = actor
        self._has_pin = has_pin
        self.banner.dismiss()
        mine = self._screens_of(actor)
        self.top_bar.show_for(mine, f"{actor.till_name} · {actor.name}")
        self._pages.setCurrentWidget(self._work)
        self.idle_lock.start()
        if mine:
            self.show_screen(mine[0])

    def show_screen(self, key: str) -> None:
        """Open a screen that the person may use; others are ignored."""
        if self._actor is None or self.is_locked or key not in self._screens_of(self._actor):
            return
        changed = key != self.current_screen
        self._stack.setCurrentWidget(self._screens[key].widget)
        self.top_bar.mark(key)
        self._screens[key].widget.setFocus()
        self.idle_lock.start()
        if changed or not self._stack.isVisible():
            self.screen_changed.emit(key)

    def lock(self) -> None:
        """Ask for PIN or password again; screens and basket stay as they are. Not while a payment is open."""
        if self._actor is None or self.is_locked or self._payment_open:
            return
        self.idle_lock.stop()
        self._pages.setCurrentWidget(self.lock_screen)
        self.lock_screen.show_locked(self._actor, has_pin=self._has_pin)
        self.locked.emit()

    def unlock(self) -> None:
        """Go on where the person was."""
        if self._actor is not None and self.is_locked:
            self._pages.setCurrentWidget(self._work)
            self.idle_lock.start()
            sheets = [sheet for sheet in self._work.findChildren(Sheet) if sheet.is_open]
            (sheets[-1] if sheets else self._stack.currentWidget() or self).setFocus()

    def sign_out(self) -> None:
        """Go back to signing in; the caller shows the choices anew."""
        self._actor = None
        self.idle_lock.stop()
        self._pages.setCurrentWidget(self.sign_in_screen)
        self.signed_out.emit()

    def unsaved(self) -> tuple[str, ...]:
        """Name what is unsaved in any screen."""
        return tuple(line for screen in self._screens.values() for line in unsaved_in(screen.widget))

    def give_up_unsaved(self, go_on: Callable[[], object]) -> None:
        """Go on to somebody else; where the person before left something unsaved, ask first and name it."""
        unsaved = self.unsaved()
        if not unsaved or self._actor is None:
            go_on()
        else:
            ask_to_give_up(self.lock_screen, self._actor.name, unsaved, go_on)

    def show_setup(self, page: QWidget) -> None:
        """Show the pages of the first start in the place of signing in."""
        self.end_setup()
        self._setup = page
        self._pages.addWidget(page)
        dress(page)
        self._pages.setCurrentWidget(page)

    def end_setup(self) -> None:
        """Go back to signing in."""
        if self._setup is None:
            return
        self._pages.setCurrentWidget(self.sign_in_screen)
        self._pages.removeWidget(self._setup)
        self._setup.hide()
        self._setup.deleteLater()
        self._setup = None

    def show_held(self, seats: int, seconds_left: int) -> None:
        """While seats are held for a customer, nobody but a manager gets in over them."""
        self._seats_held = seats
        self.lock_screen.show_held(seats, seconds_left)

    def set_payment_open(self, is_open: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """While money changes hands, the till does not lock itself."""
        self._payment_open = is_open
        self.idle_lock.pause(is_open)

    def show_connection(self, connection: Connection) -> None:
        """Show that the database answered just now, or that it does not."""
        for state in (self.top_bar.connection, self._locked_connection):
            state.show_connection(connection)

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - takes Background.busy_changed
        """Show that something takes longer than usual."""
        self.top_bar.busy.setVisible(busy)

    def show_message(self, message: Message, seconds: int = 0) -> None:
        """Say something under the top bar, for some seconds or until it is closed; while signing in, in its card."""
        if self._pages.currentWidget() is self.sign_in_screen:
            self.sign_in_screen.show_notice(message.text, message.advice)
            return
        self.banner.show_message(message, seconds=seconds)

    def show_error(self, error: Exception) -> None:
        """Say what went wrong; takes Background.unhandled."""
        self.show_message(message_for(error))

    def show_orphan(self, outcome: object) -> None:
        """Say what became of a change whose screen was closed meanwhile; takes Background.orphaned."""
        if isinstance(outcome, Exception):
            self.show_error(outcome)
        else:
            text = self.tr("A change asked for earlier went through after its screen was closed.")
            self.show_message(Message(text, self.tr("Look at the last orders to see it."), Level.INFO))

    def _screens_of(self, actor: Actor) -> list[str]:
        return [key for key, one in self._screens.items() if one.permission is None or actor.may(one.permission)]

    def _on_somebody_else(self) -> None:
        if not self._seats_held:
            self.give_up_unsaved(lambda: self.hand_over(self.sign_out))

    def _close_when_saved(self, key: str) -> None:
        """Ask in the screen that has something unsaved; while locked only the person who left it can save it."""
        if self.is_locked:
            self.give_up_unsaved(self._close_at_once)
        else:
            self.show_screen(key)
            leave_widget(self._screens[key].widget, self.close)

    def _close_at_once(self) -> None:
        self.remove_screens()
        self.close()

    def _on_keys(self) -> None:
        show_keys((self._stack.currentWidget() if self.page is self._work else self.page) or self)

    def setVisible(self, visible: bool) -> None:  # noqa: FBT001 - Qt's signature
        """Hear the scanner while the window is shown."""
        super().setVisible(visible)
        self.scans.wedge.set_enabled(visible)

    def end_with_session(self) -> None:
        """The session of this computer ends, and no question can be asked: what is not finished is kept."""
        self._session_ends.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window was; with something unsaved, or a customer at the counter, ask first."""
        if not self._session_ends.isActive() and not self._may_close():
            event.ignore()
            return
        remember_place(self)
        self.idle_lock.stop()
        super().closeEvent(event)

    def _may_close(self) -> bool:
        if (reason := self.reason_to_stay()) is not None:
            self.show_message(reason, seconds=8)
            return False
        if unsaved := next((key for key, screen in self._screens.items() if unsaved_in(screen.widget)), ""):
            self._close_when_saved(unsaved)
            return False
        return self.may_go()
