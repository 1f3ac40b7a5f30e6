"""Guessing secrets at many tills at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pos_app.domain.errors import ApprovalRefused, SignInRefused
from pos_app.domain.roles import Permission
from pos_app.domain.staff.sign_in import Approval, wait_after
from pos_app.flows.sign_in import approve, sign_in
from pos_app.services.staff import attempts
from pos_app.services.staff.attempts import begin_attempt
from pos_app.services.staff.choices import list_staff_choices
from pos_app.services.staff.old_tries import forget_tries
from pos_app.services.tills.registering import KnownTill
from tests.concurrency.till import change

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.concurrency.till import Till


def guess_each(till: Till, *, names: list[str], manager: str) -> None:
    """Guess a password of each name, and the manager's PIN; each when the test says go. Tell the refusals."""
    # On a machine so slow that the first wait of 5 s passes meanwhile, a sixth guess would be in order.
    change(attempts, wait_after=lambda failures: 5 * wait_after(failures))
    known = KnownTill(till.actor.till_id, till.actor.till_name, 0, "a4", "")
    for name in names:
        till.wait()
        try:
            till.patiently(lambda name=name: sign_in(till.database, known, name, "wrong"))  # type: ignore[misc]
        except SignInRefused as refusal:
            till.say("refusal", refusal.message)
    choices = till.database.read(list_staff_choices)
    guess = Approval(next(one.staff_id for one in choices if one.name == manager), "0000")
    till.wait()
    try:
        till.patiently(lambda: approve(till.database, till.actor, guess, Permission.VOID))
    except ApprovalRefused as refusal:
        till.say("refusal", refusal.message)


def guess_or_forget(till: Till, *, name: str, rounds: int, forgets: bool) -> list[bool]:
    """Each round, when the test says go: try a name of that number, or forget it. Tells of each try if it counted."""
    change(attempts, wait_after=lambda failures: 5 * wait_after(failures))
    told = []
    for number in range(rounds):
        till.say("ready")
        till.wait()
        if forgets:
            for _ in range(3):
                till.transact(forget_tries, f"{name} {number}")
            continue
        where = {"till_id": till.actor.till_id, "purpose": "sign_in"}
        tried = till.transact(begin_attempt, name=f"{name} {number}", staff_id=None, **where)  # type: ignore[arg-type]
        told.append(tried.attempt_id is not None)
    return told


def count_without_a_turn(till: Till, *, name: str) -> int:
    """Count a try the wrong way: without waiting for those that are being counted. Returns the seconds to wait."""
    change(attempts, _take_turn=lambda *_: None)

    def count(session: Session) -> Any:
        attempt = begin_attempt(session, name=name, staff_id=None, till_id=till.actor.till_id, purpose="sign_in")
        till.say("counted")
        till.wait()
        return attempt.wait_seconds

    told: int = till.database.transact(count)
    return told
