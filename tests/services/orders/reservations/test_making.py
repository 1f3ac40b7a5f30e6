"""Seats are kept under a name until a time: the story of the customer on the phone and the cashier."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import HoldExpired, NotPermitted, PriceChanged, PromoCodeRefused, SeatsTaken
from pos_app.services.orders.reservations.listing import list_reservations
from pos_app.services.orders.reservations.making import confirm_reservation, reserve
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.orders.reservations.terms import load_terms
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.selling.holds import release_seats
from pos_app.services.selling.sales import sell
from tests.services.orders.exchanging import settings
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import ask_to_reserve, move_release, picked_up, reserved
from tests.services.promo_codes.test_redeeming import make_code, uses_of
from tests.services.stories import cash_request, hold, put_hold_back, seat_row, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_four_are_kept_under_novak(house: OpenHouse) -> None:
    small, database = house.small, house.database
    request = ask_to_reserve(house, small.seats_of(1, (1, 2, 3, 4)), "Novak")
    database.read(confirm_reservation, small.cashier, request)
    made = database.transact(reserve, small.cashier, request)
    assert (made.customer_name, made.total_minor, made.seats, made.currency) == ("Novak", 16000, 4, "EUR")
    assert database.transact(reserve, small.cashier, request) == made, "a repeat reserves nothing twice"
    row = seat_row(house, small.seat(1, 1))
    assert (row.state, row.claim_kind, row.claim_id) == ("claimed", "reservation", made.order_id)
    assert row.claim_until == made.release_at
    with pytest.raises(SeatsTaken):
        hold(house, [small.seat(1, 2)])
    with pytest.raises(HoldExpired, match="reserved already"):
        database.transact(
            sell,
            small.cashier,
            replace(cash_request(house, hold(house, [small.seat(3, 1)])), basket_key=request.basket_key),
        )
    require_sound(house)


@pytest.mark.parametrize("email", ["zoe@example.org", ""])
def test_it_is_told_where_its_letter_goes(house: OpenHouse, email: str) -> None:
    small, database = house.small, house.database
    person = CustomerDraft("Zoë Novák", email=email, phone="601 234 567")
    request = ask_to_reserve(house, small.seats_of(1, (1, 2)), "", new_customer=person)
    made = database.transact(reserve, small.cashier, request)
    assert made.emailed_to == email
    assert database.transact(reserve, small.cashier, request) == made


def test_the_house_says_how_many_and_until_when(house: OpenHouse) -> None:
    small, database = house.small, house.database
    terms = database.read(load_terms, small.cashier, [small.performance_id, small.gala_id])
    assert (terms.most_seats, terms.time_zone) == (20, "Europe/Berlin")
    start = database.read(load_performance_record, small.performance_id).starts_at
    assert terms.latest_release_at == start
    assert terms.usual_release_at <= start - timedelta(minutes=30)
    settings(house, reservation_seats=2)
    seats = small.seats_of(1, (1, 2, 3))
    wrong: dict[str, dict[str, Any]] = {
        "release_at": {"release_at": start + timedelta(minutes=1)},
        "customer_name": {"customer_name": "  "},
    }
    for field, changes in wrong.items():
        request = ask_to_reserve(house, seats[:1], **changes)
        for ask in (confirm_reservation, reserve):
            with pytest.raises(FieldRefused) as refused:
                database.transact(ask, small.cashier, request)
            assert set(refused.value.fields) == {field}
        database.transact(release_seats, request.basket_key)
    request = ask_to_reserve(house, seats, release_at=start - timedelta(days=30))
    with pytest.raises(FieldRefused) as refused:
        database.transact(reserve, small.cashier, request)
    assert set(refused.value.fields) == {"release_at", "seats"}
    assert refused.value.fields["seats"] == "One reservation keeps 2 seats at the most."
    late = ask_to_reserve(house, [small.seat(2, 1)])
    settings(house, reservation_ends=2 * 24 * 60)
    with pytest.raises(FieldRefused, match=r"Nothing is reserved of “.*”, .*, in the last 2 days"):
        database.transact(reserve, small.cashier, late)
    with pytest.raises(NotPermitted):
        database.transact(reserve, small.steward, late)
    require_sound(house)


def test_a_code_counts_from_the_reservation_on_and_is_given_back_with_its_last_seat(house: OpenHouse) -> None:
    small, database = house.small, house.database
    code = database.transact(make_code, most_uses=1)
    made = reserved(house, small.seats_of(1, (1, 2)), promo_code="WINTER10")
    assert made.total_minor == 7200
    assert database.read(uses_of, code) == 1
    with pytest.raises(PromoCodeRefused):
        reserved(house, small.seats_of(2, (1,)), promo_code="WINTER10")
    picked_up(house, made.order_id, [small.seat(1, 1)])
    move_release(house, made.order_id, -10)
    database.transact(release_reservations)
    assert database.read(uses_of, code) == 1, "one seat that it took something off was paid"
    other = database.transact(make_code, code="SUMMER", most_uses=1)
    lost = reserved(house, small.seats_of(3, (1, 2)), promo_code="SUMMER")
    move_release(house, lost.order_id, -10)
    database.transact(release_reservations)
    assert database.read(uses_of, other) == 0
    require_sound(house)


def test_a_customer_is_made_with_the_reservation_and_counted(house: OpenHouse) -> None:
    small, database = house.small, house.database
    request = ask_to_reserve(
        house, small.seats_of(1, (1, 2)), "", new_customer=CustomerDraft("Zoë Novák", phone="601 234 567")
    )
    made = database.transact(reserve, small.cashier, request)
    assert made.customer_name == "Zoë Novák"
    assert made.customer_id is not None
    assert database.transact(reserve, small.cashier, request) == made
    assert [one.order_id for one in database.read(list_reservations, small.cashier, text="601234567")] == [
        made.order_id
    ]
    settings(house, customer_tickets=2)
    with pytest.raises(CustomerRefused, match="has 2 tickets"):
        reserved(house, [small.seat(1, 3)], customer_id=made.customer_id)
    wrong = ask_to_reserve(house, [small.seat(2, 1)], new_customer=CustomerDraft("  ", email="no address"))
    with pytest.raises(FieldRefused) as refused:
        database.transact(reserve, small.cashier, wrong)
    assert set(refused.value.fields) == {"name", "email"}
    require_sound(house)


def test_a_basket_whose_seats_are_gone_is_not_reserved_in_part(house: OpenHouse) -> None:
    small, database = house.small, house.database
    request = ask_to_reserve(house, small.seats_of(1, (1, 2)))
    put_hold_back(house, request.basket_key, made=910, left=-10)
    sold(house, [small.seat(1, 2)])
    for ask in (confirm_reservation, reserve):
        with pytest.raises(SeatsTaken) as gone:
            database.transact(ask, small.cashier, request)
        assert gone.value.seats == ((small.performance_id, small.seat_id(1, 2)),)
    assert seat_row(house, small.seat(1, 1)).claim_kind == "basket"
    with pytest.raises(PriceChanged):
        database.transact(reserve, small.cashier, replace(request, lines=request.lines[:1]))
    database.transact(release_seats, request.basket_key)
    require_sound(house)
