"""Each way in which a seat comes free: a party that waits is offered it in that very transaction, and nobody else can.

A path is told as what stands in the house before anybody waits, and what is then done. The rest of the house is sold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import KeptBack, PerformanceSeat, WaitingEntry, WaitingOffer
from pos_app.doctor import judge_database
from pos_app.domain.orders.reservations import GiveUpRequest
from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkStep
from pos_app.domain.picking.proposals import Wish
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind
from pos_app.domain.selling.sales import VoidRequest
from pos_app.domain.venues.plan_part_edits import edit_category, put_area
from pos_app.flows.work_lists import work_off_order
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reservations.keeping import give_up_seats
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.orders.work_lists.lists import open_work_list
from pos_app.services.orders.work_lists.steps import aim_work_list
from pos_app.services.season.kept_seats import keep_back, release_due, release_kept
from pos_app.services.selling.best_seats import hold_best_seats
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import place_hold, release_seats
from pos_app.services.selling.sales import sell
from pos_app.services.selling.seat_requests import answer_release, ask_to_release, load_questions
from pos_app.services.selling.swaps import swap_seats
from pos_app.services.waiting.joining import leave
from pos_app.services.waiting.listing import read_entry
from pos_app.services.waiting.offers import lapse_offers, withdraw
from tests.services.orders.exchanging import ask_for, do, request_for
from tests.services.orders.ledgers import revision_of
from tests.services.orders.reserving import ask_to_reserve, move_release, reserved
from tests.services.stories import cash_request, hold, run_out, sold
from tests.services.venues.plan_stories import FLOOR, opened, save
from tests.small_house import allow
from tests.waiting import offered, party, refund_seats

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.waiting.entries import QueueEntry
    from tests.houses import OpenHouse

    Act = Callable[[], object]
    Path = Callable[[OpenHouse], Act]

HOUSE: Final = KeepDraft(ClaimKind.HOUSE, "For the author's family")


def pair(house: OpenHouse) -> tuple[SeatKey, ...]:
    """Return the seats that come free on each path that has seats of the plan as it is."""
    return house.small.seats_of(1, (3, 4))


def void(house: OpenHouse) -> Act:
    sale = sold(house, pair(house))
    request = VoidRequest(uuid4().hex, sale.order_id, "wrong night", house.database.transact(allow, house.small))
    return lambda: house.database.transact(void_order, house.small.cashier, request)


def refund(house: OpenHouse) -> Act:
    sale = sold(house, house.small.seats_of(1, (3, 4, 5)))
    return lambda: refund_seats(house, sale, pair(house))


def exchange(house: OpenHouse) -> Act:
    small = house.small
    sale = sold(house, pair(house))
    new = dict.fromkeys(small.seats_of(1, (1, 2), small.gala_id), small.adult_id)
    request = request_for(house, ask_for(house, sale, list(pair(house)), new))
    return lambda: do(house, request)


def rest_of_an_exchange(house: OpenHouse) -> Act:
    small = house.small
    old, new = small.seat(1, 1, small.gala_id), small.seat(1, 2, small.gala_id)
    sale = sold(house, [old])
    ask = ask_for(house, sale, [old], {new: small.adult_id})
    assert ask.basket_key is not None
    house.database.transact(place_hold, small.cashier, ask.basket_key, pair(house))
    request = request_for(house, ask)
    return lambda: do(house, request)


def basket_given_back(house: OpenHouse) -> Act:
    held = hold(house, pair(house))
    return lambda: house.database.transact(release_seats, held.basket_key)


def basket_given_back_in_part(house: OpenHouse) -> Act:
    held = hold(house, house.small.seats_of(1, (3, 4, 5)))
    return lambda: house.database.transact(release_seats, held.basket_key, pair(house))


def basket_run_out(house: OpenHouse) -> Act:
    held = hold(house, pair(house))

    def act() -> None:
        run_out(house, held)
        house.database.transact(expire_holds)

    return act


def let_go_to_another_till(house: OpenHouse) -> Act:
    """Another till asks for a seat, and does not get it: somebody has waited for it longer."""
    small, there = house.small, house.small.elsewhere(house.small.cashier)
    one = small.seat(1, 3)
    hold(house, [one], actor=there)
    house.database.transact(ask_to_release, small.cashier, one, request_id=uuid4().hex)
    (question,) = house.database.read(load_questions, there.till_id).asked
    return lambda: house.database.transact(answer_release, there, question.question_id, yes=True)


def swapped(house: OpenHouse) -> Act:
    small = house.small
    held = hold(house, [*pair(house), small.seat(1, 1, small.gala_id)])
    new = [small.seat(1, 2, small.gala_id)]
    return lambda: house.database.transact(swap_seats, small.cashier, held.basket_key, new, pair(house))


def other_seats_proposed(house: OpenHouse) -> Act:
    """The best seats are asked for anew at another evening; those of this one are given back with the basket."""
    small = house.small
    key = uuid4().hex
    house.database.transact(place_hold, small.cashier, key, pair(house))
    wish = Wish(2)

    def act() -> None:
        house.database.transact(hold_best_seats, small.cashier, key, small.gala_id, wish)
        house.database.transact(release_seats, key, pair(house))

    return act


def rest_of_a_sale(house: OpenHouse) -> Act:
    other = house.small.seat(1, 5)
    held = hold(house, [*pair(house), other])
    request = cash_request(house, replace(held, seats=(other,)))
    return lambda: house.database.transact(sell, house.small.cashier, request)


def rest_of_a_reservation(house: OpenHouse) -> Act:
    other = house.small.seat(1, 5)
    request = ask_to_reserve(house, [other])
    house.database.transact(place_hold, house.small.cashier, request.basket_key, pair(house))
    return lambda: house.database.transact(reserve, house.small.cashier, request)


def reservation_over(house: OpenHouse) -> Act:
    move_release(house, reserved(house, pair(house)).order_id, -10)
    return lambda: house.database.transact(release_reservations)


def reservation_given_up(house: OpenHouse) -> Act:
    made = reserved(house, house.small.seats_of(1, (3, 4, 5)))
    page = house.database.read(load_order_page, house.small.cashier, made.order_id)
    lines = tuple(line.line_id for line in page.seats if line.seat_id in {seat.seat_id for seat in pair(house)})
    asked = GiveUpRequest(uuid4().hex, made.order_id, revision_of(house, made.order_id), lines, "two are ill")
    return lambda: house.database.transact(give_up_seats, house.small.cashier, asked)


def kept(house: OpenHouse, seats: tuple[SeatKey, ...] = ()) -> int:
    ids = [seat.seat_id for seat in seats or pair(house)]
    of = house.small.performance_id
    return house.database.transact(keep_back, house.small.manager, uuid4().hex, of, ids, HOUSE).kept_id


def kept_put_on_sale(house: OpenHouse) -> Act:
    kept_id = kept(house)
    return lambda: house.database.transact(release_kept, house.small.manager, kept_id)


def kept_until_now(house: OpenHouse) -> Act:
    over = update(KeptBack).where(KeptBack.id == kept(house)).values(release_at=utc_plus(-1))
    house.database.transact(lambda session: session.execute(over))
    return lambda: house.database.transact(release_due)


def offered_to_another(house: OpenHouse) -> QueueEntry:
    """Let a first party be offered the pair, and return it."""
    sale = sold(house, pair(house))
    sell_the_rest(house)
    first = party(house, 2)
    refund_seats(house, sale, pair(house))
    assert offered(house, first) == pair(house)
    return read(house, first)


def offer_lapsed(house: OpenHouse) -> Act:
    offered_to_another(house)
    over = update(WaitingOffer).values(expires_at=utc_plus(-1))
    house.database.transact(lambda session: session.execute(over))
    return lambda: house.database.transact(lapse_offers)


def offer_withdrawn(house: OpenHouse) -> Act:
    first = offered_to_another(house)
    assert first.offer is not None
    offer_id = first.offer.offer_id
    return lambda: house.database.transact(withdraw, house.small.manager, uuid4().hex, offer_id, "a mistake")


def party_leaves(house: OpenHouse) -> Act:
    first = offered_to_another(house)
    return lambda: house.database.transact(leave, house.small.cashier, uuid4().hex, first.entry_id, first.revision)


def party_erased(house: OpenHouse) -> Act:
    first = offered_to_another(house)

    def act() -> None:
        house.database.transact(erase_customer, house.small.manager, first.customer_id, request_id=uuid4().hex)
        house.database.transact(lapse_offers)

    return act


def party_merged_with_one_that_waits_in_front(house: OpenHouse) -> Act:
    first = offered_to_another(house)
    front = party(house, 3)
    earlier = update(WaitingEntry).where(WaitingEntry.id == front.entry_id).values(turn=-1)
    house.database.transact(lambda session: session.execute(earlier))

    def act() -> None:
        ids = front.customer_id, first.customer_id
        house.database.transact(merge_customers, house.small.manager, *ids, request_id=uuid4().hex)
        house.database.transact(lapse_offers)

    return act


def moved_by_a_work_list(house: OpenHouse) -> Act:
    small = house.small
    sale = sold(house, pair(house))
    asked = OpenWorkList(uuid4().hex, small.performance_id, "Another date")
    list_id = house.database.transact(open_work_list, small.manager, asked)
    house.database.transact(aim_work_list, small.manager, list_id, small.gala_id)
    step = WorkStep(list_id, sale.order_id, WorkDeed.MOVE, to_performance_id=small.gala_id)
    return lambda: work_off_order(house.database, small.manager, step)


def plan_moved_to_a_larger_version(house: OpenHouse) -> Act:
    before = opened(house)
    wanted = put_area(before.draft, before.draft.zones[0].guid, replace(FLOOR, category="A", capacity=2))
    return lambda: save(house, before, wanted)


def plan_enlarged_where_it_is(house: OpenHouse) -> Act:
    small = house.small
    kept(house, tuple(small.seats_of(row, (n,))[0] for row in range(1, small.rows + 1) for n in range(1, 11)))
    before = opened(house)
    wanted = put_area(before.draft, before.draft.zones[0].guid, replace(FLOOR, category="A", capacity=2))
    return lambda: save(house, before, wanted)


def basket_run_out_where_a_plan_moves(house: OpenHouse) -> Act:
    held = hold(house, pair(house))
    before = opened(house)
    wanted = edit_category(before.draft, "A", new_name="Front", color="#fff")

    def act() -> None:
        run_out(house, held)
        save(house, before, wanted)

    return act


PATHS: Final[tuple[Path, ...]] = (
    void,
    refund,
    exchange,
    rest_of_an_exchange,
    basket_given_back,
    basket_given_back_in_part,
    basket_run_out,
    let_go_to_another_till,
    swapped,
    other_seats_proposed,
    rest_of_a_sale,
    rest_of_a_reservation,
    reservation_over,
    reservation_given_up,
    kept_put_on_sale,
    kept_until_now,
    offer_lapsed,
    offer_withdrawn,
    party_leaves,
    party_erased,
    party_merged_with_one_that_waits_in_front,
    moved_by_a_work_list,
    plan_moved_to_a_larger_version,
    plan_enlarged_where_it_is,
    basket_run_out_where_a_plan_moves,
)
"""All ways in which seats come free, or places are added."""


def sell_the_rest(house: OpenHouse) -> None:
    small = house.small
    free = select(PerformanceSeat.seat_id).where(
        PerformanceSeat.performance_id == small.performance_id, PerformanceSeat.state == "free"
    )
    ids = set(house.database.read(lambda session: session.execute(free).scalars().all()))
    rest = [seat for row in range(1, 6) for seat in small.seats_of(row, range(1, 11)) if seat.seat_id in ids]
    if rest:
        sold(house, rest)


def read(house: OpenHouse, entry: QueueEntry) -> QueueEntry:
    return house.database.read(read_entry, entry.entry_id)


def watch(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by each seat of the evening that anybody could take after a transaction."""
    seen: list[int] = []
    transact = house.database.transact
    open_now = select(PerformanceSeat.seat_id).where(
        PerformanceSeat.performance_id == house.small.performance_id,
        PerformanceSeat.state == "free",
    )

    def watched(service: Any, *args: Any, **more: Any) -> Any:
        answer = transact(service, *args, **more)
        seen.extend(house.database.read(lambda session: session.execute(open_now).scalars().all()))
        return answer

    monkeypatch.setattr(house.database, "transact", watched)
    return seen


@pytest.mark.by_turns
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_who_waits_is_offered_what_comes_free_and_nobody_else_ever_could(
    house: OpenHouse, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = path(house)
    sell_the_rest(house)
    entry = party(house, 1 if path is let_go_to_another_till else 2)
    assert offered(house, entry) == ()
    seen = watch(house, monkeypatch)
    act()
    places = offered(house, entry)
    assert len(places) == entry.seats
    assert seen == []
    assert house.database.read(judge_database) == ()
