"""The changes of an order's seats that the fault injector walks through: other seats, its own, swaps, names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from pos_app.domain.orders.exchanges import DetailsRequest, SwapRequest
from pos_app.domain.selling.sales import SaleLine
from pos_app.services.orders.details import correct_details
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.orders.exchanges.swaps import swap_places
from tests.after_sale import adults, exchange_request
from tests.concurrency.fault_deeds import nothing, same

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database
    from pos_app.domain.orders.changes import ChangeKind
    from pos_app.domain.orders.exchanges import ExchangeDone
    from pos_app.domain.seats import SeatKey
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


def exchange_of_type(*, dearer: bool) -> Callable[[Stage], Deed]:
    """Give a ticket for one of another type on another seat: a child's for an adult's is paid, else money goes back."""

    def prepare(stage: Stage) -> Deed:
        order_id, old, line = stage.seated(child=dearer)
        (new,) = stage.seats(1)
        asked = (order_id, [line], _of_type(stage, new, child=not dearer), stage.hold((new,)))
        request = stage.database.transact(exchange_request, stage.house, *asked)

        def tidy() -> None:
            stage.reuse((old,))
            stage.sits(order_id, new, child=not dearer)

        return same(lambda till: _done(till.transact(exchange, stage.house.cashier, request)), tidy)

    return prepare


def type_of_own_seat(*, dearer: bool, kind: ChangeKind) -> Callable[[Stage], Deed]:
    """Make an adult of a child on the same seat, which is paid, or a child of an adult: money goes back."""

    def prepare(stage: Stage) -> Deed:
        order_id, seat, line = stage.seated(child=dearer)
        asked = (order_id, [line], _of_type(stage, seat, child=not dearer), None)
        request = stage.database.transact(exchange_request, stage.house, *asked, kind=kind)
        return same(
            lambda till: _done(till.transact(exchange, stage.house.cashier, request)),
            partial(stage.sits, order_id, seat, child=not dearer),
        )

    return prepare


def _of_type(stage: Stage, seat: SeatKey, *, child: bool) -> tuple[SaleLine]:
    return (SaleLine(seat, stage.house.child_id if child else stage.house.adult_id),)


def swap(stage: Stage) -> Deed:
    """Let the two guests of an order change places."""
    order_id, lines = stage.pair()
    first, second = lines.values()
    revision = stage.revision(order_id)
    request = SwapRequest(uuid4().hex, order_id, revision, first, second)

    def ask(till: Database) -> Any:
        return _done(till.transact(swap_places, stage.house.cashier, request))

    return same(ask)


def name(stage: Stage) -> Deed:
    """Correct the name under which an order stands."""
    order_id, _ = stage.pair()
    return _details(stage, order_id, f"{_NAME} {stage.revision(order_id) + 1}", "")


def note(stage: Stage) -> Deed:
    """Correct the note of an order that is in nobody's name."""
    order_id, seat, _ = stage.seated(child=False)
    tidy = partial(stage.sits, order_id, seat, child=False)
    return _details(stage, order_id, "", f"{stage.revision(order_id) + 1}", tidy)


def _details(stage: Stage, order_id: int, customer_name: str, text: str, tidy: Callable[[], None] = nothing) -> Deed:
    revision = stage.revision(order_id)
    request = DetailsRequest(uuid4().hex, order_id, revision, customer_name, text)
    return same(lambda till: till.transact(correct_details, stage.house.cashier, request) - revision, tidy)
