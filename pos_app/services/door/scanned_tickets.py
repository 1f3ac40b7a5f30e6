"""Finding the ticket behind a scan, and why it is not good, if it is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, select

from pos_app.db.base import table_of
from pos_app.db.models import Order, OrderLine
from pos_app.documents.house_keys import till_key_is_signed
from pos_app.documents.ticket_codes import ForgedCode, SignedTicket, UnknownKey, read_ticket, verify_ticket
from pos_app.domain.codes import is_part_of_code, looks_like_order_number, looks_like_short_code, normalise_code
from pos_app.domain.door.check_in import SAME_GUEST_SECONDS, Reason, Verdict
from pos_app.domain.orders.changes import LineState
from pos_app.domain.sentences import NOTHING, Moment, say
from pos_app.services.door.gate_looks import look_by_code, look_by_id
from pos_app.services.door.old_codes import find_old_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.door.check_in import Scan
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence
    from pos_app.services.door.entries import Entry
    from pos_app.services.door.gate_looks import GateTicket, Look

_ORDER = table_of(Order)
_LINE = table_of(OrderLine)
_LINE_OF_IT: Final = select(_LINE.c.id).where(_LINE.c.order_id == _ORDER.c.id)
_BY_NUMBER: Final = select(
    _LINE_OF_IT.where(_LINE.c.state == LineState.RESERVED).exists().label("is_reserved"),
    (~_LINE_OF_IT.where(_LINE.c.state != LineState.RELEASED).exists()).label("is_over"),
).where(_ORDER.c.number == bindparam("number", type_=_ORDER.c.number.type))
_FIRST_PRINT: Final = 1
"""The print that an old code stands for: once the ticket is printed here, the old code is no longer good."""


class Telling(NamedTuple):
    """What a steward is told beside the verdict: what speaks against the ticket, and what to do."""

    what: Sentence = NOTHING
    advice: Sentence = NOTHING


_EXCHANGED: Final = Telling(
    say("This ticket was exchanged for another one."),
    say("Ask for the new ticket. Without it, send the guest to the box office."),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A scan on its way to a verdict. telling: what is told instead of the reason's own sentences.

    entry: when somebody came in before; here: past this machine, at a gate of this name.
    """

    verdict: Verdict
    reason: Reason
    ticket: GateTicket | None = None
    entry: Entry | None = None
    here: bool = False
    telling: Telling | None = None
    check_in_id: int = 0
    repeated: bool = False

    def told(self, verdict: Verdict, reason: Reason) -> Judged:
        """Return the same scan with its verdict."""
        return replace(self, verdict=verdict, reason=reason)

    def used_before(self, gate: str, till_id: int) -> Judged:
        """Return the verdict on a ticket whose holder is inside: the same guest a moment later, or somebody else."""
        entry = self.ticket.entry if self.ticket is not None else None
        # Past two machines of one gate walk two guests, one with a copy.
        here = entry is not None and entry.gate == gate and entry.till_id == till_id
        if entry is not None and here and entry.seconds_ago < SAME_GUEST_SECONDS:
            return self.same_guest(entry)
        return replace(
            self, verdict=Verdict.ALREADY_USED, reason=Reason.ALREADY_REDEEMED, entry=entry, here=here, repeated=False
        )

    def same_guest(self, entry: Entry) -> Judged:
        """Return the verdict on a code shown again by the guest who was let in with it a moment ago."""
        return replace(
            self,
            verdict=Verdict.ADMITTED,
            reason=Reason.NONE,
            entry=entry,
            here=True,
            repeated=True,
            check_in_id=entry.check_in_id,
        )


def look_for(session: Session, actor: Actor, scan: Scan, text: str) -> Look:
    """Read, in one statement, all that a verdict on this text needs. text: of the scan, cleaned."""
    signed = read_ticket(text)
    if signed is not None:
        # Looked up by what it claims before that is proven: the key that proves it comes with it.
        claim = signed.claim
        return look_by_id(session, actor.staff_id, claim.serial, nonce=scan.nonce, signed_by=claim.key_id)
    return look_by_code(session, actor.staff_id, scan.performance_id, text, _short_code(text), nonce=scan.nonce)


def judge_scanned(session: Session, actor: Actor, scan: Scan, text: str, look: Look) -> Judged:
    """Judge what was found; reason NONE: nothing speaks against it."""
    signed = read_ticket(text)
    if signed is not None:
        return _judge_signed(signed, text, scan, look)
    short_code, ticket = _short_code(text), look.ticket
    if ticket is not None:
        issue_count = None if ticket.short_code == short_code else _FIRST_PRINT
        return judge_found(ticket, scan.performance_id, issue_count)
    old = find_old_code(session, scan.performance_id, text)
    if old.ticket_id is not None:
        found = look_by_id(session, actor.staff_id, old.ticket_id).ticket
        if found is not None:
            return judge_found(found, scan.performance_id, _FIRST_PRINT)
    if old.alike:
        return Judged(
            Verdict.REFUSED,
            Reason.UNKNOWN,
            telling=Telling(
                say("This code is like those of several tickets: {codes}.", codes=old.alike),
                say("Look the guest up by name."),
            ),
        )
    if is_part_of_code(text):
        telling = Telling(
            say("Only a part of the code arrived."),
            say("Scan it once more, and hold the scanner still until it beeps."),
        )
        return Judged(Verdict.REFUSED, Reason.INVALID, telling=telling)
    if looks_like_order_number(text) and (slip := _judge_number(session, normalise_code(text))) is not None:
        return slip
    return Judged(Verdict.REFUSED, Reason.INVALID if short_code is None else Reason.UNKNOWN)


def _judge_number(session: Session, number: str) -> Judged | None:
    """Judge the number of an order, which a reservation's slip carries; None: there is no such order."""
    row = session.connection().execute(_BY_NUMBER, {"number": number}).one_or_none()
    if row is None:
        return None
    if row.is_reserved:
        telling = Telling(
            say("This is the slip of a reservation: not paid yet."), say("Send the guest to the box office.")
        )
        return Judged(Verdict.REFUSED, Reason.UNPAID, telling=telling)
    if row.is_over:
        telling = Telling(
            say("This reservation is over: its seats were given back."), say("Send the guest to the box office.")
        )
        return Judged(Verdict.REFUSED, Reason.INVALID, telling=telling)
    telling = Telling(
        say("This is the number of an order, and no ticket."),
        say("Ask for the tickets, or look the guest up by this number."),
    )
    return Judged(Verdict.REFUSED, Reason.INVALID, telling=telling)


def judge_found(ticket: GateTicket, performance_id: int, issue_count: int | None) -> Judged:
    """Judge a ticket that is there. issue_count: of the print that was scanned, None where any is good."""
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
    reason = _standing(ticket, issue_count)
    is_exchanged = reason is Reason.CANCELED and ticket.line_state == LineState.EXCHANGED
    return replace(judged, reason=reason, telling=_EXCHANGED if is_exchanged else None)


def _judge_signed(signed: SignedTicket, text: str, scan: Scan, look: Look) -> Judged:
    keys = {} if look.public_key is None else {signed.claim.key_id: look.public_key}
    try:
        claim = verify_ticket(text, keys)
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
    if not _is_vouched_for(scan.house_key or look.house_key, look):
        return Judged(
            Verdict.REFUSED,
            Reason.FORGED,
            telling=Telling(
                say("This code is signed by a till that this house never vouched for: somebody may have made it up."),
                say("Do not let the guest in, keep the paper, and call a manager."),
            ),
        )
    ticket = look.ticket
    if ticket is None or ticket.performance_id != claim.performance_id:
        return Judged(Verdict.REFUSED, Reason.UNKNOWN)
    return judge_found(ticket, scan.performance_id, claim.issue_count)


def _is_vouched_for(house_key: str, look: Look) -> bool:
    """Tell whether the house vouches for the key that signed; a house without a key vouches for all."""
    if not house_key:
        return True
    public_key = "" if look.public_key is None else look.public_key.hex()
    return till_key_is_signed(house_key, look.key_till_id, public_key, look.key_signature)


def _standing(ticket: GateTicket, issue_count: int | None) -> Reason:
    """Return what speaks against a ticket of this performance, NONE for nothing."""
    if ticket.void or not ticket.admits:
        return Reason.CANCELED
    if ticket.called_off:
        return Reason.CALLED_OFF
    if ticket.line_state != LineState.LIVE:
        return Reason.UNPAID
    if (issue_count is not None and issue_count != ticket.issue_count) or ticket.admits != ticket.issue_count:
        return Reason.REPRINTED
    return Reason.NONE


def _short_code(text: str) -> str | None:
    return normalise_code(text) if looks_like_short_code(text) else None
