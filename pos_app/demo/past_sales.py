"""What the demo has sold so far: every sale goes the way of a real one, so that nothing can be out of step."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from pos_app.demo.house import ADULT, CHILD, COMPANION, COMPLIMENTARY, SENIOR
from pos_app.domain.orders import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.domain.seats import SeatKey, SeatKind
from pos_app.services.holds import place_hold
from pos_app.services.pricing import price_basket
from pos_app.services.sales import sell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.demo.drawing import DrawnSeat
    from pos_app.demo.parties import Party
    from pos_app.domain.roles import Actor

_GUESTS: Final = (
    "Aoife Byrne", "Miguel Ángel Ruiz", "Leyla Məmmədova", "Jan Kowalczyk", "Siobhán O’Connor", "Chloé Dubois",
    "Θεοδώρα Παππά", "Олена Шевченко", "Ngô Thị Lan", "Jürgen Groß", "Åsa Lindqvist", "Priya Raman", "王小明", "Tom Hale",
    "Gülşen Yıldız", "Grace Adeyemi", "Pádraig Ó Murchú", "Zuzana Dvořáková", "João Silva", "Mary Kelly",
)  # fmt: skip
_NOTES: Final = (1000, 2000, 5000, 10000)
"""Cash comes in notes; the till gives change."""


def make_sale(
    session: Session,
    actor: Actor,
    *,
    name: str,
    performance_id: int,
    party: Party,
    seats: Mapping[int, DrawnSeat],
    type_ids: Mapping[str, int],
) -> None:
    """Hold the seats of a party and sell them. name: makes the sale the same every time, and its request unique."""
    chance = random.Random(name)  # noqa: S311 - repeatable on purpose, keeps no secret
    keys = [SeatKey(performance_id, seat_id) for seat_id in party.seat_ids]
    types = _ticket_types([seats[seat_id].kind for seat_id in party.seat_ids], chance)
    lines = tuple(SaleLine(key, type_ids[kind]) for key, kind in zip(keys, types, strict=True))
    place_hold(session, actor, name, keys)
    total = price_basket(session, lines).totals.total_minor
    guest = chance.choice(_GUESTS) if chance.random() < 0.6 else ""
    sell(session, actor, SaleRequest(name, name, lines, total, _tender(total, chance), customer_name=guest))


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
