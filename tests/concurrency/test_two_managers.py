from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.services.season.kept_seats import list_kept_back
from pos_app.services.season.prices import load_price_grid
from tests.concurrency.kept_deeds import keep_seats, raise_prices
from tests.concurrency.tills import Job, let_go, open_tills, run_together

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.concurrency.conftest import Arena


@pytest.mark.parametrize("round_number", range(2))
def test_two_managers_who_keep_the_same_seats_on_two_evenings_at_once_keep_them_once(
    make_arena: Callable[..., Arena], round_number: int
) -> None:
    arena = make_arena(rows=2, seats_per_row=6)
    house = arena.house
    both = [house.performance_id, house.gala_id]
    told = run_together(
        [
            Job(arena.url, house.manager, keep_seats, {"performances": both, "seats": seats, "reason": reason})
            for reason, seats in (
                ("Press", list(house.seat_ids[:4])),
                ("Sponsors", list(house.seat_ids[3:8])),
            )
        ]
    )
    assert told.count("refused") == 1
    (winner,) = [one for one in told if one != "refused"]
    for performance in both:
        kept = arena.database.read(list_kept_back, house.manager, performance)
        assert [one.reason for one in kept] == [winner]
    arena.require_sound()


@pytest.mark.parametrize("round_number", range(2))
def test_two_managers_who_raise_the_same_prices_at_once_raise_them_once_and_one_is_told(
    make_arena: Callable[..., Arena], round_number: int
) -> None:
    arena = make_arena(rows=1, seats_per_row=4)
    house = arena.house
    both = [house.performance_id, house.gala_id]
    before = arena.database.read(load_price_grid, house.manager, house.performance_id).amounts
    jobs = [
        Job(arena.url, house.manager, raise_prices, {"performances": order, "by": by})
        for by, order in ((100, both), (200, list(reversed(both))))
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for till in tills:
            till.hear("ready")
        let_go(tills)
        told = [till.result() for till in tills]
    assert told.count("told") == 1
    raised = int(next(one for one in told if one != "told"))
    for performance in both:
        grid = arena.database.read(load_price_grid, house.manager, performance)
        assert grid.order_fee_minor == raised
        assert grid.amounts == {kind: amount + raised for kind, amount in before.items()}
    arena.require_sound()
