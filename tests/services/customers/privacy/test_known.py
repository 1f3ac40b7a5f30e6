"""All that is known of a person is collected, wherever it stands, and that it was handed out is on record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.documents.customers.as_json import known_as_json
from pos_app.documents.customers.as_pdf import known_as_pdf
from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.domain.errors import NotPermitted
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.customers.privacy.known import collect_known
from tests.services.customers.people import add
from tests.services.customers.traces import FORMER, PERSON, leave_traces

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_each_kind_of_thing_is_there(house: OpenHouse) -> None:
    person, sales = leave_traces(house)
    known = house.database.transact(collect_known, house.small.manager, person)
    told = json.loads(known_as_json(known))
    assert (known.name, told["house"], known.time_zone) == (PERSON.name, "The Little House", "Europe/Berlin")
    assert [one["name"] for one in told["customer"]] == [PERSON.name, FORMER.name]
    assert [one["order"] for one in told["orders"]] == [sale.number for sale in sales]
    assert [one["amount"]["amount"] for one in told["payments"]] == ["80.00", "80.00"]
    assert [(one["amount"]["amount"], one["reason"]) for one in told["refunds"]] == [("40.00", "Zweifelstein is ill")]
    assert len(told["lines"]) == 4
    assert told["lines"][0]["place"] == "Stalls, row A, seat 1"
    kinds = [one["kind"] for one in told["changes"]]
    assert sorted(kinds) == ["refund", "reprint", "sale", "sale"]
    assert [(one["kind"], one["subject"]) for one in told["letters"] if one["kind"] == "note"] == [
        ("note", f"Dear {PERSON.name}"),
        ("note", FORMER.name),
        ("note", f"To {PERSON.name}"),
    ]
    assert [one["kind"] for one in told["letters"] if one["kind"] != "note"] == [
        "confirmation",
        "confirmation",
        "refund",
    ]
    assert (len(told["check_ins"]), len(told["waiting"]), len(told["verifications"])) == (1, 1, 1)
    assert any(f"{PERSON.name} lost it" in one["text"] for one in told["audit"])
    assert len(known_as_pdf(known)) > 10_000
    body = house.database.read(lambda session: session.scalars(select(AuditEntry.body)).all()[-1])
    assert '"action":"customer_exported"' in body


def test_nothing_is_known_of_who_was_erased_and_a_cashier_hands_nothing_out(house: OpenHouse) -> None:
    anna = add(house, CustomerDraft("Anna Novak")).customer_id
    with pytest.raises(NotPermitted, match="nor hand out what is known"):
        house.database.transact(collect_known, house.small.cashier, anna)
    house.database.transact(erase_customer, house.small.manager, anna, request_id="x")
    with pytest.raises(CustomerRefused, match="was erased: nothing is known"):
        house.database.transact(collect_known, house.small.manager, anna)
