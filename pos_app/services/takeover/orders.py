"""The orders that lines of another box office become: what one customer has of one performance, sold or reserved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.models import Order, OrderLine, Payment
from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.codes import new_order_number
from pos_app.domain.money import check_sum
from pos_app.domain.orders.changes import LineState
from pos_app.domain.selling.sales import LONGEST_NAME, LONGEST_NOTE, PaymentMethod
from pos_app.domain.texts import clean_line
from pos_app.services.takeover.changes import insert_changes
from pos_app.services.takeover.taken_tickets import in_chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.takeover.buyers import Buyer
    from pos_app.services.takeover.matching import FoundLine


@dataclass(frozen=True, slots=True)
class FoundOrder:
    """Lines that become one order. release_at: of a reservation; None: they are sold."""

    lines: tuple[FoundLine, ...]

    @property
    def buyer(self) -> Buyer:
        """Who it is, as the first line tells."""
        return self.lines[0].buyer

    @property
    def release_at(self) -> datetime | None:
        """Until when its seats are kept (UTC); None: they are sold."""
        return self.lines[0].release_at

    @property
    def currency(self) -> str:
        """That of its performance."""
        return self.lines[0].currency

    @property
    def total_minor(self) -> int:
        """What it costs. Raises InvalidAmount (more than the books hold)."""
        return check_sum(sum(one.price_minor for one in self.lines), self.currency)

    def note(self, file_name: str) -> str:
        """Return where it comes from, the codes that a reservation had there, and what was noted."""
        codes = [one.line.code for one in self.lines if self.release_at is not None]
        parts = [f"Taken over from {shown_name(file_name)}", *codes, *(one.buyer.note for one in self.lines)]
        return clean_line(" · ".join(dict.fromkeys(filter(None, parts))), LONGEST_NOTE)


def found_orders(lines: Iterable[FoundLine]) -> tuple[FoundOrder, ...]:
    """Put what one customer has of one performance together; a line without name and address stands alone.

    What is kept until another time is another reservation.
    """
    groups: defaultdict[tuple[Any, ...], list[FoundLine]] = defaultdict(list)
    for one in lines:
        nobody = 0 if one.buyer.order_key else one.line.line
        groups[one.performance_id, one.release_at, one.buyer.order_key, nobody].append(one)
    return tuple(FoundOrder(tuple(group)) for group in groups.values())


def insert_orders(
    session: Session,
    actor: Actor,
    request_id: str,
    orders: Sequence[FoundOrder],
    customers: Mapping[tuple[str, ...], int],
    file_name: str,
    now: datetime,
) -> dict[int, int]:
    """Insert orders, and the payments of those that are sold; return their ids in this order, each with its change.

    customers: by the keys of buyers; now: by the server's clock. Raises InvalidAmount.
    """
    numbers = [new_order_number() for _ in orders]
    rows: list[dict[str, Any]] = [
        {
            "request_id": f"{request_id}:{at}",
            "number": number,
            "till_id": actor.till_id,
            "staff_id": actor.staff_id,
            "customer_id": customers.get(order.buyer.key),
            "customer_name": (order.buyer.name if order.release_at is None else order.buyer.told)[:LONGEST_NAME],
            "note": order.note(file_name),
            "currency": order.currency,
            "lines_minor": total,
            "fee_minor": 0,
            "total_minor": total,
            "release_at": order.release_at,
            "created_at": now,
        }
        for at, (order, number) in enumerate(zip(orders, numbers, strict=True))
        for total in (order.total_minor,)
    ]
    ids: dict[str, int] = {}
    insert_rows(session, table_of(Order), rows)
    for chunk in in_chunks(numbers):
        stored = select(Order.number, Order.id).where(Order.number.in_(chunk))
        ids |= {row.number: row.id for row in session.execute(stored)}
    changes = insert_changes(session, actor, {ids[row["number"]]: row["request_id"] for row in rows}, now)
    payments = [
        {
            "request_id": row["request_id"],
            "made_by_id": changes[ids[row["number"]]],
            "order_id": ids[row["number"]],
            "method": PaymentMethod.ELSEWHERE if row["total_minor"] else PaymentMethod.FREE,
            "amount_minor": row["total_minor"],
            "till_id": actor.till_id,
            "created_at": now,
        }
        for row in rows
        if row["release_at"] is None
    ]
    insert_rows(session, table_of(Payment), payments)
    return {ids[number]: changes[ids[number]] for number in numbers}


def insert_lines(
    session: Session, orders: Sequence[FoundOrder], change_ids: Mapping[int, int]
) -> dict[tuple[int, int], int]:
    """Insert order lines; return their ids by performance and seat. change_ids: by order, in this order."""
    rows = [
        {
            "order_id": order_id,
            "performance_id": one.performance_id,
            "seat_id": one.seat_id,
            "category_id": one.category_id,
            "ticket_type_id": one.ticket_type_id,
            "price_minor": one.price_minor,
            "discount_minor": 0,
            "state": LineState.LIVE if order.release_at is None else LineState.RESERVED,
            "made_by_id": change_ids[order_id],
        }
        for order, order_id in zip(orders, change_ids, strict=True)
        for one in order.lines
    ]
    insert_rows(session, table_of(OrderLine), rows)
    ids: dict[tuple[int, int], int] = {}
    for chunk in in_chunks(list(change_ids)):
        stored = select(OrderLine.performance_id, OrderLine.seat_id, OrderLine.id).where(OrderLine.order_id.in_(chunk))
        ids |= {(row.performance_id, row.seat_id): row.id for row in session.execute(stored)}
    return ids


def told_orders(session: Session, order_ids: Sequence[int]) -> dict[str, list[list[Any]]]:
    """Return the orders that were made, as the audit keeps them.

    taken: number, total and method of payment of what is sold; unpaid: number and total of what is reserved.
    """
    told: dict[str, list[list[Any]]] = {"taken": [], "unpaid": []}
    for ids in in_chunks(order_ids):
        rows = session.execute(
            select(Order.number, Order.total_minor, Payment.method)
            .outerjoin(Payment, Payment.order_id == Order.id)
            .where(Order.id.in_(ids))
            .order_by(Order.id)
        )
        for row in rows:
            columns = list(row)
            told["taken" if columns[-1] else "unpaid"].append(columns if columns[-1] else columns[:-1])
    return told


def shown_name(file_name: str) -> str:
    """Return the name of a file as it is kept."""
    return mask_card_numbers(clean_line(file_name, LONGEST_NOTE))[:200]
