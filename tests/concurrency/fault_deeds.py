"""The writes that the fault injector walks through: each can be asked for, and asked for again, as a till does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from pos_app.domain.errors import OutcomeUnknown, PosError, SeatsTaken
from pos_app.domain.picking.proposals import Wish
from pos_app.domain.roles import Role
from pos_app.domain.selling.sales import VoidRequest
from pos_app.domain.staff.sign_in import Approval
from pos_app.flows.sell import resolve_pending, sell_basket
from pos_app.flows.sign_in import sign_in as sign_in_by_name
from pos_app.flows.void_order import void_with_approval
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.best_seats import EarlierTry, hold_best_seats
from pos_app.services.selling.holds import extend_hold, place_hold, release_seats
from pos_app.services.selling.seat_requests import answer_release, ask_to_release, load_questions
from pos_app.services.selling.swaps import swap_seats
from pos_app.services.staff.pin_lengths import note_pin_length
from pos_app.services.tills.registering import KnownTill
from tests.small_house import CURRENCY, PASSWORDS, PINS, allow

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.sales import Sale, SaleRequest
    from tests.concurrency.fault_stage import Stage

REASON: Final = "Paper jam"


def nothing() -> None:
    """Leave everything as it is."""


@dataclass(frozen=True)
class Deed:
    """One write, asked for by one till. Both return what the till was told, in words that fit all deeds of a story.

    again: what the till does when the server is back, after it could not be reached, or the outcome was unknown.
    tidy: makes room for the next deed.
    """

    ask: Callable[[Database], Any]
    again: Callable[[Database], Any]
    tidy: Callable[[], None] = nothing


def _held(placed: PlacedHold | None, known: tuple[SeatKey, ...], *, wanted: int) -> dict[str, Any]:
    """Say what a till that knew of these seats has in its basket then."""
    if placed is None:
        return {"closed": True}
    basket = {*known, *placed.taken} & set(placed.seats)
    return {
        "in the basket": len(basket) - wanted,
        "held, and not in the basket": len(set(placed.seats) - basket),
        "refused": placed.refused,
        "extended": placed.extended,
        "minutes": round(placed.total_seconds / 60),
    }


def same(ask: Callable[[Database], Any], tidy: Callable[[], None] = nothing) -> Deed:
    return Deed(ask, ask, tidy)


def first_seats(stage: Stage) -> Deed:
    seats, basket = stage.seats(), uuid4().hex

    def ask(till: Database) -> Any:
        return _held(till.transact(place_hold, stage.house.cashier, basket, seats), (), wanted=2)

    return same(ask, partial(stage.release, basket, seats))


def one_more_seat(stage: Stage) -> Deed:
    first, more = stage.seats(1), stage.seats(1)
    basket = stage.hold(first)

    def ask(till: Database) -> Any:
        return _held(till.transact(place_hold, stage.house.cashier, basket, more), first, wanted=2)

    return same(ask, partial(stage.release, basket, (*first, *more)))


def some_of_many(stage: Stage) -> Deed:
    gone, free = stage.seats(1), stage.seats(1)
    others, basket = stage.hold(gone), uuid4().hex

    def ask(till: Database) -> Any:
        placed = till.transact(place_hold, stage.house.cashier, basket, (*gone, *free), partial=True)
        assert placed.refused == gone
        return _held(replace(placed, refused=()), (), wanted=1)

    def tidy() -> None:
        stage.release(others, gone)
        stage.release(basket, free)

    return same(ask, tidy)


def seats_gone(stage: Stage) -> Deed:
    gone, free = stage.seats(1), stage.seats(1)
    others, basket = stage.hold(gone), uuid4().hex

    def ask(till: Database) -> Any:
        try:
            till.transact(place_hold, stage.house.cashier, basket, (*gone, *free))
        except SeatsTaken as refused:
            return refused.seats == tuple((seat.performance_id, seat.seat_id) for seat in gone)
        return "held"

    return same(ask, partial(stage.release, others, (*gone, *free)))


def places(total: int, before: int = 0) -> Callable[[Stage], Deed]:
    def prepare(stage: Stage) -> Deed:
        basket = uuid4().hex
        known: tuple[SeatKey, ...] = ()
        asked = (stage.house.cashier, basket, stage.house.performance_id, stage.floor_id)
        if before:
            held = stage.database.transact(set_places, *asked, before)
            known = held.seats if held else ()

        def ask(till: Database) -> Any:
            return _held(till.transact(set_places, *asked, total), known, wanted=total)

        return same(ask, partial(stage.release, basket))

    return prepare


def best_seats(stage: Stage, *, instead: bool = False) -> Deed:
    basket, earlier = uuid4().hex, EarlierTry()
    asked = (stage.house.cashier, basket, stage.house.performance_id)
    old = stage.database.transact(hold_best_seats, *asked, Wish(3)).proposal.seats if instead else ()
    wish = Wish(3, without=frozenset(old))

    def ask(till: Database) -> Any:
        held = till.transact(hold_best_seats, *asked, wish, earlier=earlier, instead=old)
        return held.proposal, held.alternatives, held.given, _held(held.placed, (), wanted=3)

    return same(ask, partial(stage.release, basket))


def swap(stage: Stage) -> Deed:
    old, new = stage.seats(), stage.seats()
    basket = stage.hold(old)

    def ask(till: Database) -> Any:
        return _held(till.transact(swap_seats, stage.house.cashier, basket, new, old), (), wanted=2)

    def tidy() -> None:
        stage.release(basket, new)
        stage.reuse(old)

    return same(ask, tidy)


def extension(stage: Stage) -> Deed:
    seats = stage.seats()
    basket, request = stage.hold(seats), uuid4().hex

    def ask(till: Database) -> Any:
        longer = till.transact(extend_hold, stage.house.cashier, basket, request_id=request, reason=REASON)
        return _held(longer, seats, wanted=2)

    return same(ask, partial(stage.release, basket, seats))


def release(given: int) -> Callable[[Stage], Deed]:
    def prepare(stage: Stage) -> Deed:
        seats = stage.seats()
        basket = stage.hold(seats)

        def ask(till: Database) -> Any:
            return _held(till.transact(release_seats, basket, seats[:given]), seats, wanted=2 - given)

        return same(ask, partial(stage.release, basket, seats))

    return prepare


def _sold(sale: Sale) -> tuple[Any, ...]:
    return sale.total_minor, sale.change_minor, sale.currency, sale.method, len(set(sale.ticket_ids))


def sale_of_basket(stage: Stage) -> Deed:
    request = stage.request()

    def ask(till: Database) -> Any:
        try:
            return _sold(_sell(stage, till, request))
        except OutcomeUnknown:
            _require_noted(stage, request.request_id)
            raise
        except PosError:
            _require_noted(stage)
            raise

    def again(till: Database) -> Any:
        """Learn what became of it; sell the seats, which must still be held, where it was not sold."""
        for resolved in resolve_pending(till, stage.journal):
            assert resolved.pending.request_id == request.request_id
            if resolved.sale is not None:
                return _sold(resolved.sale)
            assert resolved.hold is not None
            assert resolved.hold.seats == tuple(line.seat for line in request.lines)
        return ask(till)

    return Deed(ask, again)


def _require_noted(stage: Stage, *requests: str) -> None:
    noted = tuple(pending.request_id for pending in stage.journal.pending())
    assert noted == requests, f"the journal names {noted} and not {requests}"


def _sell(stage: Stage, till: Database, request: SaleRequest) -> Sale:
    return sell_basket(till, stage.journal, stage.house.cashier, request, currency=CURRENCY, places="Wings")


def void(stage: Stage) -> Deed:
    asked = stage.request()
    sale = stage.sell(asked)
    request = VoidRequest(uuid4().hex, sale.order_id, REASON, stage.database.transact(allow, stage.house))

    def ask(till: Database) -> Any:
        voided = till.transact(void_order, stage.house.cashier, request)
        return voided.number == sale.number, voided.refund_minor, voided.currency, voided.method

    return same(ask, lambda: stage.reuse(tuple(line.seat for line in asked.lines)))


def approved_void(stage: Stage) -> Deed:
    """Prepare a void as the window asks for it: the manager's PIN is checked first, in transactions of its own."""
    asked = stage.request()
    sale, request_id = stage.sell(asked), uuid4().hex
    who = Approval(stage.house.manager.staff_id, PINS[Role.MANAGER])
    # The first PIN that is right tells its length, once and for all.
    stage.database.transact(note_pin_length, who.staff_id, len(who.secret))

    def ask(till: Database) -> Any:
        voided = void_with_approval(
            till, stage.house.cashier, sale.order_id, request_id=request_id, reason=REASON, approval=who
        )
        return voided.number == sale.number, voided.refund_minor, voided.currency, voided.method

    return same(ask, lambda: stage.reuse(tuple(line.seat for line in asked.lines)))


def sign_in(stage: Stage) -> Deed:
    cashier = stage.house.cashier
    till_of = KnownTill(cashier.till_id, cashier.till_name, stage.house.key_id, "a4", "")
    return same(lambda till: sign_in_by_name(till, till_of, cashier.name, PASSWORDS[Role.CASHIER]) == cashier)


def question(stage: Stage) -> Deed:
    (seat,) = stage.seats(1)
    basket, request_id = stage.hold((seat,)), uuid4().hex
    here = stage.house.elsewhere(stage.house.cashier)
    return same(
        lambda till: till.transact(ask_to_release, here, seat, request_id=request_id),
        partial(stage.release, basket, (seat,)),
    )


def let_go(stage: Stage) -> Deed:
    """Prepare a yes to another till's question; the basket has another seat, and keeps it."""
    seats, there = stage.seats(), stage.house.cashier
    basket, request_id = stage.hold(seats), uuid4().hex
    here = stage.house.elsewhere(there)
    stage.database.transact(ask_to_release, here, seats[0], request_id=request_id)
    asked = next(one for one in stage.database.read(load_questions, there.till_id).asked if one.seat == seats[0])
    return same(
        lambda till: till.transact(answer_release, there, asked.question_id, yes=True),
        partial(stage.release, basket, seats),
    )


def reprint(stage: Stage) -> Deed:
    tickets, request = stage.tickets(), uuid4().hex

    def ask(till: Database) -> Any:
        till.transact(reissue_tickets, stage.house.cashier, tickets, request_id=request, reason=REASON)

    return same(ask)
