"""Finding the ticket behind a scan, and why it is not good, if it is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import select

from pos_app.db.clock import seconds_until
from pos_app.db.models import (
    CheckIn,
    Event,
    Order,
    OrderLine,
    OutsideCode,
    Performance,
    SeatingPlan,
    Ticket,
    TicketType,
    Venue,
)
from pos_app.documents.ticket_codes import ForgedCode, NotOurCode, UnknownKey, verify_ticket
from pos_app.domain.codes import looks_like_short_code, normalise_code
from pos_app.domain.door.check_in import Reason, Verdict
from pos_app.domain.sentences import NOTHING, Moment, say
from pos_app.services.seats.places import places_of
from pos_app.services.tills.registering import load_public_keys

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.domain.seats import Place
    from pos_app.domain.sentences import Sentence

_FIRST_PRINT: Final = 1
"""The print that an old code stands for: once the ticket is printed here, the old code is no longer good."""
_HIGHEST_SERIAL: Final = 2**63 - 1
"""The code has room for more than a database's key."""


@dataclass(frozen=True, slots=True)
class GateTicket:
    """What a gate knows of a ticket. issue_count: the print that is good now."""

    ticket_id: int
    performance_id: int
    title: str
    starts_at: datetime
    ends_at: datetime | None
    venue: str
    time_zone: str
    place: Place
    ticket_type: str
    customer_name: str
    order_number: str
    order_state: str
    issue_count: int
    void: bool
    called_off: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """When and where somebody came in with a ticket: at which gate, past which machine."""

    check_in_id: int
    at: datetime
    gate: str
    till_id: int
    seconds_ago: float


class Telling(NamedTuple):
    """What a steward is told beside the verdict: what speaks against the ticket, and what to do."""

    what: Sentence = NOTHING
    advice: Sentence = NOTHING


@dataclass(frozen=True, slots=True)
class Judged:
    """A scan on its way to a verdict. telling: what is told instead of the reason's own sentences."""

    verdict: Verdict
    reason: Reason
    ticket: GateTicket | None = None
    entry: Entry | None = None
    telling: Telling | None = None
    check_in_id: int = 0
    repeated: bool = False

    def told(self, verdict: Verdict, reason: Reason, *, entry: Entry | None = None, repeated: bool = False) -> Judged:
        """Return the same scan with its verdict."""
        check_in_id = entry.check_in_id if entry is not None and repeated else self.check_in_id
        return replace(self, verdict=verdict, reason=reason, entry=entry, repeated=repeated, check_in_id=check_in_id)

    def stored_as(self, check_in_id: int) -> Judged:
        """Return the same scan with the number of its record."""
        return replace(self, check_in_id=check_in_id)

    @classmethod
    def stored(
        cls, session: Session, check_in_id: int, ticket_id: int | None, verdict: Verdict, reason: Reason
    ) -> Judged:
        """Return a scan as it was judged before."""
        ticket = _find(session, Ticket.id == ticket_id) if ticket_id is not None else None
        entry = last_entry(session, ticket_id) if ticket_id is not None and verdict is Verdict.ALREADY_USED else None
        judged = cls(verdict, reason, ticket, entry, check_in_id=check_in_id)
        if reason is Reason.SAME_GUEST:
            return judged.told(Verdict.ADMITTED, Reason.NONE, entry=entry, repeated=entry is not None)
        return judged


def find_scanned(session: Session, performance_id: int, text: str) -> Judged:
    """Find the ticket of a cleaned scan; reason NONE: nothing speaks against it."""
    signed_issue: int | None = None
    if looks_like_short_code(text):
        ticket = _find(session, Ticket.short_code == normalise_code(text))
        if ticket is None and (ticket := _find_outside(session, performance_id, text)) is not None:
            signed_issue = _FIRST_PRINT
    else:
        try:
            claim = verify_ticket(text, load_public_keys(session))
        except NotOurCode:
            ticket = _find_outside(session, performance_id, text)
            if ticket is None:
                return Judged(Verdict.REFUSED, Reason.INVALID)
            return _judge_found(ticket, performance_id, _FIRST_PRINT)
        except UnknownKey:
            return Judged(
                Verdict.REFUSED,
                Reason.FORGED,
                telling=Telling(
                    say("This code is signed by a key that this house does not know, or has revoked."),
                    say("Do not let the guest in: the box office looks the sale up, and prints it anew."),
                ),
            )
        except ForgedCode:
            return Judged(Verdict.REFUSED, Reason.FORGED)
        signed_issue = claim.issue_count
        ticket = _find(session, Ticket.id == claim.serial) if claim.serial <= _HIGHEST_SERIAL else None
        if ticket is not None and ticket.performance_id != claim.performance_id:
            ticket = None
    if ticket is None:
        return Judged(Verdict.REFUSED, Reason.UNKNOWN)
    return _judge_found(ticket, performance_id, signed_issue)


def _judge_found(ticket: GateTicket, performance_id: int, signed_issue: int | None) -> Judged:
    judged = Judged(Verdict.REFUSED, Reason.NONE, ticket)
    if ticket.performance_id != performance_id:
        what = say(
            "This ticket is for “{title}”, {moment}, {venue}.",
            title=ticket.title,
            moment=Moment(ticket.starts_at, ticket.time_zone, year=False, until=ticket.ends_at),
            venue=ticket.venue,
        )
        telling = Telling(what, say("Send the guest to the box office."))
        return replace(judged, reason=Reason.WRONG_PERFORMANCE, telling=telling)
    return replace(judged, reason=_standing(ticket, signed_issue))


def _find_outside(session: Session, performance_id: int, text: str) -> GateTicket | None:
    """Find a ticket that was sold before the season was taken over, by the code that was printed on it then."""
    here = OutsideCode.performance_id == performance_id, OutsideCode.code_key == text
    known = session.execute(select(OutsideCode.ticket_id).where(*here)).scalar_one_or_none()
    if known is None:
        elsewhere = select(OutsideCode.ticket_id).where(OutsideCode.code_key == text).order_by(OutsideCode.ticket_id)
        known = session.execute(elsewhere.limit(1)).scalar_one_or_none()
    return None if known is None else _find(session, Ticket.id == known)


def _standing(ticket: GateTicket, signed_issue: int | None) -> Reason:
    """Return what speaks against a ticket of this performance, NONE for nothing."""
    if ticket.void or ticket.order_state == "void":
        return Reason.CANCELED
    if ticket.called_off:
        return Reason.CALLED_OFF
    if ticket.order_state != "paid":
        return Reason.UNPAID
    if signed_issue is not None and signed_issue != ticket.issue_count:
        return Reason.REPRINTED
    return Reason.NONE


def last_entry(session: Session, ticket_id: int) -> Entry | None:
    """Return the last admission of a ticket that was not taken back."""
    row = session.execute(
        select(
            CheckIn.id,
            CheckIn.created_at,
            CheckIn.gate,
            CheckIn.till_id,
            seconds_until(CheckIn.created_at).label("until"),
        )
        .where(CheckIn.ticket_id == ticket_id, CheckIn.verdict == Verdict.ADMITTED, CheckIn.undone_at.is_(None))
        .order_by(CheckIn.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Entry(row.id, row.created_at, row.gate, row.till_id, -float(row.until))


def _find(session: Session, which: ColumnElement[bool]) -> GateTicket | None:
    row = session.execute(
        select(
            Ticket.id,
            Ticket.performance_id,
            Ticket.issue_count,
            Ticket.voided_at,
            OrderLine.seat_id,
            TicketType.name,
            Order.customer_name,
            Order.number,
            Order.state,
            Event.title,
            Performance.starts_at,
            Performance.ends_at,
            Performance.state.label("performance_state"),
            Venue.name.label("venue"),
            Venue.time_zone,
        )
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .join(Performance, Performance.id == Ticket.performance_id)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(which)
    ).one_or_none()
    if row is None:
        return None
    return GateTicket(
        ticket_id=row.id,
        performance_id=row.performance_id,
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        venue=row.venue,
        time_zone=row.time_zone,
        place=places_of(session, [row.seat_id])[row.seat_id],
        ticket_type=row.name,
        customer_name=row.customer_name,
        order_number=row.number,
        order_state=row.state,
        issue_count=row.issue_count,
        void=row.voided_at is not None,
        called_off=row.performance_state == "cancelled",
    )
