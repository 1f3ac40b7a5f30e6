"""What is scanned at a till, a ticket or the slip of a reservation: told, and neither checked in nor stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.domain.codes import grouped
from pos_app.domain.door.check_in import Reason, Scan
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import NOTHING, Moment, say
from pos_app.services.door.check_in import SENTENCES
from pos_app.services.door.readings import judge_meant
from pos_app.services.door.scanned_tickets import Telling
from pos_app.services.orders.scanned_slip import tell_slip
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence
    from pos_app.services.door.gate_looks import GateTicket
    from pos_app.services.orders.scanned_slip import ScannedSlip

_NOWHERE: Final = 0
"""No performance has this number: a ticket is looked for wherever it is for."""

_TOLD_HERE: Final = {
    Reason.NONE: Telling(say("This ticket is good. Nobody has come in with it yet.")),
    Reason.INVALID: Telling(say("What was scanned is no ticket of this house.")),
}
"""What a door says otherwise."""


@dataclass(frozen=True, slots=True)
class ScannedTicket:
    """What a till says of a scan.

    standing: whether it is good, used, void, or no ticket at all. what: performance, place, type, order; where it is no
    ticket, what to do, if anything is. is_used: somebody came in with it. order_id: None where there is no ticket.
    """

    reason: Reason
    standing: Sentence
    what: Sentence = NOTHING
    is_used: bool = False
    order_id: int | None = None

    @property
    def is_good(self) -> bool:
        """Tell whether the ticket would be admitted now, if only at the door of its own performance."""
        return self.reason is Reason.NONE and not self.is_used


def tell_scanned(session: Session, actor: Actor, text: str) -> ScannedTicket | ScannedSlip:
    """Tell what a scan is; the number of an order is that of a slip. Reads only. Raises NotPermitted."""
    require(session, actor, Permission.SELL)
    slip = tell_slip(session, actor, text)
    if slip is not None:
        return slip
    scan = Scan(_NOWHERE, "", text, "")
    judged = judge_meant(session, actor, scan)[1]
    if judged.ticket is not None and judged.reason is Reason.WRONG_PERFORMANCE:
        judged = judge_meant(session, actor, replace(scan, performance_id=judged.ticket.performance_id))[1]
    ticket = judged.ticket
    told = (judged.telling or _TOLD_HERE.get(judged.reason) or SENTENCES[judged.reason]).what
    if ticket is None:
        # What a door does about a forged one is not this till's to do; about its keyboard it is.
        telling = judged.telling if judged.reason is not Reason.FORGED else None
        return ScannedTicket(judged.reason, told, telling.advice if telling else NOTHING)
    order_id = session.execute(select(Order.id).where(Order.number == ticket.order_number)).scalar_one()
    entered = _tell_entry(ticket)
    return ScannedTicket(
        judged.reason,
        entered if entered and judged.reason is Reason.NONE else told,
        _tell_ticket(ticket),
        is_used=bool(entered),
        order_id=order_id,
    )


def _tell_ticket(ticket: GateTicket) -> Sentence:
    return say(
        "“{title}”, {moment}, {venue}: {place}, {type}. Order {order}.",
        title=ticket.title,
        moment=Moment(ticket.starts_at, ticket.time_zone, until=ticket.ends_at),
        venue=ticket.venue,
        place=ticket.place.spoken(),
        type=ticket.ticket_type,
        order=grouped(ticket.order_number),
    )


def _tell_entry(ticket: GateTicket) -> Sentence:
    """Say when and where somebody came in, and whether they went out again; NOTHING where nobody did."""
    entry = ticket.entry
    if entry is None:
        return NOTHING
    at = Moment(entry.at, ticket.time_zone, year=False)
    if ticket.inside:
        return say("This ticket is used: in since {moment}, at {gate}.", moment=at, gate=entry.gate)
    return say("This ticket was used {moment}, at {gate}; the guest went out again.", moment=at, gate=entry.gate)
