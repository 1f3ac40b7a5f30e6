"""A customer is made at the counter, corrected, put away and brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import AuditEntry
from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.services.customers import records
from pos_app.services.customers.finding import find_customers
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.records import (
    add_customer,
    archive_customer,
    load_customer,
    restore_customer,
    save_customer,
)
from tests.kinds import SERVER
from tests.services.customers.people import add

if TYPE_CHECKING:
    from pos_app.domain.customers.records import CustomerRecord
    from tests.houses import OpenHouse

ANNA = CustomerDraft("Anna Nováková", "Anna@Example.org", "+420 601 234 567", "Aisle", ("Press",), letters=True)


def save(house: OpenHouse, before: CustomerRecord, **wanted: Any) -> CustomerRecord:
    draft = replace(before.draft(), **wanted)
    return house.database.transact(save_customer, house.small.cashier, before, draft)


def names_of(house: OpenHouse, text: str) -> list[str]:
    page = house.database.read(find_customers, house.small.cashier, CustomerQuery(text))
    return [one.name for one in page.rows]


def test_a_name_is_enough_and_a_repeat_makes_nobody_twice(house: OpenHouse) -> None:
    request, cashier = uuid4().hex, house.small.cashier
    made = house.database.transact(add_customer, cashier, CustomerDraft("  Anna   Novak "), request_id=request)
    assert (made.name, made.email, made.letters, made.archived) == ("Anna Novak", "", False, False)
    again = house.database.transact(add_customer, cashier, CustomerDraft("Anna Novak"), request_id=request)
    assert again == made
    assert names_of(house, "novak") == ["Anna Novak"]
    assert house.database.read(load_customer, cashier, made.customer_id) == made


def test_all_that_is_typed_is_kept_and_no_word_of_it_is_hashed(house: OpenHouse) -> None:
    made = add(house, ANNA)
    assert made.draft() == ANNA
    assert made.letters_at is not None
    body = house.database.read(lambda session: session.scalars(select(AuditEntry.body)).all()[-1])
    assert f'"customer":"customer:{made.customer_id}"' in body
    assert not [word for word in ("Anna", "Example", "601", "Aisle") if word in body]


def test_an_address_that_somebody_has_is_told_with_the_name_beside_it(house: OpenHouse) -> None:
    anna = add(house, ANNA)
    with pytest.raises(FieldRefused) as refused:
        add(house, CustomerDraft("Bert", "anna@EXAMPLE.ORG"))
    assert str(refused.value.fields["email"]) == (
        f"Anna Nováková (number {anna.customer_id}) has this address already. "
        "Take that customer, or leave the address out."
    )
    bert = add(house, CustomerDraft("Bert", "bert@example.org"))
    with pytest.raises(FieldRefused, match="has this address already"):
        save(house, bert, email="anna@example.org")
    house.database.transact(archive_customer, house.small.cashier, anna.customer_id)
    with pytest.raises(FieldRefused, match="put away: bring that one back"):
        save(house, bert, email="anna@example.org")


@SERVER
def test_of_two_who_take_one_address_at_the_same_moment_the_later_is_told(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Database(parse_address(house.url))
    looked = records._require_free_email

    def overtaken(*args: Any, **kwargs: Any) -> None:
        looked(*args, **kwargs)
        if records._require_free_email is overtaken:
            monkeypatch.setattr(records, "_require_free_email", looked)
            other.transact(add_customer, house.small.cashier, ANNA, request_id=uuid4().hex)

    monkeypatch.setattr(records, "_require_free_email", overtaken)
    with pytest.raises(FieldRefused) as refused:
        add(house, CustomerDraft("Bert", ANNA.email))
    assert "Anna Nováková (number" in refused.value.fields["email"]
    assert names_of(house, "bert") == []
    other.close()


def test_what_was_changed_is_found_by_the_new_words(house: OpenHouse) -> None:
    anna = add(house, ANNA)
    now = save(house, anna, name="Anna Svoboda", phone="777 888 999", email="svoboda@example.org", letters=False)
    assert (now.name, now.phone, now.letters_at, now.verified_at) == ("Anna Svoboda", "777 888 999", None, None)
    for text in ("svoboda", "888 999", "svoboda@example.org", "anna nov", "601234567"):
        assert names_of(house, text) == ["Anna Svoboda"], text
    # Asked twice, it is done already, whatever the picture was.
    again = {field: getattr(now.draft(), field) for field in ("name", "phone", "email", "letters")}
    assert save(house, anna, **again).draft() == now.draft()


def test_two_who_change_one_customer_are_told(house: OpenHouse) -> None:
    anna = add(house, ANNA)
    save(house, anna, note="Row 1, please")
    with pytest.raises(ChangedMeanwhile) as told:
        save(house, anna, phone="1234 5678")
    assert [(one.field, one.now) for one in told.value.changes] == [("note", "Row 1, please")]


def test_who_is_put_away_is_offered_no_more_and_comes_back(house: OpenHouse) -> None:
    anna = add(house, ANNA)
    for _ in range(2):
        assert house.database.transact(archive_customer, house.small.cashier, anna.customer_id).archived
    assert names_of(house, "anna") == []
    assert not house.database.transact(restore_customer, house.small.cashier, anna.customer_id).archived
    assert names_of(house, "anna") == ["Anna Nováková"]


def test_a_steward_sees_no_customers_and_nobody_is_no_customer(house: OpenHouse) -> None:
    anna = add(house, ANNA)
    with pytest.raises(NotPermitted, match="may not see customers"):
        house.database.read(load_customer, house.small.steward, anna.customer_id)
    with pytest.raises(NotFound, match="no customer of the number 999"):
        house.database.read(load_customer, house.small.cashier, 999)


@pytest.mark.parametrize(
    ("draft", "field", "sentence"),
    [
        (CustomerDraft(" \u200b "), "name", "Type a name."),
        (CustomerDraft("Anna", phone="call me"), "phone", "A phone number has no letters. Put words into the note."),
        (CustomerDraft("Anna", "anna"), "email", "This is no e-mail address. One looks like name@example.org."),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    house: OpenHouse, draft: CustomerDraft, field: str, sentence: str
) -> None:
    with pytest.raises(FieldRefused) as refused:
        add(house, draft)
    assert {field: str(refused.value.fields[field])} == {field: sentence}


def test_letters_to_a_customer_are_in_a_language_of_their_own(house: OpenHouse) -> None:
    anna = add(house, CustomerDraft("Anna Novak", "anna@example.org", language="de_AT"))
    assert anna.language == "de_AT"
    wanted = replace(anna.draft(), language="az_Latn_AZ")
    saved = house.database.transact(save_customer, house.small.cashier, anna, wanted)
    assert saved.language == "az_Latn_AZ"
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(save_customer, house.small.cashier, saved, replace(wanted, language="<b>"))
    assert refused.value.fields == {"language": "This language is not known."}
    other = add(house, CustomerDraft("A. Novak"))
    asked = (house.small.manager, other.customer_id, anna.customer_id)
    assert house.database.transact(merge_customers, *asked, request_id="m").language == "az_Latn_AZ"
