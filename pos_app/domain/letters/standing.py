"""How sending stands: which tills send, when each was heard of last, and when it should have been heard of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.letters.sending import Trouble

AT_REST: Final = timedelta(seconds=180)
"""A till that has nothing to send says more often than this that it is there."""
TAKES: Final = timedelta(seconds=45)
"""Within so long a till that sends takes what is due, or says what stops it; the pace of the house comes on top."""
_LATELY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SenderStanding:
    """A till that sends, or would. trouble: what stops its queue; None: nothing does. answer: the server's words.

    since: of this trouble, or of going well; next_at: when it tries again; seen_at: when it last said anything, by its
    tries, too (UTC). busy_since: when it took the letter that it has now, and has said nothing of yet. is_alive: it may
    be counted on still, see is_heard_of. signs: it is enrolled, so that it can send tickets, too.
    """

    till_id: int
    till_name: str
    trouble: Trouble | None
    answer: str
    since: datetime
    next_at: datetime | None
    seen_at: datetime
    is_alive: bool
    signs: bool = True
    busy_since: datetime | None = None

    @property
    def sends(self) -> bool:
        """Tell whether it is there, and nothing stops it."""
        return self.is_alive and self.trouble is None


@dataclass(frozen=True, slots=True)
class SendingStanding:
    """What stands at the house at a moment. waiting: letters that are to go out yet, those under way among them.

    oldest: when the first of them was written. failed: letters that somebody has to look at. senders: by name.
    at: the server's time (UTC). with_tickets: of those that wait, how many may bring tickets. due_at: since when a
    letter has waited for a till that may send it; None: there is none.
    """

    waiting: int
    failed: int
    oldest: datetime | None
    senders: tuple[SenderStanding, ...]
    at: datetime
    with_tickets: int = 0
    due_at: datetime | None = None

    @property
    def leaves_tickets(self) -> bool:
        """Tell whether letters with tickets wait although others go out: no till that sends is enrolled."""
        return self.sends and self.with_tickets > 0 and not any(one.sends and one.signs for one in self.senders)

    @property
    def sends(self) -> bool:
        """Tell whether a till is there that sends, and nothing stops it."""
        return any(one.sends for one in self.senders)

    @property
    def silent(self) -> SenderStanding | None:
        """Return the till that is not heard of any more, the one that was heard of last; None: each is."""
        return max((one for one in self.senders if not one.is_alive), key=lambda one: one.seen_at, default=None)

    @property
    def fell_silent(self) -> SenderStanding | None:
        """Return the one that went well until lately, and is not heard of any more."""
        one = self.silent
        return one if one is not None and one.trouble is None and self.at - one.seen_at < _LATELY else None

    @property
    def held_up(self) -> SenderStanding | None:
        """Return the till that is at one letter for long while others wait, and no other till takes them."""
        if self.due_at is None or self.at - self.due_at < TAKES:
            return None
        since = self.at - TAKES
        sending = [one for one in self.senders if one.sends]
        if not all(one.busy_since is not None and one.busy_since < since for one in sending):
            return None
        return sending[0] if sending else None


def is_heard_of(
    at: datetime, seen_at: datetime, *, next_at: datetime | None, due_at: datetime | None, pace: timedelta
) -> bool:
    """Tell whether a till that has no letter just now has kept its word, so that it may be counted on. Times in UTC.

    next_at: when it was to try again, if something stopped it. due_at: since when a letter waits that it may send;
    pace: so far apart it sends letters. While nothing waits, it need not say much.
    """
    rests_until = seen_at if next_at is None else max(seen_at, next_at)
    if due_at is None or due_at > at:
        return at < rests_until + AT_REST
    return at < max(rests_until, due_at) + TAKES + pace
