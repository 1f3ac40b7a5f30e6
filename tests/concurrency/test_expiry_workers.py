"""Many workers closing the same lapsed holds while others take their seats."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import bindparam, func, insert, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Hold
from pos_app.domain.seats import ClaimKind, SeatKey, SeatState
from pos_app.domain.selling.holds import write_places
from pos_app.services.seats.claims import INVENTORY
from tests.concurrency.deeds import close_lapsed, take_lapsed
from tests.concurrency.pay_deeds import close_whoever_has_them, take
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena
    from tests.small_house import SmallHouse

LAPSED = 500
WORKERS = 4
TAKERS = 3


def _let_lapse(session: Session, house: SmallHouse) -> None:
    """Hold every seat of the evening in a basket of its own whose time was over long ago."""
    keys = {seat_id: uuid4().hex for seat_id in house.seat_ids}
    session.execute(
        insert(Hold).values(seconds=900, created_at=utc_plus(-3600), expires_at=utc_plus(-2700)),
        [
            {
                "basket_key": key,
                "till_id": house.till_id,
                "staff_id": house.cashier.staff_id,
                "places": write_places([SeatKey(house.performance_id, seat_id)]),
            }
            for seat_id, key in keys.items()
        ],
    )
    holds = session.execute(select(Hold.basket_key, Hold.id, Hold.expires_at)).all()
    by_key = {hold.basket_key: hold for hold in holds}
    session.execute(
        update(INVENTORY)
        .where(INVENTORY.c.performance_id == house.performance_id)
        .where(INVENTORY.c.seat_id == bindparam("seat"))
        .values(
            state=SeatState.CLAIMED,
            claim_kind=ClaimKind.BASKET,
            claim_id=bindparam("hold"),
            claim_until=bindparam("until"),
        ),
        [{"seat": seat_id, "hold": by_key[key].id, "until": by_key[key].expires_at} for seat_id, key in keys.items()],
    )


def _closed(session: Session) -> dict[str | None, int]:
    rows = session.execute(select(Hold.closed_as, func.count()).group_by(Hold.closed_as))
    return {row[0]: row[1] for row in rows}


def _free(session: Session, performance_id: int) -> set[int]:
    rows = session.execute(
        select(INVENTORY.c.seat_id).where(
            INVENTORY.c.performance_id == performance_id, INVENTORY.c.state == SeatState.FREE
        )
    )
    return set(rows.scalars())


def test_each_lapsed_hold_is_closed_once_and_nothing_of_anybody_else_is_freed(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena(rows=20, seats_per_row=LAPSED // 20)
    house = arena.house
    arena.database.transact(_let_lapse, house)
    arena.require_sound()
    contested = list(house.seat_ids[:120])
    workers = [Job(arena.url, actor, close_lapsed) for actor in arena.actors(house.cashier, WORKERS)]
    takers = [
        Job(
            arena.url,
            actor,
            take_lapsed,
            {"performance_id": house.performance_id, "seat_ids": contested, "seed": seed},
        )
        for seed, actor in enumerate(arena.actors(house.elsewhere(house.cashier), TAKERS))
    ]
    with open_tills([*workers, *takers]) as tills:
        let_go(tills)
        closed = [till.result() for till in tills[:WORKERS]]
        taken = [till.result() for till in tills[WORKERS:]]
    assert sum(one["holds"] for one in closed) == LAPSED
    baskets = sum(bool(one["seats"]) for one in taken)
    assert baskets > 0
    assert arena.database.read(_closed) == {"expired": LAPSED, None: baskets}
    told = {seat: one["basket_key"] for one in taken for seat in one["seats"]}
    assert len(told) == sum(len(one["seats"]) for one in taken)
    assert arena.owners() == told
    assert arena.database.read(_free, house.performance_id) == set(house.seat_ids) - set(told)
    assert LAPSED - len(told) <= sum(one["seats"] for one in closed) <= LAPSED
    arena.require_sound()


def test_without_the_guard_a_worker_frees_seats_that_were_taken_meanwhile(make_arena: Callable[..., Arena]) -> None:
    arena = make_arena(rows=1, seats_per_row=2)
    house = arena.house
    arena.database.transact(_let_lapse, house)
    seats = list(house.seat_ids)
    worker, taker = arena.actors(house.cashier, 2)
    wish = {"performance_id": house.performance_id, "seat_ids": seats}
    with open_tills([Job(arena.url, worker, close_whoever_has_them), Job(arena.url, taker, take, wish)]) as tills:
        closing, taking = tills
        closing.go()
        assert closing.hear("found") == seats
        taking.go()
        assert taking.result()["seats"] == seats
        closing.go()
        closing.result()
    assert arena.database.read(_free, house.performance_id) == set(seats), "the taker has lost what it was told to have"
