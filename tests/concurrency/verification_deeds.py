"""What tills do with the codes of an address: send one, and type it, at the same moment as others do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import EmailVerification
from pos_app.domain.letters.verification import CodeNotSent
from pos_app.services.customers.rows import locked_record
from pos_app.services.letters import verifying
from pos_app.services.letters.verifying import check_code, send_code
from tests.concurrency.till import change

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.customers.records import CustomerRecord
    from tests.concurrency.till import Till


def send_at_once(till: Till, *, customer_id: int) -> str:
    """Ask for a code."""
    till.say("ready")
    till.wait()
    try:
        till.transact(send_code, till.actor, customer_id, uuid4().hex)
    except CodeNotSent:
        return "refused"
    return "sent"


def type_code(till: Till, *, customer_id: int, code: str) -> str:
    """Type a code."""
    till.say("ready")
    till.wait()
    return till.transact(check_code, till.actor, customer_id, code).verdict


def type_at_once(till: Till, *, customer_id: int, code: str) -> str:
    """Type a code, each till having found it good before any of them writes."""

    def lock_later(session: Session, of_customer: int) -> CustomerRecord:
        till.say("looked")
        till.wait()
        change(verifying, locked_record=locked_record)
        return locked_record(session, of_customer)

    change(verifying, locked_record=lock_later)
    return till.transact(check_code, till.actor, customer_id, code).verdict


def type_at_once_unguarded(till: Till, **arguments: Any) -> str:
    """Type a code the wrong way: what was good when it was looked at is good."""

    def count(session: Session, verification_id: int, *, is_right: bool) -> bool:
        used = {"verified_at": utc_now()} if is_right else {}
        of_code = update(EmailVerification).where(EmailVerification.id == verification_id)
        session.execute(of_code.values(tries=EmailVerification.tries + 1, **used))
        return True

    change(verifying, _count_try=count)
    return type_at_once(till, **arguments)
