from __future__ import annotations

import logging
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from pos_app.domain.errors import RightsMissing, ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.services.orders.letters.lapsing import tell_lapsing
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.staff.old_tries import forget_tries, list_old_names
from pos_app.workers import housekeeping as worker_module
from pos_app.workers.housekeeping import HoldExpiry
from tests.services.letters.written import customer
from tests.services.orders.letters.test_lapsing import old_reservation, reminders
from tests.services.orders.reserving import move_release, reserved
from tests.services.staff.tries import count_tries, make_tries_older, try_name
from tests.services.stories import hold, run_out, seat_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database
    from tests.houses import OpenHouse

SOON = 0.01


class Told:
    """Waits until the worker tells how many holds and seats it gave back."""

    def __init__(self) -> None:
        self.counts: list[tuple[int, int]] = []
        self._told = threading.Event()

    def __call__(self, holds: int, seats: int) -> None:
        self.counts.append((holds, seats))
        self._told.set()

    def wait(self) -> None:
        assert self._told.wait(20)


def test_a_worker_gives_back_what_has_run_out_until_it_is_stopped(house: OpenHouse) -> None:
    held = hold(house, house.small.seats_of(1, (1, 2)))
    run_out(house, held)
    told = Told()
    worker = HoldExpiry(house.database, interval_seconds=SOON, on_expired=told)
    worker.start()
    told.wait()
    worker.stop()
    assert told.counts == [(1, 2)]
    assert seat_row(house, held.seats[0]).state == "free"
    run_out(house, hold(house, [house.small.seat(1, 3)]))
    assert worker.run_once() == (0, 0), "it does nothing more"
    worker.stop()


def test_reservations_that_are_over_are_given_back_batch_after_batch(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 6):
        move_release(house, reserved(house, [house.small.seat(1, number)]).order_id, -10)
    monkeypatch.setattr(worker_module, "release_reservations", partial(release_reservations, limit=2))
    assert HoldExpiry(house.database).run_once() == (0, 5)
    assert seat_row(house, house.small.seat(1, 5)).state == "free"


def test_customers_hear_once_that_their_reservations_end_soon(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "REMIND_SECONDS", SOON)
    monkeypatch.setattr(worker_module, "tell_lapsing", partial(tell_lapsing, limit=2))
    monkeypatch.setattr(worker_module, "MOST_REMINDED", 2)
    anna = customer(house)
    for row in (1, 2, 3):
        old_reservation(house, row, anna)
    assert HoldExpiry(house.database).remind_once() == 3
    late = old_reservation(house, 4, anna)
    worker, gate = (HoldExpiry(house.database, interval_seconds=SOON, expires=expires) for expires in (True, False))
    gate._remind_at = 0
    gate._remind_when_due()
    assert late.order_id not in reminders(house)
    worker.start()
    until = time.monotonic() + 20
    while late.order_id not in reminders(house):
        assert time.monotonic() < until
    worker.stop()
    assert len(reminders(house)) == 4


def test_who_is_to_be_reminded_now_does_not_wait_for_the_next_look(house: OpenHouse) -> None:
    worker = HoldExpiry(house.database, interval_seconds=600)
    worker.start()
    late = old_reservation(house, 1, customer(house))
    worker.wake()
    until = time.monotonic() + 20
    while late.order_id not in reminders(house):
        assert time.monotonic() < until
    assert worker.stop(10)


def test_tries_to_sign_in_are_forgotten_after_a_day(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        try_name(house, f"Nobody {number}")
        try_name(house, f"Nobody {number}")
    make_tries_older(house, 90_000)
    monkeypatch.setattr(worker_module, "BATCH", 1)
    monkeypatch.setattr(worker_module, "forget_tries", partial(forget_tries, limit=1))
    monkeypatch.setattr(worker_module, "FORGET_SECONDS", SOON)
    worker = HoldExpiry(house.database, interval_seconds=SOON)
    worker.start()
    forgotten = threading.Event()
    for _ in range(2_000):
        if not count_tries(house):
            break
        forgotten.wait(SOON)
    worker.stop()
    assert count_tries(house) == 0
    assert house.database.read(list_old_names) == ()


def test_one_turn_works_through_all_batches(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 6):
        run_out(house, hold(house, [house.small.seat(1, number)]))
    monkeypatch.setattr(worker_module, "expire_holds", partial(expire_holds, limit=2))
    assert HoldExpiry(house.database).run_once() == (5, 5)


@pytest.mark.parametrize(
    ("trouble", "told_as"),
    [
        (ServerUnreachable(say("The server cannot be reached.")), "expiry waits"),
        (RuntimeError("a bug"), "expiry failed"),
    ],
)
def test_a_turn_that_failed_is_followed_by_the_next(
    house: OpenHouse,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    trouble: Exception,
    told_as: str,
) -> None:
    run_out(house, hold(house, [house.small.seat(1, 1)]))
    transact: Callable[..., object] = house.database.transact
    troubles = [trouble]

    def fail_once(*args: object, **kwargs: object) -> object:
        if troubles:
            raise troubles.pop()
        return transact(*args, **kwargs)

    monkeypatch.setattr(house.database, "transact", fail_once)
    told = Told()
    worker = HoldExpiry(house.database, interval_seconds=SOON, on_expired=told)
    with caplog.at_level(logging.INFO, "pos_app.workers.housekeeping"):
        worker.start()
        told.wait()
        worker.stop()
    assert [record.message.split(":")[0] for record in caplog.records] == [told_as]


def test_a_worker_that_never_began_can_be_stopped(house: OpenHouse) -> None:
    HoldExpiry(house.database).stop()
    assert house.database.read(lambda session: session.execute(text("SELECT 1")).scalar_one()) == 1


def _turn(worker: HoldExpiry) -> None:
    """Let a worker do what it does at each turn."""
    for part in (worker._expire, worker._note_seen):
        worker._try(part)


def test_at_a_gate_nothing_expires(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    run_out(house, held)
    _turn(HoldExpiry(house.database, expires=False))
    assert seat_row(house, house.small.seat(1, 1)).claim_id == held.hold_id
    _turn(HoldExpiry(house.database))
    assert seat_row(house, house.small.seat(1, 1)).state == "free"


def test_a_till_whose_account_may_not_leaves_it_to_others_for_a_while(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(*_args: object) -> object:
        asked.append(1)
        raise RightsMissing(say("The database account of this computer may not do this."))

    monkeypatch.setattr(house.database, "transact", refuse)
    worker = HoldExpiry(house.database)
    _turn(worker)
    _turn(worker)
    assert len(asked) == 1
    monkeypatch.setattr(worker_module, "LEFT_ALONE_SECONDS", 0.0)
    _turn(worker)
    assert len(asked) == 2


def test_what_lies_here_of_who_was_erased_elsewhere_goes_by_itself(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "FORGET_SECONDS", SOON)
    asked = threading.Event()

    def forget(database: Database) -> int:
        assert database.embedded is house.database.embedded
        asked.set()
        return 1

    worker = HoldExpiry(house.database, interval_seconds=SOON, forget_people=forget)
    worker.start()
    assert asked.wait(20)
    worker.stop()
