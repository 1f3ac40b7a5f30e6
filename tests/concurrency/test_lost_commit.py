"""A connection that breaks exactly at COMMIT: the caller gets the one right answer, or is told that it is not known."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from pos_app.computer.journal import Journal
from pos_app.db import database as database_module
from pos_app.db.clock import seconds_until, utc_plus
from pos_app.db.connection import dialling, engines
from pos_app.db.models import CheckIn, Hold, Performance, Ticket
from pos_app.domain.door.check_in import Scan, Verdict
from pos_app.domain.errors import OutcomeUnknown, ServerBusy
from pos_app.domain.selling.sales import SaleRequest, VoidRequest
from pos_app.flows.sell import resolve_pending, sell_basket
from pos_app.services.door.check_in import check_in
from pos_app.services.door.guest_lists import count_guests
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.selling.holds import extend_hold, place_hold
from tests.concurrency.counter import LOCK_WAIT_SECONDS
from tests.concurrency.locks import wait_for_a_lock_wait
from tests.concurrency.proxy import AtCommit, Proxy
from tests.concurrency.tills import wait_until
from tests.small_house import CURRENCY, allow, sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from pos_app.domain.selling.sales import Sale
    from tests.concurrency.counter import Counter

CUTS = (AtCommit.CUT_BEFORE, AtCommit.CUT_AFTER, AtCommit.CUT_MEANWHILE)
ROUNDS = 4
LONG_ENOUGH = 60.0


def _count(session: Session, table: type[CheckIn | Hold]) -> int:
    return session.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.parametrize("cut", CUTS)
def test_a_sale_cut_at_commit_is_made_once_and_the_till_is_told_of_it(counter: Counter, cut: AtCommit) -> None:
    for turn in range(ROUNDS):
        request = counter.hold(1, (2 * turn + 1, 2 * turn + 2))
        counter.proxy.at_commit(cut)
        counter.require_one_sale(request, counter.sell(request))
    assert counter.proxy.commits >= 2 * ROUNDS
    assert counter.arena.count_orders() == ROUNDS


def test_a_sale_cut_at_commit_again_and_again_is_made_once(counter: Counter) -> None:
    request = counter.hold(1, (1, 2))
    counter.proxy.at_commit(
        AtCommit.CUT_BEFORE, AtCommit.CUT_BEFORE, AtCommit.CUT_MEANWHILE, AtCommit.CUT_AFTER, AtCommit.CUT_BEFORE
    )
    counter.require_one_sale(request, counter.sell(request))
    assert counter.proxy.commits == 6
    assert counter.arena.count_orders() == 1


@pytest.mark.parametrize("end", [Proxy.deliver, Proxy.drop], ids=["arrives late", "is lost"])
def test_a_sale_waits_for_its_own_first_run_that_the_server_still_keeps_open(
    counter: Counter, end: Callable[[Proxy], None]
) -> None:
    request = counter.hold(1, (1, 2))
    counter.proxy.at_commit(AtCommit.STRAND)
    with ThreadPoolExecutor(1) as pool:
        selling = pool.submit(counter.sell, request)
        counter.proxy.require_held()
        wait_for_a_lock_wait(counter.arena.database, "the second run")
        end(counter.proxy)
        sale = selling.result(LONG_ENOUGH)
    counter.require_one_sale(request, sale)


def test_a_cable_pulled_at_commit_delays_a_sale_until_the_server_drops_the_silent_till(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WRITER_IDLE_SECONDS", 1)
    request = counter.hold(1, (1, 2))
    counter.proxy.at_commit(AtCommit.STRAND)
    sale = counter.sell(request)
    assert counter.proxy.held.is_set()
    counter.require_one_sale(request, sale)


def test_a_sale_that_may_still_be_committing_is_not_refused_because_the_sale_has_ended_meanwhile(
    counter: Counter,
) -> None:
    arena = counter.arena
    request, other = counter.hold(1, (1, 2)), counter.hold(2, (1, 2))
    began = time.monotonic()
    counter.sell(other)
    took = time.monotonic() - began
    counter.proxy.at_commit(AtCommit.STRAND)
    # The first run has to come as far as its COMMIT before the end, on whatever machine this is.
    arena.database.transact(_end_sale_in, arena.house.performance_id, 1 + 10 * took)
    with ThreadPoolExecutor(1) as pool:
        selling = pool.submit(counter.sell, request)
        counter.proxy.require_held()
        wait_until(
            lambda: arena.database.read(_ended_seconds_ago, arena.house.performance_id) > LOCK_WAIT_SECONDS + 0.5,
            "a run has begun after the end",
        )
        counter.proxy.deliver()
        sale = selling.result(LONG_ENOUGH)
    counter.require_one_sale(request, sale)


def _end_sale_in(session: Session, performance_id: int, seconds: float) -> None:
    session.execute(update(Performance).where(Performance.id == performance_id).values(off_sale_at=utc_plus(seconds)))


def _ended_seconds_ago(session: Session, performance_id: int) -> float:
    left = select(seconds_until(Performance.off_sale_at)).where(Performance.id == performance_id)
    return -float(session.execute(left).scalar_one())


@pytest.mark.parametrize("cut", [AtCommit.CUT_BEFORE, AtCommit.CUT_AFTER])
def test_when_the_server_stays_away_the_till_is_told_so_in_time_and_learns_the_end_later(
    counter: Counter, cut: AtCommit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "IN_DOUBT_SECONDS", 1.0)
    journal = Journal(tmp_path / "journal")
    request = counter.hold(1, (1, 2))
    counter.proxy.at_commit(cut, and_shut=True)
    began = time.monotonic()
    with pytest.raises(OutcomeUnknown) as unknown:
        _sell_noting(counter, journal, request)
    assert time.monotonic() - began < 1.0 + dialling.CONNECT_SECONDS
    assert unknown.value.request_id == request.request_id
    assert [pending.request_id for pending in journal.pending()] == [request.request_id]

    counter.proxy.open_door()
    (resolved,) = resolve_pending(counter.till, journal)
    assert journal.pending() == ()
    if cut is AtCommit.CUT_AFTER:
        assert resolved.sale is not None
        counter.require_one_sale(request, resolved.sale)
    else:
        assert resolved.sale is None
        assert resolved.hold is not None
        assert set(resolved.hold.seats) == {line.seat for line in request.lines}
        assert counter.arena.count_orders() == 0
    counter.require_one_sale(request, _sell_noting(counter, journal, request))


def _sell_noting(counter: Counter, journal: Journal, request: SaleRequest) -> Sale:
    return sell_basket(
        counter.till, journal, counter.arena.house.cashier, request, currency=CURRENCY, places="Row A 1, 2"
    )


def test_a_sale_that_may_still_be_committed_is_not_said_to_be_not_sold(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "IN_DOUBT_SECONDS", 0.5)
    monkeypatch.setattr(database_module, "DEADLINE_SECONDS", 0.5)
    journal = Journal(tmp_path / "journal")
    request = counter.hold(1, (1, 2))
    counter.proxy.at_commit(AtCommit.STRAND)
    with pytest.raises(OutcomeUnknown):
        _sell_noting(counter, journal, request)
    with pytest.raises(ServerBusy):
        resolve_pending(counter.till, journal)
    assert [pending.request_id for pending in journal.pending()] == [request.request_id]

    counter.proxy.deliver()
    wait_until(lambda: counter.arena.count_orders() == 1, "the late COMMIT arrives")
    (resolved,) = resolve_pending(counter.till, journal)
    assert resolved.sale is not None
    counter.require_one_sale(request, resolved.sale)


def test_no_end_of_a_sale_is_lost_when_the_server_goes_away_before_the_next_one_is_known(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "IN_DOUBT_SECONDS", 0.2)
    journal = Journal(tmp_path / "journal")
    requests = [counter.hold(1, (1, 2)), counter.hold(1, (3, 4))]
    for request in requests:
        counter.proxy.at_commit(AtCommit.CUT_AFTER, and_shut=True)
        with pytest.raises(OutcomeUnknown):
            _sell_noting(counter, journal, request)
        counter.proxy.open_door()
    counter.proxy.at_commit(AtCommit.PASS, AtCommit.CUT_BEFORE, and_shut=True)
    with pytest.raises(OutcomeUnknown):
        resolve_pending(counter.till, journal)
    counter.proxy.open_door()
    resolved = resolve_pending(counter.till, journal)
    assert {one.pending.request_id for one in resolved} == {request.request_id for request in requests}
    assert all(one.sale is not None for one in resolved)
    assert journal.pending() == ()
    counter.arena.require_sound()


@pytest.mark.parametrize("cut", CUTS)
def test_a_hold_cut_at_commit_is_placed_once(counter: Counter, cut: AtCommit) -> None:
    house = counter.arena.house
    basket_key = uuid4().hex
    for number in range(1, ROUNDS + 1):
        counter.proxy.at_commit(cut)
        placed = counter.till.transact(place_hold, house.cashier, basket_key, house.seats_of(1, (number,)))
        assert placed.seats == house.seats_of(1, range(1, number + 1))
        counter.arena.require_sound()
    counter.proxy.at_commit(cut)
    longer = counter.till.transact(
        extend_hold, house.cashier, basket_key, request_id=uuid4().hex, reason="Paying by card"
    )
    assert longer.extended
    assert counter.arena.database.read(_count, Hold) == 1
    counter.arena.require_sound()


@pytest.mark.parametrize("cut", CUTS)
def test_a_scan_cut_at_commit_admits_the_guest_who_stands_there(counter: Counter, cut: AtCommit) -> None:
    house = counter.arena.house
    sale = counter.arena.database.transact(sell_seats, house, house.seats_of(1, range(1, ROUNDS + 1)))
    for done, code in enumerate(counter.arena.database.read(_short_codes, sale.ticket_ids), 1):
        scan = Scan(house.performance_id, "Gate 1", code, uuid4().hex)
        counter.proxy.at_commit(cut)
        result = counter.till.transact(check_in, house.steward, scan)
        inside = counter.arena.database.read(count_guests, house.performance_id).inside
        assert (result.verdict, inside) == (Verdict.ADMITTED, done)
    assert counter.arena.database.read(_count, CheckIn) == ROUNDS
    counter.arena.require_sound()


def _short_codes(session: Session, ticket_ids: Sequence[int]) -> list[str]:
    return list(session.execute(select(Ticket.short_code).where(Ticket.id.in_(ticket_ids))).scalars())


@pytest.mark.parametrize("cut", CUTS)
def test_a_sale_taken_back_and_cut_at_commit_is_given_back_once(counter: Counter, cut: AtCommit) -> None:
    house = counter.arena.house
    sale = counter.arena.database.transact(sell_seats, house, house.seats_of(1, (1, 2)))
    counter.proxy.at_commit(cut)
    request = VoidRequest(uuid4().hex, sale.order_id, "Wrong evening", counter.arena.database.transact(allow, house))
    void = counter.till.transact(void_order, house.cashier, request)
    assert void.refund_minor == sale.total_minor
    counter.arena.require_sound()
