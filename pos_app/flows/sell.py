"""Selling as the till does it: note the request, sell, drop the note; and learn the end of what was left open."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.computer.journal import Journal, PendingSale
from pos_app.domain.errors import HoldExpired, NotFound, OutcomeUnknown, PosError
from pos_app.domain.sentences import say
from pos_app.services.selling.holds import load_hold
from pos_app.services.selling.sales import sell, settle_request

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.sales import Sale, SaleRequest

_log = logging.getLogger(__name__)
_IN_DOUBT: Final = say("Do not take money again. Foyer finds out what happened as soon as the server is back.")
_IN_DOUBT_UNWRITTEN: Final = say(
    "Do not take money again, and do not close Foyer: the disk of this computer did not take the note of this sale. "
    "Foyer finds out what happened as soon as the server is back."
)


@dataclass(frozen=True, slots=True)
class ResolvedSale:
    """What became of a sale that was left open: sold (sale), or not sold, with its seats still held (hold) or not."""

    pending: PendingSale
    sale: Sale | None
    hold: PlacedHold | None


def sell_basket(
    database: Database, journal: Journal, actor: Actor, request: SaleRequest, *, currency: str, places: str
) -> Sale:
    """Sell a basket; the request stays in the journal while its end is not known.

    A disk that takes no note does not stop the sale: the journal keeps it in memory then, and that is told where the
    end is not known.

    Raises what sell raises, and OutcomeUnknown: then the note stays, and resolve_pending asks again.
    """
    journal.note(
        PendingSale(
            request_id=request.request_id,
            basket_key=request.basket_key,
            till_id=actor.till_id,
            total_minor=request.total_minor,
            currency=currency,
            method=request.tender.method,
            places=places,
        )
    )
    try:
        sale = database.transact(sell, actor, request)
    except OutcomeUnknown as unknown:
        advice = _IN_DOUBT_UNWRITTEN if journal.is_only_in_memory(request.request_id) else _IN_DOUBT
        raise OutcomeUnknown(unknown.message, request_id=request.request_id, advice=advice) from unknown
    except PosError:
        _forget(journal, request.request_id)
        raise
    _forget(journal, request.request_id)
    return sale


def resolve_pending(database: Database, journal: Journal) -> tuple[ResolvedSale, ...]:
    """Learn the end of every noted request, and drop the notes.

    Raises ServerUnreachable, ServerBusy (a run may still be committing), OutcomeUnknown: the notes stay, all of them.
    """
    resolved: list[ResolvedSale] = []
    for pending in journal.pending():
        sale = database.transact(settle_request, pending.request_id, pending.basket_key)
        hold = None
        if sale is None:
            try:
                hold = database.read(load_hold, pending.basket_key)
            except (NotFound, HoldExpired):
                hold = None
        resolved.append(ResolvedSale(pending, sale, hold))
    # Only now, with all ends known: a note dropped before an error would be an end that nobody is told of.
    for one in resolved:
        _forget(journal, one.pending.request_id)
    return tuple(resolved)


def _forget(journal: Journal, request_id: str) -> None:
    """Drop a note. One that the disk does not let go costs a question at the next start, and never an answer now."""
    try:
        journal.forget(request_id)
    except OSError as error:
        _log.warning("The note of sale %s could not be removed: %s", request_id, error)
