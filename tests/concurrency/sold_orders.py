"""What the tests of orders that two change at once begin with: orders that are sold, and rounds of a race."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select

from pos_app.db.models import Refund, Setting, Ticket
from pos_app.domain.house.settings import HouseSettings
from pos_app.domain.orders.refunds import RefundAsk
from pos_app.services.house.settings import HOUSE_SETTING
from pos_app.services.orders.refunds.making import preview_refund
from tests.after_sale import live_lines
from tests.concurrency.tills import let_go, open_tills
from tests.small_house import ADULT_MINOR, CURRENCY, sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena
    from tests.concurrency.tills import Job

ROUNDS = pytest.mark.parametrize("rounds", [4, pytest.param(60, marks=pytest.mark.soak)])

GUARDED = pytest.mark.parametrize("trusting", [False, True], ids=["guarded", "without the guard"])


def together(
    jobs: Sequence[Job], rounds: int, before: Callable[[int], None] = lambda _round: None
) -> list[tuple[Any, ...]]:
    """Let all do their next deed at the same moment, round after round; return what each was told in each.

    before: what the test does when all are ready for a round; the first one is 0.
    """
    with open_tills(jobs) as tills:
        let_go(tills)
        told = []
        for number in range(rounds):
            for till in tills:
                till.hear("ready")
            before(number)
            let_go(tills)
            told.append(tuple(till.hear("told") for till in tills))
        for till in tills:
            till.result()
    return told


def sold_orders(arena: Arena, rounds: int = 1) -> list[dict[str, Any]]:
    """Sell an order of two seats for each round; return each as it is seen now, with its first ticket.

    Cashiers may give back whatever an order cost, but for tickets that were used.
    """
    house, orders = arena.house, []
    arena.database.transact(let_cashiers_refund)
    for row in range(1, rounds + 1):
        sale = arena.database.transact(sell_seats, house, house.seats_of(row, (1, 2)))
        line = next(iter(arena.database.read(live_lines, sale.order_id).values()))
        told = arena.database.read(preview_refund, house.manager, RefundAsk(sale.order_id, (line,)))
        code = arena.database.read(_short_code, sale.ticket_ids[0])
        orders.append(
            {
                "order_id": sale.order_id,
                "revision": told.revision,
                "line_id": line,
                "amount_minor": told.amount_minor,
                "code": code,
            }
        )
    return orders


def let_cashiers_refund(session: Session) -> None:
    """Let cashiers give back whatever an order of two tickets costs."""
    decided = asdict(HouseSettings(currency=CURRENCY, refund_limit_minor=2 * ADULT_MINOR["A"]))
    session.execute(insert(Setting).values(name=HOUSE_SETTING, value=json.dumps(decided)))


def _short_code(session: Session, ticket_id: int) -> str:
    return session.execute(select(Ticket.short_code).where(Ticket.id == ticket_id)).scalar_one()


def refunds_of(session: Session, order_id: int) -> list[int]:
    """Return what went back of an order, refund by refund."""
    return list(session.scalars(select(Refund.amount_minor).where(Refund.order_id == order_id)))
