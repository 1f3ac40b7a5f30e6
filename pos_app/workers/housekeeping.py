"""The thread that gives back the seats of holds, reservations and offers whose time is over, and those kept until now.

It turns whether somebody is signed in or not, and waits for nobody: so it also writes down that its till is alive,
tells customers whose reservations end soon, looks after waiting lists, forgets tries to sign in after a day, and gives
back the line that nobody works with any more. It works by the line at rest itself.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import PosError, RightsMissing
from pos_app.services.orders.letters.lapsing import BATCH as MOST_REMINDED
from pos_app.services.orders.letters.lapsing import tell_lapsing
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.resale.came_in import BATCH as MOST_ENDED
from pos_app.services.resale.came_in import end_unsold, withdraw_came_in
from pos_app.services.season.kept_seats import release_due
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.staff.old_tries import BATCH, forget_tries, list_old_names
from pos_app.services.tills.registering import SEEN_SECONDS, note_seen
from pos_app.services.waiting.keeping_up import BATCH as MOST_WAITS
from pos_app.services.waiting.keeping_up import end_waits, list_unserved, serve_again
from pos_app.services.waiting.offers import lapse_offers

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database

_log = logging.getLogger(__name__)

INTERVAL_SECONDS: Final = 5.0
FORGET_SECONDS: Final = 3600.0
"""How often old tries to sign in are looked for."""
REMIND_SECONDS: Final = 60.0
"""How often reservations that end soon are looked for, and waiting lists that were left behind."""
LEFT_ALONE_SECONDS: Final = 600.0
"""How long what the account may not do is left to other tills; its rights may be renewed meanwhile."""


class HoldExpiry:
    """Runs on a thread of its own until it is stopped; an unreachable server is tried again at the next turn.

    till_id: the till on whose computer it runs; None: it is none's. expires: a gate only tells that it is alive, and so
    does a till whose account may not give seats back: the others do. forget_people: removes from this computer what
    lies there of people who were erased; it is called some minutes after the start, and once an hour.
    """

    def __init__(
        self,
        database: Database,
        *,
        interval_seconds: float = INTERVAL_SECONDS,
        on_expired: Callable[[int, int], object] | None = None,
        till_id: int | None = None,
        expires: bool = True,
        forget_people: Callable[[Database], int] | None = None,
    ) -> None:
        self._database = database
        self._till_id = till_id
        self._expires = expires
        self._refused_at = time.monotonic() - LEFT_ALONE_SECONDS
        self._seen_at = time.monotonic()
        self._forget_at = time.monotonic() + FORGET_SECONDS * random.uniform(0.01, 0.2)  # noqa: S311 - spreads the tills
        self._remind_at = time.monotonic() + REMIND_SECONDS * random.uniform(0.1, 1.0)  # noqa: S311 - spreads the tills
        self._forget_people = forget_people
        self._people_at = self._forget_at
        self._interval = interval_seconds
        self._on_expired = on_expired
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="expiry", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, seconds: float | None = None) -> bool:
        """End, and wait so long (None: as long as it takes) for the turn under way; tells whether it has ended."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def run_once(self) -> tuple[int, int]:
        """Close what is due now, batch after batch; return how many holds, and how many seats are free again.

        Seats that were reserved or offered, or that the house kept back until now, are among them.
        """
        holds = seats = 0
        while not self._stop.is_set():
            done = self._database.at_rest.transact(expire_holds)
            holds += done.holds
            seats += done.seats
            if not done.more:
                break
        while not self._stop.is_set():
            released = self._database.at_rest.transact(release_reservations)
            seats += released.seats
            if not released.more:
                break
        if not self._stop.is_set():
            seats += self._database.at_rest.transact(release_due)
        while not self._stop.is_set():
            lapsed = self._database.at_rest.transact(lapse_offers)
            seats += lapsed.seats
            if not lapsed.more:
                break
        for ended in (withdraw_came_in, end_unsold):
            while not self._stop.is_set():
                if self._database.at_rest.transact(ended) < MOST_ENDED:
                    break
        return holds, seats

    def remind_once(self) -> int:
        """Tell customers whose reservations end soon, batch after batch; return how many letters were written."""
        written = 0
        while not self._stop.is_set():
            told = self._database.at_rest.transact(tell_lapsing)
            written += told
            if told < MOST_REMINDED:
                break
        return written

    def keep_up_once(self) -> int:
        """Take parties off whose wait is over, and serve those that were left behind; return how many offers came."""
        while not self._stop.is_set() and self._database.at_rest.transact(end_waits) == MOST_WAITS:
            pass
        offers = 0
        for performance_id in self._database.at_rest.read(list_unserved):
            if self._stop.is_set():
                break
            offers += self._database.at_rest.transact(serve_again, performance_id)
        return offers

    def forget_once(self) -> int:
        """Forget old tries to sign in, one name after the other and batch after batch; return how many."""
        forgotten = 0
        for key in self._database.at_rest.read(list_old_names):
            while not self._stop.is_set():
                done = self._database.at_rest.transact(forget_tries, key)
                forgotten += done
                if done < BATCH:
                    break
        return forgotten

    def _work(self) -> None:
        while not self._stop.wait(self._interval * random.uniform(0.8, 1.2)):  # noqa: S311 - spreads the tills
            self._try(self._expire)
            self._try(self._remind_when_due)
            self._try(self._note_seen)
            self._try(self._forget_when_due)
            self._try(self._forget_people_when_due)
            self._try(self._database.tend)

    @staticmethod
    def _try(part: Callable[[], None]) -> None:
        try:
            part()
        except PosError as error:
            _log.info("expiry waits: %s", error)
        except Exception:  # noqa: BLE001 - whatever it is, the next turn comes
            _log.exception("expiry failed")

    def _expire(self) -> None:
        if not self._expires or time.monotonic() - self._refused_at < LEFT_ALONE_SECONDS:
            return
        try:
            holds, seats = self.run_once()
        except RightsMissing as error:
            _log.info("expiry is left to other tills: %s", error)
            self._refused_at = time.monotonic()
            return
        if (holds or seats) and self._on_expired is not None:
            self._on_expired(holds, seats)

    def _remind_when_due(self) -> None:
        if not self._expires or time.monotonic() < self._remind_at:
            return
        # Said before it is done, as below.
        self._remind_at = time.monotonic() + REMIND_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311 - spreads the tills
        if written := self.remind_once():
            _log.info("%s customers were told that their reservations end soon", written)
        if offers := self.keep_up_once():
            _log.info("%s parties were offered seats that had been left behind", offers)

    def _forget_when_due(self) -> None:
        if time.monotonic() < self._forget_at:
            return
        # Said before it is done: an account without the right to forget is refused once an hour, not at each turn.
        self._forget_at = time.monotonic() + FORGET_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311 - spreads the tills
        if forgotten := self.forget_once():
            _log.info("%s old tries to sign in were forgotten", forgotten)

    def _forget_people_when_due(self) -> None:
        if self._forget_people is None or time.monotonic() < self._people_at:
            return
        self._people_at = time.monotonic() + FORGET_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311 - spreads the tills
        if gone := self._forget_people(self._database.at_rest):
            _log.info("%s files of people who were erased were removed", gone)

    def _note_seen(self) -> None:
        """Write that the till is alive; the clock of this computer only says how often to ask the server's."""
        if self._till_id is None or self._stop.is_set() or time.monotonic() - self._seen_at < SEEN_SECONDS:
            return
        self._seen_at = time.monotonic()
        self._database.at_rest.transact(note_seen, self._till_id)
