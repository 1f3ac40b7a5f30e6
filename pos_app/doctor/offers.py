"""Offers to who waited: an open one has its seats, a closed one was spent once and has none.

An offer past its time that nobody has ended yet is housekeeping, not an error.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, func, or_, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Hold, OrderLine, PerformanceSeat, WaitingEntry, WaitingOffer
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import state_word
from pos_app.domain.orders.changes import LineKind
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import NOTHING, say
from pos_app.domain.waiting.entries import OfferState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.domain.sentences import Sentence

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class _OpenOffer:
    """An offer, and the basket that has it open for paying. basket_places: None, where that one is not what it says."""

    offer_id: int
    places: tuple[SeatKey, ...]
    expires_at: object
    is_over: bool
    hold_id: int | None
    basket_places: frozenset[SeatKey] | None


def judge_offers(session: Session, names: Names) -> Iterator[Finding]:
    """Compare open offers with the claims on their seats, both ways."""
    offers: dict[int, _OpenOffer] = {}
    for row in _open_offers(session):
        try:
            places = read_places(row.places)
        except ValueError:
            yield Finding(Rule.OFFERS, say("its places cannot be read: “{text}”", text=row.places[:80]), _named(row.id))
            continue
        offers[row.id] = _OpenOffer(row.id, places, row.expires_at, bool(row.is_over), row.pickup_hold_id, _basket(row))
        for told in _wrong_by_itself(row, offers[row.id]):
            yield Finding(Rule.OFFERS, told, _named(row.id))
    yield from _in_two(offers, names)
    claims = _claims(session, offers)
    names.learn_seats(seat.seat_id for offer in offers.values() for seat in offer.places)
    for offer in offers.values():
        in_basket = 0
        for seat in offer.places:
            claim = claims.get(seat)
            in_basket += claim is not None and claim.claim_kind == "basket"
            if told := _wrong_with(claim, seat, offer):
                yield Finding(Rule.OFFERS, told, names.place(seat.performance_id, seat.seat_id))
        if offer.hold_id is not None and not in_basket:
            told = say("hold {hold} has it open for paying, and none of its seats", hold=str(offer.hold_id))
            yield Finding(Rule.OFFERS, told, _named(offer.offer_id))
    offered = {seat: offer.offer_id for offer in offers.values() for seat in offer.places}
    for seat, claim in sorted(claims.items()):
        if claim.claim_kind == "offer" and offered.get(seat) is None:
            number = str(claim.claim_id)
            told = say("claimed by offer {offer}, which is not open or does not name it", offer=number)
            yield Finding(Rule.OFFERS, told, names.place(seat.performance_id, seat.seat_id))


def _open_offers(session: Session) -> list[Any]:
    return [
        *session.execute(
            select(
                WaitingOffer.id,
                WaitingOffer.places,
                WaitingOffer.performance_id,
                WaitingOffer.expires_at,
                case((WaitingOffer.expires_at <= utc_now(), 1), else_=0).label("is_over"),
                WaitingOffer.pickup_hold_id,
                WaitingEntry.seats,
                WaitingEntry.performance_id.label("entry_performance_id"),
                Hold.id.label("hold_id"),
                Hold.places.label("hold_places"),
                Hold.closed_at.label("hold_closed_at"),
                Hold.with_offers,
            )
            .outerjoin(WaitingEntry, WaitingEntry.id == WaitingOffer.waiting_entry_id)
            .outerjoin(Hold, Hold.id == WaitingOffer.pickup_hold_id)
            .where(WaitingOffer.state == OfferState.OPEN)
            .order_by(WaitingOffer.id)
        )
    ]


def _basket(row: Any) -> frozenset[SeatKey] | None:
    if row.hold_id is None or row.hold_closed_at is not None or not row.with_offers:
        return None
    try:
        return frozenset(read_places(row.hold_places))
    except ValueError:
        return None


def _wrong_by_itself(row: Any, offer: _OpenOffer) -> Iterator[Sentence]:
    if row.entry_performance_id is not None and row.entry_performance_id != row.performance_id:
        yield say("its party waits for another performance")
    if any(seat.performance_id != row.performance_id for seat in offer.places):
        yield say("it names seats of another performance")
    if row.seats is not None and len(set(offer.places)) != row.seats:
        yield say("it offers {offered} seats, its party is {seats}", offered=len(set(offer.places)), seats=row.seats)
    if offer.hold_id is not None and offer.basket_places is None:
        yield say("hold {hold} has it open for paying, and is not open, or knows of no offers", hold=str(offer.hold_id))


def _in_two(offers: dict[int, _OpenOffer], names: Names) -> Iterator[Finding]:
    by_seat: defaultdict[SeatKey, list[int]] = defaultdict(list)
    for offer in offers.values():
        for seat in offer.places:
            by_seat[seat].append(offer.offer_id)
    for seat, several in sorted(by_seat.items()):
        if len(several) > 1:
            told = say("it is in the open offers {one} and {other}", one=str(several[0]), other=str(several[1]))
            yield Finding(Rule.OFFERS, told, names.place(seat.performance_id, seat.seat_id))


def _claims(session: Session, offers: dict[int, _OpenOffer]) -> dict[SeatKey, Any]:
    """Return the seats that offers claim or name, as they are in the inventory."""
    seat = PerformanceSeat
    columns = select(seat.performance_id, seat.seat_id, seat.state, seat.claim_kind, seat.claim_id, seat.claim_until)
    found = {
        SeatKey(row.performance_id, row.seat_id): row
        for row in session.execute(columns.where(seat.state == "claimed", seat.claim_kind == "offer"))
    }
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    for offer in offers.values():
        for place in offer.places:
            if place not in found:
                wanted[place.performance_id].add(place.seat_id)
    for performance_id, ids in wanted.items():
        some = sorted(ids)
        for start in range(0, len(some), _AT_ONCE):
            these = and_(seat.performance_id == performance_id, seat.seat_id.in_(some[start : start + _AT_ONCE]))
            found |= {SeatKey(row.performance_id, row.seat_id): row for row in session.execute(columns.where(these))}
    return found


def _wrong_with(claim: Any, seat: SeatKey, offer: _OpenOffer) -> Sentence:
    """Say what is wrong with the claim on a seat of an open offer; NOTHING: all is well."""
    number = str(offer.offer_id)
    if claim is None:
        return say("in offer {offer}, and not in the inventory", offer=number)
    if claim.state != "claimed":
        return say("in the open offer {offer}, and it is {state}", offer=number, state=state_word(claim.state))
    if claim.claim_kind == "basket":
        paying = offer.hold_id is not None and claim.claim_id == offer.hold_id
        if not paying or (offer.basket_places is not None and seat not in offer.basket_places):
            return say("in the open offer {offer}, and in a basket that does not sell it", offer=number)
        return NOTHING
    if claim.claim_kind != "offer" or claim.claim_id != offer.offer_id:
        return say("in the open offer {offer}, and claimed by somebody else", offer=number)
    # Of a customer who was merged or forgotten it ends before its time.
    if claim.claim_until != offer.expires_at and not offer.is_over:
        until, end = str(claim.claim_until), str(offer.expires_at)
        return say("claimed until {until}, its offer {offer} ends at {end}", until=until, offer=number, end=end)
    return NOTHING


def judge_spent_offers(session: Session, _names: Names) -> Iterator[Finding]:
    """Ask offers that are over when, and those that were taken what was sold of them; count those of each party."""
    offer = WaitingOffer
    is_open = offer.state == OfferState.OPEN
    is_sold = offer.state == OfferState.SOLD
    rows = session.execute(
        select(offer.id, offer.state, offer.order_id, offer.closed_at, offer.pickup_hold_id)
        .where(
            or_(
                offer.state.not_in([str(state) for state in OfferState]),
                case((is_open, 1), else_=0) == case((offer.closed_at.is_not(None), 1), else_=0),
                case((is_sold, 1), else_=0) != case((offer.order_id.is_not(None), 1), else_=0),
                and_(~is_open, ~is_sold, offer.pickup_hold_id.is_not(None)),
            )
        )
        .order_by(offer.id)
    ).all()
    for row in rows:
        state = state_word(row.state)
        yield Finding(Rule.OFFERS, say("it is {state}, and says something else besides", state=state), _named(row.id))
    often = session.execute(
        select(offer.waiting_entry_id, func.max(offer.id).label("last"))
        .group_by(offer.waiting_entry_id)
        .having(func.count() > 1)
        .order_by(offer.waiting_entry_id)
    ).all()
    for again in often:
        told = say("its party (entry {entry}) was offered seats before", entry=str(again.waiting_entry_id))
        yield Finding(Rule.OFFERS, told, _named(again.last))
    yield from _sold_otherwise(session)


def _sold_otherwise(session: Session) -> Iterator[Finding]:
    """Look for one line of the order, of any state, on a seat of the offer.

    A plan that changed may have given the seats other numbers since: offers that are over keep the old ones.
    """
    last = 0
    offers = select(WaitingOffer.id, WaitingOffer.places, WaitingOffer.performance_id, WaitingOffer.order_id).where(
        WaitingOffer.state == OfferState.SOLD, WaitingOffer.order_id.is_not(None)
    )
    while some := session.execute(offers.where(WaitingOffer.id > last).order_by(WaitingOffer.id).limit(_AT_ONCE)).all():
        last = some[-1].id
        lines: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        rows = session.execute(
            select(OrderLine.order_id, OrderLine.performance_id, OrderLine.seat_id).where(
                OrderLine.order_id.in_({row.order_id for row in some}), OrderLine.kind == LineKind.SEAT
            )
        )
        for line in rows:
            lines[line.order_id, line.performance_id].add(line.seat_id)
        for row in some:
            sold = lines[row.order_id, row.performance_id]
            places = {seat.seat_id for seat in read_places(row.places)}
            if not sold or (not sold & places and _is_there(session, row.performance_id, places)):
                yield Finding(Rule.OFFERS, say("its order sold none of its seats"), _named(row.id))


def _is_there(session: Session, performance_id: int, seat_ids: set[int]) -> bool:
    found = select(func.count()).where(
        PerformanceSeat.performance_id == performance_id, PerformanceSeat.seat_id.in_(seat_ids)
    )
    return session.execute(found).scalar_one() == len(seat_ids)


def _named(offer_id: int) -> Sentence:
    return say("Offer {number}", number=str(offer_id))
