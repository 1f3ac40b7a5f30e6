"""The changes of an order's seats that the fault injector walks through: other seats, its own, swaps, names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import DetailsRequest, SwapRequest
from pos_app.domain.selling.sales import SaleLine
from pos_app.services.orders.details import correct_details
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.orders.exchanges.swaps import swap_places
from tests.after_sale import adults, exchange_request
from tests.concurrency.fault_deeds import same

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database
    from pos_app.domain.orders.exchanges import ExchangeDone
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage

_NAME: Final = "Zoë Ångström"


def _done(told: ExchangeDone) -> tuple[Any, ...]:
    return len(set(told.ticket_ids)), told.difference_minor, told.currency, told.change_minor, len(told.parts)


def exchange_of(ended: int) -> Callable[[Stage], Deed]:
    """Give so many of the two tickets of an order for others of other seats."""

    def prepare(stage: Stage) -> Deed:
        order_id, lines = stage.pair()
        old, new = dict(list(lines.items())[:ended]), stage.seats(ended)
        asked = (order_id, old.values(), adults(stage.house, new), stage.hold(new))
        request = stage.database.transact(exchange_request, stage.house, *asked)
        return same(
            lambda till: _done(till.transact(exchange, stage.house.cashier, request)),
            lambda: stage.reuse(tuple(old)),
        )

    return prepare


def exchange_with_an_own_seat(stage: Stage) -> Deed:
    """Give both tickets for two of which one is on a seat of the order itself."""
    order_id, lines = stage.pair()
    kept, left = lines
    (new,) = stage.seats(1)
    asked = (order_id, lines.values(), adults(stage.house, (kept, new)), stage.hold((new,)))
    request = stage.database.transact(exchange_request, stage.house, *asked)
    return same(lambda till: _done(till.transact(exchange, stage.house.cashier, request)), lambda: stage.reuse((left,)))


def correction(stage: Stage) -> Deed:
    """Make a child of an adult: money goes back."""
    order_id, seat, line = stage.line()
    child = (SaleLine(seat, stage.house.child_id),)
    request = stage.database.transact(
        exchange_request, stage.house, order_id, [line], child, None, kind=ChangeKind.CORRECTION
    )
    return same(lambda till: _done(till.transact(exchange, stage.house.cashier, request)))


def swap(stage: Stage) -> Deed:
    """Let the two guests of an order change places."""
    order_id, lines = stage.pair()
    first, second = lines.values()
    revision = stage.revision(order_id)
    request = SwapRequest(uuid4().hex, order_id, revision, first, second)

    def ask(till: Database) -> Any:
        return _done(till.transact(swap_places, stage.house.cashier, request))

    return same(ask)


def details(stage: Stage) -> Deed:
    """Correct the name under which an order stands."""
    order_id, _ = stage.pair()
    revision = stage.revision(order_id)
    request = DetailsRequest(uuid4().hex, order_id, revision, f"{_NAME} {revision + 1}", "")
    return same(lambda till: till.transact(correct_details, stage.house.cashier, request) - revision)
