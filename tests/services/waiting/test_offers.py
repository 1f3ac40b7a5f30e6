from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import AuditEntry, WaitingOffer
from pos_app.doctor import judge_database
from pos_app.domain.errors import InvalidInput, NotFound, NotPermitted, OfferElsewhere, OfferOver
from pos_app.domain.waiting.entries import EntryState
from pos_app.services.selling.holds import release_seats
from pos_app.services.selling.offers import open_offer
from pos_app.services.selling.sales import sell
from pos_app.services.waiting import offers
from pos_app.services.waiting.offers import EndedWaiting, end_waiting, lapse_offers, withdraw
from tests.services.stories import cash_request, change_performance
from tests.waiting import guards, offered, party, read_offer, refund_seats, sell_out, state_of

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def end_offers(house: OpenHouse) -> None:
    """Let the time of all open offers be over at this very moment."""
    over = update(WaitingOffer).where(WaitingOffer.state == "open").values(expires_at=utc_now())
    house.database.transact(lambda session: session.execute(over))


def letters_of(monkeypatch: pytest.MonkeyPatch, name: str) -> list[int]:
    """Return a list that grows by what letters of a kind are written about."""
    told: list[int] = []
    monkeypatch.setattr(offers, name, lambda _session, one: told.append(one))
    return told


def test_an_offer_that_nobody_took_passes_on_and_its_party_is_told_once(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = house.small
    letters = letters_of(monkeypatch, "tell_offer_lapsed")
    sale = sell_out(house)[0]
    first, second = party(house, 2), party(house, 2)
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    one = read_offer(house, first)
    assert house.database.transact(lapse_offers).offers == 0
    end_offers(house)
    done = house.database.transact(lapse_offers)
    assert (done.offers, done.seats, done.more) == (1, 2, False)
    assert (state_of(house, first), state_of(house, second)) == ("lapsed", "offered")
    assert offered(house, second) == small.seats_of(1, (3, 4))
    assert house.database.transact(lapse_offers).offers == 0
    assert letters == [one.offer_id]
    bodies = select(AuditEntry.body).where(AuditEntry.chain == "jobs", AuditEntry.action == "offer_lapsed")
    (entry,) = house.database.read(lambda session: [json.loads(body) for body in session.scalars(bodies)])
    assert (entry["entry"], entry["offer"]) == (first.entry_id, one.offer_id)
    end_offers(house)
    house.database.transact(lapse_offers)
    assert {guards(house)[seat.seat_id] for seat in small.seats_of(1, (3, 4))} == {("free", 2)}, "nobody is left"
    assert house.database.read(judge_database) == ()


def test_many_lapse_in_batches(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    for _ in range(5):
        party(house, 1)
    refund_seats(house, sale, house.small.seats_of(1, (1, 3, 5, 7, 9)))
    end_offers(house)
    first, second = (house.database.transact(lapse_offers, limit=3) for _ in range(2))
    assert (first.offers, first.more, second.offers, second.more) == (3, True, 2, False)


def test_the_house_takes_an_offer_back_with_a_reason(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    small = house.small
    letters = letters_of(monkeypatch, "tell_waiting_ended")
    sale = sell_out(house)[0]
    first, second = party(house, 1), party(house, 1)
    refund_seats(house, sale, [small.seat(1, 3)])
    offer_id = read_offer(house, first).offer_id
    with pytest.raises(InvalidInput):
        house.database.transact(withdraw, small.manager, uuid4().hex, offer_id, "")
    with pytest.raises(NotPermitted):
        house.database.transact(withdraw, small.cashier, uuid4().hex, offer_id, "rude")
    house.database.transact(open_offer, small.cashier, offer_id, "basket")
    with pytest.raises(OfferElsewhere):
        house.database.transact(withdraw, small.manager, uuid4().hex, offer_id, "rude")
    house.database.transact(release_seats, "basket")
    for _ in range(2):
        entry = house.database.transact(withdraw, small.manager, "w", offer_id, "rude")
        assert entry.state is EntryState.CLOSED
    assert letters == [first.entry_id]
    assert offered(house, second) == (small.seat(1, 3),)
    with pytest.raises(NotFound):
        house.database.transact(withdraw, small.manager, uuid4().hex, 4711, "rude")
    opened = house.database.transact(open_offer, small.cashier, read_offer(house, second).offer_id, "sold")
    house.database.transact(sell, small.cashier, cash_request(house, opened.hold))
    with pytest.raises(OfferOver):
        house.database.transact(withdraw, small.manager, uuid4().hex, opened.offer.offer_id, "rude")
    assert house.database.read(judge_database) == ()


def test_when_a_performance_is_not_given_all_waiting_ends_and_each_is_told_once(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, of = house.small, house.small.performance_id
    letters = letters_of(monkeypatch, "tell_waiting_ended")
    sale = sell_out(house)[0]
    assert house.database.transact(end_waiting, small.manager, of, "ill") == EndedWaiting()
    parties = [party(house, 1), party(house, 2), party(house, 1)]
    refund_seats(house, sale, [small.seat(1, 3), small.seat(1, 7)])
    opened = house.database.transact(open_offer, small.cashier, read_offer(house, parties[0]).offer_id, "basket")
    change_performance(house, state="cancelled")
    assert house.database.transact(end_waiting, small.manager, of, "ill") == EndedWaiting(3, 2)
    assert house.database.transact(end_waiting, small.manager, of, "ill") == EndedWaiting()
    assert letters == [one.entry_id for one in parties]
    assert {state_of(house, one) for one in parties} == {"closed"}
    seats = guards(house)
    assert seats[opened.hold.seats[0].seat_id] == ("claimed", 0), "the basket keeps its own"
    assert [seat for seat, (state, _) in seats.items() if state == "free"] == [small.seat_id(1, 7)]
    assert {guard for _, guard in seats.values()} == {0}
    house.database.transact(release_seats, "basket")
    assert guards(house)[small.seat_id(1, 3)] == ("free", 0)


def test_one_that_ends_at_this_very_moment_is_over(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    entry = party(house, 1)
    refund_seats(house, sale, [house.small.seat(1, 3)])
    later = update(WaitingOffer).values(expires_at=utc_plus(60))
    house.database.transact(lambda session: session.execute(later))
    assert house.database.transact(lapse_offers).offers == 0
    end_offers(house)
    assert house.database.transact(lapse_offers).offers == 1
    assert state_of(house, entry) == "lapsed"
