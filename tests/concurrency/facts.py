"""What a database holds, in numbers: how many rows each table has, and what a write may change of a row.

What a write must change is said as a difference of these numbers, so that nothing is doubled or lost unseen.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, Table, case, func, select

from pos_app.db.base import Base
from pos_app.db.models import (
    Approval,
    AuditHead,
    CheckIn,
    Customer,
    EmailVerification,
    Hold,
    Order,
    OrderLine,
    OutboxEmail,
    Payment,
    PerformanceSeat,
    PromoRedemption,
    PromoUsage,
    Refund,
    ReleaseRequest,
    Resale,
    Ticket,
    TicketPresence,
    WaitingEntry,
    WaitingList,
    WaitingOffer,
    WorkItem,
    WorkList,
)
from pos_app.db.packing import words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


_STATES: Final = ("void", "returned", "exchanged", "reserved", "released")
_SUMS: Final[dict[type[Base], dict[str, ColumnElement[int]]]] = {
    PerformanceSeat: {
        "seats claimed": _how_many(PerformanceSeat.state == "claimed"),
        "seats reserved": _how_many(PerformanceSeat.claim_kind == "reservation"),
        "seats sold": _how_many(PerformanceSeat.state == "sold"),
        "seats offered": _how_many(PerformanceSeat.claim_kind == "offer"),
        "seats on resale": _how_many(PerformanceSeat.prior_order_line_id.is_not(None)),
        "seats of a list": _how_many(PerformanceSeat.guarded == 1),
    },
    Hold: {
        "holds closed": _how_many(Hold.closed_at.is_not(None)),
        "holds extended": _how_many(Hold.extended_at.is_not(None)),
        "holds with offers": _how_many(Hold.with_offers.is_(True)),
    },
    Order: {
        "orders to release": _how_many(Order.release_at.is_not(None)),
        "orders open for paying": _how_many(Order.pickup_hold_id.is_not(None)),
        "orders of customers": _how_many(Order.customer_id.is_not(None)),
        "orders with a name": _how_many(Order.customer_name != ""),
    },
    OrderLine: {f"lines {state}": _how_many(OrderLine.state == state) for state in _STATES},
    Payment: {
        "paid minor": func.sum(Payment.amount_minor),
        "taken by refunds minor": func.sum(Payment.refunded_minor),
    },
    Refund: {
        "given back minor": func.sum(case((Refund.state == "paid", Refund.amount_minor), else_=0)),
        "due minor": func.sum(case((Refund.state == "due", Refund.amount_minor), else_=0)),
        "refunds given up": _how_many(Refund.state == "given_up"),
    },
    Ticket: {
        "tickets void": _how_many(Ticket.voided_at.is_not(None)),
        "tickets live": _how_many(Ticket.live_seat_id.is_not(None)),
        "prints": func.sum(Ticket.issue_count),
        "tickets handed over": _how_many(Ticket.printed_at.is_not(None)),
    },
    TicketPresence: {
        "prints that gates take": func.sum(TicketPresence.issue_count),
        "guests inside": _how_many(TicketPresence.inside.is_(True)),
        "entries": func.sum(TicketPresence.entries),
    },
    CheckIn: {"check-ins undone": _how_many(CheckIn.undone_at.is_not(None))},
    PromoUsage: {"promo code uses": func.sum(PromoUsage.uses)},
    PromoRedemption: {"redemptions undone": _how_many(PromoRedemption.undone_at.is_not(None))},
    Approval: {"approvals spent": _how_many(Approval.spent_on.is_not(None))},
    WorkList: {"work lists closed": _how_many(WorkList.closed_at.is_not(None))},
    WorkItem: {
        "work items done": _how_many(WorkItem.state.not_in(["open", "failed"])),
        "work items failed": _how_many(WorkItem.state == "failed"),
    },
    EmailVerification: {
        "codes tried": func.sum(EmailVerification.tries),
        "codes used": _how_many(EmailVerification.verified_at.is_not(None)),
        "codes closed": _how_many(EmailVerification.closed_at.is_not(None)),
    },
    Customer: {
        "addresses verified": _how_many(Customer.email_verified_at.is_not(None)),
        "customers put away": _how_many(Customer.deleted_at.is_not(None)),
        "customers merged": _how_many(Customer.merged_into_id.is_not(None)),
        "customers erased": _how_many(Customer.erased_at.is_not(None)),
        "customers with an address": _how_many(Customer.email_key.is_not(None)),
    },
    OutboxEmail: {
        "letters stopped": _how_many(OutboxEmail.state == "stopped"),
        "letters with an address": _how_many(OutboxEmail.recipient != ""),
        "letters of customers": _how_many(OutboxEmail.customer_id.is_not(None)),
    },
    ReleaseRequest: {"questions answered": _how_many(ReleaseRequest.answered_at.is_not(None))},
    WaitingList: {"lists open": _how_many(WaitingList.state == "open")},
    WaitingEntry: {
        f"parties {state}": _how_many(WaitingEntry.state == state)
        for state in ("waiting", "offered", "sold", "lapsed", "left", "closed")
    },
    WaitingOffer: {
        "offers open for paying": _how_many(WaitingOffer.pickup_hold_id.is_not(None)),
        **{
            f"offers {state}": _how_many(WaitingOffer.state == state)
            for state in ("open", "sold", "lapsed", "withdrawn")
        },
    },
    Resale: {
        "resales open": _how_many(Resale.open_line_id.is_not(None)),
        "tickets resold": _how_many(Resale.state == "resold"),
    },
    AuditHead: {"audit numbers": func.sum(AuditHead.seq)},
}
_SUMS_OF: Final = {model.__tablename__: sums for model, sums in _SUMS.items()}
_FACTS: Final = [
    fact for table in Base.metadata.tables.values() for fact in (table.name, *_SUMS_OF.get(table.name, {}))
]


def _facts_of(table: Table) -> ColumnElement[str]:
    """Count the facts of one table in one look through it: hundreds of points have everything counted thrice."""
    sums = (func.coalesce(total, 0) for total in _SUMS_OF.get(table.name, {}).values())
    return select(words(func.count(), *sums)).select_from(table).scalar_subquery()


# In one text, because a driver takes its time with each column of an answer.
_ALL: Final = select(words(*map(_facts_of, Base.metadata.tables.values())))


def count_facts(session: Session) -> Counter[str]:
    """Count everything."""
    numbers = session.execute(_ALL).scalar_one().split()
    return Counter(dict(zip(_FACTS, map(int, numbers), strict=True)))


def change(before: Counter[str], after: Counter[str]) -> dict[str, int]:
    """Return what has changed, and by how much."""
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}
