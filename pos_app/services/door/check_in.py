"""Checking tickets at a gate: one conditional UPDATE decides who gets in, and every scan is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, insert, select, true, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import CheckIn, TicketPresence
from pos_app.db.results import inserted_key, matched_rows
from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.door.check_in import LONGEST_SCAN, Reason, ScanResult, Verdict, gate_name
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.door.entries import look_for_entry
from pos_app.services.door.gate_looks import look_by_id
from pos_app.services.door.readings import judge_meant
from pos_app.services.door.scanned_tickets import Judged, Telling, judge_found
from pos_app.services.permissions import require, require_stored

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.door.check_in import Scan
    from pos_app.domain.roles import Actor
    from pos_app.services.door.gate_looks import GateTicket, Look

_TO_THE_BOX_OFFICE: Final = say("Send the guest to the box office.")

SENTENCES: Final = {
    Reason.NONE: Telling(),
    Reason.INVALID: Telling(say("This is not a ticket code."), say("Ask for the ticket, and scan the square on it.")),
    Reason.FORGED: Telling(
        say("This code was not made by this house."), say("Do not let the guest in, and keep the paper.")
    ),
    Reason.UNKNOWN: Telling(say("There is no such ticket."), say("Check the code, or look the guest up by name.")),
    Reason.WRONG_PERFORMANCE: Telling(say("This ticket is for another performance."), _TO_THE_BOX_OFFICE),
    Reason.CANCELED: Telling(say("This ticket was refunded or taken back."), _TO_THE_BOX_OFFICE),
    Reason.REPRINTED: Telling(
        say("A newer print of this ticket exists; this paper is void."), say("Ask for the newer one.")
    ),
    Reason.UNPAID: Telling(say("This ticket is not paid yet."), _TO_THE_BOX_OFFICE),
    Reason.ALREADY_REDEEMED: Telling(say("Somebody came in with this ticket before."), say("Check the seat.")),
    Reason.SAME_GUEST: Telling(),
    Reason.CALLED_OFF: Telling(say("This performance is cancelled."), _TO_THE_BOX_OFFICE),
    Reason.NOT_INSIDE: Telling(say("Nobody with this ticket is inside.")),
}

_WAS_ON_RESALE: Final = Telling(advice=say("This ticket was on resale: tell the box office."))
_IS_BEING_BOUGHT: Final = Telling(
    advice=say("This ticket was on resale, and somebody is buying the seat just now: tell the box office at once.")
)

_PRESENCE = table_of(TicketPresence)
_SCAN = table_of(CheckIn)
_MOVES: Final = (Verdict.ADMITTED, Verdict.LEFT)

# Built once, and of tables: building them with every scan takes longer than the server does.
_COME_IN = (
    update(_PRESENCE)
    .where(
        _PRESENCE.c.ticket_id == bindparam("of_ticket"),
        _PRESENCE.c.inside.is_(False),
        _PRESENCE.c.issue_count == bindparam("good_print"),
    )
    .values(inside=True, entries=_PRESENCE.c.entries + 1, changed_at=utc_now())
)
_GO_OUT = (
    update(_PRESENCE)
    .where(_PRESENCE.c.ticket_id == bindparam("of_ticket"), _PRESENCE.c.inside == true())
    .values(inside=False, changed_at=utc_now())
)
_STORE = insert(_SCAN).values(created_at=utc_now())


def check_in(session: Session, actor: Actor, scan: Scan) -> ScanResult:
    """Judge a scan and store it, refused ones too. Repeating its nonce returns the same verdict.

    A guest who comes in costs four round trips: all that is to be known, the admission, its record, and COMMIT.
    Raises NotPermitted. Everything that is wrong with the ticket is a verdict, not an error.
    """
    look, judged = judge_meant(session, actor, scan)
    return settle(session, actor, scan, look, judged)


def settle(session: Session, actor: Actor, scan: Scan, look: Look, judged: Judged) -> ScanResult:
    """Let the guest in or out if nothing speaks against it, and store the scan. One that is stored is told as it was.

    look: what was read for it, with its nonce. Raises NotPermitted.
    """
    if look.stored_id is not None:
        stored = _load_stored(session, actor, look.stored_id)
        # The sentences are not stored; where the ticket still stands as it did, they are the same.
        return _answer(stored if stored.reason is not judged.reason else replace(stored, telling=judged.telling))
    require_stored(look.staff, Permission.CHECK_IN)
    gate = gate_name(scan.gate)
    if judged.reason is Reason.NONE and judged.ticket is not None:
        ticket = judged.ticket
        judged = _go_out(session, judged, ticket) if scan.leaving else _come_in(session, actor, gate, judged, ticket)
    return _answer(_store(session, actor, replace(scan, gate=gate), judged))


def _come_in(session: Session, actor: Actor, gate: str, judged: Judged, ticket: GateTicket) -> Judged:
    """The one statement that admits: matched rows decide between two gates, and between a gate and a reprint."""
    if not ticket.inside:
        asked = {"of_ticket": ticket.ticket_id, "good_print": ticket.issue_count}
        if matched_rows(session.connection().execute(_COME_IN, asked)) == 1:
            return judged.told(Verdict.ADMITTED, Reason.NONE)
        # Another gate, a reprint or a refund was first, since the ticket was read: what is it now?
        now = look_by_id(session, actor.staff_id, ticket.ticket_id).ticket or ticket
        judged = judge_found(now, ticket.performance_id, ticket.issue_count)
        if judged.reason is not Reason.NONE:
            return judged
    return judged.used_before(gate, actor.till_id)


def _go_out(session: Session, judged: Judged, ticket: GateTicket) -> Judged:
    if ticket.inside:
        left = session.connection().execute(_GO_OUT, {"of_ticket": ticket.ticket_id})
        if matched_rows(left) == 1:
            return judged.told(Verdict.LEFT, Reason.NONE)
    return judged.told(Verdict.REFUSED, Reason.NOT_INSIDE)


def _store(session: Session, actor: Actor, scan: Scan, judged: Judged) -> Judged:
    verdict, reason = judged.verdict, judged.reason
    if judged.repeated:
        # Stored apart from the admission, which alone can be taken back and is looked at by the next scan.
        verdict, reason = Verdict.ALREADY_USED, Reason.SAME_GUEST
    stored = session.connection().execute(
        _STORE,
        {
            "nonce": scan.nonce,
            "performance_id": scan.performance_id,
            "ticket_id": judged.ticket.ticket_id if judged.ticket else None,
            "gate": scan.gate,
            "till_id": actor.till_id,
            "staff_id": actor.staff_id,
            "verdict": verdict,
            "reason": reason,
            "scanned": _storable(scan.text, is_ticket=judged.ticket is not None),
        },
    )
    return judged if judged.repeated else replace(judged, check_in_id=inserted_key(stored))


def undo_check_in(session: Session, actor: Actor, check_in_id: int) -> ScanResult:
    """Take back the last admission (or exit) of a ticket. May be repeated. Raises NotFound, NotPermitted."""
    require(session, actor, Permission.CHECK_IN)
    row = session.execute(
        # Locked: this very request may be committing in a try whose answer was lost.
        select(CheckIn.ticket_id, CheckIn.verdict, CheckIn.undone_at).where(CheckIn.id == check_in_id).with_for_update()
    ).one_or_none()
    if row is None or row.ticket_id is None or row.verdict not in _MOVES:
        raise NotFound(say("There is nothing to take back."))
    if row.undone_at is None:
        _move_back(session, check_in_id, row.ticket_id, was_admitted=row.verdict == Verdict.ADMITTED)
        session.execute(update(CheckIn).where(CheckIn.id == check_in_id).values(undone_at=utc_now()))
    return _answer(_load_stored(session, actor, check_in_id))


def _move_back(session: Session, check_in_id: int, ticket_id: int, *, was_admitted: bool) -> None:
    changed = session.execute(
        update(TicketPresence)
        .where(TicketPresence.ticket_id == ticket_id, TicketPresence.inside.is_(was_admitted))
        .values(inside=not was_admitted, changed_at=utc_now())
    )
    # Whoever moves this guest holds the row that was just written, so nobody does now, and nobody did unseen.
    since = select(CheckIn.id).where(
        CheckIn.ticket_id == ticket_id,
        CheckIn.id > check_in_id,
        CheckIn.verdict.in_(_MOVES),
        CheckIn.undone_at.is_(None),
    )
    if matched_rows(changed) != 1 or session.execute(since.limit(1)).first() is not None:
        raise NotFound(say("This scan cannot be taken back: the ticket was scanned again since."))


def _load_stored(session: Session, actor: Actor, check_in_id: int) -> Judged:
    """Return a scan as it was judged before."""
    row = session.execute(
        select(CheckIn.ticket_id, CheckIn.verdict, CheckIn.reason, CheckIn.gate, CheckIn.till_id).where(
            CheckIn.id == check_in_id
        )
    ).one()
    ticket = look_by_id(session, actor.staff_id, row.ticket_id).ticket if row.ticket_id is not None else None
    judged = Judged(Verdict(row.verdict), Reason(row.reason), ticket, check_in_id=check_in_id)
    if ticket is None or judged.verdict is not Verdict.ALREADY_USED:
        return judged
    entry = look_for_entry(session, ticket.ticket_id, before=check_in_id)
    if judged.reason is Reason.SAME_GUEST and entry is not None:
        return judged.same_guest(entry)
    here = entry is not None and entry.gate == row.gate and entry.till_id == row.till_id
    return replace(judged, entry=entry, here=here)


def _storable(text: str, *, is_ticket: bool) -> str:
    """What can be stored of a scan, whatever was scanned: printable, without half characters, not too long, no card."""
    printable = "".join(letter for letter in text[:LONGEST_SCAN] if letter.isprintable())
    return printable if is_ticket else mask_card_numbers(printable)


def _answer(judged: Judged) -> ScanResult:
    ticket, entry = judged.ticket, judged.entry
    telling = judged.telling or _telling_of_resale(judged) or SENTENCES[judged.reason]
    return ScanResult(
        verdict=judged.verdict,
        reason=judged.reason,
        headline=telling.what,
        advice=telling.advice,
        check_in_id=judged.check_in_id,
        place=ticket.place if ticket else None,
        ticket_type=ticket.ticket_type if ticket else "",
        customer_name=ticket.customer_name if ticket else "",
        order_number=ticket.order_number if ticket else "",
        used_at=entry.at if entry else None,
        used_gate=entry.gate if entry else "",
        used_seconds_ago=entry.seconds_ago if entry else None,
        used_here=judged.here,
        repeated=judged.repeated,
    )


def _telling_of_resale(judged: Judged) -> Telling | None:
    """Return what is told of a guest who was let in while the seat is for sale. Who came in keeps it."""
    if judged.verdict is not Verdict.ADMITTED or judged.ticket is None or not judged.ticket.on_resale:
        return None
    return _IS_BEING_BOUGHT if judged.ticket.wanted else _WAS_ON_RESALE
