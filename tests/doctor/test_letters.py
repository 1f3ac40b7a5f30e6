"""What the judge finds of letters."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from pos_app.db.models import OutboxEmail
from pos_app.doctor import Rule, judge_database
from pos_app.doctor.letters import judge_letters
from pos_app.doctor.names import Names
from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.records import add_customer
from pos_app.services.selling.sales import sell
from tests.kinds import BOTH
from tests.services.letters.written import ask_to_sell

if TYPE_CHECKING:
    from tests.houses import OpenHouse

_COPY = (
    "INSERT INTO outbox_email (request_id, kind, language, order_id, change_id, customer_id, recipient, facts, part,"
    " parts, state, tries, due_at, failure, may_be_twice, subject, created_at, again_of_id)"
    " SELECT 'copy', kind, language, order_id, change_id, customer_id, recipient, facts, {part}, 2, state, tries,"
    " due_at, failure, may_be_twice, subject, created_at, {again} FROM outbox_email WHERE id = :one"
)
BROKEN = (
    ("UPDATE outbox_email SET kind='poem' WHERE id=:one", "nobody knows what it is"),
    ("UPDATE outbox_email SET state='lost' WHERE id=:one", "nobody knows what it is"),
    ("UPDATE outbox_email SET state='sending' WHERE id=:one", "is being sent, and by nobody"),
    ("UPDATE outbox_email SET state='sending', leased_by='x' WHERE id=:one", "is being sent, and by nobody"),
    ("UPDATE outbox_email SET state='sent' WHERE id=:one", "one way and the other"),
    ("UPDATE outbox_email SET sent_at=created_at WHERE id=:one", "one way and the other"),
    ("UPDATE outbox_email SET kind='refund' WHERE id=:one", "another order's change, or of another kind"),
    ("UPDATE outbox_email SET order_id=:o WHERE id=:one", "another order's change, or of another kind"),
    ("UPDATE outbox_email SET facts=:f WHERE id=:one", "tickets of another order"),
    ("UPDATE outbox_email SET facts='[]' WHERE id=:one", "cannot be read"),
    ("UPDATE outbox_email SET facts='}' WHERE id=:one", "cannot be read"),
    (_COPY.format(part=1, again="NULL"), "what another one has told"),
    ("UPDATE customer SET erased_at=created_at WHERE id=:a", "was erased, and it bears words still"),
)
SOUND = (
    "UPDATE outbox_email SET state='sent', sent_at=created_at WHERE id=:one",
    "UPDATE outbox_email SET state='sending', leased_by='x', leased_until=created_at WHERE id=:one",
    _COPY.format(part=2, again="NULL"),
    _COPY.format(part=1, again=":one"),
)


@BOTH
def test_what_is_wrong_with_a_letter_is_named(house: OpenHouse) -> None:
    small = house.small
    asked = [ask_to_sell(house, small.seats_of(row, (1, 2)), None) for row in (1, 2)]
    with Session(house.database.writer) as session:
        anna, bert = (
            add_customer(session, small.cashier, CustomerDraft(name, f"{name}@example.org"), request_id=name)
            for name in ("Anna", "Bert")
        )
        sales = []
        for request, whose in zip(asked, (anna, bert), strict=True):
            sales.append(sell(session, small.cashier, replace(request, customer_id=whose.customer_id)))
        one = session.scalars(select(OutboxEmail.id).order_by(OutboxEmail.id)).first()
        assert judge_database(session) == ()
        names = Names(session)
        facts = json.dumps({"tickets": [[sales[1].ticket_ids[0], 1]]})
        values = {"one": one, "o": sales[1].order_id, "a": anna.customer_id, "f": facts}
        for statement, told in (*BROKEN, *((sound, "") for sound in SOUND)):
            with session.begin_nested() as undone:
                session.execute(text(statement), {name: values[name] for name in values if f":{name}" in statement})
                found = [finding.message for finding in judge_letters(session, names)]
                undone.rollback()
            assert (not found) if not told else any(told in message for message in found), (statement, found)


@pytest.mark.parametrize(("column", "rule"), [("customer_id", Rule.STRAYS), ("performance_id", Rule.STRAYS)])
def test_a_letter_that_names_what_is_gone_is_named(house: OpenHouse, column: str, rule: Rule) -> None:
    small = house.small
    request = ask_to_sell(house, small.seats_of(1, (1, 2)), None)
    with Session(house.database.writer) as session:
        anna = add_customer(session, small.cashier, CustomerDraft("Anna", "a@example.org"), request_id="a").customer_id
        sell(session, small.cashier, replace(request, customer_id=anna))
        session.execute(text(f"UPDATE outbox_email SET {column} = 4711"))
        findings = judge_database(session)
        session.rollback()
    assert {finding.rule for finding in findings} == {rule}
