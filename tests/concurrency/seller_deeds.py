"""What till processes do to tickets on resale: each round when the test says go, and the outcome is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import Ticket, TicketPresence
from pos_app.domain.orders.resale import ResaleBackRequest
from pos_app.services.orders.resale.taking_back import take_back_resale
from pos_app.services.resale import reselling
from tests.concurrency.order_deeds import hold_and_sell_each, pause_before, tell_outcome
from tests.concurrency.till import change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tests.concurrency.till import Till


def take_back_each(till: Till, *, orders: list[dict[str, Any]]) -> None:
    """Take the ticket of one order after the other off resale, as the test has seen it."""
    for order in orders:
        asked = ResaleBackRequest(uuid4().hex, order["order_id"], order["revision"], (order["line_id"],))
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(take_back_resale, till.actor, asked), "taken back")  # noqa: B023 - of this turn


def buy_after_a_look(till: Till, *, trusting: bool, **arguments: Any) -> None:
    """Buy what is on resale, a while after the look at its seller. trusting: the wrong way, whoever came in since."""

    def void_all(session: Session, rows: Sequence[Any], *_: Any) -> None:
        tickets = [row.ticket_id for row in rows]
        session.execute(update(TicketPresence).where(TicketPresence.ticket_id.in_(tickets)).values(issue_count=0))
        session.execute(update(Ticket).where(Ticket.id.in_(tickets)).values(voided_at=utc_now(), live_seat_id=None))

    if trusting:
        change(reselling, _void=void_all)
    pause_before(till, reselling, "_void")
    hold_and_sell_each(till, **arguments)
