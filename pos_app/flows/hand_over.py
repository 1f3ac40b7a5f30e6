"""Handing over tickets that were paid before: this till must be able to sign them before they count as handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.flows.print_tickets import set_tickets
from pos_app.services.orders.collecting import hand_over
from pos_app.services.tills.registering import require_key

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.flows.print_tickets import PrintedTickets, TicketPress


def hand_over_tickets(
    database: Database, press: TicketPress, actor: Actor, order_id: int, *, request_id: str, seen: int
) -> PrintedTickets:
    """Count the waiting tickets of an order as handed over and set them: a first print, no reprint. May be repeated.

    seen: the revision of the order that is shown. Raises TillNotEnrolled, and what hand_over and set_tickets raise.
    """
    database.read(require_key, press.till_id, press.identity.public_key)
    return set_tickets(database, press, database.transact(hand_over, actor, order_id, request_id, seen=seen))
