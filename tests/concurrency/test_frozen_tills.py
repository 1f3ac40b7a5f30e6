"""A till that stands still (SIGSTOP) in the middle of a sale: it keeps its locks, and nobody stands still with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from pos_app.db import database as database_module
from pos_app.db.connection import engines
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import find_hold
from tests.concurrency.baskets import held_basket, run_out, states
from tests.concurrency.deeds import hold_and_sell
from tests.concurrency.pay_deeds import sell_and_wait_before_the_commit, take_patiently
from tests.concurrency.tills import Job, TillProcess, open_tills, run_together, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.roles import Actor
    from tests.concurrency.conftest import Arena

SEATS: Final = slice(0, 3)
BUSY: Final = "The server is busy just now. Nothing was changed. Please try once more."
LOCK_WAIT_SECONDS: Final = 1
NOISE_SECONDS: Final = 8.0
"""What a machine that does much else may add to a wait; far from the minute after which a till counts as stuck."""


def _freezing(arena: Arena, payer: Actor, *, idle: int) -> tuple[Job, dict[str, Any]]:
    """Return a sale of a basket that has just run out, of a till that will freeze in it."""
    basket = held_basket(arena, arena.house.seat_ids[SEATS], payer)
    arena.database.transact(run_out, basket["basket_key"])
    return Job(arena.url, payer, sell_and_wait_before_the_commit, {**basket, "idle": idle}), basket


def _taking(arena: Arena, taker: Actor) -> Job:
    wish = {"performance_id": arena.house.performance_id, "seat_ids": list(arena.house.seat_ids[1:3])}
    return Job(arena.url, taker, take_patiently, {**wish, "lock_wait": LOCK_WAIT_SECONDS})


def _freeze(till: TillProcess) -> None:
    till.go()
    till.hear("in the middle")
    till.freeze()


def _require_told_in_time(fact: Any) -> None:
    sentence, seconds = fact
    assert sentence == BUSY
    assert seconds < database_module.TRIES * LOCK_WAIT_SECONDS + NOISE_SECONDS


def test_the_program_gives_up_waiting_for_locks_before_its_deadline() -> None:
    assert "innodb_lock_wait_timeout=3," in engines._SESSION
    assert database_module.TRIES * 3 < database_module.DEADLINE_SECONDS < engines.WRITER_IDLE_SECONDS


@pytest.mark.slow
def test_a_frozen_till_stops_only_who_wants_its_seats_until_the_server_drops_it(
    make_arena: Callable[..., Arena],
) -> None:
    arena = make_arena()
    house = arena.house
    payer, taker, seller = arena.actors(house.cashier, 3)
    job, basket = _freezing(arena, payer, idle=6)
    with open_tills([job, _taking(arena, taker)]) as (frozen, taking):
        _freeze(frozen)
        taking.go()
        # Meanwhile another till sells in the same row, and holds are closed as if nothing were.
        others = {"performance_id": house.performance_id, "adult_id": house.adult_id}
        run_together([Job(arena.url, seller, hold_and_sell, {**others, "seat_ids": list(house.seat_ids[3:5])})])
        assert arena.database.transact(expire_holds).holds == 0
        arena.require_sound()
        _require_told_in_time(taking.hear("busy"))
        told = taking.result()
        assert told["seats"] == list(house.seat_ids[1:3]), "they are free once the server has dropped the frozen till"
        frozen.thaw()
        frozen.go()
        outcome, (error, sentence) = frozen.outcome()
        assert (outcome, error) == ("refused", "SeatsTaken")
        assert "seat 2; Stalls, row A, seat 3" in sentence
        assert "Nothing was sold" in sentence
    assert arena.count_orders() == 1
    first, *rest = house.seat_ids[SEATS]
    assert arena.owners() == {first: basket["basket_key"], **dict.fromkeys(rest, told["basket_key"])}
    arena.require_sound()


def test_a_frozen_till_that_was_dropped_sells_at_its_second_run_what_nobody_took(
    make_arena: Callable[..., Arena],
) -> None:
    arena = make_arena()
    (payer,) = arena.actors(arena.house.cashier, 1)
    job, basket = _freezing(arena, payer, idle=1)
    with open_tills([job]) as (frozen,):
        _freeze(frozen)
        wait_until(lambda: _can_be_locked(arena, basket["basket_key"]), "the server drops the frozen till")
        assert arena.count_orders() == 0
        frozen.thaw()
        frozen.go()
        sale = frozen.result()
    assert sale["runs"] == 2
    assert len(sale["ticket_ids"]) == 3
    assert arena.count_orders() == 1
    arena.require_sound()


def _can_be_locked(arena: Arena, basket_key: str) -> bool:
    return arena.database.transact(find_hold, basket_key, lock=True) is not None


def _freeze_for_a_moment(arena: Arena, end: Callable[[TillProcess], object]) -> tuple[str, Any]:
    """Freeze a till until another one was told that the server is busy; return how it then goes on for the other."""
    house = arena.house
    payer, taker = arena.actors(house.cashier, 2)
    job, _basket = _freezing(arena, payer, idle=engines.WRITER_IDLE_SECONDS)
    with open_tills([job, _taking(arena, taker)]) as (frozen, taking):
        _freeze(frozen)
        taking.go()
        # Who only looks is not kept waiting.
        assert arena.database.read(states, house.performance_id, house.seat_ids[SEATS]) == ["claimed"] * 3
        _require_told_in_time(taking.hear("busy"))
        end(frozen)
        outcome = taking.outcome()
    arena.require_sound()
    return outcome


def _thaw(frozen: TillProcess) -> None:
    frozen.thaw()
    frozen.go()
    assert frozen.result()["runs"] == 1


def test_a_till_frozen_for_a_moment_goes_on_and_delays_the_others_no_longer(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena()
    outcome, (error, _sentence) = _freeze_for_a_moment(arena, _thaw)
    assert (outcome, error) == ("refused", "SeatsTaken")
    assert arena.database.read(states, arena.house.performance_id, arena.house.seat_ids[SEATS]) == ["sold"] * 3
    assert arena.count_orders() == 1


def test_a_frozen_till_of_an_embedded_database_that_is_killed_delays_the_others_no_longer(
    make_embedded_arena: Callable[..., Arena],
) -> None:
    arena = make_embedded_arena()
    outcome, told = _freeze_for_a_moment(arena, TillProcess.kill)
    assert outcome == "done"
    assert told["seats"] == list(arena.house.seat_ids[1:3])
    assert arena.count_orders() == 0
