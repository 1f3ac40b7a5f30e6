"""An offer opened at a till: its seats are the basket's own, go back to it, and are spent once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import WaitingOffer
from pos_app.doctor import judge_database
from pos_app.domain.errors import HoldExpired, NotFound, NotPermitted, OfferElsewhere, OfferOver, SeatsTaken
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import extend_hold, place_hold, release_seats
from pos_app.services.selling.offers import open_offer
from pos_app.services.selling.sales import sell
from pos_app.services.waiting.offers import lapse_offers
from tests.services.orders.exchanging import ask_for, request_for
from tests.services.orders.reserving import ask_to_reserve
from tests.services.stories import cash_request, hold, run_out, seat_row, sold
from tests.waiting import offered, party, read_offer, refund_seats, sell_out, state_of

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.waiting.entries import QueueEntry
    from tests.houses import OpenHouse


@dataclass
class Offered:
    """A party of two with its offer, in a house that is sold out; another party of one waits behind it."""

    house: OpenHouse
    entry: QueueEntry
    next_one: QueueEntry
    offer_id: int
    seats: tuple[SeatKey, ...]

    def open(self, key: str = "basket", **more: Any) -> PlacedHold:
        actor = more.pop("actor", self.house.small.cashier)
        return self.house.database.transact(open_offer, actor, self.offer_id, key).hold

    def row(self) -> WaitingOffer:
        return self.house.database.read(lambda session: session.get_one(WaitingOffer, self.offer_id))

    def claims(self) -> list[tuple[str | None, int | None]]:
        return [
            (row.claim_kind or row.state, row.claim_id) for row in (seat_row(self.house, one) for one in self.seats)
        ]

    def end_now(self) -> None:
        over = update(WaitingOffer).where(WaitingOffer.id == self.offer_id).values(expires_at=utc_plus(-1))
        self.house.database.transact(lambda session: session.execute(over))


@pytest.fixture
def waits(house: OpenHouse) -> Offered:
    small = house.small
    sale = sell_out(house)[0]
    entry, next_one = party(house, 2), party(house, 1)
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    seats = offered(house, entry)
    assert seats == small.seats_of(1, (3, 4))
    return Offered(house, entry, next_one, read_offer(house, entry).offer_id, seats)


def require_sound(waits: Offered) -> None:
    assert waits.house.database.read(judge_database) == ()


def test_it_is_opened_at_one_till_and_sold_in_its_basket(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    held = waits.open()
    assert (held.seats, held.taken) == (waits.seats, waits.seats)
    assert waits.open().seats == waits.seats, "it may be repeated"
    assert waits.claims() == [("basket", held.hold_id)] * 2
    assert read_offer(house, waits.entry).till_name == small.cashier.till_name
    with pytest.raises(OfferElsewhere, match=small.cashier.till_name) as told:
        waits.open("another", actor=small.elsewhere(small.cashier))
    assert told.value.till_name == small.cashier.till_name
    sale = house.database.transact(sell, small.cashier, cash_request(house, held))
    row = waits.row()
    assert (row.state, row.pickup_hold_id, row.order_id) == ("sold", None, sale.order_id)
    assert (state_of(house, waits.entry), state_of(house, waits.next_one)) == ("sold", "waiting")
    with pytest.raises(OfferOver):
        waits.open("another")
    require_sound(waits)


def test_who_bought_and_gives_back_is_not_in_the_queue_again(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    sale = house.database.transact(sell, small.cashier, cash_request(house, waits.open()))
    refund_seats(house, sale, [waits.seats[0]])
    assert state_of(house, waits.entry) == "sold"
    assert offered(house, waits.next_one) == (waits.seats[0],)
    require_sound(waits)


def test_a_basket_may_hold_other_seats_already(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    other = small.seat(1, 1, small.gala_id)
    first = house.database.transact(place_hold, small.cashier, "basket", [other])
    held = waits.open()
    assert held.seats == (*waits.seats, other)
    assert held.expires_at == first.expires_at, "its time does not begin anew"
    house.database.transact(sell, small.cashier, cash_request(house, held))
    assert state_of(house, waits.entry) == "sold"
    require_sound(waits)


def test_left_it_stands_as_before_until_its_end(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    waits.open()
    assert house.database.transact(release_seats, "basket") is None
    row = waits.row()
    assert (row.state, row.pickup_hold_id) == ("open", None)
    assert waits.claims() == [("offer", waits.offer_id)] * 2
    assert seat_row(house, waits.seats[0]).claim_until == row.expires_at
    assert offered(house, waits.next_one) == ()
    assert waits.open("again", actor=small.elsewhere(small.cashier)).seats == waits.seats
    require_sound(waits)


def test_a_seat_of_it_goes_back_to_it_and_the_rest_stays_open(waits: Offered) -> None:
    house = waits.house
    held = waits.open()
    house.database.transact(release_seats, "basket", [waits.seats[0]])
    assert waits.claims() == [("offer", waits.offer_id), ("basket", held.hold_id)]
    assert waits.row().pickup_hold_id == held.hold_id
    waits.end_now()
    assert house.database.transact(lapse_offers).offers == 0, "a till has it open"
    assert waits.open().seats == waits.seats, "and takes all of it once more"
    house.database.transact(release_seats, "basket")
    assert house.database.transact(lapse_offers).offers == 1
    assert len(offered(house, waits.next_one)) == 1
    require_sound(waits)


def test_when_the_time_of_the_basket_is_over_it_goes_back_and_lapses_if_it_is_over_too(waits: Offered) -> None:
    house = waits.house
    run_out(house, waits.open())
    assert house.database.transact(expire_holds).holds == 1
    assert waits.claims() == [("offer", waits.offer_id)] * 2
    run_out(house, waits.open("again"))
    waits.end_now()
    assert house.database.transact(lapse_offers).offers == 0
    house.database.transact(expire_holds)
    assert house.database.transact(lapse_offers).offers == 1
    assert (waits.row().state, state_of(house, waits.entry)) == ("lapsed", "lapsed")
    require_sound(waits)


def test_another_till_opens_it_once_the_time_of_the_first_is_over(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    first = waits.open()
    run_out(house, first)
    there = small.elsewhere(small.cashier)
    second = waits.open("there", actor=there)
    assert waits.claims() == [("basket", second.hold_id)] * 2
    house.database.transact(release_seats, "basket")
    house.database.transact(expire_holds)
    assert waits.claims() == [("basket", second.hold_id)] * 2, "what the first gives back is the second's now"
    house.database.transact(sell, there, cash_request(house, second))
    with pytest.raises(SeatsTaken):
        house.database.transact(sell, small.cashier, cash_request(house, first))
    assert waits.row().state == "sold"


def test_a_basket_that_ran_out_still_sells_what_was_offered(waits: Offered) -> None:
    house = waits.house
    held = waits.open()
    waits.end_now()
    run_out(house, held)
    house.database.transact(sell, house.small.cashier, cash_request(house, held))
    assert (waits.row().state, state_of(house, waits.entry)) == ("sold", "sold")
    require_sound(waits)


def test_of_an_offer_that_is_spent_what_was_not_bought_goes_to_the_next(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    held = waits.open()
    house.database.transact(sell, small.cashier, cash_request(house, replace(held, seats=(waits.seats[0],))))
    assert (waits.row().state, state_of(house, waits.entry)) == ("sold", "sold")
    assert offered(house, waits.next_one) == (waits.seats[1],)
    require_sound(waits)


def test_a_seat_that_went_back_to_an_offer_comes_free_when_the_rest_is_bought(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    waits.open()
    left = house.database.transact(release_seats, "basket", [waits.seats[0]])
    assert left is not None
    house.database.transact(sell, small.cashier, cash_request(house, left))
    assert offered(house, waits.next_one) == (waits.seats[0],)
    require_sound(waits)


def test_an_offer_of_which_nothing_was_bought_stays_open(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    other = small.seat(1, 1, small.gala_id)
    house.database.transact(place_hold, small.cashier, "basket", [other])
    held = waits.open()
    house.database.transact(sell, small.cashier, cash_request(house, replace(held, seats=(other,))))
    assert (waits.row().state, waits.row().pickup_hold_id) == ("open", None)
    assert waits.claims() == [("offer", waits.offer_id)] * 2
    require_sound(waits)


def test_what_was_offered_is_spent_by_a_reservation_and_by_an_exchange_too(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    other = small.seat(1, 1, small.gala_id)
    request = ask_to_reserve(house, [other])
    waits.open(request.basket_key)
    house.database.transact(reserve, small.cashier, request)
    assert waits.claims() == [("offer", waits.offer_id)] * 2, "the rest of it goes back"
    old, new = small.seat(1, 2, small.gala_id), small.seat(1, 3, small.gala_id)
    sale = sold(house, [old])
    ask = ask_for(house, sale, [old], {new: small.adult_id})
    assert ask.basket_key is not None
    waits.open(ask.basket_key)
    house.database.transact(exchange, small.cashier, request_for(house, ask))
    assert (waits.row().state, waits.claims()) == ("open", [("offer", waits.offer_id)] * 2)
    require_sound(waits)


def test_a_longer_basket_keeps_its_offered_seats_as_long(waits: Offered) -> None:
    house = waits.house
    held = waits.open()
    longer = house.database.transact(
        extend_hold, house.small.cashier, held.basket_key, request_id=uuid4().hex, reason="The card"
    )
    assert longer.seats == waits.seats
    assert seat_row(house, waits.seats[0]).claim_until == longer.expires_at


def test_who_may_not_and_what_is_over_is_refused(waits: Offered) -> None:
    house, small = waits.house, waits.house.small
    with pytest.raises(NotPermitted):
        waits.open(actor=small.steward)
    with pytest.raises(NotFound):
        house.database.transact(open_offer, small.cashier, 4711, "basket")
    over = hold(house, [small.seat(1, 1, small.gala_id)])
    run_out(house, over)
    with pytest.raises(HoldExpired):
        waits.open(over.basket_key)
    waits.end_now()
    with pytest.raises(OfferOver):
        waits.open()
    assert waits.claims() == [("offer", waits.offer_id)] * 2
