"""Coming back to the customer of a window that was cut off: what became of the sale, and the basket as it was."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pos_app.domain.errors import NotFound, PromoCodeRefused
from pos_app.domain.orders.exchange_subject import as_sale
from pos_app.domain.selling.basket import AppliedPromo, Basket
from pos_app.services.orders.exchanges.subject import settle_exchange
from pos_app.services.promo_codes.redeeming import look_up_promo_codes
from pos_app.services.selling.cut_off import look_at_basket

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.orders.exchanges import ExchangeDone
    from pos_app.domain.selling.basket_notes import BasketNote
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.sales import Sale
    from pos_app.services.selling.cut_off import FoundBasket


class Outcome(StrEnum):
    """What became of a sale that was cut off."""

    NOTHING = "nothing"
    """No seat had been held yet: there is nothing to say."""
    SOLD = "sold"
    TAKEN_BACK = "taken back"
    """It was sold, and voided since."""
    HELD = "held"
    FREE = "free"
    """Its seats (or some of them) are no longer held, and anybody may take them."""
    GONE = "gone"
    RESERVED = "reserved"
    """It was reserved, and not sold."""
    EXCHANGED = "exchanged"
    """It was an exchange of an order's seats, and is made."""
    UNKNOWN = "unknown"
    """The box office does not know the basket: it was set up anew, or restored from before."""


@dataclass(frozen=True, slots=True)
class CutOffSale:
    """What is known of it now. basket: rebuilt with the seats that can still be had; empty where there is nothing.

    lost: places that are not in it any more, as they are spoken. given_back: the seats were released by somebody, not
    by the clock. refusal: why the promo code is not taken any more. exchanged: what was done, where it was an exchange.
    reserved: the number of the order under which it is reserved.
    """

    note: BasketNote
    outcome: Outcome
    sale: Sale | None
    hold: PlacedHold | None
    basket: Basket
    lost: tuple[str, ...] = ()
    given_back: bool = False
    refusal: PromoCodeRefused | None = None
    exchanged: ExchangeDone | None = None
    reserved: str = ""

    @property
    def is_dearer_or_cheaper(self) -> bool:
        """Tell whether the same seats cost something else than the customer was told."""
        same = {line.seat for line in self.note.lines} == set(self.basket.seats)
        return same and self.refusal is None and self.basket.totals().total_minor != self.note.total_minor


def recall(database: Database, note: BasketNote) -> CutOffSale:
    """Learn what became of a basket that was noted; a sale that may still be committing is waited for.

    Changes nothing. Raises ServerUnreachable, ServerBusy, OutcomeUnknown: ask again.
    """
    if note.exchange_request:
        done = database.transact(settle_exchange, note.exchange_of, note.exchange_request)
        if done is not None:
            sale = as_sale(note.exchange_of, done, note.method if done.difference_minor > 0 else None)
            return CutOffSale(note, Outcome.EXCHANGED, sale, None, Basket(), exchanged=done)
    try:
        found = database.transact(look_at_basket, note.basket_key, [line.seat for line in note.lines])
    except NotFound:
        outcome = Outcome.UNKNOWN if note.lines or note.concerns_money else Outcome.NOTHING
        return CutOffSale(note, outcome, None, None, Basket())
    if found.sale is not None:
        outcome = Outcome.TAKEN_BACK if found.is_void else Outcome.SOLD
        return CutOffSale(note, outcome, found.sale, None, Basket())
    if found.reserved:
        return CutOffSale(note, Outcome.RESERVED, None, None, Basket(), reserved=found.reserved)
    basket = _rebuild(note, found)
    refusal = _take_promo(database, basket, note.promo_code) if basket.lines else None
    gone = [*found.gone, *(one for one in (*found.kept, *found.free) if not basket.holds(one.seat))]
    lost = tuple(dict.fromkeys(one.place.spoken() for one in gone))
    return CutOffSale(note, _outcome(found, basket), None, found.hold, basket, lost, found.given_back, refusal)


def _outcome(found: FoundBasket, basket: Basket) -> Outcome:
    if not basket.lines:
        return Outcome.GONE if found.gone or found.free else Outcome.NOTHING
    return Outcome.FREE if found.hold is None else Outcome.HELD


def _rebuild(note: BasketNote, found: FoundBasket) -> Basket:
    """Return the basket with the ticket types that were chosen, in the order in which the seats were."""
    basket = Basket(
        key=note.basket_key,
        customer_name=note.customer_name,
        customer_id=note.customer_id or None,
        note=note.note,
        collect=note.collect,
    )
    chosen = {line.seat: line.ticket_type_id for line in note.lines}
    order = {seat: at for at, seat in enumerate(chosen)}
    # While it is held, what the server holds is the basket: a seat just given back may still be in, and is seen.
    seats = found.free if found.hold is None else found.kept
    for one in sorted(seats, key=lambda one: order.get(one.seat, len(order))):
        offer = found.offers.get(one.seat.performance_id)
        if offer is None or not offer.types_for(one.category_id, one.place.kind):
            continue
        if basket.currency not in {"", offer.currency}:
            # Held by a program that did not know better: it goes back on sale by itself.
            continue
        basket.add(offer, one.seat, one.place, one.category_id, one.category, position=one.position)
        if one.seat in chosen:
            basket.change_type(one.seat, chosen[one.seat])
    return basket


def _take_promo(database: Database, basket: Basket, code: str) -> PromoCodeRefused | None:
    """Take the promo code of the basket again; returns why it is not taken."""
    if not code:
        return None
    try:
        rules, now = database.read(look_up_promo_codes, code, basket.customer_id)
        basket.promo = AppliedPromo(rules, now)
    except PromoCodeRefused as refusal:
        return refusal
    return basket.promo_problem()
