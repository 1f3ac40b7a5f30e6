"""What one try to send a letter can come to, and when the next one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

LEASE_SECONDS: Final = 180.0
"""So long a letter is one till's; longer than all time-outs of one try together."""
GIVE_UP_AFTER: Final = timedelta(days=2)
_WAITS: Final = (1, 5, 15, 30, 60)


class Outcome(StrEnum):
    """What a try came to."""

    SENT = "sent"
    AGAIN = "again"
    """Refused for now (4xx), or the line was silent or broke before the letter was handed over."""
    UNKNOWN = "unknown"
    """The line broke after the letter was handed over: it may have arrived. Tried again, with the same Message-ID."""
    REFUSED = "refused"
    """For good (5xx)."""
    STOPPED = "stopped"
    """There is nothing to tell any more."""
    LEFT = "left"
    """Trouble of the service and not of the letter: the queue waits, and the letter is not counted as tried."""


class Trouble(StrEnum):
    """Why a try did not succeed, for the words of the window."""

    NAME = "name"
    """No computer has this name."""
    CONNECTION = "connection"
    """Refused, unreachable, or silent."""
    TLS_MISSING = "tls_missing"
    """The server offers no STARTTLS."""
    TLS_LATER = "tls_later"
    """TLS was to be spoken from the start, and the server begins without it at this port."""
    TLS_AT_ONCE = "tls_at_once"
    """STARTTLS was to be said, and the server waits for TLS from the start."""
    CERTIFICATE = "certificate"
    """Not to be trusted, for another reason than the next ones."""
    CERTIFICATE_NAME = "certificate_name"
    """It is for another name."""
    CERTIFICATE_OVER = "certificate_over"
    """It has run out."""
    CERTIFICATE_EARLY = "certificate_early"
    """It is not valid yet: mostly the clock of this computer is wrong."""
    CERTIFICATE_STRANGE = "certificate_strange"
    """Nobody vouches for it whom this computer trusts: the server does so itself, or a stranger."""
    SIGN_IN = "sign_in"
    """The server refuses the name or the password."""
    SIGN_IN_WANTED = "sign_in_wanted"
    """The server sends for nobody who does not sign in, and no name is set to sign in with."""
    NO_PASSWORD = "no_password"  # noqa: S105 - the name of a trouble
    """The server asks for a sign-in, and this till has no password for it."""
    SERVICE = "service"
    """The server says that it does not work now (421, 454), or that too much was sent."""
    RELAY = "relay"
    """The server does not send for this sender, or to strangers."""
    ADDRESS = "address"
    """The server refuses the recipient for good."""
    SCRIPT = "script"
    """The address is in a script that the server does not take (no SMTPUTF8)."""
    SIZE = "size"
    CONTENT = "content"
    """The server refuses what stands in it."""
    LATER = "later"
    """The server refuses it for now."""
    BROKEN_OFF = "broken_off"
    """The line broke while the letter went over."""
    TOO_LATE = "too_late"
    """Tried in vain until what it tells of was over, or for two days."""
    UNREADABLE = "unreadable"
    """It cannot be set: a template or what it tells of is damaged."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What one try came to. answer: the server's words, or the computer's, at most 500 letters, never a secret."""

    outcome: Outcome
    trouble: Trouble | None = None
    answer: str = ""


def next_wait(tries: int) -> timedelta:
    """Return how long is waited after so many tries: 1, 5, 15, 30, 60 minutes, then an hour each."""
    return timedelta(minutes=_WAITS[min(max(tries, 1), len(_WAITS)) - 1])


def gives_up_at(first_tried_at: datetime, last_start: datetime | None) -> datetime:
    """Return when trying ends (UTC): after two days, or when the last performance that it tells of begins."""
    end = first_tried_at + GIVE_UP_AFTER
    return end if last_start is None else min(end, max(last_start, first_tried_at))
