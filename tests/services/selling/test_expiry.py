from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pos_app.db.models import Hold
from pos_app.doctor import judge_database
from pos_app.services.selling.expiry import GRACE_SECONDS, expire_holds
from pos_app.services.selling.sales import sell
from tests.houses import OpenHouse, on_a_server
from tests.services.stories import cash_request, hold, put_hold_back, run_out, seat_row


def ends(house: OpenHouse) -> list[str | None]:
    return house.database.read(lambda session: list(session.scalars(select(Hold.closed_as).order_by(Hold.id))))


def test_a_hold_whose_time_is_over_is_closed_and_its_seats_come_back(house: OpenHouse) -> None:
    small = house.small
    over = hold(house, [*small.seats_of(1, (1, 2)), small.seat(1, 1, small.gala_id)])
    running = hold(house, [small.seat(2, 1)])
    run_out(house, over)
    done = house.database.transact(expire_holds)
    assert (done.holds, done.seats, done.more) == (1, 3, False)
    assert {seat_row(house, seat).state for seat in over.seats} == {"free"}
    assert seat_row(house, running.seats[0]).state == "claimed"
    assert ends(house) == ["expired", None]
    assert house.database.transact(expire_holds).holds == 0
    assert house.database.read(judge_database) == ()


def test_a_hold_is_left_alone_for_a_moment_after_its_end(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    put_hold_back(house, held.basket_key, made=900, left=-GRACE_SECONDS / 2)
    assert house.database.transact(expire_holds).holds == 0
    put_hold_back(house, held.basket_key, made=900, left=-GRACE_SECONDS * 2)
    assert house.database.transact(expire_holds).holds == 1


def test_seats_that_others_took_meanwhile_are_left_to_them(house: OpenHouse) -> None:
    small = house.small
    over = hold(house, small.seats_of(1, (1, 2)))
    run_out(house, over)
    taken = hold(house, [small.seat(1, 1)], actor=small.elsewhere(small.cashier))
    assert house.database.transact(expire_holds).seats == 1
    assert seat_row(house, small.seat(1, 1)).claim_id == taken.hold_id


def test_many_holds_are_closed_in_batches(house: OpenHouse) -> None:
    small = house.small
    for number in range(1, 6):
        run_out(house, hold(house, [small.seat(1, number)]))
    first = house.database.transact(expire_holds, limit=3)
    assert (first.holds, first.more) == (3, True)
    second = house.database.transact(expire_holds, limit=3)
    assert (second.holds, second.more) == (2, False)


def test_two_workers_at_once_share_the_work(house: OpenHouse) -> None:
    """A server lets the second pass over what the first has locked; an embedded database lets in one at a time."""
    small = house.small
    for number in range(1, 5):
        run_out(house, hold(house, [small.seat(1, number)]))
    if house.database.embedded:
        assert house.database.transact(expire_holds, limit=2).holds == 2
        assert house.database.transact(expire_holds).holds == 2
        return
    with house.database.writer.connect() as one, Session(bind=one) as session:
        assert expire_holds(session, limit=2).holds == 2
        assert house.database.transact(expire_holds).holds == 2
        session.commit()
    assert ends(house) == ["expired"] * 4
    assert house.database.read(judge_database) == ()


@on_a_server
def test_a_basket_that_is_being_sold_is_passed_over(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    request = cash_request(house, held)
    run_out(house, held)
    with house.database.writer.connect() as one, Session(bind=one) as session:
        sell(session, house.small.cashier, request)
        assert house.database.transact(expire_holds).holds == 0
        session.commit()
    assert ends(house) == ["sold"]
    assert seat_row(house, house.small.seat(1, 1)).state == "sold"
