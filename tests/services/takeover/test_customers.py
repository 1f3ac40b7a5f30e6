"""Customers come with the season: who is here already is the same person, and nobody is made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.models import Customer, Order
from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.finding import find_customers
from pos_app.services.customers.records import add_customer, load_customer
from tests.services.takeover.season_files import preview, table, take

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse

SEASON = (
    "WHEN,Stalls,A,1,,anna@example.org,40,,,,,,",
    "WHEN,Stalls,A,2,Anna Berg,Anna@Example.org,40,,,+44 20 7946 0123,Aisle seat,yes,",
    "WHEN,Stalls,A,3,Ben Ode,,40,,,(020) 7946 0999,,,",
    "WHEN,Stalls,A,4,ben ode,,,,reserved,020 79460999,,,",
    "WHEN,Stalls,B,1,Cleo Day,,40,,,,,,",
    "WHEN,Stalls,B,2,Dan Fox,dan at home,40,,,,,,",
)


def customers_of(house: OpenHouse) -> dict[str, str | None]:
    rows = house.database.read(
        lambda s: s.execute(
            select(Order.customer_name, Customer.name).outerjoin(Customer, Customer.id == Order.customer_id)
        ).all()
    )
    return {row[0]: row[1] for row in rows}


def test_who_can_be_reached_is_a_customer_and_a_plain_name_stays_one(house: OpenHouse) -> None:
    seen = preview(house, table(house, *SEASON))
    assert (seen.customers, seen.known_customers) == (2, 0)
    assert [f"{one.line}: {one.sentence}" for one in seen.warnings] == [
        "7: “dan at home” is no e-mail address; it is kept in the note."
    ]
    assert take(house, table(house, *SEASON)).customers == 2
    assert customers_of(house) == {
        "": "Anna Berg", "Anna Berg": "Anna Berg", "Ben Ode": "Ben Ode", "ben ode": "Ben Ode", "Cleo Day": None,
        "Dan Fox": None,
    }  # fmt: skip
    query = CustomerQuery("berg anna")
    (found,) = house.database.read(find_customers, house.small.cashier, query).rows
    anna = house.database.read(load_customer, house.small.cashier, found.customer_id)
    assert (anna.email, anna.phone, anna.note, anna.letters) == (
        "anna@example.org", "+44 20 7946 0123", "Aisle seat", True
    )  # fmt: skip
    notes = house.database.read(lambda s: s.scalars(select(Order.note).where(Order.customer_name == "Dan Fox")).all())
    assert notes == ["Taken over from season.csv · dan at home"]


def test_who_is_here_already_is_the_same_customer_and_stays_as_typed_here(house: OpenHouse) -> None:
    here = house.database.transact(
        add_customer,
        house.small.cashier,
        CustomerDraft("Anna Berg-Maier", "anna@example.org"),
        request_id=uuid4().hex,
    )
    seen = preview(house, table(house, *SEASON[:2]))
    assert (seen.customers, seen.known_customers) == (0, 1)
    assert [f"{one.line}: {one.sentence}" for one in seen.warnings] == [
        f"3: The address is that of customer {here.customer_id}, Anna Berg-Maier, who is here already."
    ]
    take(house, table(house, *SEASON[:2]))
    ids = house.database.read(lambda s: s.scalars(select(Order.customer_id)).all())
    assert ids == [here.customer_id, here.customer_id]
    now = house.database.read(load_customer, house.small.cashier, here.customer_id)
    assert now.draft() == here.draft()
    # Whoever counts what the customer has, or merges, waits behind it.
    assert now.revision > here.revision


def test_an_order_of_a_customer_who_was_merged_goes_to_who_that_is_now(house: OpenHouse) -> None:
    def merge(session: Session) -> int:
        kept, other = (
            add_customer(session, house.small.cashier, draft, request_id=uuid4().hex).customer_id
            for draft in (CustomerDraft("Anna Maier"), CustomerDraft("Anna Berg", "anna@example.org"))
        )
        session.execute(update(Customer).where(Customer.id == other).values(merged_into_id=kept))
        return kept

    kept = house.database.transact(merge)
    take(house, table(house, *SEASON[:1]))
    assert house.database.read(lambda s: s.scalars(select(Order.customer_id)).all()) == [kept]
