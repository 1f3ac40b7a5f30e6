"""Sending a letter: claim it, set it from the books as they are, hand it over, and write down what came of it.

No connection to the database is held while the mail server is spoken to, and no sale waits for either.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from pos_app.clients.smtp.line import MailLine
from pos_app.clients.smtp.names import envelope_address
from pos_app.documents.letters.rendering import render_letter
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.errors import OutcomeUnknown, PosError, ServerBusy, ServerUnreachable, TillNotEnrolled
from pos_app.domain.letters.contents import LetterContent
from pos_app.domain.letters.kinds import WITH_TICKETS, LetterKind
from pos_app.domain.letters.sending import LEASE_SECONDS, Outcome, Tried, Trouble
from pos_app.domain.steady_clock import steady_seconds
from pos_app.flows.set_letters import SetLetter, TooLarge, set_letter
from pos_app.services.house.settings import load_house_settings
from pos_app.services.letters.blame import judge_blame
from pos_app.services.letters.outcomes import SentText, finish
from pos_app.services.letters.parts import split_letter
from pos_app.services.letters.queue import claim_next, count_due, hand_over, has_due
from pos_app.services.server_time import load_server_time
from pos_app.services.tills.registering import require_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.computer.identity import TillIdentity
    from pos_app.db.database import Database
    from pos_app.domain.letters.settings import MailSettings
    from pos_app.services.letters.queue import ClaimedLetter

_log = logging.getLogger(__name__)
_AGAIN_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Post:
    """Who sends: a till, by its identity and its number; None: a computer that is no till, and signs no tickets.

    password: returns that of the mail server's account, None where it is not here. pause: waits so many seconds, and
    tells whether to give up, for the program ends.
    """

    identity: TillIdentity | None
    till_id: int | None
    password: Callable[[MailSettings], str | None]
    pause: Callable[[float], bool]


def send_next(database: Database, post: Post, line: MailLine, settings: MailSettings) -> Tried | None:
    """Send the next letter that is due; None where there is none.

    The line is opened where it is not open; what keeps it from being opened is told as LEFT, with no letter touched.
    Raises ServerUnreachable, ServerBusy, OutcomeUnknown: of the database; a letter that was claimed is tried again when
    its lease is over.
    """
    if not settings.sends:
        return None
    if not database.read(has_due):
        return None
    key_id = _key(database, post)
    skip = frozenset[LetterKind]() if key_id is not None else WITH_TICKETS
    if key_id is None and not database.read(has_due, skip=skip):
        return None
    if not line.is_open_for(settings):
        problem = line.open(settings, post.password(settings) if settings.user else None)
        if problem is not None:
            return problem
    domain = envelope_address(settings.sender_address).rpartition("@")[2]
    claimed = database.transact(claim_next, post.till_id, uuid4().hex, domain=domain, skip=skip)
    if claimed is None:
        return None
    tried, sent = _try(database, post, line, settings, claimed, key_id)
    return _write_down(database, post, claimed, tried, sent)


def count_unsigned(database: Database, post: Post) -> int:
    """Return how many letters with tickets are due that this computer cannot sign; 0 where it can.

    Raises ServerUnreachable, ServerBusy: of the database.
    """
    return 0 if _key(database, post) is not None else database.read(count_due, WITH_TICKETS)


def send_test(
    database: Database, settings: MailSettings, password: str | None, recipient: str, language: str = ""
) -> Tried:
    """Send a letter that says that sending works, by settings that need not be stored yet; SENT, or what is wrong.

    Raises ServerUnreachable, ServerBusy: of the database.
    """
    house = database.read(load_house_settings)
    now = database.read(load_server_time)
    spoken = language or house.language or "en_GB"
    try:
        sender = envelope_address(settings.sender_address)
        envelope_address(recipient)
        letter = render_letter(
            LetterContent(letter_id=0, kind=LetterKind.TEST, language=spoken, organisation=house.organisation),
            standard_template(LetterKind.TEST, spoken),
            settings,
            message_id=f"<{uuid4().hex}@{sender.rpartition('@')[2]}>",
            recipient=recipient,
            date=now,
        )
    except (ValueError, PosError) as error:
        return Tried(Outcome.REFUSED, Trouble.ADDRESS, str(error))
    line = MailLine()
    try:
        problem = line.open(settings, password)
        return problem or line.send(letter.message, settings.sender_address, recipient, before_data=lambda: True)
    finally:
        line.close()


def _key(database: Database, post: Post) -> int | None:
    """Return the key that this till signs tickets with; None: it sends none."""
    if post.identity is None or post.till_id is None:
        return None
    try:
        return database.read(require_key, post.till_id, post.identity.public_key)
    except TillNotEnrolled:
        return None


def _try(
    database: Database,
    post: Post,
    line: MailLine,
    settings: MailSettings,
    claimed: ClaimedLetter,
    key_id: int | None,
) -> tuple[Tried, SentText | None]:
    if claimed.is_over:
        return Tried(Outcome.REFUSED, Trouble.TOO_LATE), None
    try:
        found = set_letter(database, post.identity, key_id, settings, claimed, most_bytes=line.most_bytes)
    except (ServerUnreachable, ServerBusy, OutcomeUnknown):
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this one, the next letter goes
        _log.exception("letter %s cannot be set", claimed.letter_id)
        return Tried(Outcome.REFUSED, Trouble.UNREADABLE, type(error).__name__), None
    if found is None:
        return Tried(Outcome.STOPPED), None
    if isinstance(found, TooLarge):
        if len(found.parts) < 2 or claimed.parts > 1:
            return Tried(Outcome.REFUSED, Trouble.SIZE), None
        database.transact(split_letter, claimed, found.parts)
        return Tried(Outcome.LEFT), None
    return _send(database, line, settings, claimed, found), SentText.of(found.letter)


def _send(
    database: Database, line: MailLine, settings: MailSettings, claimed: ClaimedLetter, found: SetLetter
) -> Tried:
    return line.send(
        found.letter.message,
        settings.sender_address,
        claimed.recipient,
        before_data=lambda: database.transact(hand_over, claimed),
    )


def _write_down(database: Database, post: Post, claimed: ClaimedLetter, tried: Tried, sent: SentText | None) -> Tried:
    """Write down what came of a try, again and again while the lease lasts: what was sent is not to be sent anew.

    Returns it as it was written down: what one letter is to blame for does not keep the others waiting.
    """
    began = steady_seconds()
    while True:
        try:
            judged = database.read(judge_blame, claimed, tried)
            database.transact(finish, claimed, judged, sent)
        except (ServerUnreachable, ServerBusy, OutcomeUnknown) as error:
            _log.info("letter %s: %s is not written down yet: %s", claimed.letter_id, tried.outcome, error)
            if steady_seconds() - began > LEASE_SECONDS or post.pause(_AGAIN_SECONDS):
                raise
        else:
            return judged
