"""Signing in and approving: count the try, look at the secret outside any transaction, note the success."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import ApprovalRefused, SignInRefused
from pos_app.domain.roles import Actor, Permission, may
from pos_app.domain.sentences import say, say_count
from pos_app.domain.staff.pins import shortest_of
from pos_app.domain.staff.sign_in import Person
from pos_app.flows.house_keys import pin_found, take_part
from pos_app.flows.pins import open_pin_hash, require_pins_here
from pos_app.services.staff.approvals import make_approval
from pos_app.services.staff.attempts import Attempt, CountedBefore, begin_attempt, succeed_attempt, succeed_by_pin
from pos_app.services.staff.passwords import secret_matches
from pos_app.services.tills.registering import require_in_use

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.staff.sign_in import Approval
    from pos_app.services.tills.registering import KnownTill


_WRONG: Final = say("That name and password do not belong together.")


def sign_in(database: Database, till: KnownTill, name: str, password: str) -> Actor:
    """Sign in by name and password.

    Raises SignInRefused, with the seconds to wait after too many wrong tries; TillPutAway.
    """
    attempt = _count(database, till.till_id, "sign_in", name=name)
    _judge(database, attempt, attempt.password_hash, password, _WRONG)
    actor = _enter(database, _person(attempt), till)
    take_part(database, actor, password, attempt.house_key)
    return actor


def recognise(database: Database, name: str, password: str, till_id: int | None = None) -> Person:
    """Tell who gives this name and password. till_id: None on a computer that is no till yet. Raises SignInRefused."""
    attempt = _count(database, till_id, "sign_in", name=name)
    _judge(database, attempt, attempt.password_hash, password, _WRONG)
    return _person(attempt)


def require_own_password(database: Database, actor: Actor, password: str) -> None:
    """Ask who acts for the password once more: a PIN opens no keys. Raises SignInRefused."""
    attempt = _count(database, actor.till_id, "sign_in", staff_id=actor.staff_id)
    _judge(database, attempt, attempt.password_hash, password, say("That password is not right."))


def sign_in_by_pin(database: Database, till: KnownTill, staff_id: int, pin: str) -> Actor:
    """Switch to a staff member by PIN. Raises SignInRefused, TillPutAway; CannotConnect: the pepper cannot be read."""
    require_pins_here(database)
    attempt = _count(database, till.till_id, "sign_in", staff_id=staff_id)
    _judge_pin(database, attempt, pin)
    actor = _enter(database, _person(attempt), till)
    pin_found(database, attempt.house_key)
    return actor


def approve(database: Database, actor: Actor, approval: Approval | None, permission: Permission) -> int | None:
    """Return the number of the approval that whoever gives PIN or password made, for one thing at the actor's till.

    None where nobody is asked: who may approve needs nobody else for it, and what is done notes that by itself.
    The service that spends it looks the role up again. Raises ApprovalRefused.
    """
    if approval is None:
        if not actor.may(Permission.APPROVE):
            raise ApprovalRefused(
                say("A manager has to allow this."), advice=say("Ask a manager to come to the counter.")
            )
        return None
    if approval.by_pin:
        _require_pins_for_approval(database)
    attempt = _count(database, actor.till_id, "approval", staff_id=approval.staff_id)
    try:
        if approval.by_pin:
            _judge_pin(database, attempt, approval.secret)
        else:
            _judge(database, attempt, attempt.password_hash, approval.secret, say("That password is not right."))
    except SignInRefused as refusal:
        raise ApprovalRefused(refusal.message, advice=refusal.advice, wait_seconds=refusal.wait_seconds) from None
    if attempt.staff_id is None or not may(attempt.role, Permission.APPROVE):
        raise ApprovalRefused(
            say("{name} is not a manager.", name=attempt.name),
            advice=say("Ask a manager to come to the counter."),
        )
    return database.transact(make_approval, attempt.staff_id, actor.till_id, permission)


def _require_pins_for_approval(database: Database) -> None:
    try:
        require_pins_here(database)
    except SignInRefused as refusal:
        raise ApprovalRefused(refusal.message, advice=refusal.advice) from None


def _count(
    database: Database, till_id: int | None, purpose: str, *, name: str = "", staff_id: int | None = None
) -> Attempt:
    """Count a try, once however often its transaction is run."""
    return database.transact(
        begin_attempt, name=name, staff_id=staff_id, till_id=till_id, purpose=purpose, before=CountedBefore()
    )


def _person(attempt: Attempt) -> Person:
    if attempt.staff_id is None:
        raise SignInRefused(say("There is nobody of that name."))
    return Person(attempt.staff_id, attempt.name, attempt.role)


def _enter(database: Database, person: Person, till: KnownTill) -> Actor:
    database.read(require_in_use, till.till_id, person.role)
    return Actor(person.staff_id, person.name, person.role, till.till_id, till.name)


def _judge(database: Database, attempt: Attempt, stored: str, secret: str, refusal: Sentence) -> None:
    database.transact(succeed_attempt, _require_right(attempt, stored, secret, refusal))


def _judge_pin(database: Database, attempt: Attempt, pin: str) -> None:
    """Judge a PIN; a manager's that is too short is told once it was right. Raises SignInRefused."""
    attempt_id = _require_right(attempt, open_pin_hash(database, attempt), pin, say("That PIN is not right."))
    if attempt.staff_id is not None:
        database.transact(succeed_by_pin, attempt_id, attempt.staff_id, len(pin))
    if len(pin) < shortest_of(attempt.role):
        raise SignInRefused(
            say("A manager's PIN has {digits} digits at least.", digits=shortest_of(attempt.role)),
            advice=say("Use the password, and choose a new PIN under Manage, Staff."),
        )


def _require_right(attempt: Attempt, stored: str, secret: str, refusal: Sentence) -> int:
    """Return the number of a try that was right. Raises SignInRefused."""
    if attempt.attempt_id is None:
        raise SignInRefused(
            say("There were too many wrong tries."),
            wait_seconds=attempt.wait_seconds,
            advice=say_count("Please wait {count} second.", "Please wait {count} seconds.", attempt.wait_seconds),
        )
    if not secret_matches(stored, secret):
        raise SignInRefused(refusal, advice=say("Please try again."))
    return attempt.attempt_id
