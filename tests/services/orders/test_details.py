from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Order, OrderChange
from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.domain.errors import InvalidInput, NotFound, NotPermitted, OrderChanged
from pos_app.domain.orders.exchanges import DetailsRequest
from pos_app.domain.orders.finding import OrderQuery
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.door.finding import find_guests
from pos_app.services.house.settings import load_house_settings, save_house_settings
from pos_app.services.orders.details import correct_details
from pos_app.services.orders.finding.search import find_orders
from tests.services.customers.people import add
from tests.services.orders.exchanging import exchanged, last_entry
from tests.services.orders.ledgers import require_balance, require_sound, revision_of
from tests.services.stories import sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def correct(house: OpenHouse, request: DetailsRequest) -> int:
    return house.database.transact(correct_details, house.small.cashier, request)


def found(house: OpenHouse, words: str, performance_id: int | None = None) -> int:
    """Count the guests that a gate finds."""
    return len(house.database.read(find_guests, performance_id or house.small.performance_id, words).guests)


def test_another_name_finds_the_guests_at_each_gate_and_the_audit_tells_no_word_of_it(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [*small.seats_of(1, (1, 2)), small.seat(1, 1, small.gala_id)])
    request = DetailsRequest(uuid4().hex, sale.order_id, 0, "  Zoë Nováková ", "aisle, please")
    assert correct(house, request) == 1
    assert correct(house, request) == 1
    for performance_id, guests in ((small.performance_id, 2), (small.gala_id, 1)):
        assert found(house, "zoe novak", performance_id) == guests
        # By the name of before, too: a counter deletes no word.
        assert found(house, "anna", performance_id) == guests
    entry = last_entry(house, "correction")
    assert entry["fields"] == ["customer_name", "note"]
    assert "Zo" not in str(entry)
    assert "aisle" not in str(entry)
    order = house.database.read(lambda session: session.get_one(Order, sale.order_id))
    assert (order.customer_name, order.note) == ("Zoë Nováková", "aisle, please")
    # Back to a name that was there before, and to none; each finds what it says.
    for revision, name, guests in ((1, "Anna Guest", 2), (2, "", 0), (3, "Zoe Smith", 2)):
        correct(house, DetailsRequest(uuid4().hex, sale.order_id, revision, name, ""))
        assert not name or found(house, name) == guests
    require_sound(house)


def test_an_order_that_goes_to_another_evening_is_found_there_too(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [small.seat(1, 1)])
    correct(house, DetailsRequest(uuid4().hex, sale.order_id, None, "Zoe Smith", ""))
    for turn in (1, 2):
        seat, wanted = small.seat(1, 1), small.seat(1, 1, small.gala_id)
        old, new = (seat, wanted) if turn == 1 else (wanted, seat)
        exchanged(house, sale, [old], {new: small.adult_id})
        require_balance(house)
    exchanged(house, sale, [small.seat(1, 1)], {small.seat(1, 3, small.gala_id): small.adult_id})
    assert found(house, "smith zoe", small.gala_id)
    require_sound(house)


def test_a_correction_is_refused_on_a_stale_picture_or_with_a_card_number(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    request = DetailsRequest(uuid4().hex, sale.order_id, 0, "Zoe", "")
    card = "card 4111 1111 1111 1111"
    for field, wrong in (
        ("customer_name", replace(request, customer_name=card)),
        ("note", replace(request, note=card)),
    ):
        with pytest.raises(InvalidInput) as refused:
            correct(house, wrong)
        assert refused.value.field == field
    with pytest.raises(OrderChanged):
        correct(house, replace(request, revision=3))
    with pytest.raises(NotFound):
        correct(house, replace(request, order_id=987_654))
    with pytest.raises(NotPermitted):
        house.database.transact(correct_details, house.small.steward, request)
    assert revision_of(house, sale.order_id) == 0


def test_what_says_the_same_changes_nothing(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    assert correct(house, DetailsRequest(uuid4().hex, sale.order_id, 0, "Anna  Guest", " ")) == 0
    kinds = house.database.read(lambda session: session.scalars(select(OrderChange.kind)).all())
    assert kinds == ["sale"]


def customer_of(house: OpenHouse, order_id: int) -> int | None:
    return house.database.read(lambda session: session.get_one(Order, order_id)).customer_id


def test_an_order_is_given_to_a_customer_and_taken_off_again(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    anna = add(house, CustomerDraft("Anna Novak", "anna@example.org", "601 234 567")).customer_id
    given = DetailsRequest(uuid4().hex, sale.order_id, 0, "Anna Novak", "", anna)
    assert correct(house, given) == correct(house, given) == 1
    assert customer_of(house, sale.order_id) == anna
    rows = house.database.read(find_orders, house.small.cashier, OrderQuery("601234567")).rows
    assert [row.order_id for row in rows] == [sale.order_id], "it is found by the phone of its customer"
    entry = last_entry(house, "correction")
    assert (entry["fields"], entry["customer"]) == (["customer_name", "customer_id"], f"customer:{anna}")
    assert correct(house, DetailsRequest(uuid4().hex, sale.order_id, 1, "Anna Novak", "")) == 2
    assert customer_of(house, sale.order_id) is None
    assert last_entry(house, "correction")["fields"] == ["customer_id"]
    require_sound(house)


def test_an_order_goes_to_who_a_merged_customer_is_now_and_to_nobody_who_was_erased(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    anna, other, gone = (add(house, CustomerDraft(name)).customer_id for name in ("Anna", "A. Novak", "Nobody"))

    def change(session: Session) -> None:
        session.execute(update(Customer).where(Customer.id == other).values(merged_into_id=anna))
        session.execute(update(Customer).where(Customer.id == gone).values(erased_at=utc_now()))

    house.database.transact(change)
    correct(house, DetailsRequest(uuid4().hex, sale.order_id, 0, "Anna", "", other))
    assert customer_of(house, sale.order_id) == anna
    with pytest.raises(CustomerRefused, match="was erased meanwhile"):
        correct(house, DetailsRequest(uuid4().hex, sale.order_id, 1, "Nobody", "", gone))
    assert customer_of(house, sale.order_id) == anna


def test_a_customer_gets_no_more_tickets_of_an_evening_by_a_correction(house: OpenHouse) -> None:
    small = house.small
    anna = add(house, CustomerDraft("Anna")).customer_id
    settings = house.database.read(load_house_settings)
    house.database.transact(save_house_settings, small.manager, settings, replace(settings, customer_tickets=3))
    first, second = sold(house, small.seats_of(1, (1, 2))), sold(house, small.seats_of(2, (1, 2)))
    correct(house, DetailsRequest(uuid4().hex, first.order_id, 0, "Anna", "", anna))
    with pytest.raises(CustomerRefused, match="each may have 3") as refused:
        correct(house, DetailsRequest(uuid4().hex, second.order_id, 0, "Anna", "", anna))
    assert str(refused.value.advice).startswith("Nothing was changed. Choose another customer")
    assert customer_of(house, second.order_id) is None
    # Of her own order the note is another one all the same.
    assert correct(house, DetailsRequest(uuid4().hex, first.order_id, 1, "Anna", "Aisle", anna)) == 2


def test_nobody_writes_a_name_again_on_the_order_of_a_person_who_was_erased(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    anna = add(house, CustomerDraft("Anna")).customer_id
    correct(house, DetailsRequest(uuid4().hex, sale.order_id, 0, "Anna", "", anna))
    house.database.transact(erase_customer, house.small.manager, anna, request_id=uuid4().hex)
    revision = revision_of(house, sale.order_id)
    again = DetailsRequest(uuid4().hex, sale.order_id, revision, "Anna", "aisle", anna)
    with pytest.raises(CustomerRefused, match="was erased"):
        correct(house, again)
    bert = add(house, CustomerDraft("Bert")).customer_id
    correct(house, DetailsRequest(uuid4().hex, sale.order_id, revision, "Bert", "", bert))
    require_sound(house)
