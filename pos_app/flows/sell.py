"""Selling and exchanging as the till does it: note the request, do it, drop the note; and learn what was left open.

Reserving and picking up is done alike (flows/reserve.py).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from pos_app.computer.journal import PICK_UP, RESERVATION, Journal, PendingSale
from pos_app.domain.errors import HoldExpired, NotFound, OutcomeUnknown, PosError
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.orders.exchanges.subject import settle_exchange
from pos_app.services.orders.reservations.making import settle_reservation
from pos_app.services.orders.reservations.picking_up import settle_pick_up
from pos_app.services.selling.holds import load_hold
from pos_app.services.selling.sales import sell, settle_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database
    from pos_app.domain.orders.exchanges import ExchangeDone, ExchangeRequest
    from pos_app.domain.orders.reservations import Reservation
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.sales import Sale, SaleRequest
    from pos_app.domain.sentences import Sentence

R = TypeVar("R")

_log = logging.getLogger(__name__)
_IN_DOUBT: Final = say("Do not take money again. Foyer finds out what happened as soon as the server is back.")
_IN_DOUBT_UNWRITTEN: Final = say(
    "Do not take money again, and do not close Foyer: the disk of this computer did not take the note of this sale. "
    "Foyer finds out what happened as soon as the server is back."
)


@dataclass(frozen=True, slots=True)
class ResolvedSale:
    """What became of a sale that was left open: sold (sale), or not sold, with its seats still held (hold) or not.

    exchanged: the same of an exchange, where the note is of one; reserved: of a reservation. A pick-up that was made is
    a sale; the seats of one that was not are reserved still, or not: the reservation tells.
    """

    pending: PendingSale
    sale: Sale | None
    hold: PlacedHold | None
    exchanged: ExchangeDone | None = None
    reserved: Reservation | None = None


def sell_basket(
    database: Database, journal: Journal, actor: Actor, request: SaleRequest, *, currency: str, places: str
) -> Sale:
    """Sell a basket; the request stays in the journal while its end is not known.

    A disk that takes no note does not stop the sale: the journal keeps it in memory then, and that is told where the
    end is not known.

    Raises what sell raises, and OutcomeUnknown: then the note stays, and resolve_pending asks again.
    """
    pending = PendingSale(
        request_id=request.request_id,
        basket_key=request.basket_key,
        till_id=actor.till_id,
        total_minor=request.total_minor,
        currency=currency,
        method=request.tender.method,
        places=places,
    )
    return noted(journal, pending, lambda: database.transact(sell, actor, request))


def exchange_seats(
    database: Database,
    journal: Journal,
    actor: Actor,
    request: ExchangeRequest,
    *,
    basket_key: str,
    currency: str,
    places: str,
) -> ExchangeDone:
    """Exchange seats of an order as sell_basket sells a basket: what is not known to have ended stays noted.

    basket_key: of the basket at the counter, which holds nothing where all seats are the order's own.
    Raises what exchange raises, and OutcomeUnknown as sell_basket does.
    """
    pending = PendingSale(
        request_id=request.request_id,
        basket_key=basket_key,
        till_id=actor.till_id,
        total_minor=request.difference_minor,
        currency=currency,
        method=PaymentMethod.FREE if request.tender is None else request.tender.method,
        places=places,
        order_id=request.order_id,
    )
    return noted(journal, pending, lambda: database.transact(exchange, actor, request))


def resolve_pending(database: Database, journal: Journal) -> tuple[ResolvedSale, ...]:
    """Learn the end of every noted request, and drop the notes.

    Raises ServerUnreachable, ServerBusy (a run may still be committing), OutcomeUnknown: the notes stay, all of them.
    """
    resolved = [_settled(database, pending) for pending in journal.pending()]
    # Only now, with all ends known: a note dropped before an error would be an end that nobody is told of.
    for one in resolved:
        _forget(journal, one.pending.request_id)
    return tuple(resolved)


def _settled(database: Database, pending: PendingSale) -> ResolvedSale:
    request_id = pending.request_id
    if pending.is_exchange:
        exchanged = database.transact(settle_exchange, pending.order_id, request_id)
        if exchanged is not None:
            return ResolvedSale(pending, None, None, exchanged)
    elif pending.kind == PICK_UP:
        return ResolvedSale(pending, database.transact(settle_pick_up, pending.order_id, request_id), None)
    elif pending.kind == RESERVATION:
        reserved = database.transact(settle_reservation, request_id, pending.basket_key)
        if reserved is not None:
            return ResolvedSale(pending, None, None, reserved=reserved)
    elif (sale := database.transact(settle_request, request_id, pending.basket_key)) is not None:
        return ResolvedSale(pending, sale, None)
    try:
        return ResolvedSale(pending, None, database.read(load_hold, pending.basket_key))
    except (NotFound, HoldExpired):
        return ResolvedSale(pending, None, None)


def noted(journal: Journal, pending: PendingSale, run: Callable[[], R], *, in_doubt: Sentence = _IN_DOUBT) -> R:
    """Do what is noted; the note goes with its end, and stays where that is not known: then in_doubt is said."""
    request_id = pending.request_id
    journal.note(pending)
    try:
        done = run()
    except OutcomeUnknown as unknown:
        advice = _IN_DOUBT_UNWRITTEN if journal.is_only_in_memory(request_id) else in_doubt
        raise OutcomeUnknown(unknown.message, request_id=request_id, advice=advice) from unknown
    except PosError:
        _forget(journal, request_id)
        raise
    _forget(journal, request_id)
    return done


def _forget(journal: Journal, request_id: str) -> None:
    """Drop a note. One that the disk does not let go costs a question at the next start, and never an answer now."""
    try:
        journal.forget(request_id)
    except OSError as error:
        _log.warning("The note of sale %s could not be removed: %s", request_id, error)
