"""The thread that sends letters: what is due, one after the other, over one line to the mail server.

It waits for nobody and nobody waits for it. At rest it asks one light question every few seconds; where no mail server
is set it asks once a minute whether there is one now. What keeps the whole queue waiting (sign-in, certificate, a
server that is gone) is written down for the screens, and tried again after pauses that grow, or as soon as somebody has
put it right: with other settings, or with another password on this till.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from typing import TYPE_CHECKING, Final

from pos_app.clients.smtp.line import MailLine
from pos_app.computer.mail_passwords import mail_password
from pos_app.domain.errors import PosError, RightsMissing
from pos_app.domain.letters.sending import Outcome, Trouble
from pos_app.domain.letters.settings import MailSettings
from pos_app.flows.send_letters import Post, count_unsigned, send_next
from pos_app.services.house.mail import load_mail_settings
from pos_app.services.letters.senders import note_sending

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.computer.identity import TillIdentity
    from pos_app.db.database import Database
    from pos_app.domain.letters.sending import Tried

_log = logging.getLogger(__name__)

INTERVAL_SECONDS: Final = 6.0
"""How often an empty queue is looked at."""
ASK_SECONDS: Final = 60.0
"""How often the settings are read anew, and this till says that it sends."""
PAUSES: Final = (15.0, 30.0, 60.0, 120.0, 300.0, 600.0)
"""After so many troubles one after the other the queue rests so long."""
_OF_SIGN_IN: Final = frozenset({Trouble.SIGN_IN, Trouble.NO_PASSWORD})
LEFT_ALONE_SECONDS: Final = 600.0
"""How long what the account may not do is left to other tills."""


class Outbox:
    """Sends until it is stopped; an unreachable database is tried again at the next turn.

    identity, till_id: whose tickets are signed, and who tells how sending stands; None: a computer that is no till.
    on_tried: called on the thread of the outbox after each try, and each trouble.
    """

    def __init__(
        self,
        database: Database,
        *,
        identity: TillIdentity | None = None,
        till_id: int | None = None,
        interval_seconds: float = INTERVAL_SECONDS,
        line: MailLine | None = None,
        password: Callable[[MailSettings], str | None] | None = None,
        on_tried: Callable[[Tried], object] | None = None,
    ) -> None:
        self._database = database.at_rest
        self._till_id = till_id
        self._interval = interval_seconds
        self._line = line or MailLine()
        self._on_tried = on_tried
        self._stop = threading.Event()
        self._woken = threading.Event()
        self._asked_anew = threading.Event()
        self._password = password or _kept_password
        self._given: str | None = None
        self._post = Post(identity, till_id, self._give_password, self._stop.wait)
        self._settings = MailSettings()
        self._ask_at = 0.0
        self._rests_until = 0.0
        self._troubles = 0
        self._trouble: Trouble | None = None
        self._thread = threading.Thread(target=self._work, name="outbox", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Look at once, at the settings as well; from any thread. A turn under way is followed by another one."""
        self._asked_anew.set()
        self._woken.set()

    def stop(self, seconds: float | None = None) -> bool:
        """End: cut the line to a server that is silent, and wait so long (None: as long as it takes) for the thread.

        Tells whether it has ended.
        """
        self._stop.set()
        self._woken.set()
        self._line.cut()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def run_once(self) -> list[Tried]:
        """Send what is due now, at the pace of the house; return what each try came to, a trouble of the queue last."""
        done: list[Tried] = []
        self._ask_when_due()
        self._look_for_password()
        while not self._stop.is_set() and time.monotonic() >= self._rests_until:
            tried = send_next(self._database, self._post, self._line, self._settings)
            if tried is None:
                break
            done.append(tried)
            self._note(tried)
            if self._on_tried is not None:
                self._on_tried(tried)
            if self._stop.wait(self._settings.seconds_between):
                break
            self._ask_when_due()
        self._line.close()
        return done

    def count_unsigned(self) -> int:
        """Return how many letters with tickets are due that are left to a till that can sign them; of the database."""
        return count_unsigned(self._database, self._post)

    def _work(self) -> None:
        while not self._stop.is_set():
            self._turn()
            # Woken while a turn was under way, it looks once more.
            self._woken.wait(self._interval * random.uniform(0.8, 1.2))  # noqa: S311 - spreads the tills
            self._woken.clear()
        self._line.close()

    def _turn(self) -> None:
        try:
            self.run_once()
        except RightsMissing as error:
            _log.info("sending is left to other tills: %s", error)
            self._rests_until = time.monotonic() + LEFT_ALONE_SECONDS
        except PosError as error:
            _log.info("the outbox waits: %s", error)
        except Exception:  # noqa: BLE001 - whatever it is, the next turn comes
            _log.exception("sending failed")
            self._rests_until = time.monotonic() + PAUSES[0]

    def _ask_when_due(self) -> None:
        """Read the settings anew, and say that this till sends where nothing stops it."""
        if self._asked_anew.is_set():
            # Said before they are read: what is saved meanwhile is read once more.
            self._asked_anew.clear()
            self._ask_at = self._rests_until = 0.0
        if time.monotonic() < self._ask_at and not self._is_stopped:
            return
        settings = self._database.read(load_mail_settings)
        self._ask_at = time.monotonic() + ASK_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311 - spreads the tills
        if settings != self._settings:
            self._settings = settings
            self._go_on()
        if settings.sends and not self._troubles and self._till_id is not None:
            self._database.transact(note_sending, self._till_id)

    @property
    def _is_stopped(self) -> bool:
        """Tell whether the queue rests after a trouble of its own: then it asks no server, and has time to look."""
        return bool(self._troubles) and time.monotonic() < self._rests_until

    def _look_for_password(self) -> None:
        """Go on at once where the sign-in was refused, and another password is on this till by now."""
        if self._is_stopped and self._trouble in _OF_SIGN_IN and self._password(self._settings) != self._given:
            self._go_on()

    def _go_on(self) -> None:
        self._troubles = 0
        self._rests_until = 0.0

    def _give_password(self, settings: MailSettings) -> str | None:
        self._given = self._password(settings)
        return self._given

    def _note(self, tried: Tried) -> None:
        """Let the queue rest after a trouble of its own, and go on after anything else."""
        if tried.outcome is not Outcome.LEFT:
            if self._trouble is not None and self._till_id is not None:
                self._database.transact(note_sending, self._till_id)
            self._troubles, self._trouble = 0, None
            return
        if tried.trouble is None:
            return
        pause = PAUSES[min(self._troubles, len(PAUSES) - 1)]
        self._troubles += 1
        self._trouble = tried.trouble
        self._rests_until = time.monotonic() + pause
        _log.info("letters wait for %s s: %s %s", pause, tried.trouble, tried.answer)
        if self._till_id is not None:
            self._database.transact(note_sending, self._till_id, tried.trouble, tried.answer, next_in=pause)


def _kept_password(settings: MailSettings) -> str | None:
    return mail_password(settings.server, settings.user)
