"""Tills that send letters, each a process of its own; some of them without what keeps them from sending one twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from pos_app.clients.smtp.line import MailLine
from pos_app.db.base import table_of
from pos_app.db.clock import utc_plus
from pos_app.db.models import OutboxEmail
from pos_app.flows import send_letters
from pos_app.flows.send_letters import Post, send_next
from pos_app.services.letters import queue
from pos_app.services.letters.queue import hand_over
from tests.concurrency.till import change
from tests.letters import mail_settings
from tests.wrong_clock import set_clock_wrong

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.concurrency.till import Till

_LETTER = table_of(OutboxEmail)


def send_all(till: Till, *, port: int, ahead: float = 0.0) -> list[str]:
    """Send until nothing is due; return what the tries came to. ahead: how many seconds this till's clock is wrong."""
    if ahead:
        set_clock_wrong(ahead)
    line = MailLine(step_seconds=60)
    post = Post(None, till.actor.till_id, lambda _: None, lambda _: True)
    done: list[str] = []
    while True:
        tried = till.patiently(lambda: send_next(till.database, post, line, mail_settings(port)))
        if tried is None:
            line.close()
            return done
        done.append(str(tried.outcome))


def look_wait_and_send(till: Till, *, port: int, guarded: bool) -> list[str]:
    """As send_all, but wait between looking for a letter and claiming it. guarded: the claim has its condition."""
    look = queue._look

    def slowly(session: Session, skip: Any, most: int) -> Any:
        found = look(session, skip, most)
        if most > 1 and found:
            till.say("found", [one.letter_id for one in found])
            till.wait()
        return found

    change(queue, _look=slowly)
    if not guarded:
        change(queue, _claim=_claim_whatever_it_is)
    return send_all(till, port=port)


def wait_before_handing_over(till: Till, *, port: int, guarded: bool) -> list[str]:
    """As send_all, but wait just before a letter is handed over. guarded: it is asked whether the lease still holds."""

    def late(session: Session, claimed: queue.ClaimedLetter) -> bool:
        return hand_over(session, claimed) if guarded else True

    transact = till.database.transact

    def slowly(service: Any, *asked: Any, **more: Any) -> Any:
        if service is late:
            till.say("about to hand over")
            till.wait()
        return transact(service, *asked, **more)

    change(send_letters, hand_over=late)
    till.database.transact = slowly  # type: ignore[method-assign,assignment]
    return send_all(till, port=port)


def _claim_whatever_it_is(session: Session, found: Any, lease: str, domain: str) -> bool:
    session.execute(
        update(_LETTER)
        .where(_LETTER.c.id == found.letter_id)
        .values(
            state="sending",
            leased_by=lease,
            leased_until=utc_plus(180),
            due_at=utc_plus(180),
            tries=_LETTER.c.tries + 1,
            first_tried_at=utc_plus(0),
            message_id=f"<{lease}@{domain}>",
        )
    )
    return True
