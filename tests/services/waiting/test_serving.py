from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import PerformanceSeat, WaitingList
from pos_app.doctor import judge_database
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.waiting.passing import PassedOver, PassOver
from pos_app.services.orders.refunds import taking_back
from pos_app.services.seats.offered import lock_free
from pos_app.services.selling.holds import release_seats
from pos_app.services.waiting import serving
from pos_app.services.waiting.listing import load_queue
from tests.houses import on_a_server
from tests.services.stories import change_performance, hold, seat_row, sold
from tests.waiting import guards, offered, open_waiting, party, refund_seats, sell_out, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from pos_app.domain.waiting.entries import QueueEntry
    from tests.houses import OpenHouse


def free(house: OpenHouse) -> dict[int, int]:
    """Return the guards of seats that are free."""
    return {seat: guard for seat, (state, guard) in guards(house).items() if state == "free"}


def passed_over(house: OpenHouse, entry: QueueEntry) -> str:
    queue = house.database.read(load_queue, house.small.cashier, house.small.performance_id)
    return next(one.passed_over for one in queue.entries if one.entry_id == entry.entry_id)


def changed_at(house: OpenHouse, seat: SeatKey) -> object:
    return seat_row(house, seat).changed_at


def test_two_refunds_of_a_seat_each_serve_a_pair(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    two = party(house, 2)
    refund_seats(house, sale, [small.seat(1, 3)])
    assert (offered(house, two), free(house)) == ((), {small.seat_id(1, 3): 2})
    assert passed_over(house, two) == PassedOver(PassOver.TOO_FEW, 1).written()
    refund_seats(house, sale, [small.seat(1, 4)])
    assert offered(house, two) == small.seats_of(1, (3, 4))
    assert free(house) == {}
    assert house.database.read(judge_database) == ()


def test_what_fits_nobody_is_on_sale_at_once_and_taken_like_any_seat(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    three = party(house, 3)
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    assert offered(house, three) == ()
    held = hold(house, small.seats_of(1, (3, 4)))
    assert seat_row(house, held.seats[0]).guarded == 2
    house.database.transact(release_seats, held.basket_key, [small.seat(1, 3)])
    assert free(house) == {small.seat_id(1, 3): 2}, "given back, it is looked at once more"


def test_the_first_that_fits_is_served_and_who_was_passed_over_is_told_why(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    four = party(house, 4)
    picky = party(house, 1, categories=(small.category_b_id,))
    two, late = party(house, 2), party(house, 2)
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    assert [offered(house, one) for one in (four, picky, two, late)] == [(), (), small.seats_of(1, (3, 4)), ()]
    assert passed_over(house, four) == PassedOver(PassOver.TOO_FEW, 2).written()
    assert passed_over(house, picky) == PassedOver(PassOver.NO_CATEGORY).written()
    assert passed_over(house, late) == "", "nothing was left when its turn came"
    queue = house.database.read(load_queue, small.cashier, small.performance_id)
    assert [(one.entry_id, one.place) for one in queue.entries] == [
        (four.entry_id, 1),
        (picky.entry_id, 2),
        (two.entry_id, 0),
        (late.entry_id, 3),
    ]


def test_an_offer_claims_its_seats_until_its_end_and_nobody_else_may_take_them(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    entry = party(house, 2)
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    offer = house.database.read(load_queue, small.cashier, small.performance_id).entries[0].offer
    assert offer is not None
    assert 119 * 60 < offer.seconds_left <= 120 * 60
    row = seat_row(house, small.seat(1, 3))
    assert (row.state, row.claim_kind, row.claim_id, row.guarded) == ("claimed", "offer", offer.offer_id, 1)
    assert row.claim_until == offer.expires_at
    assert state_of(house, entry) == "offered"
    with pytest.raises(SeatsTaken):
        hold(house, [small.seat(1, 3)])


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        ({"starts_at": utc_plus(3600)}, 20),
        ({"starts_at": utc_plus(20 * 60)}, 10),
        ({"starts_at": utc_plus(3 * 3600), "off_sale_at": utc_plus(40 * 60)}, 40 / 3),
        ({"starts_at": utc_plus(-3600), "ends_at": utc_plus(47 * 3600)}, 120),
    ],
    ids=["an hour", "the last minutes", "the sale ends sooner", "people come and go"],
)
def test_an_offer_never_stands_past_the_end_of_the_sale(
    house: OpenHouse, times: dict[str, Any], minutes: float
) -> None:
    sale = sell_out(house)[0]
    party(house, 1)
    change_performance(house, **times)
    refund_seats_anyway(house, sale, [house.small.seat(1, 3)])
    offer = house.database.read(load_queue, house.small.cashier, house.small.performance_id).entries[0].offer
    assert offer is not None
    assert minutes * 60 - 60 < offer.seconds_left <= minutes * 60


@pytest.mark.parametrize(
    "columns",
    [
        {"starts_at": utc_plus(14 * 60)},
        {"off_sale_at": utc_plus(14 * 60)},
        {"on_sale_at": utc_plus(3600)},
        {"state": "cancelled"},
    ],
    ids=["it begins", "the sale ends", "it is not on sale yet", "it is not given"],
)
def test_nothing_is_offered_that_could_not_be_bought(house: OpenHouse, columns: dict[str, Any]) -> None:
    sale = sell_out(house)[0]
    entry = party(house, 1)
    change_performance(house, **columns)
    refund_seats_anyway(house, sale, [house.small.seat(1, 3)])
    assert offered(house, entry) == ()
    assert free(house) == {house.small.seat_id(1, 3): 2}


def refund_seats_anyway(house: OpenHouse, sale: Sale, seats: list[SeatKey]) -> None:
    """Set seats of a sale free by hand as a refund does, where a refund would keep them."""

    def change(session: Session) -> None:
        for seat in seats:
            session.execute(
                update(PerformanceSeat)
                .where(PerformanceSeat.performance_id == seat.performance_id, PerformanceSeat.seat_id == seat.seat_id)
                .values(state="free", order_line_id=None)
            )
        serving.serve(session, {seat.performance_id for seat in seats})

    assert sale.order_id
    house.database.transact(change)


def test_only_where_the_seat_shown_changes_its_time_of_change_moves(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    refund_seats(house, sale, [small.seat(1, 3), small.seat(1, 8)])
    before = changed_at(house, small.seat(1, 3)), changed_at(house, small.seat(1, 8))
    open_waiting(house)
    assert free(house) == {small.seat_id(1, 3): 2, small.seat_id(1, 8): 2}
    assert (changed_at(house, small.seat(1, 3)), changed_at(house, small.seat(1, 8))) == before
    one = party(house, 1, categories=(small.category_a_id,))
    assert offered(house, one) == (small.seat(1, 3),)
    assert changed_at(house, small.seat(1, 3)) != before[0]
    assert changed_at(house, small.seat(1, 8)) == before[1]


def test_a_seat_that_somebody_is_at_is_left_to_the_next_pass_and_never_waited_for(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = house.small
    sale = sell_out(house)[0]
    entry = party(house, 1)
    theirs = {small.seat_id(1, 3)}
    monkeypatch.setattr(serving, "lock_free", lambda *asked: lock_free(*asked) - theirs)
    refund_seats(house, sale, [small.seat(1, 3)])
    assert (offered(house, entry), free(house)) == ((), {small.seat_id(1, 3): 1})
    refund_seats(house, sale, [small.seat(1, 7)])
    assert offered(house, entry) == (small.seat(1, 7),), "another one will do"
    second = party(house, 1)
    monkeypatch.undo()
    house.database.transact(serving.serve, [small.performance_id])
    assert offered(house, second) == (small.seat(1, 3),)


def test_where_no_list_was_ever_opened_a_release_costs_one_statement_of_no_rows(house: OpenHouse) -> None:
    held = hold(house, house.small.seats_of(1, (1, 2)))
    asked: list[str] = []

    def note(_line: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    house.database.transact(release_seats, held.basket_key)
    event.remove(Engine, "before_cursor_execute", note)
    # The hold is locked, the seats are freed, the list is looked for, the hold is closed.
    assert len([one for one in asked if not one.startswith("BEGIN")]) == 4, asked
    assert [one.split()[:2] for one in asked if "waiting" in one] == [["UPDATE", "waiting_list"]]
    assert house.database.read(lambda session: session.execute(select(WaitingList)).first()) is None


@on_a_server
def test_two_refunds_at_once_and_a_party_of_two(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two that free a seat each at the same moment the later one sees both, in whatever order they come."""
    small = house.small
    pairs = [small.seats_of(row, (4, 5)) for row in range(1, small.rows + 1)]
    sales = [[sold(house, [seat]) for seat in pair] for pair in pairs]
    for row in range(1, small.rows + 1):
        sold(house, small.seats_of(row, (1, 2, 3, 6, 7, 8, 9, 10)))
    for pair, both in zip(pairs, sales, strict=True):
        entry = party(house, 2)
        begin = threading.Barrier(2)

        def begin_together(
            session: Session, performance_ids: Iterable[int], begin: threading.Barrier = begin
        ) -> tuple[int, ...]:
            begin.wait(20)
            return serving.begin_passes(session, performance_ids)

        def run(sale: Sale, seat: SeatKey) -> None:
            refund_seats(house, sale, [seat])

        # Both have their seats by then, and neither has set them free.
        monkeypatch.setattr(taking_back, "begin_passes", begin_together)
        threads = [threading.Thread(target=run, args=one) for one in zip(both, pair, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert offered(house, entry) == pair
        assert free(house) == {}
    assert house.database.read(judge_database) == ()
