"""What a try to send a letter came to, written down; and what becomes of the letter by it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import OutboxEmail, OutboxTry
from pos_app.domain.letters.kept_body import keep_body
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.sending import Outcome, Tried, Trouble, gives_up_at, next_wait
from pos_app.services.letters.queue import is_mine

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.letters.rendered import RenderedLetter
    from pos_app.services.letters.queue import ClaimedLetter

_LETTER = table_of(OutboxEmail)
_TRY = table_of(OutboxTry)
_LONGEST_ANSWER: Final = 300
_LONGEST_KEPT: Final = 500


@dataclass(frozen=True, slots=True)
class SentText:
    """What is kept of a letter that went out. attachments: JSON, of each file its name, type, bytes and SHA-256."""

    subject: str
    text: str
    attachments: str
    html: str = ""

    @classmethod
    def of(cls, letter: RenderedLetter) -> SentText:
        """Return what is kept of a letter as it went over the line."""
        files = [
            {"name": one.name, "type": one.media_type, "bytes": len(one.content), "sha256": one.sha256}
            for one in letter.attachments
        ]
        return cls(letter.subject[:_LONGEST_KEPT], letter.text, json.dumps(files), letter.html)


def finish(session: Session, claimed: ClaimedLetter, tried: Tried, sent: SentText | None = None) -> LetterState:
    """Write down how a try ended and let the letter go; return what becomes of it, as far as this try decides.

    Where the lease was lost meanwhile only the try is told of; a letter that was taken by the server all the same is
    sent, and whoever has it now is kept from sending it again. May be repeated.
    """
    state = session.execute(select(_LETTER.c.state).where(_LETTER.c.id == claimed.letter_id).with_for_update())
    # One that was stopped while it was sent may be a letter to somebody who was erased: servers tell addresses.
    answer = "" if state.scalar_one_or_none() == LetterState.STOPPED else tried.answer[:_LONGEST_KEPT]
    session.execute(
        update(_TRY)
        .where(_TRY.c.id == claimed.try_id, _TRY.c.outcome.in_(("", Outcome.AGAIN, Outcome.UNKNOWN)))
        .values(outcome=tried.outcome, answer=answer, ended_at=func.coalesce(_TRY.c.ended_at, utc_now()))
    )
    if tried.outcome is Outcome.SENT:
        _finish_sent(session, claimed, sent)
        return LetterState.SENT
    values = _values_of(session, claimed, tried)
    if claimed.kind is LetterKind.VERIFICATION and values["state"] != LetterState.WAITING:
        values |= {"facts": "{}"}
    session.execute(update(_LETTER).where(is_mine(claimed)).values(leased_by=None, leased_until=None, **values))
    return LetterState(values["state"])


def _finish_sent(session: Session, claimed: ClaimedLetter, sent: SentText | None) -> None:
    kept: dict[str, Any] = {}
    if sent is not None:
        body = keep_body(sent.text, sent.html)
        kept = {"subject": sent.subject, "body": body, "attachments": sent.attachments}
    if claimed.kind is LetterKind.VERIFICATION:
        # Whoever reads the letters of the house is not to read codes that open something.
        kept |= {"facts": "{}", "body": None}
    session.execute(
        update(_LETTER)
        .where(
            _LETTER.c.id == claimed.letter_id,
            _LETTER.c.state.in_((LetterState.SENDING, LetterState.WAITING, LetterState.FAILED)),
        )
        .values(
            state=LetterState.SENT,
            leased_by=None,
            leased_until=None,
            sent_at=utc_now(),
            closed_at=utc_now(),
            failure="",
            **kept,
        )
    )


def _values_of(session: Session, claimed: ClaimedLetter, tried: Tried) -> dict[str, Any]:
    """Return what is written of a letter that is not sent, or is not known to be."""
    match tried.outcome:
        case Outcome.LEFT:
            return {
                "state": LetterState.WAITING,
                # Behind the others, where a server has spoken: it may have meant this one alone.
                "due_at": claimed.was_due_at if tried.trouble is None else utc_now(),
                "tries": _LETTER.c.tries - 1,
                "first_tried_at": claimed.was_tried_at,
            }
        case Outcome.REFUSED:
            return {"state": LetterState.FAILED, "closed_at": utc_now(), "failure": _failure(tried)}
        case Outcome.STOPPED:
            return {"state": LetterState.STOPPED, "closed_at": utc_now(), "failure": _failure(tried)}
    twice = {"may_be_twice": True} if tried.outcome is Outcome.UNKNOWN else {}
    now = session.execute(select(utc_now())).scalar_one()
    end = gives_up_at(claimed.first_tried_at, claimed.told_until)
    if now >= end:
        failure = _failure(tried, instead=Trouble.TOO_LATE)
        return twice | {"state": LetterState.FAILED, "closed_at": utc_now(), "failure": failure}
    # The last try is at the end itself: a server that came back just before it is still in time.
    due_at = min(now + next_wait(claimed.tries), end)
    return twice | {"state": LetterState.WAITING, "due_at": due_at, "failure": _failure(tried)}


def _failure(tried: Tried, *, instead: Trouble | None = None) -> str:
    """Return why a try did not succeed, as it is kept. was: what stood in the way when it was given up as too late."""
    told: dict[str, str] = {}
    trouble = instead or tried.trouble
    if trouble is not None:
        told["trouble"] = trouble.value
    if instead is not None and tried.trouble is not None:
        told["was"] = tried.trouble.value
    told["answer"] = tried.answer[:_LONGEST_ANSWER]
    document = json.dumps(told, ensure_ascii=False)
    # Quotes and strokes are written as two: where many stand, less of the answer fits.
    while len(document) > _LONGEST_KEPT:
        told["answer"] = told["answer"][: len(told["answer"]) // 2]
        document = json.dumps(told, ensure_ascii=False)
    return document
