"""What somebody plants who has the password of the database: each is found, in a sentence with a next step."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, insert, select, update

from pos_app.db.models import AuditEntry, AuditHead, AuditText

if TYPE_CHECKING:
    from tests.doctor.told.books import Season

pytestmark = pytest.mark.by_turns

NOW = "'2026-01-01 00:00:00.000000'"


def test_honest_work_is_sound(season: Season) -> None:
    assert season.found() == []


STAFF = "INSERT INTO staff_member (name, name_key, role, active, created_at) VALUES "
KEY = "INSERT INTO till_key (till_id, public_key, enrolled_by, enrolled_at) VALUES "
CODE = (
    "INSERT INTO promo_code (code, kind, scope, value, hundredths, currency, least_spend_minor, only, combinable, "
    "note) VALUES "
)
ONLY = "only"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (f"{STAFF} ('Eve', 'eve', 'manager', 1, {NOW})", "Eve: no entry of the audit tells who made"),
        ("UPDATE staff_member SET role='manager' WHERE name='Carla Cash'", "its role is manager; by the audit it is c"),
        ("UPDATE staff_member SET deleted_at=NULL WHERE name='Otto Out'", "Otto Out: by the audit it was put away"),
        ("UPDATE staff_member SET active=0 WHERE name='Mario Manager'", "Mario Manager: by the audit it may sign in"),
        (
            "DELETE FROM staff_secret WHERE password_hash='hash-1'; DELETE FROM staff_member WHERE name='Nina New'",
            "it is gone, and the audit tells of it",
        ),
        (f"{KEY} (1, '{'ef' * 32}', NULL, {NOW})", "no entry of the audit tells who enrolled it"),
        (f"UPDATE till_key SET public_key='{'01' * 32}' WHERE public_key='{'cd' * 32}'", "it is another key than"),
        (f"UPDATE till_key SET revoked_at=NULL WHERE public_key='{'ab' * 32}'", "by the audit it was revoked"),
        (f"UPDATE till_key SET till_id=2 WHERE public_key='{'cd' * 32}'", "it was enrolled for another till"),
    ],
)
def test_a_way_in_that_nobody_opened_is_found(season: Season, statement: str, told: str) -> None:
    (found,) = season.found(*statement.split("; "))
    assert told in found
    assert "password of the database" in found or "is gone" in found


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE price SET amount_minor=1 WHERE performance_id=:p AND category_id=:c AND ticket_type_id=:t",
            "it costs 0.01 EUR; by the audit it costs 41.00 EUR",
        ),
        (
            "DELETE FROM price WHERE performance_id=:p AND category_id=:c AND ticket_type_id=:t",
            "it costs nothing; by the audit it costs 41.00 EUR",
        ),
        ("UPDATE performance SET ticket_fee_minor=0 WHERE id=:p", "fee for each ticket 0; by the audit 10"),
        ("UPDATE performance SET starts_at='2031-01-01 20:00:00.000000' WHERE id=:g", "begins 2031-01-01 20:00"),
        ("UPDATE performance SET doors_at=NULL WHERE id=:g", "doors none UTC; by the audit"),
        ("UPDATE performance SET state='cancelled' WHERE id=:g", "it is cancelled, and no entry of the audit"),
        ("UPDATE performance SET off_sale_at='2019-01-01 00:00:00.000000' WHERE id=:p", "on sale until 2019-01-01"),
        ("UPDATE promo_code SET value=99 WHERE code='AUTUMN'", "Promo code AUTUMN: its rule is another one than the"),
        ("UPDATE promo_code SET value=99 WHERE code='SPRING'", "Promo code SPRING: its rule is another one than the"),
        ("UPDATE promo_code SET most_uses=NULL WHERE code='AUTUMN'", "the audit tells: most uses"),
        ("UPDATE promo_code SET value=100 WHERE batch='spring' AND code=:b", "its rule is another one"),
        ("UPDATE promo_code SET ended_at=NULL WHERE batch='winter' AND code=:w", "by the audit it was ended"),
        (
            (
                "UPDATE performance_seat SET state='claimed', claim_kind='blocked', claim_id=:k "
                "WHERE performance_id=:p AND seat_id=:s"
            ),
            "kept back under record",
        ),
        (
            "UPDATE performance_seat SET state='claimed', claim_kind='house' WHERE performance_id=:p AND seat_id=:s",
            "1 seat is kept back without a record",
        ),
        ("UPDATE kept_back SET kind='house' WHERE id=:k", "they are kept as house; by the audit as blocked"),
    ],
)
def test_what_no_manager_decided_is_found(season: Season, statement: str, told: str) -> None:
    small = season.small
    scalar = season.session.connection().exec_driver_sql
    named = {
        "p": small.performance_id,
        "g": small.gala_id,
        "c": small.category_a_id,
        "t": small.adult_id,
        "s": small.seat_id(5, 1),
        "k": scalar("SELECT max(id) FROM kept_back").scalar_one(),
        "b": scalar("SELECT min(code) FROM promo_code WHERE batch='spring'").scalar_one(),
        "w": scalar("SELECT min(code) FROM promo_code WHERE batch='winter'").scalar_one(),
    }
    (found,) = season.found(statement, **named)
    assert told in found


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (
            [f"{CODE} ('EVE', 'percent', 'ticket', 100, 0, '', 0, '{{}}', 0, '')"],
            "EVE: no entry of the audit tells who",
        ),
        (
            [
                (
                    f"INSERT INTO kept_back (request_id, performance_id, kind, reason, places, staff_id, "
                    f"created_at) VALUES ('eve', :p, 'house', 'mine', :places, :staff, {NOW})"
                ),
                (
                    "UPDATE performance_seat SET state='claimed', claim_kind='house', "
                    "claim_id=(SELECT max(id) FROM kept_back) WHERE performance_id=:p AND seat_id=:s"
                ),
            ],
            "no entry of the audit tells who kept these seats back",
        ),
        (
            [
                (
                    "UPDATE performance_seat SET state='free', claim_kind=NULL, claim_id=NULL WHERE claim_id=:k "
                    "AND claim_kind='blocked'"
                ),
                f"UPDATE kept_back SET closed_at={NOW}, closed_as='released' WHERE id=:k",
            ],
            "by the audit these seats are still kept back",
        ),
    ],
)
def test_what_was_planted_with_all_its_rows_is_found(season: Season, statements: list[str], told: str) -> None:
    small = season.small
    seat = small.seat_id(5, 1)
    (found,) = season.found(
        *statements,
        p=small.performance_id,
        s=seat,
        places=f"{small.performance_id}:{seat}",
        staff=small.manager.staff_id,
        k=season.session.connection().exec_driver_sql("SELECT max(id) FROM kept_back").scalar_one(),
    )
    assert told in found


VOID = [
    "UPDATE ticket_presence SET issue_count=0 WHERE ticket_id=:t",
    f"UPDATE ticket SET voided_at={NOW}, live_seat_id=NULL WHERE id=:t",
    (
        "INSERT INTO order_change (request_id, order_id, kind, reason, created_at) "
        f"VALUES ('eve', :o, 'void', '', {NOW})"
    ),
    "UPDATE order_line SET state='void', ended_by_id=(SELECT max(id) FROM order_change) WHERE id=:l",
    "UPDATE payment SET refunded_minor=amount_minor WHERE order_id=:o",
    "UPDATE performance_seat SET state='free', order_line_id=NULL WHERE order_line_id=:l",
]


def test_a_sale_taken_back_past_the_program_is_found(season: Season) -> None:
    order = season.second_sale.order_id
    ticket = season.second_sale.ticket_ids[0]
    line = season.session.connection().exec_driver_sql(f"SELECT order_line_id FROM ticket WHERE id={ticket}")
    unallowed, found = season.found(
        *VOID,
        "INSERT INTO refund (request_id, order_id, payment_id, method, state, amount_minor, reason, till_id, staff_id, "
        "created_at, paid_at, made_by_id, ended_by_id) SELECT 'eve', order_id, id, method, 'paid', amount_minor, '', "
        "till_id, :staff, created_at, created_at, (SELECT max(id) FROM order_change), "
        "(SELECT max(id) FROM order_change) FROM payment WHERE order_id=:o",
        t=ticket,
        l=line.scalar_one(),
        o=order,
        staff=season.small.cashier.staff_id,
    )
    assert "nobody allowed" in unallowed
    assert "it was taken back, and no entry of the audit tells by whom -> Ask who has the money" in found


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["UPDATE payment SET method='card' WHERE order_id=:o"], "recorded as paid by card; by the audit by cash"),
        (["UPDATE ticket SET issue_count=1 WHERE id=:t", "UPDATE ticket_presence SET issue_count=1 WHERE ticket_id=:t"],
         "print 1 is its last one; by the audit 2"),
        (["UPDATE ticket SET issue_count=3 WHERE id=:t", "UPDATE ticket_presence SET issue_count=3 WHERE ticket_id=:t"],
         "print 3 is its last one; by the audit 2"),
        (
            ["UPDATE payment SET amount_minor=amount_minor-100 WHERE order_id=:o",
             "UPDATE order_line SET price_minor=price_minor-100 WHERE order_id=:o AND seat_id=:s",
             "UPDATE orders SET total_minor=total_minor-100, lines_minor=lines_minor-100 WHERE id=:o"],
            "its total is 79.00 EUR; by the audit 80.00 EUR",
        ),
        (["UPDATE ticket_presence SET entries=0 WHERE ticket_id=:i"], "the gates counted 0; 1 scan let it in"),
    ],
)  # fmt: skip
def test_money_and_paper_that_the_audit_tells_otherwise_are_found(
    season: Season, statements: list[str], told: str
) -> None:
    found = season.found(
        *statements,
        o=season.new_sale.order_id,
        t=season.new_sale.ticket_ids[1],
        i=season.sale.ticket_ids[0],
        s=season.small.seat_id(1, 5),
    )
    assert any(told in one for one in found)
    assert len(found) <= 2


def test_an_order_that_was_never_sold_is_found(season: Season) -> None:
    order = season.new_sale.order_id
    found = season.found("UPDATE orders SET number='EVE1' WHERE id=:o", o=order)
    assert any("Order EVE1: no entry of the audit tells of its sale -> Count the drawer" in one for one in found)
    assert any(f"Order {season.new_sale.number}: it is gone; entry" in one for one in found)


GONE = [
    "DELETE FROM ticket_presence WHERE ticket_id IN (:t, :u)",
    "DELETE FROM ticket WHERE id IN (:t, :u)",
    (
        "UPDATE performance_seat SET state='free', order_line_id=NULL WHERE order_line_id IN "
        "(SELECT id FROM order_line WHERE order_id=:o)"
    ),
    "DELETE FROM search_word WHERE kind IN ('guest', 'order') AND id=:o",
    "DELETE FROM payment WHERE order_id=:o",
    "DELETE FROM order_line WHERE order_id=:o",
    "DELETE FROM order_change WHERE order_id=:o",
    "DELETE FROM orders WHERE id=:o",
]


def test_a_cash_sale_that_was_taken_out_of_the_database_is_found(season: Season) -> None:
    if season.session.get_bind().dialect.name == "sqlite":
        season.change("PRAGMA defer_foreign_keys=ON")
    first, second = season.new_sale.ticket_ids
    found = season.found(*GONE, t=first, u=second, o=season.new_sale.order_id)
    assert any("it is gone; entry" in one and "Compare the last backup" in one for one in found)
    assert any("Basket" in one and "it was sold, and its order is gone" in one for one in found)
    assert len(found) == 2


def test_a_use_of_a_code_that_points_at_no_order_is_found(season: Season) -> None:
    if season.session.get_bind().dialect.name == "sqlite":
        season.change("PRAGMA defer_foreign_keys=ON")
    found = season.found("UPDATE promo_redemption SET order_id=9999")
    assert any("2 rows point at orders that are gone; the first is 9999" in one for one in found)


def test_a_guest_who_came_in_twice_by_a_record_set_back_is_found(season: Season) -> None:
    inside = season.sale.ticket_ids[0]
    assert (
        "recorded as not inside" in season.found("UPDATE ticket_presence SET inside=0 WHERE ticket_id=:i", i=inside)[0]
    )
    (found,) = season.found(
        "UPDATE ticket_presence SET inside=1, entries=2 WHERE ticket_id=:i",
        "INSERT INTO check_in (nonce, performance_id, ticket_id, gate, till_id, staff_id, verdict, reason, scanned, "
        "created_at) SELECT 'eve', performance_id, ticket_id, gate, till_id, staff_id, verdict, reason, scanned, "
        "created_at FROM check_in WHERE ticket_id=:i AND verdict='admitted'",
        i=inside,
    )
    assert "it was let in 2 times more than it went out -> Look the ticket up at the door" in found


def rewrite_chain(season: Season, chain: str, *, without: str = "", back: timedelta = timedelta()) -> None:
    """Write a chain anew, as if it had always been so: leave out the entries of an order, set its last entry back."""
    execute = season.session.execute
    rows = execute(
        select(AuditEntry.id, AuditEntry.body).where(AuditEntry.chain == chain).order_by(AuditEntry.seq)
    ).all()
    execute(delete(AuditText).where(AuditText.entry_id.in_([row.id for row in rows])))
    execute(delete(AuditEntry).where(AuditEntry.chain == chain))
    kept = [told for row in rows if (told := json.loads(row.body)).get("order", "") != without or not without]
    if back:
        kept[-1]["at"] = (datetime.fromisoformat(kept[-1]["at"]) - back).isoformat()
    digest = ""
    for seq, told in enumerate(kept, start=1):
        body = json.dumps(told | {"seq": seq}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(digest.encode() + body.encode()).hexdigest()
        at = datetime.fromisoformat(told["at"])
        key = rows[seq - 1].id
        entry = {"id": key, "chain": chain, "seq": seq, "recorded_at": at, "action": told["action"], "body": body}
        execute(insert(AuditEntry).values(**entry, hash=digest))
    execute(update(AuditHead).where(AuditHead.chain == chain).values(seq=len(kept), hash=digest))


def test_a_sale_whose_entry_is_gone_too_leaves_its_basket(season: Season) -> None:
    if season.session.get_bind().dialect.name == "sqlite":
        season.change("PRAGMA defer_foreign_keys=ON")
    first, second = season.new_sale.ticket_ids
    season.change(*GONE, t=first, u=second, o=season.new_sale.order_id)
    rewrite_chain(season, f"till:{season.small.till_id}", without=season.new_sale.number)
    found = season.found()
    assert any("it was sold, and its order is gone -> Compare the last backup" in one for one in found)


def test_an_entry_that_goes_back_by_days_is_named(season: Season) -> None:
    rewrite_chain(season, f"till:{season.small.till_id}", back=timedelta(hours=1))
    assert season.found() == [], "somebody put the server's clock right"
    rewrite_chain(season, f"till:{season.small.till_id}", back=timedelta(days=2))
    (found,) = season.found()
    assert "it is more than a day older than the entry before it" in found
