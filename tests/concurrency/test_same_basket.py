"""Several tills at one basket, one order, one name: whatever comes first, the house stays sound."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import func, select

from pos_app.db.models import Order, Refund, Ticket, Till
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.seats import SeatKey
from pos_app.services.selling import sale_rows
from pos_app.services.selling.holds import place_hold
from tests.concurrency.deeds import do_as_told, register
from tests.concurrency.tills import Job, let_go, open_tills, run_together
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from tests.concurrency.conftest import Arena
    from tests.concurrency.tills import TillProcess

ROUNDS = 15


@contextmanager
def _tills_that_do_as_told(arena: Arena, actors: list[Actor]) -> Iterator[list[TillProcess]]:
    house = arena.house
    arguments = {"performance_id": house.performance_id, "adult_id": house.adult_id}
    with open_tills([Job(arena.url, actor, do_as_told, arguments) for actor in actors]) as tills:
        let_go(tills)
        yield tills
        let_go(tills, stop=True)
        for till in tills:
            till.result()


def _all_at_once(tills: list[TillProcess], deeds: list[str], **facts: Any) -> list[tuple[str, Any]]:
    """Have each till do its deed; return how each ended, by the deed's name."""
    for till, deed in zip(tills, deeds, strict=True):
        till.go(deed=deed, **facts)
    return list(zip(deeds, [till.outcome() for till in tills], strict=True))


def _orders_by_basket(session: Session) -> list[int]:
    return list(session.execute(select(func.count()).group_by(Order.hold_id).select_from(Order)).scalars())


def test_a_basket_that_two_tills_sell_while_others_change_it_is_sold_once(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena(rows=ROUNDS, seats_per_row=4)
    house = arena.house
    deeds = ["sell_basket", "sell_basket", "add_seats", "release", "extend"]
    with _tills_that_do_as_told(arena, arena.actors(house.cashier, len(deeds))) as tills:
        for row in range(ROUNDS):
            first, second, third, _fourth = house.seat_ids[row * 4 : row * 4 + 4]
            basket_key = uuid4().hex
            seats = [SeatKey(house.performance_id, first), SeatKey(house.performance_id, second)]
            arena.database.transact(place_hold, house.cashier, basket_key, seats)
            told = _all_at_once(tills, deeds, basket_key=basket_key, seats=[first, second], more=[third])
            sold = [end for deed, (end, _) in told if deed == "sell_basket"]
            assert sorted(sold) == ["done", "refused"], told
    assert arena.database.read(_orders_by_basket) == [1] * ROUNDS
    assert arena.owners() == {}
    arena.require_sound()


def test_an_order_that_two_tills_take_back_while_its_guest_comes_in_is_used_or_given_back_once(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena(rows=1, seats_per_row=ROUNDS + 2)
    house = arena.house
    deeds = ["void", "void", "scan"]
    actors = [*arena.actors(house.cashier, 2), *arena.actors(house.steward, 1)]
    admitted = 0
    with _tills_that_do_as_told(arena, actors) as tills:
        for number in range(1, ROUNDS + 1):
            sale = arena.database.transact(sell_seats, house, house.seats_of(1, [number]))
            code = arena.database.read(_short_code, sale.ticket_ids[0])
            told = _all_at_once(tills, deeds, order_id=sale.order_id, approver_id=house.manager.staff_id, code=code)
            given_back = [end for deed, (end, _) in told if deed == "void"].count("done")
            (verdict,) = (fact for deed, (_, fact) in told if deed == "scan")
            assert (given_back, verdict) in {(0, Verdict.ADMITTED), (1, Verdict.REFUSED)}, told
            admitted += verdict == Verdict.ADMITTED
    assert arena.database.read(_count_refunds) == ROUNDS - admitted
    arena.require_sound()


def _short_code(session: Session, ticket_id: int) -> str:
    return session.execute(select(Ticket.short_code).where(Ticket.id == ticket_id)).scalar_one()


def _count_refunds(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Refund)).scalar_one()


def test_one_computer_started_four_times_at_once_is_one_till(make_any_arena: Callable[..., Arena]) -> None:
    arena = make_any_arena()
    jobs = [Job(arena.url, arena.house.cashier, register, {"machine_key": "box", "name": "Box"})] * 4
    told = run_together(jobs)
    assert told == [told[0]] * 4
    arena.require_sound()


def test_eight_computers_of_one_name_started_at_once_are_eight_tills(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena()
    told = run_together(
        [
            Job(arena.url, arena.house.cashier, register, {"machine_key": f"box-{number}", "name": "Box"})
            for number in range(8)
        ]
    )
    assert sorted(one["name"] for one in told) == ["Box", *(f"Box {number}" for number in range(2, 9))]
    assert len({one["till_id"] for one in told}) == 8
    assert arena.database.read(_count_tills) == 3 + 8


def _count_tills(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Till)).scalar_one()


def test_a_code_that_is_drawn_twice_is_drawn_again(
    make_arena: Callable[..., Arena], make_embedded_arena: Callable[..., Arena], monkeypatch: pytest.MonkeyPatch
) -> None:
    for arena in (make_arena(), make_embedded_arena()):
        numbers = iter(["AAAAAAAA", "AAAAAAAA", "BBBBBBBB", "BBBBBBBB", "CCCCCCCC", "DDDDDDDD"])
        codes = iter(["AAAAAAAAAA", "BBBBBBBBBB", "BBBBBBBBBB", "CCCCCCCCCC"])
        monkeypatch.setattr(sale_rows, "new_order_number", lambda numbers=numbers: next(numbers))
        monkeypatch.setattr(sale_rows, "new_short_code", lambda codes=codes: next(codes))
        house = arena.house
        sold = [arena.database.transact(sell_seats, house, house.seats_of(1, [number])).number for number in (1, 2, 3)]
        assert sold == ["AAAAAAAA", "BBBBBBBB", "DDDDDDDD"]
        arena.require_sound()
