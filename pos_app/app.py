"""The composition root: builds the parts, and puts them away in the right order."""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.sentences import say
from pos_app.domain.tills.kinds import TillKind
from pos_app.logs import start_logging
from pos_app.ui.background import HANG_UP_SECONDS, Background
from pos_app.ui.command_keys import CommandKeys
from pos_app.ui.garbage import GarbageCollector
from pos_app.ui.look.theme_choice import restore_theme
from pos_app.ui.qt_log import log_qt_messages
from pos_app.ui.qt_types import make_types
from pos_app.ui.window.connection import Connection
from pos_app.ui.window.first_start import FirstStart
from pos_app.ui.window.main_window import MainWindow
from pos_app.ui.words.messages import told_error
from pos_app.ui.words.sentences import spoken
from pos_app.ui.words.window_language import speak_through

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.computer.memory import TillMemory
    from pos_app.computer.settings import Settings
    from pos_app.devices.sound import SoundPlayer
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence
    from pos_app.opening.open_house import OpenHouse, OpenWith, Tell
    from pos_app.opening.opener import Opener
    from pos_app.ui.window.equipment import Equipment
    from pos_app.ui.window.signing_in import SigningIn
    from pos_app.ui.window.workplace import Workplace
    from pos_app.workers.housekeeping import HoldExpiry
    from pos_app.workers.outbox import Outbox

SWITCH_SECONDS: Final = 0.001
"""How often threads take turns: often, so that a worker that parses does not hold up a frame."""
CLOSING_SECONDS: Final = 2.0
"""How long the writes under way have when the window is closed; the person sees nothing of it."""


def make_application() -> QApplication:
    """Return the QApplication, dressed in the chosen theme."""
    sys.setswitchinterval(SWITCH_SECONDS)
    make_types()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["foyer"])
    app.setApplicationName("Foyer")
    app.setOrganizationName("Foyer")
    app.setDesktopFileName("foyer")
    speak_through(app)
    restore_theme(app)
    return app


class Foyer(QObject):
    """The running program: the window at once, everything heavy behind it.

    Signals: opened(): the box office is open for signing in. entered(Workplace): somebody has signed in.
    failed(PosError): it cannot be opened; the window says so and offers to try again.
    """

    opened = Signal()
    entered = Signal(object)
    failed = Signal(object)
    _progress = Signal(object)

    def __init__(
        self,
        settings: Settings,
        open_with: OpenWith,
        opener: Opener | None = None,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._open_with = open_with
        self._garbage = GarbageCollector(self)
        self._command_keys = CommandKeys(self)
        self.background = Background(parent=self)
        self.window = MainWindow(idle_seconds=settings.lock_after_seconds)
        self.house: OpenHouse | None = None
        self.signing_in: SigningIn | None = None
        self._memory: TillMemory | None = None
        self._expiry: HoldExpiry | None = None
        self.outbox: Outbox | None = None
        self._sounds: SoundPlayer | None = None
        self._closing = False
        self.background.unhandled.connect(self.window.show_error)
        self.background.orphaned.connect(self.window.show_orphan)
        self.background.busy_changed.connect(self.window.show_busy)
        self.window.sign_in_screen.retry_asked.connect(self.open)
        self.first_start: FirstStart | None = None
        if opener is not None:
            self.first_start = FirstStart(self.window, self.background, opener, self)
            self.first_start.ready.connect(self._on_ready)
        self._progress.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def workplace(self) -> Workplace | None:
        """Return the screens of who is signed in."""
        return None if self.signing_in is None else self.signing_in.workplace

    def start(self) -> None:
        """Show the window, then open the box office behind it."""
        self.window.show()
        self.window.sign_in_screen.show_busy(self.tr("Connecting to the box office…"))
        QTimer.singleShot(0, self, self.open)

    def open(self) -> None:
        """Open the box office; may be tried again."""
        self.window.sign_in_screen.show_busy(self.tr("Connecting to the box office…"))
        self.background.outside(self, _enter, self._open_with, self._tell, self._settings.state_folder).then(
            self._on_opened, self._on_failed
        )

    def _on_ready(self, settings: Settings) -> None:
        self._settings = settings
        self.open()

    def _tell(self, _share: float, sentence: Sentence) -> None:
        """Say how far it is; called on another thread."""
        self._progress.emit(sentence)

    def _show_progress(self, sentence: Sentence) -> None:
        self.window.sign_in_screen.show_busy(self.tr("{0}…").format(spoken(sentence)))

    def shut_down(self) -> None:
        """Stop the workers, finish the writes, close the connections; leave no thread.

        The window goes at once. A server that does not answer is not waited for: a sale that is under way stays in the
        journal and is settled at the next start; seats that are held stay so for their time.
        """
        self._closing = True
        self.window.hide()
        if self.first_start is not None:
            self.first_start.stop()
        if self.signing_in is not None:
            self.signing_in.close()
        if self._expiry is not None:
            self._expiry.stop(0)
        if self.outbox is not None:
            self.outbox.stop(0)
        self.background.shut_down(patience=CLOSING_SECONDS, hang_up=self._hang_up)
        while self._expiry is not None and not self._expiry.stop(HANG_UP_SECONDS):
            self._hang_up()
        if self.outbox is not None:
            self.outbox.stop(HANG_UP_SECONDS)
        if self._sounds is not None:
            self._sounds.close()
        if self._memory is not None:
            self._memory.close()
        if self.house is not None:
            self.house.database.close()
        self.window.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._garbage.stop()

    def _hang_up(self) -> None:
        if self.house is not None:
            self.house.database.hang_up()

    def _on_opened(self, opened: tuple[OpenHouse, TillMemory]) -> None:
        house, memory = opened
        if self._closing:
            memory.close()
            house.database.close()
            return
        from pos_app.devices.sound import SoundPlayer
        from pos_app.flows.erase_customer import forget_on_this_computer
        from pos_app.ui.window.equipment import Equipment
        from pos_app.ui.window.signing_in import SigningIn
        from pos_app.workers.housekeeping import HoldExpiry
        from pos_app.workers.outbox import Outbox

        self.house = house
        self._memory = memory
        self.background.use(house.database)
        self._sounds = SoundPlayer(muted=not self._settings.sounds)
        equipment = Equipment(self._settings, house.identity, house.till, memory, self._sounds)
        # A gate's account could not give seats back, and a door has other work: the counters do it.
        expires = house.till.kind is not TillKind.GATE
        forget = partial(
            forget_on_this_computer,
            tickets_folder=self._settings.save_tickets_in,
            state_folder=self._settings.state_folder,
        )
        self._expiry = HoldExpiry(
            house.database,
            till_id=house.till.till_id,
            expires=expires,
            forget_people=forget if expires else None,
        )
        self._expiry.start()
        if expires:
            self.outbox = Outbox(house.database, identity=house.identity, till_id=house.till.till_id)
            self.outbox.start()
        self.signing_in = SigningIn(self.window, self.background, equipment, house.choices, self._make_workplace)
        self.signing_in.entered.connect(self.entered)
        self.window.show_connection(Connection.ONLINE)
        # While the person types: the screens and what they need, half a second of importing.
        imported = self.background.compute(self, import_module, "pos_app.ui.window.workplace")
        imported.then(lambda _module: self._garbage.set_aside())
        self.opened.emit()

    def _make_workplace(self, equipment: Equipment, actor: Actor) -> Workplace:
        from pos_app.ui.window.workplace import Workplace

        return Workplace(self.window, self.background, equipment, actor)

    def _on_failed(self, error: Exception) -> None:
        from pos_app.computer.memory import has_left

        told = told_error(error)
        if has_left(self._settings.state_folder):
            told = told.advising(_about_cut_off(told.advice))
        if self.first_start is None or not self.first_start.offer_remedy(told):
            self.window.sign_in_screen.show_problem(told)
        self.failed.emit(told)


def _about_cut_off(advice: Sentence) -> Sentence:
    """Say what is told besides the next step where a sale was cut off."""
    if not advice:
        return say("A sale was cut off at this till. What became of it is told as soon as the server answers.")
    return say(
        "{advice} A sale was cut off at this till. What became of it is told as soon as the server answers.",
        advice=advice,
    )


def _enter(
    open_with: OpenWith,
    tell: Tell,
    state_folder: Path,
) -> tuple[OpenHouse, TillMemory]:
    """Open a box office, and what this till remembers of it; runs on a worker."""
    from pos_app.computer.memory import TillMemory

    house = open_with(tell)
    try:
        address = house.database.address
        name = address.shown() if address.path is None else str(address.path.resolve())
        return house, TillMemory(state_folder, name, house.till.till_id)
    except OSError:
        house.database.close()
        raise


def run(
    settings: Settings,
    open_with: OpenWith,
    opener: Opener | None = None,
) -> int:
    """Run the program until its window is closed; returns the exit code."""
    start_logging(conceal=mask_card_numbers)
    app = make_application()
    log_qt_messages()
    foyer = Foyer(settings, open_with, opener)
    app.commitDataRequest.connect(lambda _session: foyer.window.end_with_session())
    foyer.start()
    code = app.exec()
    foyer.shut_down()
    return code
