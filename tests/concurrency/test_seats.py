"""Many tills, few seats: every seat has one owner, and nobody is told otherwise."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from pos_app.db.models import Order, OrderLine, Payment, Seat
from tests.concurrency.deeds import fight_for_seats, look_then_take
from tests.concurrency.tills import Job, let_go, open_tills
from tests.small_house import ADULT_MINOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

FIGHTERS = 16


def told_twice(told: Iterable[Iterable[int]]) -> set[int]:
    """Return the seats that more than one till believes to have."""
    counts = Counter(seat for seats in told for seat in seats)
    return {seat for seat, owners in counts.items() if owners > 1}


def _sold(session: Session) -> tuple[list[int], int, int]:
    """Return the seats that were sold, one for each line; the sum of the orders; the sum of the payments."""
    lines = session.execute(
        select(OrderLine.seat_id)
        .where(OrderLine.state == "live", OrderLine.seat_id.is_not(None))
        .order_by(OrderLine.seat_id)
    )
    orders = session.execute(select(func.sum(Order.total_minor))).scalar_one()
    payments = session.execute(select(func.sum(Payment.amount_minor))).scalar_one()
    return [int(seat or 0) for seat in lines.scalars()], int(orders), int(payments)


def fight(arena: Arena, count: int) -> dict[str, int]:
    """Let so many tills fight for all seats of the evening, and judge what each was told."""
    house = arena.house
    jobs = [
        Job(
            arena.url,
            actor,
            fight_for_seats,
            {
                "performance_id": house.performance_id,
                "seat_ids": list(house.seat_ids),
                "adult_id": house.adult_id,
                "seed": seed,
            },
        )
        for seed, actor in enumerate(arena.actors(house.cashier, count))
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        told: list[dict[str, Any]] = [till.hear("held") for till in tills]
        assert told_twice(one["seats"] for one in told) == set()
        truth = arena.owners()
        assert truth == {seat: one["basket_key"] for one in told for seat in one["seats"]}
        assert set(truth) == set(house.seat_ids)
        arena.require_sound()
        for till, one in zip(tills, told, strict=True):
            of_others = [seat for seat in house.seat_ids if seat not in one["seats"]][:2]
            till.go(of_others=of_others)
        ends = [till.result() for till in tills]
    assert [end["stolen"] for end in ends] == [None] * count
    lines, orders, payments = arena.database.read(_sold)
    assert lines == sorted(house.seat_ids)
    worth = arena.database.read(_worth, house.category_a_id, house.seat_ids)
    assert sum(end["sale"]["total_minor"] for end in ends if end["sale"]) == orders == payments == worth
    arena.require_sound()
    counts = {name: sum(one[name] for one in told) for name in ("holds", "refusals", "given_back")}
    return {**counts, "winners": sum(bool(one["seats"]) for one in told)}


def _worth(session: Session, category_a_id: int, seat_ids: tuple[int, ...]) -> int:
    categories = session.execute(select(Seat.category_id).where(Seat.id.in_(seat_ids))).scalars()
    return sum(ADULT_MINOR["A" if category == category_a_id else "B"] for category in categories)


def test_sixteen_tills_fight_for_one_row_and_every_seat_has_one_owner(make_arena: Callable[..., Arena]) -> None:
    counts = fight(make_arena(rows=1, seats_per_row=60), FIGHTERS)
    # A fight in which nobody lost proves nothing.
    assert counts["refusals"] >= FIGHTERS, counts
    assert counts["winners"] > FIGHTERS // 4, counts


def test_four_tills_of_one_machine_fight_for_one_row_of_an_embedded_database(
    make_embedded_arena: Callable[..., Arena],
) -> None:
    counts = fight(make_embedded_arena(rows=1, seats_per_row=40), 4)
    assert counts["refusals"] >= 4, counts


def test_without_the_guard_two_tills_are_told_the_same_seats(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=1, seats_per_row=4)
    house = arena.house
    arguments = {"performance_id": house.performance_id, "seat_ids": list(house.seat_ids)}
    jobs = [Job(arena.url, actor, look_then_take, arguments) for actor in arena.actors(house.cashier, 2)]
    with open_tills(jobs) as tills:
        let_go(tills)
        for till in tills:
            till.hear("looked")
        let_go(tills)
        told = [till.result() for till in tills]
    assert told_twice(told) == set(house.seat_ids)
