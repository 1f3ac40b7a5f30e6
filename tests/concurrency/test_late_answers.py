"""Answers that come late: after a wait for a lock, after the first run of the same request, or beside a stuck note."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from pos_app.computer.journal import Journal
from pos_app.domain.errors import HoldExpired
from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft
from pos_app.domain.seats import ClaimKind
from pos_app.flows.sell import resolve_pending, sell_basket
from pos_app.services.season.kept_together import keep_together
from pos_app.services.selling.holds import extend_hold, find_hold, load_hold, place_hold
from tests.concurrency.locks import wait_for_a_lock_wait
from tests.concurrency.proxy import AtCommit
from tests.concurrency.tills import wait_until
from tests.small_house import CURRENCY
from tests.standing import add_standing

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.domain.season.kept_seats import KeptRecord
    from tests.concurrency.counter import Counter

LONG_ENOUGH = 60.0
HOLD_SECONDS = 2


def test_an_extension_that_waited_until_the_time_was_over_extends_nothing(counter: Counter) -> None:
    """The server tells the time at which a statement began, also when the statement then waited for a lock."""
    arena, house = counter.arena, counter.arena.house
    arena.hold_for(HOLD_SECONDS)
    request = counter.hold(1, (1, 2))
    with ThreadPoolExecutor(1) as pool, arena.database.writer.connect() as line, Session(bind=line) as other:
        find_hold(other, request.basket_key, lock=True)
        extend = pool.submit(
            counter.till.transact,
            extend_hold,
            house.cashier,
            request.basket_key,
            request_id=uuid4().hex,
            reason="Still counting",
        )
        wait_for_a_lock_wait(arena.database, "the extension")
        wait_until(lambda: arena.database.read(_is_over, request.basket_key), "the time is over", every=0.02)
        taken = arena.database.transact(
            place_hold, house.elsewhere(house.cashier), uuid4().hex, [request.lines[0].seat]
        )
        other.rollback()
        with pytest.raises(HoldExpired):
            extend.result(LONG_ENOUGH)
    assert taken.seats == (request.lines[0].seat,)
    assert arena.database.read(load_hold, taken.basket_key).seats == taken.seats
    arena.require_sound()


def _is_over(session: Session, basket_key: str) -> bool:
    hold = find_hold(session, basket_key, lock=False)
    return hold is not None and hold.seconds_left < 0


@pytest.mark.parametrize("places", [5, 80], ids=["the last places", "some of many"])
def test_places_that_are_kept_back_while_the_first_run_commits_are_kept_once(counter: Counter, places: int) -> None:
    database, house = counter.arena.database, counter.arena.house
    area = database.transact(add_standing, house, places)
    request_id, choice = uuid4().hex, KeepChoice((), ((area, 5),))
    wanted = KeepDraft(kind=ClaimKind.HOUSE, reason="Press")

    def keep() -> tuple[KeptRecord, ...]:
        return counter.till.transact(keep_together, house.manager, request_id, [house.performance_id], choice, wanted)

    counter.proxy.at_commit(AtCommit.STRAND)
    with ThreadPoolExecutor(1) as pool:
        keeping = pool.submit(keep)
        counter.proxy.require_held()
        wait_for_a_lock_wait(database, "the second run")
        counter.proxy.deliver()
        (kept,) = keeping.result(LONG_ENOUGH)
    assert len(kept.seats) == 5
    counter.arena.require_sound()


def test_a_sale_whose_note_the_disk_does_not_let_go_is_told_as_made(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("in use by another program")

    journal, request = Journal(tmp_path / "journal"), counter.hold(1, (1, 2))
    cashier = counter.arena.house.cashier
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "forget", refuse)
        sale = sell_basket(counter.till, journal, cashier, request, currency=CURRENCY, places="A 1, A 2")
    counter.require_one_sale(request, sale)
    (resolved,) = resolve_pending(counter.till, journal)
    assert resolved.sale == sale
    assert journal.pending() == ()
