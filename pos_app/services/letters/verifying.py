"""Codes that show that an address is the customer's: one is sent by a letter, and typed at the counter.

A try is a recorded result and no exception: what would be rolled back would not be counted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from pos_app.db.base import table_of
from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import Customer, EmailVerification, Setting
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.customers.contact import email_key
from pos_app.domain.editing import FieldRefused
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.occasions import Occasion
from pos_app.domain.letters.verification import (
    CODE_DIGITS,
    CODE_SECONDS,
    MOST_TRIES,
    PAUSE_SECONDS,
    CodeChecked,
    CodeNotSent,
    CodeSent,
    CodeVerdict,
    hash_code,
    is_code,
    new_code,
    typed_code,
)
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import Span, say
from pos_app.services.audit import record
from pos_app.services.customers.codes import close_codes
from pos_app.services.customers.records import told_customer
from pos_app.services.customers.rows import locked_record, read_record, require_here, who_is
from pos_app.services.letters.writing import write_letter
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.domain.roles import Actor

_SETTING: Final = "letters"
_CODE = table_of(EmailVerification)
_NEWEST = (
    select(
        _CODE.c.id,
        _CODE.c.email,
        _CODE.c.code_hash,
        _CODE.c.tries,
        _CODE.c.verified_at,
        _CODE.c.closed_at,
        seconds_until(_CODE.c.expires_at).label("seconds_left"),
        seconds_until(_CODE.c.created_at).label("sent"),
    )
    .order_by(_CODE.c.id.desc())
)  # fmt: skip

_OPEN = _NEWEST.where(_CODE.c.verified_at.is_(None), _CODE.c.closed_at.is_(None))


def send_code(session: Session, actor: Actor, customer_id: int, request_id: str) -> CodeSent:
    """Write a letter with a new code to a customer's address; codes that were sent before are good no more.

    A repeat of the same request sends nothing more. Raises NotPermitted, NotFound, CustomerRefused (it was erased),
    CodeNotSent (it has no address, or one that is verified; one was sent a moment ago; the house sends no letters).
    """
    require(session, actor, Permission.CUSTOMERS)
    code = new_code()
    hashed = hash_code(code)
    now = locked_record(session, customer_id)
    asked_before = session.execute(_NEWEST.where(_CODE.c.request_id == request_id)).one_or_none()
    if asked_before is not None:
        return CodeSent(now.customer_id, asked_before.email, max(0.0, float(asked_before.seconds_left)))
    require_here(now)
    _require_sendable(session, now)
    close_codes(session, now.customer_id)
    insert_row(
        session,
        EmailVerification,
        request_id=request_id,
        customer_id=now.customer_id,
        email=now.email,
        code_hash=hashed,
        created_at=utc_now(),
        expires_at=utc_plus(CODE_SECONDS),
    )
    write_letter(session, now.customer_id, Occasion(LetterKind.VERIFICATION, request_id, facts={"code": code}))
    record(session, actor, "email_code_sent", customer=told_customer(now.customer_id), request=request_id)
    return CodeSent(now.customer_id, now.email, float(CODE_SECONDS))


def check_code(session: Session, actor: Actor, customer_id: int, code: str) -> CodeChecked:
    """Count a try of the code that was sent last, and verify the address where it is the right one.

    One conditional UPDATE decides, so that a code is used once, at however many tills it is typed. The customer's row
    is written before it, as the order of all locks has it. Raises NotPermitted, NotFound, CustomerRefused (it was
    erased), FieldRefused (field `code`: what was typed is no code at all, which counts as no try).
    """
    require(session, actor, Permission.CUSTOMERS)
    typed = typed_code(code)
    if not typed:
        raise FieldRefused({"code": say("A code has {digits} digits.", digits=CODE_DIGITS)})
    of_customer = _OPEN.where(_CODE.c.customer_id == who_is(session, customer_id))
    sent = session.execute(of_customer.limit(1)).one_or_none()
    is_right = sent is not None and is_code(typed, sent.code_hash)
    now = locked_record(session, customer_id)
    require_here(now)
    if sent is None or email_key(sent.email) != now.draft().email_key:
        return CodeChecked(_verdict_of_none(now), now)
    if not _count_try(session, sent.id, is_right=is_right):
        return _why_not(session, now, sent.id)
    if not is_right:
        left = MOST_TRIES - session.execute(select(_CODE.c.tries).where(_CODE.c.id == sent.id)).scalar_one()
        return CodeChecked(CodeVerdict.WRONG if left > 0 else CodeVerdict.SPENT, now, max(left, 0))
    session.execute(update(Customer).where(Customer.id == now.customer_id).values(email_verified_at=utc_now()))
    record(session, actor, "email_verified", customer=told_customer(now.customer_id))
    return CodeChecked(CodeVerdict.RIGHT, read_record(session, now.customer_id))


def _require_sendable(session: Session, now: CustomerRecord) -> None:
    if not now.email:
        raise CodeNotSent(
            say("This customer has no e-mail address."), advice=say("Type one under Customers, then send a code.")
        )
    if now.verified_at is not None:
        raise CodeNotSent(say("This address is verified already."), advice=say("No code was sent."))
    if not sends_letters(session):
        raise CodeNotSent(
            say("This house sends no letters yet: no mail server is set."),
            advice=say("A manager sets one under Manage, Letters."),
        )
    rows = session.execute(_NEWEST.where(_CODE.c.customer_id == now.customer_id).limit(MOST_TRIES))
    # What a clock that was set back has written in times to come holds nobody up.
    ago = [-float(row.sent) for row in rows if row.sent < 1 and email_key(row.email) == now.draft().email_key]
    wait = PAUSE_SECONDS - min(ago, default=PAUSE_SECONDS)
    if wait > 0:
        raise CodeNotSent(
            say("A code was sent to this address a moment ago."),
            advice=say("Another one can be sent in {time}.", time=Span(wait)),
            seconds=wait,
        )


def _count_try(session: Session, verification_id: int, *, is_right: bool) -> bool:
    """Count a try of a code that is good, and use it up where it is right; tell whether it was good still."""
    used = {"verified_at": utc_now()} if is_right else {}
    counted = session.execute(
        update(_CODE)
        .where(
            _CODE.c.id == verification_id,
            _CODE.c.verified_at.is_(None),
            _CODE.c.closed_at.is_(None),
            _CODE.c.tries < MOST_TRIES,
            _CODE.c.expires_at > utc_now(),
        )
        .values(tries=_CODE.c.tries + 1, **used)
    )
    return matched_rows(counted) == 1


def _why_not(session: Session, now: CustomerRecord, verification_id: int) -> CodeChecked:
    """Tell why a code is good no more."""
    stored = session.execute(_NEWEST.where(_CODE.c.id == verification_id)).one()
    if stored.verified_at is not None or stored.closed_at is not None:
        return CodeChecked(_verdict_of_none(now), now)
    return CodeChecked(CodeVerdict.SPENT if stored.tries >= MOST_TRIES else CodeVerdict.OVER, now)


def _verdict_of_none(now: CustomerRecord) -> CodeVerdict:
    return CodeVerdict.MISSING if now.verified_at is None else CodeVerdict.USED


def sends_letters(session: Session) -> bool:
    """Tell whether a mail server is set at all; whether one answers is not asked."""
    stored = session.execute(select(Setting.value).where(Setting.name == _SETTING)).scalar_one_or_none()
    try:
        known: Any = json.loads(stored or "{}")
    except ValueError:
        return False
    return isinstance(known, dict) and bool(known.get("server") and known.get("sender_address"))
