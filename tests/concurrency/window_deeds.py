"""A cashier's window as a process of its own, which kills itself with SIGKILL at a named point of a sale."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEventLoop, Qt, QTimer

from pos_app import app
from pos_app.computer.journal import Journal
from pos_app.db.database import Database
from pos_app.domain.roles import Role
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.flows import print_tickets, sell
from pos_app.services.selling.holds import extend_hold, place_hold
from pos_app.services.selling.sales import sell as sell_service
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.window import workplace
from tests.concurrency.till import tell
from tests.evening import start_evening
from tests.houses import OpenHouse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtCore import SignalInstance
    from pytestqt.qtbot import QtBot

    from tests.concurrency.till import Till
    from tests.evening import Evening
    from tests.small_house import SmallHouse

SCREENS = workplace.__name__
"""Imported before the fork, as the screens are slow to import."""
CODE = "WINTER10"
CUSTOMER = "Anna Guest"
NOTE = "front row next time"


class PatientHands:
    """What an Evening needs of pytest-qt, in a process without pytest."""

    def waitUntil(self, condition: Callable[[], bool], *, timeout: int = 90_000) -> None:  # noqa: N802 - as pytest-qt calls it
        deadline = time.monotonic() + timeout / 1000
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("It did not happen in time.")
            turn = QEventLoop()
            QTimer.singleShot(10, turn.quit)
            turn.exec()

    def addWidget(self, _widget: object) -> None:  # noqa: N802 - as pytest-qt calls it
        pass

    @contextmanager
    def waitSignal(self, wanted: SignalInstance) -> Iterator[None]:  # noqa: N802 - as pytest-qt calls it
        heard: list[bool] = []
        wanted.connect(lambda *_: heard.append(True))
        yield
        self.waitUntil(lambda: bool(heard))


def sell_until(
    till: Till, *, folder: str, seats: list[int], child_id: int, kill_at: str, without: Sequence[str] = ()
) -> None:
    """Sell two seats with all that a sale can have, and die at the point that is named.

    without: methods of the journal that do nothing, to show that they are needed.
    """
    _arm(kill_at)
    for name in without:
        setattr(Journal, name, lambda *_: None)
    application = app.make_application()  # kept: without a reference it would be gone
    house = OpenHouse(str(till.database.address), till.database, cast("SmallHouse", None))
    hands = cast("QtBot", PatientHands())
    evening = start_evening(hands, house, Path(folder))
    evening.sign_in(Role.CASHIER)
    _sell(evening, seats, child_id, kill_at)
    application.quit()


def _sell(evening: Evening, seats: list[int], child_id: int, kill_at: str) -> None:
    screen = evening.sell
    hold, checkout = screen.hold, screen.checkout
    evening.wait(lambda: screen.live.plan is not None and screen.live._cursor)
    for step, seat in zip(("first seat", "second seat"), seats, strict=True):
        plan = screen.live.plan
        assert plan is not None
        screen.choosing.take_seat(plan.index_of(seat))
        evening.wait(lambda: seat in [line.seat.seat_id for line in hold.basket.lines])  # noqa: B023 - waited for here
        _done(evening, step, kill_at)
    screen.choosing.change_type((hold.basket.lines[1].seat,), child_id)
    _done(evening, "ticket type", kill_at)
    screen.basket_panel.promo.given.emit(CODE)
    evening.wait(lambda: hold.basket.promo is not None)
    _done(evening, "promo code", kill_at)
    screen.questions.take_name(CUSTOMER, NOTE)
    _done(evening, "name", kill_at)
    screen.questions.ask_extension()
    (sheet,) = evening.window.findChildren(ReasonSheet)
    sheet.reason_field.setText("Customer is deciding")
    sheet.yes.click()
    evening.wait(lambda: hold.placed is not None and hold.placed.extended)
    _done(evening, "extended", kill_at)
    screen.checkout.ask(PaymentMethod.CARD)
    evening.wait(lambda: checkout.sheet.is_open or not screen.banner.isHidden())
    if not checkout.sheet.is_open:
        screen.checkout.ask(PaymentMethod.CARD)
        evening.wait(lambda: checkout.sheet.is_open)
    _done(evening, "payment open", kill_at)
    checkout.sheet.card.field.setText("4711")
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: "Printed on" in screen.tickets.panel.print_line.words)
    _done(evening, "tickets printed", kill_at)
    raise AssertionError(f"Nobody died at {kill_at}.")


def _done(evening: Evening, step: str, kill_at: str) -> None:
    """A step is over once nothing is under way any more."""
    evening.wait(lambda: not evening.foyer.background._replies)
    if step == kill_at:
        _die(step)


def _die(where: str) -> None:
    tell("dying", where)
    os.kill(os.getpid(), signal.SIGKILL)


def _arm(kill_at: str) -> None:
    """Put the death into the program where it is to come; everywhere else the window works as it always does."""
    printing: Any = print_tickets
    printing.print_pdf = lambda *_, **__: _die(kill_at) if kill_at == "printing" else None
    transact = Database.transact
    noted = _listen_for_notes()

    def transact_and_die(self: Database, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if (kill_at, service) == ("seat asked for", place_hold):
            _die(kill_at)
        result = transact(self, service, *args, **kwargs)
        if (kill_at, service) == ("seat held", place_hold):
            # The customer is noted meanwhile: a server may be faster than a disk.
            noted.wait()
        if (kill_at, service) in {("seat held", place_hold), ("sold", sell_and_die), ("extension kept", extend_hold)}:
            _die(kill_at)
        return result

    def sell_and_die(*args: Any, **kwargs: Any) -> Any:
        made = sell_service(*args, **kwargs)
        if kill_at == "before the commit":
            _die(kill_at)
        return made

    patched: Any = Database
    patched.transact = transact_and_die
    selling: Any = sell
    selling.sell = sell_and_die
    _arm_notes(kill_at)


def _listen_for_notes() -> Event:
    """Return what is set once a customer is noted."""
    noted, keep_basket = Event(), Journal.keep_basket

    def keep_and_tell(self: Journal, *args: Any) -> None:
        keep_basket(self, *args)
        noted.set()

    patched: Any = Journal
    patched.keep_basket = keep_and_tell
    return noted


def _arm_notes(kill_at: str) -> None:
    note, forget, mark = Journal.note, Journal.forget, Journal.mark_printing

    def note_and_die(self: Journal, *args: Any) -> None:
        note(self, *args)
        if kill_at == "sale noted":
            _die(kill_at)

    def forget_and_die(self: Journal, *args: Any) -> None:
        if kill_at == "sale answered":
            _die(kill_at)
        forget(self, *args)
        if kill_at == "note dropped":
            _die(kill_at)

    def mark_and_die(self: Journal, key: str, printing: str) -> None:
        if (kill_at, printing) in {("before printing", "sent"), ("paper is out", "printed")}:
            _die(kill_at)
        mark(self, key, printing)

    patched: Any = Journal
    patched.note, patched.forget, patched.mark_printing = note_and_die, forget_and_die, mark_and_die
