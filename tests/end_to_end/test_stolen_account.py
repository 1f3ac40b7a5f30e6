"""Whoever steals a counter's account and speaks SQL: what a till with all rights could do is refused by the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pos_app.db.connection.failures import RIGHTS_MISSING, driver_code
from pos_app.doctor import judge_database
from pos_app.domain.tills.kinds import TillKind
from tests.houses import on_a_server
from tests.kinds_of_machine import ByKind
from tests.services.stories import sold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.houses import OpenHouse

pytestmark = on_a_server

ATTACKS = {
    "a key of one's own, whose codes are green": (
        "INSERT INTO till_key (till_id, public_key, enrolled_at) VALUES (1, REPEAT('a', 64), UTC_TIMESTAMP(6))"
    ),
    "a key taken from another till": "UPDATE till_key SET revoked_at = UTC_TIMESTAMP(6)",
    "a guest who is in comes in again": "UPDATE ticket_presence SET inside = 0",
    "and the exit that explains it": (
        "INSERT INTO check_in (nonce, performance_id, gate, till_id, staff_id, verdict, reason, scanned, created_at)"
        " VALUES ('n', 1, 'N', 1, 1, 'left', '', '', UTC_TIMESTAMP(6))"
    ),
    "a manager of one's own": (
        "INSERT INTO staff_member (name, name_key, role, active, created_at)"
        " VALUES ('Eve', 'eve', 'manager', 1, UTC_TIMESTAMP(6))"
    ),
    "a cashier who becomes one": "UPDATE staff_member SET role = 'manager'",
    "a password that is known": "UPDATE staff_secret SET password_hash = 'x'",
    "a ticket that never was sold": "DELETE FROM ticket",
    "a sale without its payment": "DELETE FROM payment",
    "a smaller payment": "UPDATE payment SET amount_minor = 1",
    "a cheaper sale": "UPDATE orders SET total_minor = 1",
    "a cheaper line": "UPDATE order_line SET price_minor = 1",
    "an order that is gone": "DELETE FROM orders",
    "a change that was another one": "UPDATE order_change SET kind = 'void'",
    "a change that is gone": "DELETE FROM order_change",
    "a refund of more": "UPDATE refund SET amount_minor = 100000",
    "a refund that is gone": "DELETE FROM refund",
    "an entry of the audit that is gone": "DELETE FROM audit_entry",
    "an entry of the audit that says something else": "UPDATE audit_entry SET body = '{}'",
    "a chain that is gone": "DELETE FROM audit_head",
    "a free price": "UPDATE price SET amount_minor = 0",
    "a code for everything": "UPDATE promo_code SET value = 100",
    "a code without an end": "UPDATE promo_code SET most_uses = NULL",
    "the whole table": "DROP TABLE customer",
    "who the customers are": "SELECT * FROM customer",
    "what customers were written": "SELECT * FROM outbox_email",
    "who else has an account": "SELECT * FROM database_account",
    "an account that the next upgrade gives rights to": (
        "INSERT INTO database_account (user, host, kind, also_gate) VALUES ('eve', '%', 'office', 1)"
    ),
}


@pytest.fixture
def by_kind(house: OpenHouse) -> Iterator[ByKind]:
    made = ByKind(house.url)
    yield made
    made.close()
    made.drop_accounts()


@pytest.mark.parametrize("kind", [TillKind.COUNTER, TillKind.GATE])
def test_a_stolen_account_does_none_of_what_one_with_all_rights_did(
    house: OpenHouse, by_kind: ByKind, kind: TillKind
) -> None:
    sold(house, house.small.seats_of(1, (1, 2)))
    stolen = by_kind.of(kind)
    may = set(ATTACKS)
    for name, statement in ATTACKS.items():
        with stolen.writer.connect() as connection:
            try:
                connection.execute(text(statement))
            except DBAPIError as error:
                if driver_code(error) in RIGHTS_MISSING:
                    may.discard(name)
            connection.rollback()
    # A gate's own work is to say who came and went; the chain of check-ins tells, and so does the judge.
    own = {"a guest who is in comes in again", "and the exit that explains it"}
    # A counter finds who buys there, and sends what they are written.
    buyers = {"who the customers are", "what customers were written"}
    assert may == (own if kind is TillKind.GATE else buyers)
    assert house.database.read(judge_database) == ()
