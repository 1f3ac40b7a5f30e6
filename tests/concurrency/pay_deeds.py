"""Paying for a basket whose time is running out, and taking its seats exactly then."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import event, true, update

from pos_app.db.connection import engines
from pos_app.domain.errors import SeatsTaken, ServerBusy
from pos_app.domain.seats import SeatState
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.selling import taking
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import sell
from pos_app.services.waiting import baskets
from tests.concurrency.deeds import as_told, sale_request, seats_of
from tests.concurrency.till import change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tests.concurrency.till import Till


def be_impatient(till: Till, *, lock_wait: int, idle: int = engines.WRITER_IDLE_SECONDS, busy_ms: int = 300) -> None:
    """Wait as the program does, but not as long: for locks, and until the server drops a silent till."""
    session = engines._SESSION.replace("innodb_lock_wait_timeout=3,", f"innodb_lock_wait_timeout={lock_wait},")
    if session == engines._SESSION and lock_wait != 3:
        raise AssertionError("the time that a lock is waited for stands elsewhere now")
    change(engines, _SESSION=session, WRITER_IDLE_SECONDS=idle, SQLITE_BUSY_MS=busy_ms)
    till.database.close()


def sell_and_wait_before_the_commit(
    till: Till,
    *,
    performance_id: int,
    seat_ids: list[int],
    basket_key: str,
    request_id: str,
    adult_id: int,
    idle: int = engines.WRITER_IDLE_SECONDS,
) -> dict[str, Any]:
    """Do all of a sale but the COMMIT, say so, and commit when the test says go. Only the first run waits."""
    be_impatient(till, lock_wait=1, idle=idle)
    request = sale_request(till, basket_key, seats_of(performance_id, seat_ids), adult_id, request_id)
    runs = 0

    def sell_and_wait(session: Session) -> Any:
        nonlocal runs
        runs += 1
        sale = sell(session, till.actor, request)
        if runs == 1:
            till.say("in the middle")
            till.wait()
        return sale

    return {**as_told(till.database.transact(sell_and_wait)), "runs": runs}


def sell_up_to_the_statement(till: Till, *, statement: int, autocommit: bool = False, **basket: Any) -> None:
    """Begin a sale; right before its statement of this number (the first is 1) say so, and wait to be killed.

    autocommit: the wrong way, each statement for itself.
    """
    if autocommit:
        till.database.writer.update_execution_options(isolation_level="AUTOCOMMIT")
    seats = seats_of(basket["performance_id"], basket["seat_ids"])
    request = sale_request(till, basket["basket_key"], seats, basket["adult_id"], basket["request_id"])
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            till.say("in the middle")
            till.wait()

    event.listen(till.database.writer, "before_cursor_execute", count)
    till.database.transact(sell, till.actor, request)


def take(till: Till, *, performance_id: int, seat_ids: list[int]) -> dict[str, Any]:
    """Take seats for a basket of one's own."""
    basket_key = uuid4().hex
    placed = till.database.transact(place_hold, till.actor, basket_key, seats_of(performance_id, seat_ids))
    return {"basket_key": basket_key, "seats": sorted(seat.seat_id for seat in placed.seats)}


def take_patiently(till: Till, *, lock_wait: int, **wish: Any) -> dict[str, Any]:
    """Take seats, and try again for as long as the server is busy; tell what the first such refusal says, and when."""
    be_impatient(till, lock_wait=lock_wait)
    began, told = time.monotonic(), False
    while True:
        try:
            return take(till, **wish)
        except ServerBusy as busy:
            if not told:
                till.say("busy", [str(busy), time.monotonic() - began])
            told = True


def race_for_a_basket(till: Till, *, performance_id: int, adult_id: int) -> None:
    """Pay for a basket, take its seats or close it, each time the test says go with it, until it says stop."""

    def pay(told: dict[str, Any], seats: list[int]) -> Any:
        request = sale_request(till, told["basket_key"], seats_of(performance_id, seats), adult_id)
        time.sleep(told["late"])
        return as_told(till.database.transact(sell, till.actor, request))

    def take_some(told: dict[str, Any], seats: list[int]) -> Any:
        time.sleep(told["late"])
        return take(till, performance_id=performance_id, seat_ids=seats)

    def close(told: dict[str, Any], _seats: list[int]) -> Any:
        time.sleep(told["late"])
        return till.database.transact(expire_holds).holds

    deeds = {"pay": pay, "take": take_some, "close": close}
    while "stop" not in (told := till.wait()):
        try:
            till.say("done", deeds[told["deed"]](told, told["seats"]))
        except SeatsTaken as taken:
            till.say("refused", [sorted(seat for _, seat in taken.seats), str(taken)])


def sell_whoever_has_them(till: Till, **basket: Any) -> dict[str, Any]:
    """Sell a basket the wrong way: without looking whether its seats are its own still."""
    change(taking, may_take=lambda _hold_id: true())
    seats = seats_of(basket["performance_id"], basket["seat_ids"])
    request = sale_request(till, basket["basket_key"], seats, basket["adult_id"], basket["request_id"])
    return as_told(till.database.transact(sell, till.actor, request))


def close_whoever_has_them(till: Till) -> int:
    """Close lapsed holds the wrong way: find their seats, and free them later, whoever has taken them meanwhile."""

    def free_later(session: Session, _holds: Sequence[int], performance_id: int, seat_ids: Sequence[int]) -> int:
        till.say("found", sorted(seat_ids))
        till.wait()
        given = update(INVENTORY).where(these_seats(performance_id, seat_ids)).values(state=SeatState.FREE)
        session.execute(given.values(claim_kind=None, claim_id=None, claim_until=None))
        return len(seat_ids)

    change(baskets, free_seats=free_later)
    return till.database.transact(expire_holds).seats
