"""What the judge finds of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.doctor.customers import judge_customers
from pos_app.doctor.names import Names
from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.records import add_customer
from tests.kinds import BOTH

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

ANNA = CustomerDraft("Anna Novak", "anna@example.org", "601 234 567", marks=("Press",))

_CODE = (
    "INSERT INTO email_verification (customer_id, email, code_hash, tries, created_at, expires_at, verified_at,"
    " closed_at) SELECT id, email, 'x', {tries}, created_at, created_at, {used}, {closed} FROM customer WHERE id=:a"
)
BROKEN = (
    ("DELETE FROM search_word WHERE kind='customer' AND word='novak' AND id=:a", "not its own"),
    ("DELETE FROM search_word WHERE kind='customer_mark' AND id=:a", "not its own"),
    ("UPDATE customer SET email='bert@example.org' WHERE id=:c", "not its own"),
    ("UPDATE customer SET email_key='x@example.org' WHERE id=:a", "e-mail address is compared as another one"),
    ("UPDATE customer SET phone_key='1234' WHERE id=:a", "phone number is compared as another one"),
    ("UPDATE customer SET email_verified_at=created_at WHERE id=:c", "told to be verified, and it has none"),
    (_CODE.format(tries=6, used="NULL", closed="NULL"), "was tried too often"),
    (_CODE.format(tries=1, used="created_at", closed="created_at"), "used that was good no more"),
    ("INSERT INTO search_word (kind, word, performance_id, id) VALUES ('customer', 'zoe', 0, 987)", "is not there"),
    ("INSERT INTO search_word (kind, word, performance_id, id) VALUES ('customer', 'zoe', 0, :b)", "nobody's number"),
    ("UPDATE customer SET email_key='b@example.org' WHERE id=:b", "keeps an e-mail address from others"),
    ("UPDATE customer SET merged_into_id=987 WHERE id=:b", "merged into one that is not there"),
    ("UPDATE orders SET customer_id=:b WHERE id=:o", "1 order, entry or letter carries its number"),
    ("UPDATE customer SET erased_at=created_at WHERE id=:b", "something is still known of it"),
    ("UPDATE orders SET customer_id=:d WHERE id=:o", "1 order of it bears a name or a note"),
)


@BOTH
def test_what_is_wrong_with_a_customer_is_named(evening: Evening) -> None:
    session, small = evening.session, evening.small
    a, b, c, d = (
        add_customer(session, small.cashier, draft, request_id=draft.name).customer_id
        for draft in (ANNA, *map(CustomerDraft, ("A. Novak", "Carl", "Dora")))
    )
    merge_customers(session, small.manager, a, b, request_id="m")
    blank = "UPDATE customer SET name='', erased_at=created_at WHERE id=:d"
    evening.change(blank, "DELETE FROM search_word WHERE kind='customer' AND id=:d", d=d)
    assert evening.judge() == ()
    names = Names(session)
    for statement, told in BROKEN:
        with session.begin_nested() as undone:
            evening.change(statement, a=a, b=b, c=c, d=d, o=evening.sale.order_id)
            found = [finding.message for finding in judge_customers(session, names)]
            undone.rollback()
        assert any(told in message for message in found), (statement, found)
