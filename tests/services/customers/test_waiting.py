from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.models import WaitingEntry, WaitingOffer
from pos_app.doctor import judge_database
from pos_app.services.customers.merging import merge_customers, preview_merge
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.customers.privacy.known import collect_known
from pos_app.services.selling.offers import open_offer
from pos_app.services.selling.sales import sell
from pos_app.services.waiting.listing import read_entry
from pos_app.services.waiting.offers import lapse_offers
from tests.services.stories import cash_request
from tests.waiting import offered, party, read_offer, refund_seats, sell_out, somebody, state_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def merge(house: OpenHouse, kept: int, other: int) -> None:
    house.database.transact(merge_customers, house.small.manager, kept, other, request_id=uuid4().hex)


def test_of_two_that_wait_for_one_performance_the_earlier_stays(house: OpenHouse) -> None:
    small = house.small
    sell_out(house)
    sell_out(house, small.gala_id)
    kept, other = somebody(house, "Anna"), somebody(house, "A. Novak")
    gala = party(house, 2, customer_id=other, performance_id=small.gala_id)
    first, second = party(house, 2, customer_id=other), party(house, 3, customer_id=kept)
    told = house.database.read(preview_merge, small.manager, kept, other)
    assert told.waiting == 2
    merge(house, kept, other)
    now = [house.database.read(read_entry, one.entry_id) for one in (gala, first, second)]
    assert [(one.customer_id, str(one.state)) for one in now] == [
        (kept, "waiting"),
        (kept, "waiting"),
        (kept, "left"),
    ]
    assert house.database.read(judge_database) == ()


def test_an_offer_of_the_one_that_goes_is_the_next_ones(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    kept, other = somebody(house, "Anna"), somebody(house, "A. Novak")
    early, late = party(house, 3, customer_id=kept), party(house, 1, customer_id=other)
    waits = party(house, 1)
    refund_seats(house, sale, [small.seat(1, 3)])
    assert offered(house, late) == (small.seat(1, 3),)
    merge(house, kept, other)
    assert (state_of(house, early), state_of(house, late)) == ("waiting", "left")
    assert house.database.transact(lapse_offers).offers == 1
    assert offered(house, waits) == (small.seat(1, 3),)
    states = select(WaitingOffer.state).order_by(WaitingOffer.id)
    assert house.database.read(lambda session: list(session.scalars(states))) == ["withdrawn", "open"]
    assert state_of(house, late) == "left", "it did not lapse: it was not its own to take any more"


def test_who_is_forgotten_waits_no_more_and_what_was_typed_is_gone(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    person = somebody(house, "Quirina Zweifelstein")
    entry, waits = party(house, 1, customer_id=person), party(house, 1)
    refund_seats(house, sale, [small.seat(1, 3)])

    def type_reasons(session: Session) -> None:
        named = "Quirina Zweifelstein asked for it"
        session.execute(update(WaitingEntry).values(moved_reason=named))
        session.execute(update(WaitingOffer).values(reason=named))

    house.database.transact(type_reasons)
    known = house.database.transact(collect_known, small.manager, person)
    tables = {one.key: one.rows for one in known.tables}
    assert [row[2] for row in tables["waiting"]] == [entry.code]
    assert [row[0] for row in tables["offers"]] == [entry.code]
    house.database.transact(erase_customer, small.manager, person, request_id=uuid4().hex)
    house.database.transact(lapse_offers)
    assert state_of(house, entry) == "closed"
    assert offered(house, waits) == (small.seat(1, 3),)
    reasons = house.database.read(
        lambda session: [
            *session.scalars(select(WaitingEntry.moved_reason)),
            *session.scalars(select(WaitingOffer.reason)),
        ]
    )
    assert not any("Zweifelstein" in one for one in reasons)
    assert house.database.read(judge_database) == ()


def test_who_is_forgotten_at_the_counter_may_finish_paying(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    person = somebody(house, "Quirina Zweifelstein")
    entry = party(house, 1, customer_id=person)
    refund_seats(house, sale, [small.seat(1, 3)])
    held = house.database.transact(open_offer, small.cashier, read_offer(house, entry).offer_id, "basket").hold
    house.database.transact(erase_customer, small.manager, person, request_id=uuid4().hex)
    assert house.database.transact(lapse_offers).offers == 0
    house.database.transact(sell, small.cashier, cash_request(house, held))
    assert state_of(house, entry) == "closed"
    assert house.database.read(judge_database) == ()
