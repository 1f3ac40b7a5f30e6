"""Checking tickets at a gate: one conditional UPDATE decides who gets in, and every scan is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, true, update

from pos_app.db.clock import utc_now
from pos_app.db.models import CheckIn, TicketPresence
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.door.check_in import LONGEST_GATE, LONGEST_SCAN, SAME_GUEST_SECONDS, Reason, ScanResult, Verdict
from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.door.guest_lists import count_guests
from pos_app.services.door.scanned_tickets import Judged, Telling, find_scanned, last_entry
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.door.check_in import Scan
    from pos_app.domain.roles import Actor

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


def check_in(session: Session, actor: Actor, scan: Scan) -> ScanResult:
    """Judge a scan and store it, refused ones too. Repeating its nonce returns the same verdict.

    Raises NotPermitted. Everything that is wrong with the ticket is a verdict, not an error.
    """
    stored = _find_stored(session, scan.nonce)
    if stored is not None:
        return _answer(session, stored, scan.performance_id)
    require(session, actor, Permission.CHECK_IN)
    scan = replace(scan, gate=clean_line(scan.gate, LONGEST_GATE))
    judged = find_scanned(session, scan.performance_id, clean_scan(scan.text[: LONGEST_SCAN * 2]))
    if judged.reason is Reason.NONE:
        judged = _leave(session, judged) if scan.leaving else _enter(session, actor, judged, scan)
    verdict, reason = judged.verdict, judged.reason
    if judged.repeated:
        # Stored apart from the admission, which alone can be taken back and is looked at by the next scan.
        verdict, reason = Verdict.ALREADY_USED, Reason.SAME_GUEST
    check_in_id = insert_row(
        session,
        CheckIn,
        nonce=scan.nonce,
        performance_id=scan.performance_id,
        ticket_id=judged.ticket.ticket_id if judged.ticket else None,
        gate=scan.gate,
        till_id=actor.till_id,
        staff_id=actor.staff_id,
        verdict=verdict,
        reason=reason,
        scanned=_storable(scan.text),
        created_at=utc_now(),
    )
    if judged.repeated:
        return _answer(session, judged, scan.performance_id)
    if judged.ticket is not None and judged.verdict in {Verdict.ADMITTED, Verdict.LEFT}:
        session.execute(
            update(TicketPresence)
            .where(TicketPresence.ticket_id == judged.ticket.ticket_id)
            .values(last_check_in_id=check_in_id)
        )
    return _answer(session, judged.stored_as(check_in_id), scan.performance_id)


def _enter(session: Session, actor: Actor, judged: Judged, scan: Scan) -> Judged:
    """The one statement that admits: matched rows decide between two gates, and between a gate and a reprint."""
    ticket = judged.ticket
    if ticket is None:
        return judged
    entered = session.execute(
        update(TicketPresence)
        .where(
            TicketPresence.ticket_id == ticket.ticket_id,
            TicketPresence.inside.is_(False),
            TicketPresence.issue_count == ticket.issue_count,
        )
        .values(inside=True, entries=TicketPresence.entries + 1, changed_at=utc_now())
    )
    if matched_rows(entered) == 1:
        return judged.told(Verdict.ADMITTED, Reason.NONE)
    entry = last_entry(session, ticket.ticket_id)
    if entry is None:
        return judged.told(Verdict.REFUSED, Reason.REPRINTED)
    # Past two machines of one gate walk two guests, one with a copy.
    same_machine = entry.gate == scan.gate and entry.till_id == actor.till_id
    if same_machine and entry.seconds_ago < SAME_GUEST_SECONDS:
        return judged.told(Verdict.ADMITTED, Reason.NONE, entry=entry, repeated=True)
    return judged.told(Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED, entry=entry)


def _leave(session: Session, judged: Judged) -> Judged:
    ticket = judged.ticket
    if ticket is None:
        return judged
    left = session.execute(
        update(TicketPresence)
        .where(TicketPresence.ticket_id == ticket.ticket_id, TicketPresence.inside == true())
        .values(inside=False, changed_at=utc_now())
    )
    if matched_rows(left) == 1:
        return judged.told(Verdict.LEFT, Reason.NONE)
    return judged.told(Verdict.REFUSED, Reason.NOT_INSIDE)


def undo_check_in(session: Session, actor: Actor, check_in_id: int) -> ScanResult:
    """Take back the last admission (or exit) of a ticket. May be repeated. Raises NotFound, NotPermitted."""
    require(session, actor, Permission.CHECK_IN)
    row = session.execute(
        # Locked: this very request may be committing in a try whose answer was lost.
        select(CheckIn.ticket_id, CheckIn.performance_id, CheckIn.verdict, CheckIn.undone_at, CheckIn.nonce)
        .where(CheckIn.id == check_in_id)
        .with_for_update()
    ).one_or_none()
    if row is None or row.ticket_id is None or row.verdict not in {Verdict.ADMITTED, Verdict.LEFT}:
        raise NotFound(say("There is nothing to take back."))
    was_admitted = row.verdict == Verdict.ADMITTED
    if row.undone_at is None:
        changed = session.execute(
            update(TicketPresence)
            .where(
                TicketPresence.ticket_id == row.ticket_id,
                TicketPresence.last_check_in_id == check_in_id,
                TicketPresence.inside.is_(was_admitted),
            )
            .values(inside=not was_admitted, last_check_in_id=None, changed_at=utc_now())
        )
        if matched_rows(changed) != 1:
            raise NotFound(say("This scan cannot be taken back: the ticket was scanned again since."))
        session.execute(update(CheckIn).where(CheckIn.id == check_in_id).values(undone_at=utc_now()))
    stored = _find_stored(session, row.nonce)
    if stored is None:
        raise NotFound(say("There is nothing to take back."))
    return _answer(session, stored, row.performance_id)


def _find_stored(session: Session, nonce: str) -> Judged | None:
    row = session.execute(
        select(CheckIn.id, CheckIn.ticket_id, CheckIn.verdict, CheckIn.reason).where(CheckIn.nonce == nonce)
    ).one_or_none()
    if row is None:
        return None
    return Judged.stored(session, row.id, row.ticket_id, Verdict(row.verdict), Reason(row.reason))


def _storable(text: str) -> str:
    """What can be stored of a scan, whatever was scanned: printable, without half characters, not too long."""
    return "".join(letter for letter in text[:LONGEST_SCAN] if letter.isprintable())


def _answer(session: Session, judged: Judged, performance_id: int) -> ScanResult:
    counts = count_guests(session, performance_id)
    ticket, entry = judged.ticket, judged.entry
    telling = judged.telling or SENTENCES[judged.reason]
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
        inside=counts.inside,
        expected=counts.expected,
        repeated=judged.repeated,
    )
