"""Guests of one order who come together: beside the one who was scanned, the others come in with one key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from pos_app.db.base import table_of
from pos_app.db.models import (
    Area,
    CheckIn,
    Order,
    OrderLine,
    Performance,
    PlanRow,
    Seat,
    Ticket,
    TicketPresence,
    TicketType,
    Zone,
)
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.domain.door.order_party import MOST_OTHERS, OrderParty, PartyResult, PartyTicket
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.changes import LineState
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.door.check_in import settle
from pos_app.services.door.gate_looks import look_by_id
from pos_app.services.door.scanned_tickets import Judged, judge_found
from pos_app.services.permissions import require
from pos_app.services.seats.places import place_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session

    from pos_app.domain.door.check_in import ScanResult
    from pos_app.domain.door.order_party import PartyScan
    from pos_app.domain.roles import Actor

_SCAN = table_of(CheckIn)
_TICKET = table_of(Ticket)
_PRESENCE = table_of(TicketPresence)
_LINE = table_of(OrderLine)
_ORDER = table_of(Order)
_TYPE = table_of(TicketType)
_PERFORMANCE = table_of(Performance)
_SEAT = table_of(Seat)
_ZONE = table_of(Zone)
_ROW = table_of(PlanRow)
_AREA = table_of(Area)
_SCANNED = _TICKET.alias("scanned")
_SCANNED_LINE = _LINE.alias("scanned_line")

_PARTY: Final[Select[Any]] = (
    select(
        _SCAN.c.performance_id,
        _SCAN.c.ticket_id.label("scanned_id"),
        _ORDER.c.number,
        _ORDER.c.customer_name,
        _LINE.c.state,
        _PERFORMANCE.c.state.label("performance_state"),
        _TICKET.c.id,
        _TICKET.c.issue_count,
        _PRESENCE.c.inside,
        _PRESENCE.c.issue_count.label("admits"),
        _TYPE.c.name.label("ticket_type"),
        _ZONE.c.name.label("zone"),
        _ROW.c.label.label("row"),
        _SEAT.c.number.label("seat"),
        _SEAT.c.kind.label("seat_kind"),
        _AREA.c.name.label("area"),
    )
    .select_from(_SCAN)
    .join(_SCANNED, _SCANNED.c.id == _SCAN.c.ticket_id)
    .join(_SCANNED_LINE, _SCANNED_LINE.c.id == _SCANNED.c.order_line_id)
    .join(_ORDER, _ORDER.c.id == _SCANNED_LINE.c.order_id)
    .join(_PERFORMANCE, _PERFORMANCE.c.id == _SCAN.c.performance_id)
    .join(_LINE, _LINE.c.order_id == _ORDER.c.id)
    .join(_TICKET, _TICKET.c.order_line_id == _LINE.c.id)
    .join(_PRESENCE, _PRESENCE.c.ticket_id == _TICKET.c.id)
    .join(_TYPE, _TYPE.c.id == _LINE.c.ticket_type_id)
    .join(_SEAT, _SEAT.c.id == _LINE.c.seat_id)
    .join(_ZONE, _ZONE.c.id == _SEAT.c.zone_id)
    .outerjoin(_ROW, _ROW.c.id == _SEAT.c.row_id)
    .outerjoin(_AREA, _AREA.c.id == _SEAT.c.area_id)
    .where(
        _SCAN.c.id == bindparam("check_in"),
        _SCAN.c.verdict == Verdict.ADMITTED,
        _SCAN.c.undone_at.is_(None),
        _TICKET.c.performance_id == _SCAN.c.performance_id,
    )
    .order_by(_LINE.c.seat_id, _TICKET.c.id)
)
"""The tickets of an order for a performance, by a scan that let one of its guests in; no row where it let nobody in."""


@dataclass(frozen=True, slots=True)
class _Known:
    """By which scan, at which performance, and for which tickets of its order somebody asks."""

    performance_id: int
    ticket_ids: frozenset[int]


def others_of_order(session: Session, actor: Actor, check_in_id: int) -> OrderParty:
    """Return the other tickets of the order of a guest who was let in, for the same performance: good, and not inside.

    check_in_id: of the admission (that of a guest scanned again, too). Of any other scan, or one that was taken back,
    nobody comes with the guest. Raises NotPermitted.
    """
    require(session, actor, Permission.CHECK_IN)
    rows = session.connection().execute(_PARTY, {"check_in": check_in_id}).all()
    if not rows:
        return OrderParty(check_in_id)
    others = [row for row in rows if row.id != row.scanned_id and _may_come_in(row)]
    return OrderParty(
        check_in_id,
        order_number=rows[0].number,
        customer_name=rows[0].customer_name,
        others=tuple(
            PartyTicket(row.id, place_named(row.zone, row.row, row.seat, row.seat_kind, row.area), row.ticket_type)
            for row in others[:MOST_OTHERS]
        ),
        more=max(0, len(others) - MOST_OTHERS),
        inside=sum(bool(row.inside) for row in rows),
    )


def check_in_others(session: Session, actor: Actor, party: PartyScan) -> PartyResult:
    """Let guests of one order in beside the one who was scanned: each is judged, and stored, as if scanned as well.

    A ticket that meanwhile came in elsewhere, was printed anew or taken back is refused and the others come in; one of
    another order or performance is unknown here. May be repeated: each is stored once under the request and its ticket.
    Raises NotPermitted, and NotFound where the scan that it goes by let nobody in, or was taken back.
    """
    require(session, actor, Permission.CHECK_IN)
    rows = session.connection().execute(_PARTY, {"check_in": party.check_in_id}).all()
    known = _Known(rows[0].performance_id, frozenset(row.id for row in rows)) if rows else None
    # By number, so that two gates with one order wait for each other and do not deadlock.
    done = {one: _let_in(session, actor, party, known, one) for one in sorted(set(party.ticket_ids))}
    results = [done[one] for one in dict.fromkeys(party.ticket_ids)]
    return PartyResult(
        admitted=_of_those(results, admitted=True),
        refused=_of_those(results, admitted=False),
    )


def _let_in(session: Session, actor: Actor, party: PartyScan, known: _Known | None, ticket_id: int) -> ScanResult:
    nonce = f"{party.request_id}:{ticket_id}"
    look = look_by_id(session, actor.staff_id, ticket_id, nonce=nonce)
    if known is None:
        if look.stored_id is None:
            raise NotFound(
                say("The scan of this order let nobody in, or was taken back."), advice=say("Scan the ticket again.")
            )
        known = _Known(0, frozenset())  # nothing is stored any more, only told
    if look.ticket is not None and ticket_id in known.ticket_ids:
        judged, text = judge_found(look.ticket, known.performance_id, None), look.ticket.short_code
    else:
        judged, text = Judged(Verdict.REFUSED, Reason.UNKNOWN), ""
    return settle(session, actor, Scan(known.performance_id, party.gate, text, nonce), look, judged)


def _may_come_in(row: Row[Any]) -> bool:
    # Void tickets admit by no print.
    good = row.state == LineState.LIVE and row.performance_state != "cancelled" and row.admits == row.issue_count
    return good and not row.inside


def _of_those(results: Sequence[ScanResult], *, admitted: bool) -> tuple[ScanResult, ...]:
    return tuple(one for one in results if (one.verdict is Verdict.ADMITTED) is admitted)
