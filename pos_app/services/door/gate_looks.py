"""What a gate reads for a scan, in one statement: who scans, the key that signed, the ticket, where its holder is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, case, func, select

from pos_app.db.base import table_of
from pos_app.db.clock import seconds_until, utc_now
from pos_app.db.models import (
    Area,
    CheckIn,
    Event,
    Order,
    OrderLine,
    OutsideCode,
    Performance,
    PlanRow,
    Seat,
    SeatingPlan,
    StaffMember,
    Ticket,
    TicketPresence,
    TicketType,
    TillKey,
    Venue,
    Zone,
)
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.seats import ClaimKind
from pos_app.services.door.entries import Entry
from pos_app.services.permissions import StoredStaff
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.seats.places import place_named
from pos_app.services.tills.house_keys import THE_HOUSE_KEY

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    from pos_app.domain.seats import Place

_HIGHEST_ID: Final = 2**63 - 1
"""A code has room for more than a database's key."""


@dataclass(frozen=True, slots=True)
class GateTicket:
    """What a gate knows of a ticket.

    issue_count: the print that is good now; admits: the one by which the gates let in, 0 for none. inside: whether the
    holder is; entry: the last time that somebody came in with it, unless that was taken back. on_resale: its seat is
    for sale; wanted: and somebody is buying it just now.
    """

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
    line_state: str
    short_code: str
    issue_count: int
    admits: int
    void: bool
    called_off: bool
    inside: bool
    entry: Entry | None
    on_resale: bool = False
    wanted: bool = False


class Look(NamedTuple):
    """What was read for a scan. staff: who scans, None for nobody; stored_id: of the scan that has this nonce already.

    public_key: of the key that the code names, None where it is not enrolled, or revoked; key_till_id, key_signature:
    whose it is, and by what the house vouches for it. ticket: None for none. house_key: the one that stands in the
    database, "" for none.
    """

    staff: StoredStaff | None
    stored_id: int | None
    public_key: bytes | None
    ticket: GateTicket | None
    key_till_id: int = 0
    key_signature: str | None = None
    house_key: str = ""


_STAFF = table_of(StaffMember)
_KEY = table_of(TillKey)
_TICKET = table_of(Ticket)
_PRESENCE = table_of(TicketPresence)
_LINE = table_of(OrderLine)
_ORDER = table_of(Order)
_TYPE = table_of(TicketType)
_SEAT = table_of(Seat)
_ZONE = table_of(Zone)
_ROW = table_of(PlanRow)
_AREA = table_of(Area)
_PERFORMANCE = table_of(Performance)
_EVENT = table_of(Event)
_PLAN = table_of(SeatingPlan)
_VENUE = table_of(Venue)
_OUTSIDE = table_of(OutsideCode)
_SCAN = table_of(CheckIn)
_ENTRY = _SCAN.alias("entry")
_ENTERED = _SCAN.alias("entered")
_NAMED = _TICKET.alias("named")

_STORED_ID = select(_SCAN.c.id).where(_SCAN.c.nonce == bindparam("nonce")).scalar_subquery()


def _of_key(column: ColumnElement[Any]) -> ColumnElement[Any]:
    named = select(column).where(_KEY.c.id == bindparam("signed_by"), _KEY.c.revoked_at.is_(None))
    return named.scalar_subquery()


_LAST_ENTRY = (
    select(func.max(_ENTERED.c.id))
    .where(_ENTERED.c.ticket_id == _TICKET.c.id, _ENTERED.c.verdict == Verdict.ADMITTED, _ENTERED.c.undone_at.is_(None))
    .correlate(_TICKET)
    .scalar_subquery()
)
_RETURNED = and_(
    INVENTORY.c.performance_id == _LINE.c.performance_id,
    INVENTORY.c.seat_id == _LINE.c.seat_id,
    INVENTORY.c.prior_order_line_id == _LINE.c.id,
)
"""The seat of a ticket that was given back for resale, and that nobody has bought: only for the words of the gate."""
_IS_WANTED = and_(INVENTORY.c.claim_kind == ClaimKind.BASKET, INVENTORY.c.claim_until > utc_now())
_BY_CODE = func.coalesce(
    select(_NAMED.c.id).where(_NAMED.c.short_code == bindparam("short_code")).scalar_subquery(),
    select(_OUTSIDE.c.ticket_id)
    .where(_OUTSIDE.c.performance_id == bindparam("of_performance"), _OUTSIDE.c.code_key == bindparam("code"))
    .scalar_subquery(),
)


def _look(which: ColumnElement[int]) -> Select[Any]:
    """Build the statement for one way to name a ticket. Its row is there if the person is, whatever the ticket.

    The staff member stands first, joined to the ticket itself: further on, SQLAlchemy's MySQL compiler takes them for a
    cartesian product.
    """
    return (
        select(
            _STAFF.c.name.label("staff_name"),
            _STAFF.c.role,
            _STAFF.c.active,
            _STAFF.c.deleted_at.label("staff_left_at"),
            _STORED_ID.label("stored_id"),
            _of_key(_KEY.c.public_key).label("public_key"),
            _of_key(_KEY.c.till_id).label("key_till_id"),
            _of_key(_KEY.c.signature).label("key_signature"),
            THE_HOUSE_KEY.label("house_key"),
            _TICKET.c.id,
            _TICKET.c.performance_id,
            _TICKET.c.short_code,
            _TICKET.c.issue_count,
            _TICKET.c.voided_at,
            _PRESENCE.c.inside,
            _PRESENCE.c.issue_count.label("admits"),
            _TYPE.c.name.label("ticket_type"),
            _ORDER.c.customer_name,
            _ORDER.c.number.label("order_number"),
            _LINE.c.state.label("line_state"),
            _EVENT.c.title,
            _PERFORMANCE.c.starts_at,
            _PERFORMANCE.c.ends_at,
            _PERFORMANCE.c.state.label("performance_state"),
            _VENUE.c.name.label("venue"),
            _VENUE.c.time_zone,
            _ZONE.c.name.label("zone"),
            _ROW.c.label.label("row"),
            _SEAT.c.number.label("seat"),
            _SEAT.c.kind.label("seat_kind"),
            _AREA.c.name.label("area"),
            _ENTRY.c.id.label("entry_id"),
            _ENTRY.c.created_at.label("entry_at"),
            _ENTRY.c.gate.label("entry_gate"),
            _ENTRY.c.till_id.label("entry_till_id"),
            seconds_until(_ENTRY.c.created_at).label("until_entry"),
            INVENTORY.c.prior_order_line_id.is_not(None).label("on_resale"),
            case((_IS_WANTED, 1), else_=0).label("wanted"),
        )
        .select_from(_STAFF)
        .outerjoin(_TICKET, _TICKET.c.id == which)
        .outerjoin(_PRESENCE, _PRESENCE.c.ticket_id == _TICKET.c.id)
        .outerjoin(_LINE, _LINE.c.id == _TICKET.c.order_line_id)
        .outerjoin(_ORDER, _ORDER.c.id == _LINE.c.order_id)
        .outerjoin(_TYPE, _TYPE.c.id == _LINE.c.ticket_type_id)
        .outerjoin(_SEAT, _SEAT.c.id == _LINE.c.seat_id)
        .outerjoin(_ZONE, _ZONE.c.id == _SEAT.c.zone_id)
        .outerjoin(_ROW, _ROW.c.id == _SEAT.c.row_id)
        .outerjoin(_AREA, _AREA.c.id == _SEAT.c.area_id)
        .outerjoin(_PERFORMANCE, _PERFORMANCE.c.id == _TICKET.c.performance_id)
        .outerjoin(_EVENT, _EVENT.c.id == _PERFORMANCE.c.event_id)
        .outerjoin(_PLAN, _PLAN.c.id == _PERFORMANCE.c.plan_id)
        .outerjoin(_VENUE, _VENUE.c.id == _PLAN.c.venue_id)
        .outerjoin(_ENTRY, and_(_ENTRY.c.ticket_id == _TICKET.c.id, _ENTRY.c.id == _LAST_ENTRY))
        .outerjoin(INVENTORY, _RETURNED)
        .where(_STAFF.c.id == bindparam("steward"))
    )


# Built once, and of tables: building them with every scan takes longer than the server does.
_LOOK_BY_ID = _look(bindparam("of_ticket", type_=_TICKET.c.id.type))
_LOOK_BY_CODE = _look(_BY_CODE)


def look_by_id(session: Session, staff_id: int, ticket_id: int | None, *, nonce: str = "", signed_by: int = 0) -> Look:
    """Look for the ticket of that number. signed_by: the key whose public half is wanted."""
    known = ticket_id is not None and ticket_id <= _HIGHEST_ID
    asked = {"steward": staff_id, "nonce": nonce, "signed_by": signed_by, "of_ticket": ticket_id if known else None}
    return _read(session.connection().execute(_LOOK_BY_ID, asked).one_or_none())


def look_by_code(
    session: Session, staff_id: int, performance_id: int, text: str, short_code: str | None, *, nonce: str
) -> Look:
    """Look for the ticket of that short code, else for the one of the performance that had this very code before."""
    asked = {
        "steward": staff_id,
        "nonce": nonce,
        "signed_by": 0,
        "short_code": short_code,
        "of_performance": performance_id,
        "code": text,
    }
    return _read(session.connection().execute(_LOOK_BY_CODE, asked).one_or_none())


def _read(row: Row[Any] | None) -> Look:
    if row is None:
        return Look(None, None, None, None)
    staff = StoredStaff(row.staff_name, row.role, row.active, row.staff_left_at)
    public_key = None if row.public_key is None else bytes.fromhex(row.public_key)
    ticket = None if row.id is None else _ticket_of(row)
    return Look(staff, row.stored_id, public_key, ticket, row.key_till_id or 0, row.key_signature, row.house_key or "")


def _ticket_of(row: Row[Any]) -> GateTicket:
    return GateTicket(
        ticket_id=row.id,
        performance_id=row.performance_id,
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        venue=row.venue,
        time_zone=row.time_zone,
        place=place_named(row.zone, row.row, row.seat, row.seat_kind, row.area),
        ticket_type=row.ticket_type,
        customer_name=row.customer_name,
        order_number=row.order_number,
        line_state=row.line_state,
        short_code=row.short_code,
        issue_count=row.issue_count,
        admits=row.admits,
        void=row.voided_at is not None,
        called_off=row.performance_state == "cancelled",
        inside=bool(row.inside),
        entry=None
        if row.entry_id is None
        else Entry(row.entry_id, row.entry_at, row.entry_gate, row.entry_till_id, -float(row.until_entry)),
        on_resale=bool(row.on_resale),
        wanted=bool(row.wanted),
    )
