"""What a person does with a letter: sends it again, changes its address, stops it.

Whoever decides has seen the letter in a state; one conditional UPDATE finds it in that state or does nothing. What is
reached already is done already, so that a request may be repeated. No address stands in the audit: its text is hashed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, literal, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import OutboxEmail
from pos_app.db.results import matched_rows
from pos_app.domain.letters.deeds import (
    LetterChanged,
    LetterRefused,
    clean_recipient,
    may_readdress,
    may_send_again,
    may_stop,
)
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.listing import told_stopped
from pos_app.domain.letters.readdressing import Readdressed, add_readdressed
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.letters.listing import read_letter, read_row
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.domain.letters.listing import LetterDetails, LetterPicture, LetterRow
    from pos_app.domain.roles import Actor

_LETTER = table_of(OutboxEmail)
_ON_ITS_WAY: Final = frozenset({LetterState.WAITING, LetterState.SENDING, LetterState.SENT})
_COPIED: Final = (
    "kind", "language", "order_id", "change_id", "customer_id", "performance_id", "facts", "part", "parts",
)  # fmt: skip


def send_again(session: Session, actor: Actor, seen: LetterPicture, *, request_id: str) -> LetterDetails:
    """Let a letter go out once more, to the same address, and return the one that does.

    One that failed or was stopped waits again itself, as if it were new; of one that was sent a copy is written, of its
    own Message-ID. Raises NotPermitted, NotFound, LetterRefused (a code, or to who was erased), LetterChanged.
    """
    require(session, actor, Permission.LETTERS)
    if (made := _made_by(session, request_id)) is not None:
        return read_letter(session, made)
    now = read_row(session, seen.letter_id)
    if seen.state is not LetterState.SENT and now.state in _ON_ITS_WAY and now.recipient == seen.recipient:
        return read_letter(session, seen.letter_id)
    _require_as_seen(now, seen)
    _require_possible(now, possible=may_send_again(now))
    letter_id = _copy(session, actor, now, now.recipient, request_id) if _is_sent(now) else _wait_anew(session, seen)
    record(session, actor, "letter_sent_again", letter=told_letter(seen.letter_id), by=told_letter(letter_id))
    return read_letter(session, letter_id)


def change_recipient(
    session: Session, actor: Actor, seen: LetterPicture, recipient: str, *, request_id: str
) -> LetterDetails:
    """Let a letter go to another address, and return the one that does.

    One that waits, failed or was stopped waits again itself, as if it were new; of one that was sent a copy is written.
    The customer's own address stays as it is. Raises NotPermitted, NotFound, FieldRefused ("recipient"), LetterRefused,
    LetterChanged.
    """
    require(session, actor, Permission.LETTERS)
    recipient = clean_recipient(recipient)
    if (made := _made_by(session, request_id)) is not None:
        return read_letter(session, made)
    now = read_row(session, seen.letter_id)
    if now.recipient == recipient and now.state in _ON_ITS_WAY and seen.recipient != recipient:
        return read_letter(session, seen.letter_id)
    _require_as_seen(now, seen)
    _require_possible(now, possible=may_readdress(now))
    facts = _readdressed_facts(session, actor, now, recipient)
    if _is_sent(now):
        letter_id = _copy(session, actor, now, recipient, request_id, facts=literal(facts))
    else:
        letter_id = _wait_anew(session, seen, recipient=recipient, facts=facts)
    record(session, actor, "letter_readdressed", letter=told_letter(seen.letter_id), by=told_letter(letter_id))
    return read_letter(session, letter_id)


def stop_letter(session: Session, actor: Actor, seen: LetterPicture) -> LetterDetails:
    """Stop a letter that waits, or put one away that failed. May be repeated.

    Raises NotPermitted, NotFound, LetterRefused (a till is sending it just now), LetterChanged (it went out).
    """
    require(session, actor, Permission.LETTERS)
    now = read_row(session, seen.letter_id)
    if now.state is LetterState.STOPPED:
        return read_letter(session, seen.letter_id)
    _require_as_seen(now, seen)
    _require_possible(now, possible=may_stop(now))
    stored = session.execute(select(_LETTER.c.failure).where(_LETTER.c.id == seen.letter_id)).scalar_one()
    why = told_stopped(stored, actor.staff_id, failed=now.state is LetterState.FAILED)
    _change(session, seen, state=LetterState.STOPPED, closed_at=utc_now(), failure=why)
    record(session, actor, "letter_stopped", letter=told_letter(seen.letter_id))
    return read_letter(session, seen.letter_id)


def told_letter(letter_id: int) -> str:
    """Return how the audit names a letter: without any word of the person."""
    return f"letter:{letter_id}"


def _is_sent(row: LetterRow) -> bool:
    return row.state is LetterState.SENT


def _made_by(session: Session, request_id: str) -> int | None:
    return session.execute(select(_LETTER.c.id).where(_LETTER.c.request_id == request_id)).scalar_one_or_none()


def _wait_anew(session: Session, seen: LetterPicture, **more: Any) -> int:
    """Let the letter wait as if it were new; what a try of before may have brought stays told."""
    _change(
        session,
        seen,
        state=LetterState.WAITING,
        due_at=utc_now(),
        tries=0,
        first_tried_at=None,
        failure="",
        closed_at=None,
        leased_by=None,
        leased_until=None,
        **more,
    )
    return seen.letter_id


def _readdressed_facts(session: Session, actor: Actor, now: LetterRow, recipient: str) -> str:
    """Return what a letter is set from, with its new address told; no till makes parts of the letter meanwhile."""
    row = session.execute(
        select(_LETTER.c.facts, utc_now().label("now")).where(_LETTER.c.id == now.letter_id).with_for_update()
    ).one()
    return add_readdressed(row.facts, Readdressed(now.recipient, recipient, row.now, actor.staff_id))


def _copy(
    session: Session, actor: Actor, now: LetterRow, recipient: str, request_id: str, **more: ColumnElement[Any]
) -> int:
    """Write the same letter anew. Of two that ask with one request the UNIQUE key lets one do it."""
    values: dict[str, Any] = {
        "request_id": literal(request_id),
        "recipient": literal(recipient),
        "state": literal(LetterState.WAITING),
        "due_at": utc_now(),
        "created_at": utc_now(),
        "again_of_id": literal(now.letter_id),
        "staff_id": literal(actor.staff_id),
        **{name: _LETTER.c[name] for name in _COPIED},
        **more,
    }
    source: Any = select(*values.values()).where(_LETTER.c.id == now.letter_id)
    session.execute(insert(_LETTER).from_select(list(values), source))
    made: int = session.execute(select(_LETTER.c.id).where(_LETTER.c.request_id == request_id)).scalar_one()
    return made


def _change(session: Session, seen: LetterPicture, **values: Any) -> None:
    """Write a letter that is as it was seen; raises LetterChanged where it is not any more."""
    written = session.execute(
        update(_LETTER)
        .where(_LETTER.c.id == seen.letter_id, _LETTER.c.state == seen.state, _LETTER.c.recipient == seen.recipient)
        .values(values)
    )
    if not matched_rows(written):
        _require_as_seen(read_row(session, seen.letter_id), seen, at_all=False)


def _require_as_seen(now: LetterRow, seen: LetterPicture, *, at_all: bool = True) -> None:
    if at_all and (now.state, now.recipient) == (seen.state, seen.recipient):
        return
    if now.state is LetterState.SENDING:
        raise LetterChanged(
            say("A till is sending this letter just now."), advice=say("Look again in a moment: nothing was changed.")
        )
    if now.state is LetterState.SENT and seen.state is not LetterState.SENT:
        raise LetterChanged(
            say("This letter was sent in the meantime."), advice=say("It can be sent again: that is a second copy.")
        )
    raise LetterChanged(
        say("Somebody else changed this letter in the meantime."), advice=say("Nothing was done. Look at it again.")
    )


def _require_possible(now: LetterRow, *, possible: bool) -> None:
    if possible:
        return
    if not now.recipient:
        raise LetterRefused(say("Whom this letter went to was erased; nobody can be written to any more."))
    if now.kind is LetterKind.VERIFICATION:
        raise LetterRefused(
            say("A code is good for a few minutes only."), advice=say("Send a new one from the customer's page.")
        )
    if now.state is LetterState.SENDING:
        raise LetterRefused(
            say("A till is sending this letter just now."), advice=say("Look again in a moment: nothing was changed.")
        )
    if now.state is LetterState.WAITING:
        raise LetterRefused(say("This letter waits to be sent already."))
    raise LetterRefused(say("This letter was sent; it cannot be stopped any more."))
