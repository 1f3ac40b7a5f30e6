"""Tills whose clocks are wrong by hours and years, in both directions: the server's clock decides all the same."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select

from pos_app.db.base import Base
from pos_app.db.clock import utc_plus
from pos_app.db.models import PromoCode, PromoUsage
from pos_app.db.types import UtcDateTime
from pos_app.domain.door.check_in import Verdict
from tests.concurrency.baskets import held_basket, run_out, seconds_left
from tests.concurrency.clock_deeds import take_by_its_own_clock, work_with_a_wrong_clock
from tests.concurrency.tills import Job, run_together
from tests.small_house import ADULT_MINOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

HOUR: Final = 3600.0
YEAR: Final = 365.25 * 24 * HOUR
WRONG: Final = (-10 * YEAR, -YEAR, -5 * HOUR, 5 * HOUR, YEAR, 10 * YEAR)
NOISE_SECONDS: Final = 60.0
WRITTEN_BY_TILLS: Final = (
    "hold.created_at", "hold.extended_at", "orders.created_at", "payment.created_at", "ticket.issued_at",
    "check_in.created_at", "refund.created_at", "audit_entry.recorded_at", "promo_redemption.created_at",
    "performance_seat.changed_at",
)  # fmt: skip


def _make_code(session: Session) -> None:
    """Make a code for half the price that is valid from an hour ago until in an hour."""
    times = {"valid_from": utc_plus(-HOUR), "valid_until": utc_plus(HOUR)}
    rule = {"code": "TONIGHT", "kind": "percent", "scope": "ticket", "value": 50, "only": "{}"}
    session.execute(insert(PromoCode).values(id=1, **rule, **times))
    session.execute(insert(PromoUsage).values(promo_code_id=1, uses=0))


def _moments_written(session: Session) -> dict[str, tuple[datetime, datetime]]:
    """Return the first and the last moment in every column of times, as table.column."""
    found: dict[str, tuple[datetime, datetime]] = {}
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, UtcDateTime):
                first, last = session.execute(select(func.min(column), func.max(column))).one()
                if first is not None:
                    found[f"{table.name}.{column.name}"] = (first, last)
    return found


def test_an_evening_at_tills_with_wrong_clocks_is_an_evening_like_any_other(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena(rows=2 * len(WRONG), seats_per_row=5)
    house = arena.house
    arena.database.transact(_make_code)
    running = held_basket(arena, house.seat_ids[-1:])
    actors = arena.actors(house.manager, len(WRONG))
    jobs = []
    for row, (ahead, actor) in enumerate(zip(WRONG, actors, strict=True)):
        *mine, over, _ = house.seat_ids[row * 5 : row * 5 + 5]
        arena.database.transact(run_out, held_basket(arena, [over])["basket_key"])
        arguments = {
            "ahead": ahead,
            "performance_id": house.performance_id,
            "adult_id": house.adult_id,
            "seat_ids": mine,
            "running": running["seat_ids"][0],
            "over": over,
            "code": "tonight",
            "approver_id": house.manager.staff_id,
        }
        jobs.append(Job(arena.url, actor, work_with_a_wrong_clock, arguments))
    now = time.time()
    evenings = run_together(jobs)
    for ahead, told in zip(WRONG, evenings, strict=True):
        _require_usual(told, ahead, now)
    assert sum(told["closed"] for told in evenings) <= len(WRONG), "only what was over may be closed"
    assert 900 - NOISE_SECONDS < arena.database.read(seconds_left, running["basket_key"]) <= 900.001
    assert arena.owners() == {running["seat_ids"][0]: running["basket_key"]}
    written = arena.database.read(_moments_written)
    for column in WRITTEN_BY_TILLS:
        first, last = (moment.timestamp() for moment in written[column])
        # The baskets that were over were made a quarter of an hour ago.
        assert now - 905 - NOISE_SECONDS < first <= last < now + NOISE_SECONDS, column
    arena.require_sound()


def _require_usual(told: dict[str, Any], ahead: float, now: float) -> None:
    """What one till was told is what it would have been told with a right clock; and its clock was wrong indeed."""
    assert all(abs(shown - now - ahead) < NOISE_SECONDS for shown in told["clock"])
    left, whole = told["left"]
    assert 900 - NOISE_SECONDS < left <= 900.001
    assert abs(whole - 900) < 0.01
    assert told["still"] == 3
    assert 900 - NOISE_SECONDS < told["longer"] <= 900.001, "its time once more, from now on"
    assert told["took"] == [False, True], "the running basket's seat is its own; the other's time is over"
    assert told["paid"] == 3 * ADULT_MINOR["A"] // 2
    assert told["entries"] == [[Verdict.ADMITTED, False], [Verdict.ADMITTED, True], [Verdict.ALREADY_USED, False]]
    assert abs(told["used at"] - now) < NOISE_SECONDS
    assert told["voided"] == ADULT_MINOR["A"]


def test_with_its_own_clock_a_till_an_hour_ahead_takes_a_seat_whose_time_is_not_over(
    make_any_arena: Callable[..., Arena],
) -> None:
    arena = make_any_arena(rows=1, seats_per_row=2)
    house = arena.house
    basket = held_basket(arena, house.seat_ids[:1])
    wish = {"ahead": HOUR, "performance_id": house.performance_id, "seat_id": house.seat_ids[0]}
    assert run_together([Job(arena.url, house.elsewhere(house.cashier), take_by_its_own_clock, wish)]) == [1]
    assert arena.database.read(seconds_left, basket["basket_key"]) > 0
