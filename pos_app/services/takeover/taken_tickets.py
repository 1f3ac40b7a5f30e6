"""The tickets of sold seats that are taken over, with the codes by which gates let their guests in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.models import OutsideCode, Ticket, TicketPresence
from pos_app.domain.codes import fold_old_code, new_short_code
from pos_app.domain.door.scan_text import clean_scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.services.takeover.matching import FoundSeason

_AT_ONCE: Final = 500


def insert_tickets(
    session: Session, found: FoundSeason, line_ids: Mapping[tuple[int, int], int], now: datetime
) -> None:
    """Make a ticket for each sold seat; what is reserved has none yet.

    line_ids: by performance and seat; now: by the server's clock.
    """
    sold = sorted((one.performance_id, one.seat_id) for one in found.lines if one.release_at is None)
    rows = [
        {
            "order_line_id": line_ids[performance_id, seat_id],
            "performance_id": performance_id,
            "live_seat_id": seat_id,
            "short_code": new_short_code(),
            "printed_at": now,
        }
        for performance_id, seat_id in sold
    ]
    codes = {
        line_ids[one.performance_id, one.seat_id]: clean_scan(one.line.code)
        for one in found.lines
        if one.line.code and not one.line.reserved
    }
    insert_rows(session, table_of(Ticket), rows)
    for chunk in in_chunks(rows):
        stored = select(Ticket.id, Ticket.order_line_id, Ticket.performance_id).where(
            Ticket.order_line_id.in_([one["order_line_id"] for one in chunk])
        )
        tickets = session.execute(stored).all()
        insert_rows(session, table_of(TicketPresence), [{"ticket_id": ticket.id} for ticket in tickets])
        outside = [
            {
                "ticket_id": one.id,
                "performance_id": one.performance_id,
                "code_key": code,
                "folded_key": fold_old_code(code),
            }
            for one in tickets
            if (code := codes.get(one.order_line_id))
        ]
        if outside:
            insert_rows(session, table_of(OutsideCode), outside)


def in_chunks(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Cut rows so that each statement stays of a size that every server takes."""
    for start in range(0, len(rows), _AT_ONCE):
        yield list(rows[start : start + _AT_ONCE])
