"""`foyer send`: the outbox without a window, for a computer that sends the letters of the house."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Final

from pos_app.cli.passwords import password_source
from pos_app.computer.identity import own_identity
from pos_app.computer.settings import load_settings
from pos_app.db.schema.revisions import check_schema
from pos_app.domain.errors import InvalidInput
from pos_app.domain.letters.sending import Outcome
from pos_app.domain.sentences import say, say_count
from pos_app.opening.open_house import connect
from pos_app.services.house.mail import load_mail_settings
from pos_app.services.tills.finding import find_till
from pos_app.ui.words.letters import outcome_words, trouble_advice, trouble_words
from pos_app.ui.words.lists import following, side_by_side
from pos_app.ui.words.sentences import spoken
from pos_app.workers.outbox import Outbox

if TYPE_CHECKING:
    import argparse

    from pos_app.domain.letters.sending import Tried

STOPPED: Final = 1
"""The exit code where the queue could not go on: the mail server, or the way to it, is to blame."""
UNSIGNED: Final = 3
"""The exit code where all went out but letters with tickets that this computer cannot sign."""


def run_send(options: argparse.Namespace) -> int:
    """Send what is due: once, or until the process is told to end. Tickets are sent by a till that signs them alone.

    Returns the exit code, of one that is done once: 0, or STOPPED, or UNSIGNED.
    Raises InvalidInput where it is to be done once, and no mail server is set.
    """
    settings = load_settings()
    database = connect(options.database or settings.database_url(), password_source(options))
    try:
        check_schema(database)
        identity = own_identity(settings.state_folder)
        till_id = database.read(find_till, identity.machine_key)
        outbox = Outbox(
            database,
            identity=None if till_id is None else identity,
            till_id=till_id,
            on_tried=None if options.once else _tell,
        )
        if options.once:
            if not database.read(load_mail_settings).sends:
                raise InvalidInput(
                    say("No mail server is set, so letters wait."),
                    advice=say("A manager sets one under Manage, Letters."),
                )
            code = _tell_all(outbox.run_once())
            unsigned = _tell_unsigned(outbox)
            return code or (UNSIGNED if unsigned else 0)
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        print(spoken(say("Sending the letters of the house; end with Ctrl+C.")), flush=True)
        _tell_unsigned(outbox)
        outbox.start()
        stop.wait()
        outbox.stop()
    finally:
        database.close()
    return 0


def _tell_unsigned(outbox: Outbox) -> bool:
    """Say that letters wait whose tickets this computer cannot sign; tell whether there are some."""
    count = outbox.count_unsigned()
    if count:
        waits = say_count(
            "{count} letter with tickets waits: this computer is no enrolled till, and cannot sign them.",
            "{count} letters with tickets wait: this computer is no enrolled till, and cannot sign them.",
            count,
        )
        advice = say("A till that is enrolled sends them while Foyer is open there; a manager enrols one.")
        print(following(spoken(waits), spoken(advice)), flush=True)
    return bool(count)


def _tell(tried: Tried) -> None:
    if tried.outcome is Outcome.SENT:
        print(spoken(say("A letter was sent.")), flush=True)
    elif tried.outcome is not Outcome.LEFT or tried.trouble is not None:
        why = "" if tried.trouble is None else following(trouble_words(tried.trouble), trouble_advice(tried.trouble))
        print(side_by_side(outcome_words(tried.outcome, handed=False), why, tried.answer), flush=True)


def _tell_all(tried: list[Tried]) -> int:
    """Say how many were sent; what was not, one by one. Returns the exit code."""
    sent = [one for one in tried if one.outcome is Outcome.SENT]
    for one in tried:
        if one.outcome is not Outcome.SENT:
            _tell(one)
    print(spoken(say_count("{count} letter sent.", "{count} letters sent.", len(sent))), flush=True)
    return STOPPED if tried and tried[-1].outcome is Outcome.LEFT and tried[-1].trouble is not None else 0
