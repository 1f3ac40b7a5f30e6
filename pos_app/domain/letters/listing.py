"""Letters as they are listed, and one with all that became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.sending import Outcome, Trouble

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_SEARCH: Final = 200


class LetterView(StrEnum):
    """Which letters are looked at."""

    WAITING = "waiting"
    """Those that a till is sending just now, too."""
    SENT = "sent"
    FAILED = "failed"
    STOPPED = "stopped"
    ALL = "all"


STATES_OF: Final[dict[LetterView, tuple[LetterState, ...]]] = {
    LetterView.WAITING: (LetterState.WAITING, LetterState.SENDING),
    LetterView.SENT: (LetterState.SENT,),
    LetterView.FAILED: (LetterState.FAILED,),
    LetterView.STOPPED: (LetterState.STOPPED,),
    LetterView.ALL: tuple(LetterState),
}


@dataclass(frozen=True, slots=True)
class LetterQuery:
    """Which letters are looked for; all that is told has to fit, and what is empty or None fits every letter.

    text: the number of an order, or what a customer is found by (name, e-mail address, phone, "#12"), or the code of a
    party that waits, or the address that a letter goes to.
    """

    view: LetterView = LetterView.ALL
    text: str = ""
    kind: LetterKind | None = None
    order_id: int | None = None
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the last try did not succeed. answer: the server's words, or the computer's."""

    trouble: Trouble | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list; times in UTC.

    order_number, customer_name: "" where it is about no order, or goes to nobody who is kept. recipient: "" where the
    person was erased. due_at: when it is tried next. again_of_id: the letter that this one repeats.
    """

    letter_id: int
    kind: LetterKind
    state: LetterState
    recipient: str
    created_at: datetime
    due_at: datetime
    order_id: int | None = None
    order_number: str = ""
    customer_id: int | None = None
    customer_name: str = ""
    part: int = 1
    parts: int = 1
    tries: int = 0
    sent_at: datetime | None = None
    closed_at: datetime | None = None
    failure: Failure | None = None
    may_be_twice: bool = False
    again_of_id: int | None = None

    @property
    def picture(self) -> LetterPicture:
        """Return what a person has seen of it who decides what becomes of it."""
        return LetterPicture(self.letter_id, self.state, self.recipient, self.tries)


@dataclass(frozen=True, slots=True)
class LetterPicture:
    """A letter as it was shown; where it is another one by now, nothing is done to it."""

    letter_id: int
    state: LetterState
    recipient: str
    tries: int


@dataclass(frozen=True, slots=True)
class LettersPage:
    """A part of what was found, the newest first. before: the id to go on from; None: there are no more."""

    rows: tuple[LetterRow, ...] = ()
    before: int | None = None

    @property
    def more(self) -> bool:
        """Tell whether others fit, too."""
        return self.before is not None


@dataclass(frozen=True, slots=True)
class LetterTry:
    """One try to send a letter; times in UTC. till_name: "" where none is known any more.

    handed_at: when the letter itself went over the line. outcome: None: it is under way, or its till is gone.
    """

    till_name: str
    began_at: datetime
    handed_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SentFile:
    """What went with a letter: kept by name, length and SHA-256 (hexadecimal), and not itself."""

    name: str
    media_type: str = ""
    bytes: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class LetterDetails:
    """A letter with all that became of it. subject, text, html, files: as it went out; empty where it has not yet.

    address_now: the customer's address as it is kept now. tries: the first one first. again_id: the last letter that
    repeats this one. time_zone: on whose clock moments are told. till_name: who is sending it now.
    """

    row: LetterRow
    language: str
    message_id: str
    address_now: str
    time_zone: str
    staff_name: str = ""
    till_name: str = ""
    subject: str = ""
    text: str = ""
    html: str = ""
    files: tuple[SentFile, ...] = ()
    tries: tuple[LetterTry, ...] = ()
    again_id: int | None = None


def read_failure(stored: str) -> Failure | None:
    """Return why a try did not succeed, as it is stored (a JSON object, or the bare words); None: nothing failed."""
    if not stored:
        return None
    told = _object(stored)
    if told is None:
        return Failure(None, stored)
    try:
        trouble = Trouble(str(told.get("trouble") or ""))
    except ValueError:
        trouble = None
    return Failure(trouble, str(told.get("answer") or ""))


def read_files(stored: str | None) -> tuple[SentFile, ...]:
    """Return what went with a letter, as it is stored: a JSON list of objects; what is damaged is left out."""
    try:
        told = json.loads(stored or "[]")
    except ValueError:
        return ()
    if not isinstance(told, list):
        return ()
    return tuple(
        SentFile(str(one["name"]), str(one.get("type") or ""), _whole(one.get("bytes")), str(one.get("sha256") or ""))
        for one in told
        if isinstance(one, dict) and one.get("name")
    )


def read_body(stored: str | None) -> tuple[str, str]:
    """Return the text and the HTML of a letter that went out, as they are stored: JSON of both, or the text alone."""
    told = _object(stored or "")
    if told is None or not isinstance(told.get("text"), str):
        return stored or "", ""
    return told["text"], str(told.get("html") or "")


def _object(stored: str) -> dict[str, Any] | None:
    try:
        told = json.loads(stored)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
