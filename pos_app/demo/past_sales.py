"""What the demo has sold so far: every sale goes the way of a real one, so that nothing can be out of step."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Order, OrderChange, OrderLine, Payment, Ticket
from pos_app.demo.house import ADULT, CHILD, COMPANION, COMPLIMENTARY, SENIOR
from pos_app.demo.parties import Crowd
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey, SeatKind
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender, add_up, ticket_fee
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import sell
from pos_app.services.staff.approvals import make_approval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.demo.halls import StoredPlan
    from pos_app.demo.parties import Party
    from pos_app.domain.roles import Actor
    from pos_app.domain.season.offers import PerformanceOffer

_GUESTS: Final = (
    "Aoife Byrne", "Miguel Ángel Ruiz", "Leyla Məmmədova", "Jan Kowalczyk", "Siobhán Walsh", "Chloé Dubois",
    "Θεοδώρα Παππά", "Олена Шевченко", "Ngô Thị Lan", "Jürgen Groß", "Åsa Lindqvist", "Priya Raman", "王小明",
    "Gülşen Öztürk", "Grace Adeyemi", "Pádraig Ó Murchú", "Zuzana Dvořáková", "João Silva", "Mary Kelly", "Tom Hale",
)  # fmt: skip
_WEEKS_OF_SALES: Final = 3
_FEW: Final = 2
_NOTES: Final = (1000, 2000, 5000, 10000)
"""Cash comes in notes; the till gives change."""


def make_sale(
    session: Session,
    actor: Actor,
    *,
    name: str,
    offer: PerformanceOffer,
    party: Party | Crowd,
    hall: StoredPlan,
    gift_allowed_by: int,
    customers: Mapping[str, int],
    waits: bool = False,
) -> None:
    """Hold the places of a party and sell them. name: makes the sale the same every time, and its request unique.

    gift_allowed_by: the manager who lets complimentary tickets be given. customers: whose sales carry them, by name,
    where they come alone or in twos. waits: somebody rang, and the tickets wait at
    the window under a name.
    """
    chance = random.Random(name)  # noqa: S311 - repeatable on purpose, keeps no secret
    if isinstance(party, Crowd):
        area_id = hall.area_ids[party.area]
        held = set_places(session, actor, name, offer.performance_id, area_id, party.places)
        keys = list(held.seats) if held is not None else []
        category = next(area.category for area in hall.drawn.areas if area.zone == party.area)
        seats = [(category, SeatKind.SEAT)] * len(keys)
    else:
        keys = [SeatKey(offer.performance_id, seat_id) for seat_id in party.seat_ids]
        seats = [(hall.seats[seat_id].category, hall.seats[seat_id].kind) for seat_id in party.seat_ids]
        place_hold(session, actor, name, keys)
    type_ids = {one.name: one.ticket_type_id for one in offer.ticket_types}
    types = [type_ids[name] for name in _ticket_types([kind for _, kind in seats], chance)]
    lines = tuple(SaleLine(key, type_id) for key, type_id in zip(keys, types, strict=True))
    total = _total(offer, [(hall.category_ids[seat[0]], kind) for seat, kind in zip(seats, types, strict=True)])
    guest = chance.choice(_GUESTS) if chance.random() < 0.6 or waits else ""
    gift = None
    if not total:
        approval_id = make_approval(session, gift_allowed_by, actor.till_id, Permission.GIVE_AWAY)
        gift = Gift(GiftReason.SPONSOR, "Guests of the house", approval_id)
    tender = _tender(total, chance)
    sell(
        session,
        actor,
        SaleRequest(
            name,
            name,
            lines,
            total,
            tender,
            customer_name=guest,
            gift=gift,
            collect=waits,
            customer_id=customers.get(guest) if len(lines) <= _FEW else None,
        ),
    )


def spread_over_weeks(session: Session) -> None:
    """Date the sales back, evenly over the past weeks: nobody sold all of it in this minute, or may void it still."""
    count, last = session.execute(select(func.count(), func.max(Order.id)).select_from(Order)).one()
    step = _WEEKS_OF_SALES * 7 * 86_400 // max(1, count)
    seconds = Order.id * step - (int(last or 0) + 1) * step
    session.execute(update(Order).values(created_at=utc_plus(seconds)))
    of_payment = select(Order.created_at).where(Order.id == Payment.order_id).scalar_subquery()
    session.execute(update(Payment).values(created_at=of_payment))
    of_change = select(Order.created_at).where(Order.id == OrderChange.order_id).scalar_subquery()
    session.execute(update(OrderChange).values(created_at=of_change))
    of_ticket = (
        select(Order.created_at)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderLine.id == Ticket.order_line_id)
        .scalar_subquery()
    )
    session.execute(update(Ticket).values(issued_at=of_ticket))
    session.execute(update(Ticket).where(Ticket.printed_at.is_not(None)).values(printed_at=of_ticket))


def _total(offer: PerformanceOffer, lines: Sequence[tuple[int, int]]) -> int:
    """Add up what a till would show; the sale refuses if it is not what the server charges."""
    amounts = [offer.prices[line] for line in lines]
    fees = (ticket_fee(offer.ticket_fee_minor, amount) for amount in amounts)
    return add_up(((amount, 0) for amount in amounts), fees, [offer.order_fee_minor]).total_minor


def _ticket_types(kinds: Sequence[SeatKind], chance: random.Random) -> list[str]:
    """Return a ticket type for each of a party: mostly adults, some families, pensioners, and guests of the house."""
    if SeatKind.COMPANION in kinds and SeatKind.WHEELCHAIR in kinds:
        return [COMPANION if kind is SeatKind.COMPANION else ADULT for kind in kinds]
    whim = chance.random()
    size = len(kinds)
    if whim < 0.03:
        return [COMPLIMENTARY] * size
    if whim < 0.15:
        return [SENIOR] * size
    if size >= 3 and whim < 0.6:
        return [ADULT, ADULT, *[CHILD] * (size - 2)]
    return [ADULT] * size


def _tender(total_minor: int, chance: random.Random) -> Tender:
    if total_minor == 0:
        return Tender(PaymentMethod.FREE, 0)
    if chance.random() < 0.65:
        return Tender(PaymentMethod.CARD, total_minor, reference=f"{chance.randrange(10_000):04d}")
    note = chance.choice(_NOTES)
    return Tender(PaymentMethod.CASH, total_minor, tendered_minor=-(-total_minor // note) * note)
