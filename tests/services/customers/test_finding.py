"""Customers are found while they are typed, and those that are alike are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.customers.records import USUAL_MARKS, CustomerDraft
from pos_app.services.customers.finding import find_alike, find_customers, list_marks
from pos_app.services.customers.records import archive_customer, save_customer
from pos_app.services.customers.walking import begun_words, walk
from tests.services.customers.people import add

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse

PEOPLE = (
    CustomerDraft("Anna Nováková", "anna@example.org", "+420 601 234 567", marks=("Press",)),
    CustomerDraft("Annabel Novak", "bel@example.com", "0301 2345678"),
    CustomerDraft("Bert O'Brien", "bert@example.org", "(030) 99 88 77", marks=("press", "Wheelchair")),
    CustomerDraft("School of Novi Sad", marks=("School",)),
)


@pytest.fixture
def people(house: OpenHouse) -> dict[str, int]:
    return {one.name: add(house, one).customer_id for one in PEOPLE}


def found(house: OpenHouse, text: str = "", *, mark: str = "", archived: bool = False) -> list[str]:
    query = CustomerQuery(text, mark, archived)
    return [one.name for one in house.database.read(find_customers, house.small.cashier, query).rows]


def test_each_way_to_type_a_person_finds_them(house: OpenHouse, people: dict[str, int]) -> None:
    anna, bel, bert, school = (one.name for one in PEOPLE)
    assert found(house) == [school, bert, bel, anna]
    assert found(house, "novak anna") == [bel, anna]
    assert found(house, "anna") == [anna, bel]
    assert found(house, "nov") == [school, bel, anna]
    assert found(house, "obrien") == found(house, "o'brien") == found(house, "o brien") == [bert]
    assert found(house, "bert@example.org") == [bert]
    assert found(house, "+420 601") == found(house, "234 567") == found(house, "00420601234567") == [anna]
    assert found(house, "0301 2345678") == found(house, "+49 301 2345678") == [bel]
    assert found(house, f"#{people[bert]}") == found(house, str(people[bert]))[:1] == [bert]
    assert found(house, "nobody") == found(house, "!!") == found(house, "9" * 40) == []


def test_marks_are_filtered_however_they_are_written(house: OpenHouse, people: dict[str, int]) -> None:
    cashier = house.small.cashier
    anna, _, bert, _ = (one.name for one in PEOPLE)
    assert found(house, mark="PRESS") == [bert, anna]
    assert found(house, "anna", mark="press") == [anna]
    assert house.database.read(list_marks, cashier) == ("press", "School", "Wheelchair")
    page = house.database.read(find_customers, cashier, CustomerQuery(str(people[bert])))
    row = page.rows[0]
    now = house.database.transact(
        save_customer,
        cashier,
        add(house, CustomerDraft("Nobody else", marks=("Wheelchair",))),
        CustomerDraft("Nobody else"),
    )
    assert (row.orders, now.marks) == (0, ())
    assert found(house, mark="wheelchair") == [bert]


def test_a_house_without_marks_is_offered_the_usual_ones(house: OpenHouse) -> None:
    assert house.database.read(list_marks, house.small.cashier) == USUAL_MARKS


def test_a_page_tells_that_there_are_more(house: OpenHouse, people: dict[str, int]) -> None:
    page = house.database.read(find_customers, house.small.cashier, CustomerQuery("nov"), limit=2)
    assert ([one.name for one in page.rows], page.more) == (["School of Novi Sad", "Annabel Novak"], True)
    page = house.database.read(find_customers, house.small.cashier, CustomerQuery(), limit=4)
    assert (len(page.rows), page.more) == (4, False)


def test_however_many_words_are_typed_they_are_counted_at_once_and_walked_twice_at_the_most(
    house: OpenHouse, people: dict[str, int]
) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def read(session: Session, text: str) -> list[int]:
        engine = session.connection().engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            return walk(session, begun_words(text.split()), 50, archived=False)[0]
        finally:
            event.remove(engine, "before_cursor_execute", note)

    def walked(text: str) -> tuple[list[str], int]:
        asked.clear()
        ids = house.database.read(read, text)
        names = {customer_id: name for name, customer_id in people.items()}
        return [names[one] for one in ids], sum("search_word" in one for one in asked)

    anna, bel, bert, school = (one.name for one in PEOPLE)
    assert walked("anna novakova") == ([anna], 3)
    assert walked("anna nov") == ([anna, bel], 3)
    assert walked("o brien") == ([bert], 3), "only together are they a word"
    assert walked("sad novi") == ([school], 3)
    assert walked("anna nobody") == ([], 1), "nobody has one of them: none is walked"


def test_who_is_alike_is_offered_the_surest_first(house: OpenHouse, people: dict[str, int]) -> None:
    anna, bel, bert, _ = (one.name for one in PEOPLE)

    def alike(name: str = "", email: str = "", phone: str = "") -> list[str]:
        rows = house.database.read(find_alike, house.small.cashier, CustomerDraft(name, email, phone))
        return [one.name for one in rows]

    assert alike("anna novak") == [bel, anna]
    assert alike("Anna Novakova") == [anna]
    assert alike("anna", "BERT@example.org", "301 2345678") == [bert, bel, anna]
    assert alike("zz", phone="+420601234567") == [anna]
    assert alike("an") == alike(email="anna@") == alike(phone="60") == []
    house.database.transact(archive_customer, house.small.cashier, people[bert])
    assert alike("bert o'b") == [bert]
    assert found(house, "bert") == []
    assert found(house, "bert", archived=True) == [bert]
