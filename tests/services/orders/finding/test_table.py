from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from pos_app.db.models import AuditEntry, Payment, Refund
from pos_app.domain.codes import grouped
from pos_app.domain.csv_cells import unguarded
from pos_app.domain.errors import NotPermitted
from pos_app.domain.orders.changes import TAKEN_FROM_PAYMENTS
from pos_app.domain.orders.finding import OrderQuery
from pos_app.services.orders.finding.table import export_orders
from tests.services.orders.exchanging import exchanged
from tests.services.orders.refunding import give_back, live_lines
from tests.services.orders.reserving import picked_up, reserved
from tests.services.orders.selling_to import sell_to
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse

HARMFUL = '=HYPERLINK("http://a.example";"Anna")'


def test_the_whole_list_leaves_as_a_table_that_no_spreadsheet_reckons_with(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, database = house.small, house.database
    monkeypatch.setattr("pos_app.services.orders.finding.search._MOST_ON_PAGE", 2)
    names = ["Anna, the first", HARMFUL, "", "Anna Łukasz", "Anna Last"]
    sales = [
        database.transact(sell_to, house, small.seats_of(row, (1, 2)), name, "not to be told")
        for row, name in enumerate(names, 1)
    ]

    def table(query: OrderQuery) -> list[list[str]]:
        content = database.transact(export_orders, small.cashier, query)
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    head, *rows = table(OrderQuery())
    assert head[:2] == ["Order", "Sold"]
    assert [row[0] for row in rows] == [grouped(sale.number) for sale in reversed(sales)]
    assert [unguarded(row[head.index("Name")]) for row in rows] == names[::-1]
    assert not any(cell.startswith(("=", "+", "@", "-")) for row in rows for cell in row)
    assert rows[0][head.index("Places")] == "Stalls, row E, seats 1\u20132"
    assert (rows[0][head.index("Total")], rows[0][head.index("Standing")]) == ("50.00", "paid")
    assert [row[0] for row in table(OrderQuery("anna"))[1:]] == [grouped(sales[at].number) for at in (4, 3, 1, 0)]
    bodies = database.read(
        lambda session: session.scalars(select(AuditEntry.body).where(AuditEntry.action == "orders_exported")).all()
    )
    assert [json.loads(body)["orders"] for body in bodies] == [5, 4]
    assert not any("anna" in body.casefold() for body in bodies)
    with pytest.raises(NotPermitted):
        database.transact(export_orders, small.steward, OrderQuery())


def test_what_is_kept_of_all_orders_is_what_came_in_less_what_goes_back(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = house.small
    monkeypatch.setattr("pos_app.services.orders.finding.money._AT_ONCE", 2)
    paid_out, due, moved, _untouched = (
        house.database.transact(sell_seats, small, small.seats_of(row, (1, 2), small.gala_id)) for row in (1, 2, 3, 4)
    )
    give_back(house, paid_out, live_lines(house, paid_out)[:1])
    give_back(house, due, live_lines(house, due), pay_now=False)
    exchanged(house, moved, [small.seat(3, 1, small.gala_id)], {small.seat(5, 1): small.adult_id})
    exchanged(house, moved, [small.seat(5, 1)], {small.seat(1, 4): small.adult_id})
    head, *rows = csv.reader(
        io.StringIO(house.database.transact(export_orders, small.cashier, OrderQuery()).decode("utf-8-sig"), newline="")
    )
    at = head.index("Total")
    assert head[at : at + 5] == ["Total", "Paid", "Refunded", "Still due", "Kept"]
    assert [row[at : at + 5] for row in rows[2:]] == [
        ["82.50", "82.50", "0.00", "80.00", "2.50"],
        ["82.50", "82.50", "40.00", "0.00", "42.50"],
    ]
    sums = [[int(cell.replace(".", "")) for cell in row[at : at + 5]] for row in rows]
    assert all(paid - refunded - still_due == kept for _, paid, refunded, still_due, kept in sums)
    assert any(paid > total for total, paid, *_ in sums), "more was paid for an exchange"

    def left(session: Session) -> int:
        came_in = session.scalar(select(func.sum(Payment.amount_minor)))
        taken = Refund.state.in_(TAKEN_FROM_PAYMENTS)
        return int(came_in or 0) - int(session.scalar(select(func.sum(Refund.amount_minor)).where(taken)) or 0)

    assert sum(row[-1] for row in sums) == house.database.read(left) < sum(row[0] for row in sums)


def test_what_is_reserved_is_still_to_be_paid(house: OpenHouse) -> None:
    small = house.small
    seats = small.seats_of(1, (1, 2), small.gala_id)
    made = reserved(house, seats)
    picked_up(house, made.order_id, seats[:1])
    head, row = csv.reader(
        io.StringIO(house.database.transact(export_orders, small.cashier, OrderQuery()).decode("utf-8-sig"), newline="")
    )
    told = dict(zip(head, row, strict=True))
    assert (told["Total"], told["Paid"], told["Kept"], told["To pay"]) == ("82.50", "42.00", "42.00", "40.50")
    assert told["Standing"] == "reserved"
