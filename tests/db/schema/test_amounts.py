"""The revision that counts eight currencies as ISO 4217 does, and keeps amounts of 64 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from pos_app.db.base import Base
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema
from pos_app.doctor import judge_database
from tests.db.schema.history.rows import make_old
from tests.db.schema.old_schemas import Rows, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE = "0004"


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(parse_address(database_url))
    yield database
    database.close()


def change(database: Database, *statements: str, **facts: Any) -> None:
    with database.writer.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement), facts)


def make_old_in(database: Database, currency: str) -> Rows:
    """Make a house of before in a currency, with fees, and with prices that have a part of a unit."""
    make_old(database, BEFORE)
    change(
        database,
        "UPDATE venue SET currency = :currency",
        "UPDATE orders SET currency = :currency",
        "UPDATE price SET amount_minor = amount_minor + 50",
        "UPDATE performance SET ticket_fee_minor = 250",
        "UPDATE order_line SET price_minor = price_minor + 33 WHERE price_minor > 0",
        "UPDATE order_line SET fee_minor = 150 WHERE price_minor > 0",
        "UPDATE orders SET lines_minor = (SELECT SUM(price_minor) FROM order_line WHERE order_id = orders.id),"
        " fee_minor = fee_minor + (SELECT SUM(fee_minor) FROM order_line WHERE order_id = orders.id)",
        "UPDATE orders SET total_minor = lines_minor + fee_minor"
        " - (SELECT SUM(discount_minor) FROM order_line WHERE order_id = orders.id)",
        "UPDATE payment SET amount_minor = (SELECT total_minor FROM orders WHERE orders.id = order_id)",
        "UPDATE payment SET method = 'cash' WHERE amount_minor > 0",
        "UPDATE payment SET tendered_minor = amount_minor + 40 WHERE tendered_minor IS NOT NULL",
        "UPDATE refund SET amount_minor = (SELECT amount_minor FROM payment WHERE payment.id = payment_id)",
        "UPDATE promo_code SET kind = 'amount', value = 500, currency = :currency, least_spend_minor = 1000",
        "INSERT INTO setting (name, value) VALUES ('house', :house)",
        currency=currency,
        house=f'{{"currency": "{currency}", "ticket_fee_minor": 300, "order_fee_minor": 150, "organisation": "é"}}',
    )
    return read_rows(database)


def amounts(rows: Rows, table: str, column: str) -> list[Any]:
    return [row[column] for row in rows[table]]


def halves_up(amounts_minor: list[Any]) -> list[Any]:
    return [None if one is None else (one + 50) // 100 for one in amounts_minor]


def test_books_counted_in_hundredths_are_counted_in_whole_units(empty: Database) -> None:
    before = make_old_in(empty, "RWF")
    upgrade_schema(empty)
    after = read_rows(empty, before)
    for table, column in (("price", "amount_minor"), ("order_line", "price_minor"), ("order_line", "discount_minor")):
        assert amounts(after, table, column) == halves_up(amounts(before, table, column))
    assert set(amounts(after, "performance", "ticket_fee_minor")) == {3}
    assert amounts(after, "promo_code", "value") == [5]
    assert amounts(after, "promo_code", "least_spend_minor") == [10]
    house = next(row["value"] for row in after["setting"] if row["name"] == "house")
    assert '"ticket_fee_minor": 3, "order_fee_minor": 2, "organisation": "é"' in house
    assert [row["total_minor"] for row in after["orders"]] != [row["total_minor"] for row in before["orders"]]
    for payment in after["payment"]:
        assert payment["tendered_minor"] is None or payment["tendered_minor"] >= payment["amount_minor"]
    assert empty.read(judge_database) == ()


def test_books_counted_in_hundredths_are_counted_in_thousandths(empty: Database) -> None:
    before = make_old_in(empty, "LYD")
    upgrade_schema(empty)
    after = read_rows(empty, before)
    for table in ("price", "orders", "order_line", "payment", "refund", "promo_redemption"):
        for column in (one for one in before[table][0] if one.endswith("_minor")):
            tens = [None if one is None else one * 10 for one in amounts(before, table, column)]
            assert amounts(after, table, column) == tens
    assert empty.read(judge_database) == ()


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_other_books_stay_as_they_are(empty: Database, currency: str) -> None:
    before = make_old_in(empty, currency)
    upgrade_schema(empty)
    assert read_rows(empty, before) == before


def test_a_percentage_stays_what_it_was(empty: Database) -> None:
    make_old(empty, BEFORE)
    upgrade_schema(empty)
    codes = read_rows(empty)["promo_code"]
    assert [(code["kind"], code["value"], code["hundredths"]) for code in codes] == [("percent", 50, 0)]


def test_every_amount_has_64_bits_on_a_server(server_url: str) -> None:
    database = Database(parse_address(server_url))
    make_old(database, BEFORE)
    upgrade_schema(database)
    with database.writer.connect() as connection:
        seen = sa.inspect(connection)
        narrow = {
            (table, column["name"])
            for table in Base.metadata.tables
            for column in seen.get_columns(table)
            if column["name"].endswith("_minor") and not isinstance(column["type"], sa.BigInteger)
        }
        connection.rollback()
    database.close()
    assert narrow == set()
