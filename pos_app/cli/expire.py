"""`foyer expire`: the expiry of holds without a window, for a server that no till is open for."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from pos_app.cli.passwords import password_source
from pos_app.computer.settings import load_settings
from pos_app.db.schema.revisions import check_schema
from pos_app.domain.sentences import say, say_count
from pos_app.opening.open_house import connect
from pos_app.ui.words.sentences import spoken
from pos_app.workers.housekeeping import HoldExpiry

if TYPE_CHECKING:
    import argparse


def run_expire(options: argparse.Namespace) -> int:
    """Give back what is due, and forget old tries to sign in: once, or until the process is told to end."""
    database = connect(options.database or load_settings().database_url(), password_source(options))
    try:
        check_schema(database)
        expiry = HoldExpiry(database, on_expired=_tell)
        holds, seats = expiry.run_once()
        expiry.forget_once()
        if options.once:
            _tell(holds, seats)
            return 0
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        print(spoken(say("Giving back seats whose hold is over; end with Ctrl+C.")), flush=True)
        expiry.start()
        stop.wait()
        expiry.stop()
    finally:
        database.close()
    return 0


def _tell(holds: int, seats: int) -> None:
    told = say(
        "{holds}, {seats}",
        holds=say_count("{count} hold closed", "{count} holds closed", holds),
        seats=say_count("{count} seat given back", "{count} seats given back", seats),
    )
    print(spoken(told), flush=True)
