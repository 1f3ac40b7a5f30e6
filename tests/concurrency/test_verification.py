"""One code at many tills: it is used once, guessed at five times, and sent once a minute."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import func, select

from pos_app.db.models import AuditEntry, EmailVerification, OutboxEmail
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.letters.verification import MOST_TRIES, CodeVerdict
from pos_app.services.customers.records import add_customer
from pos_app.services.letters.verifying import send_code
from tests.concurrency.tills import Job, let_go, open_tills
from tests.concurrency.verification_deeds import send_at_once, type_at_once, type_at_once_unguarded, type_code
from tests.services.letters.codes import another_than, sent_codes, set_mail_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

TILLS = 8


def _customer(arena: Arena) -> int:
    """Make somebody with an address, in a house that sends letters."""
    arena.database.transact(set_mail_server)
    draft = CustomerDraft("Anna Novak", "anna@example.org")
    return arena.database.transact(add_customer, arena.house.cashier, draft, request_id=uuid4().hex).customer_id


def _send(arena: Arena, customer_id: int) -> str:
    arena.database.transact(send_code, arena.house.cashier, customer_id, uuid4().hex)
    return sent_codes(arena.database, customer_id)[-1]


def _all_at_once(arena: Arena, deed: Callable[..., Any], step: str, **arguments: Any) -> Counter[str]:
    jobs = [Job(arena.url, actor, deed, arguments) for actor in arena.actors(arena.house.cashier, TILLS)]
    with open_tills(jobs) as tills:
        let_go(tills)
        for till in tills:
            till.hear(step)
        let_go(tills)
        return Counter(till.result() for till in tills)


def _verified(session: Session) -> int:
    told = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "email_verified")
    return session.execute(told).scalar_one()


def _tries(session: Session) -> int:
    return session.execute(select(EmailVerification.tries)).scalar_one()


def test_one_code_at_many_tills_is_used_once(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=1, seats_per_row=1)
    _require_used_once(arena, type_code, "ready")


def test_one_code_that_many_tills_found_good_is_used_once(make_arena: Callable[..., Arena]) -> None:
    _require_used_once(make_arena(rows=1, seats_per_row=1), type_at_once, "looked")


def _require_used_once(arena: Arena, deed: Callable[..., Any], step: str) -> None:
    customer_id = _customer(arena)
    code = _send(arena, customer_id)
    told = _all_at_once(arena, deed, step, customer_id=customer_id, code=code)
    assert told == {CodeVerdict.RIGHT: 1, CodeVerdict.USED: TILLS - 1}
    assert arena.database.read(_verified) == 1
    arena.require_sound()


def test_without_the_guard_one_code_is_used_at_each_till(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=1, seats_per_row=1)
    customer_id = _customer(arena)
    code = _send(arena, customer_id)
    told = _all_at_once(arena, type_at_once_unguarded, "looked", customer_id=customer_id, code=code)
    assert told == {CodeVerdict.RIGHT: TILLS}
    assert arena.database.read(_verified) == TILLS


def test_many_tills_that_guess_have_five_tries_together(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=1, seats_per_row=1)
    customer_id = _customer(arena)
    wrong = another_than(_send(arena, customer_id))
    told = _all_at_once(arena, type_code, "ready", customer_id=customer_id, code=wrong)
    assert told == {CodeVerdict.WRONG: MOST_TRIES - 1, CodeVerdict.SPENT: TILLS - MOST_TRIES + 1}
    assert arena.database.read(_tries) == MOST_TRIES


def test_many_tills_that_ask_for_a_code_send_one(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena(rows=1, seats_per_row=1)
    customer_id = _customer(arena)
    told = _all_at_once(arena, send_at_once, "ready", customer_id=customer_id)
    assert told == {"sent": 1, "refused": TILLS - 1}
    letters = select(func.count()).select_from(OutboxEmail)
    assert arena.database.read(lambda session: session.execute(letters).scalar_one()) == 1
    arena.require_sound()
