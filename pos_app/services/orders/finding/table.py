"""The list of orders as a table, for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.documents.csv_tables import write_csv
from pos_app.domain.codes import grouped
from pos_app.domain.currencies import plain
from pos_app.domain.local_times import wall_time
from pos_app.services.audit import record
from pos_app.services.orders.finding.money import load_money
from pos_app.services.orders.finding.search import each_order

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.finding import OrderQuery, OrderRow
    from pos_app.domain.roles import Actor
    from pos_app.services.orders.finding.money import OrderMoney

_HEAD = (
    "Order", "Sold", "Event", "Performance", "Places", "Tickets", "Total", "Paid", "Refunded", "Still due", "Kept",
    "To pay", "Currency", "Standing", "Paid by", "Name", "Till", "Sold by",
)  # fmt: skip


def export_orders(session: Session, actor: Actor, query: OrderQuery) -> bytes:
    """Return all orders that fit as CSV, the newest first (documents/csv_tables.py); times are those of the venue.

    Total is the order as it was sold; Paid is all that came in, also for its exchanges; Kept is what is left of that
    when what was refunded, or is still due, is taken off; To pay is what is reserved.
    Names leave the house with it: the audit knows who took them out, and how many, and not what was typed to find them.
    Raises NotPermitted.
    """
    found = list(each_order(session, actor, query))
    money = load_money(session, [one.order_id for one in found])
    rows = [_cells(one, money[one.order_id]) for one in found]
    record(
        session,
        actor,
        "orders_exported",
        orders=len(rows),
        performance=query.performance_id,
        standing=query.standing,
        till=query.till_id,
        sold_by=query.staff_id,
        days=[day.isoformat() if day else None for day in (query.day_from, query.day_until)],
        waiting=query.waiting,
    )
    return write_csv(_HEAD, rows)


def _cells(row: OrderRow, money: OrderMoney) -> tuple[str, ...]:
    return (
        grouped(row.number),
        _local(row.created_at, row.time_zone),
        row.title,
        "; ".join(_local(one.starts_at, one.time_zone) for one in row.performances),
        "; ".join(str(one.spoken()) for one in row.performances),
        str(row.tickets),
        *(plain(minor, row.currency) for minor in (row.total_minor, *money)),
        row.currency,
        row.standing.replace("_", " "),
        row.method or "",
        row.customer_name,
        row.till_name,
        row.staff_name,
    )


def _local(moment: datetime, zone: str) -> str:
    return wall_time(moment, zone).wall.isoformat(" ", "minutes")
