from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.codes import grouped
from pos_app.domain.csv_cells import unguarded
from pos_app.domain.errors import NotPermitted
from pos_app.domain.orders.finding import OrderQuery
from pos_app.services.orders.finding.table import export_orders
from tests.services.orders.selling_to import sell_to

if TYPE_CHECKING:
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
    assert rows[0][head.index("Places")] == "Stalls, row E, seats 1-2"
    assert (rows[0][head.index("Total")], rows[0][head.index("Standing")]) == ("50.00", "paid")
    assert [row[0] for row in table(OrderQuery("anna"))[1:]] == [grouped(sales[at].number) for at in (4, 3, 1, 0)]
    bodies = database.read(
        lambda session: session.scalars(select(AuditEntry.body).where(AuditEntry.action == "orders_exported")).all()
    )
    assert [json.loads(body)["orders"] for body in bodies] == [5, 4]
    assert not any("anna" in body.casefold() for body in bodies)
    with pytest.raises(NotPermitted):
        database.transact(export_orders, small.steward, OrderQuery())
