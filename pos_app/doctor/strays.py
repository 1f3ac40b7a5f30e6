"""Rows that point at what is gone: whoever takes an order out of the database leaves something of it behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from pos_app.db.models import (
    Approval,
    CheckIn,
    Customer,
    Order,
    OrderChange,
    OrderLine,
    OutboxEmail,
    OutboxTry,
    OutsideCode,
    Payment,
    Performance,
    PromoCode,
    PromoRedemption,
    PromoShare,
    Refund,
    Resale,
    StaffMember,
    Ticket,
    TicketPresence,
    Till,
    WaitingEntry,
    WaitingOffer,
    WorkItem,
    WorkList,
)
from pos_app.doctor.findings import Finding, Rule
from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from pos_app.db.base import Base
    from pos_app.doctor.names import Names

_ADVICE: Final = say(
    "Compare the last backup: somebody took out what they belonged to. Change the password of the database."
)
_POINTING: Final[tuple[tuple[InstrumentedAttribute[Any], type[Base]], ...]] = (
    (Order.customer_id, Customer),
    (OrderChange.order_id, Order),
    (OrderChange.approval_id, Approval),
    (OrderChange.staff_id, StaffMember),
    (OrderChange.till_id, Till),
    (OrderLine.order_id, Order),
    (OrderLine.for_line_id, OrderLine),
    (OrderLine.made_by_id, OrderChange),
    (OrderLine.ended_by_id, OrderChange),
    (Payment.order_id, Order),
    (Payment.made_by_id, OrderChange),
    (Refund.order_id, Order),
    (Refund.payment_id, Payment),
    (Refund.made_by_id, OrderChange),
    (Refund.ended_by_id, OrderChange),
    (Refund.instead_of_id, Refund),
    (PromoRedemption.order_id, Order),
    (PromoRedemption.promo_code_id, PromoCode),
    (PromoShare.redemption_id, PromoRedemption),
    (PromoShare.order_line_id, OrderLine),
    (Ticket.order_line_id, OrderLine),
    (TicketPresence.ticket_id, Ticket),
    (CheckIn.ticket_id, Ticket),
    (OutsideCode.ticket_id, Ticket),
    (OutboxEmail.order_id, Order),
    (OutboxEmail.change_id, OrderChange),
    (OutboxEmail.customer_id, Customer),
    (OutboxEmail.performance_id, Performance),
    (OutboxEmail.again_of_id, OutboxEmail),
    (OutboxTry.letter_id, OutboxEmail),
    (OutboxTry.till_id, Till),
    (Resale.order_id, Order),
    (Resale.order_line_id, OrderLine),
    (Resale.made_by_id, OrderChange),
    (Resale.ended_by_id, OrderChange),
    (WaitingEntry.customer_id, Customer),
    (WaitingEntry.performance_id, Performance),
    (WaitingOffer.waiting_entry_id, WaitingEntry),
    (WaitingOffer.order_id, Order),
    (WorkItem.work_list_id, WorkList),
    (WorkItem.order_id, Order),
    (WorkItem.change_id, OrderChange),
)


def judge_strays(session: Session, _names: Names) -> Iterator[Finding]:
    """Look for whatever an order, a customer or a performance leaves behind that names what is gone."""
    for column, table in _POINTING:
        there = aliased(table)
        key = there.id  # type: ignore[attr-defined]  # each of them has one
        row = session.execute(
            select(func.count(), func.min(column))
            .outerjoin(there, key == column)
            .where(column.is_not(None), key.is_(None))
        ).one()
        count, first = int(row[0]), row[1]
        if count:
            told = say_count(
                "{count} row points at {gone} {first}, which is gone",
                "{count} rows point at {gone} that are gone; the first is {first}",
                count,
                gone=table.__tablename__,
                first=str(first),
            )
            subject = say("Table {table}", table=column.class_.__tablename__)
            yield Finding(Rule.STRAYS, told, subject, _ADVICE)
