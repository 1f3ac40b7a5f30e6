"""What becomes of letters when a customer is corrected, merged or forgotten, or an order changes hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, OutboxEmail, OutboxTry
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.readdressing import Readdressed, add_readdressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_UNSENT: Final = (LetterState.WAITING, LetterState.SENDING)


def follow_address(session: Session, customer_id: int, before: str, now: str, *, staff_id: int | None = None) -> None:
    """Let letters that wait go to the address that a customer has now; without one they are stopped.

    staff_id: who corrected it, for the history of each letter.
    What is sent, or is on its way, went where it was written to. A code that proves the address of before is stopped:
    it would prove another one.
    """
    which = (
        OutboxEmail.customer_id == customer_id,
        OutboxEmail.recipient == before,
        OutboxEmail.state == LetterState.WAITING,
    )
    waiting = update(OutboxEmail).where(*which)
    proving = waiting.where(OutboxEmail.kind == LetterKind.VERIFICATION)
    session.execute(proving.values(state=LetterState.STOPPED, closed_at=utc_now(), facts="{}"))
    if now:
        _readdress(session, which, staff_id, before=before, recipient=now)
    else:
        session.execute(waiting.values(state=LetterState.STOPPED, closed_at=utc_now()))


def hand_letters(session: Session, order_id: int, customer_id: int | None, *, staff_id: int | None = None) -> None:
    """Let letters of an order that wait go to who it is given to; they are stopped where nobody can be reached.

    Call it behind the order's lock. customer_id: of one that is merged into nobody. staff_id: as of follow_address.
    """
    row = session.execute(select(Customer.email, Customer.language).where(Customer.id == customer_id)).one_or_none()
    which = (OutboxEmail.order_id == order_id, OutboxEmail.state == LetterState.WAITING)
    if row is not None and row.email:
        more = {"customer_id": customer_id, "language": row.language}
        _readdress(session, which, staff_id, before="", recipient=row.email, **more)
    else:
        session.execute(update(OutboxEmail).where(*which).values(state=LetterState.STOPPED, closed_at=utc_now()))


def _readdress(
    session: Session,
    which: Sequence[ColumnElement[bool]],
    staff_id: int | None,
    *,
    before: str,
    recipient: str,
    **more: Any,
) -> None:
    """Let letters go to another address, and tell that in what each is set from; a till that takes one comes first."""
    rows = session.execute(
        select(OutboxEmail.id, OutboxEmail.facts, utc_now().label("now")).where(*which).with_for_update()
    ).all()
    for row in rows:
        facts = add_readdressed(row.facts, Readdressed(before, recipient, row.now, staff_id))
        changed = update(OutboxEmail).where(OutboxEmail.id == row.id, OutboxEmail.state == LetterState.WAITING)
        session.execute(changed.values(recipient=recipient, facts=facts, **more))


def move_letters(session: Session, other_id: int, kept_id: int) -> None:
    """Let the letters of one customer be another's; each goes to the address that it was written to."""
    session.execute(update(OutboxEmail).where(OutboxEmail.customer_id == other_id).values(customer_id=kept_id))


def blank_letters(session: Session, letter_ids: Sequence[int]) -> None:
    """Take every word out of letters, and let none go out that has not gone yet.

    A till that is sending one at this moment has lost its lease: what it writes down of it afterwards finds no letter.
    """
    which = OutboxEmail.id.in_(letter_ids)
    session.execute(
        update(OutboxEmail)
        .where(which, OutboxEmail.state.in_(_UNSENT))
        .values(state=LetterState.STOPPED, closed_at=utc_now(), leased_by=None, leased_until=None)
    )
    blank = {"recipient": "", "facts": "{}", "subject": "", "body": None, "attachments": None, "failure": ""}
    session.execute(update(OutboxEmail).where(which).values(**blank))
    session.execute(update(OutboxTry).where(OutboxTry.letter_id.in_(letter_ids)).values(answer=""))
