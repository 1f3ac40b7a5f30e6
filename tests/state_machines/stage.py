"""The house that the machine walks through: how it is dressed, how time is moved in it, and what is read back."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import aliased

from pos_app.db.base import Base
from pos_app.db.clock import utc_now
from pos_app.db.models import (
    AuditHead,
    Hold,
    KeptBack,
    Order,
    OrderLine,
    Performance,
    PerformanceSeat,
    PromoCode,
    PromoUsage,
    Refund,
    SearchWord,
    Seat,
    Setting,
    Ticket,
    WaitingEntry,
    WaitingOffer,
)
from pos_app.domain.house.settings import HouseSettings
from pos_app.domain.searching import WordKind
from pos_app.domain.season.prices import PriceDraft
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import read_places, write_places
from pos_app.services.books import open_books
from pos_app.services.house.settings import HOUSE_SETTING
from pos_app.services.season.prices import load_price_grid, save_prices
from tests.standing import add_standing
from tests.state_machines.books import read_customers, read_orders
from tests.state_machines.buyers import MOST_EACH
from tests.state_machines.ledger import EXCHANGE_FEE_MINOR
from tests.state_machines.model import FREE
from tests.state_machines.prices import (
    AMOUNT_CODE,
    AMOUNT_MINOR,
    EACH_CODE,
    PERCENT,
    PERCENT_CODE,
    PERCENT_USES,
    PriceList,
)
from tests.state_machines.queueing import Queueing
from tests.state_machines.queues import read_offers, read_waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from tests.houses import OpenHouse
    from tests.small_house import SmallHouse
    from tests.state_machines.orders import Told

SEATS: Final = 6
"""Numbered seats of each performance in play: three of category A and three of B. All others are kept back."""
HOUSE, BLOCKED = 4, 5
"""The places of those that are not for everybody in the evening."""
CAPACITY: Final = 5
_TRADE: Final = {
    "audit_entry", "audit_text", "check_in", "customer", "hold", "kept_back", "order_change", "order_line", "orders",
    "outbox_email", "outbox_try", "payment", "promo_redemption", "promo_share", "refund", "release_request", "resale",
    "ticket", "ticket_presence", "waiting_entry", "waiting_list", "waiting_offer", "work_item", "work_list",
}  # fmt: skip


_DECIDED: Final = HouseSettings(
    organisation="The Little House", exchange_fee_minor=EXCHANGE_FEE_MINOR, customer_tickets=MOST_EACH
)


@dataclass
class Stage:
    """A house of two performances in play. seen: how often each kind of answer came. rise: see set_prices."""

    house: OpenHouse
    area_id: int
    area: tuple[int, ...]
    seen: Counter[str] = field(default_factory=Counter)
    rise: int = 0

    @property
    def small(self) -> SmallHouse:
        return self.house.small

    @property
    def database(self) -> Database:
        return self.house.database

    @property
    def performances(self) -> tuple[int, int]:
        return self.small.performance_id, self.small.gala_id

    def seat(self, number: int) -> SeatKey:
        """Return a numbered seat in play: those of the evening come first, then those of the gala."""
        performance, at = divmod(number, SEATS)
        row, column = (1, at + 1) if at < 3 else (5, at - 2)
        return self.small.seat(row, column, self.performances[performance])

    def places_of_area(self, performance: int) -> list[SeatKey]:
        return [SeatKey(performance, seat) for seat in self.area]


def build_stage(house: OpenHouse) -> Stage:
    """Add an area to the small house, and the promo codes."""

    def build(session: Session) -> tuple[int, tuple[int, ...]]:
        area = add_standing(session, house.small, CAPACITY)
        for code, kind, scope, value, most, each in (
            (PERCENT_CODE, "percent", "ticket", PERCENT, PERCENT_USES, None),
            (AMOUNT_CODE, "amount", "order", AMOUNT_MINOR, None, None),
            (EACH_CODE, "percent", "ticket", PERCENT, None, 1),
        ):
            made = session.execute(
                insert(PromoCode).values(
                    code=code, kind=kind, scope=scope, value=value, most_uses=most, most_uses_each=each, currency="EUR"
                )
            )
            session.execute(insert(PromoUsage).values(promo_code_id=made.inserted_primary_key[0]))  # type: ignore[attr-defined]  # an INSERT knows its key
        decided = asdict(_DECIDED)
        session.execute(insert(Setting).values(name=HOUSE_SETTING, value=json.dumps(decided)))
        return area, tuple(session.scalars(select(Seat.id).where(Seat.area_id == area).order_by(Seat.id)))

    return Stage(house, *house.database.transact(build))


def dress(stage: Stage) -> Queueing:
    """Empty the house of all trade, keep back what the house keeps, and return the model of that."""
    set_prices(stage, 0)
    stage.database.transact(_clear)
    small = stage.small
    in_play = [stage.seat(number) for number in range(2 * SEATS)]
    kept = {
        SeatKey(performance, seat): "house"
        for performance in stage.performances
        for seat in small.seat_ids
        if SeatKey(performance, seat) not in in_play
    }
    kept |= {stage.seat(HOUSE): "house", stage.seat(BLOCKED): "blocked"}

    def keep(session: Session) -> None:
        for (performance, kind), seats in _grouped(kept).items():
            made = session.execute(
                insert(KeptBack).values(
                    request_id=uuid4().hex,
                    performance_id=performance,
                    kind=kind,
                    reason="sight lines",
                    places=write_places(seats),
                    staff_id=small.manager.staff_id,
                    created_at=utc_now(),
                )
            )
            claim = made.inserted_primary_key[0]  # type: ignore[attr-defined]  # an INSERT knows its key
            ids = [seat.seat_id for seat in seats]
            session.execute(
                update(PerformanceSeat)
                .where(PerformanceSeat.performance_id == performance, PerformanceSeat.seat_id.in_(ids))
                .values(state="claimed", claim_kind=kind, claim_id=claim)
            )
        # From here on the judge asks the audit for everything that the machine does.
        open_books(session)

    stage.database.transact(keep)
    everything = [*small.seat_ids, *stage.area]
    letters = ["A" if at < 30 else "B" for at in range(len(everything))]
    return Queueing(
        PriceList(dict(zip(everything, letters, strict=True)), small.gala_id),
        {SeatKey(performance, seat): FREE for performance in stage.performances for seat in everything}
        | {seat: (kind, "") for seat, kind in kept.items()},
        rows={seat: divmod(at, small.seats_per_row) for at, seat in enumerate(small.seat_ids)},
    )


def _grouped(kept: Mapping[SeatKey, str]) -> dict[tuple[int, str], list[SeatKey]]:
    """Return seats by performance and kind: one record keeps them back together."""
    groups: dict[tuple[int, str], list[SeatKey]] = {}
    for seat, kind in sorted(kept.items()):
        groups.setdefault((seat.performance_id, kind), []).append(seat)
    return groups


def _clear(session: Session) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in _TRADE:
            # A server looks at each row as it goes: one that another of its table points at does not go.
            for column in table.columns:
                if any(key.references(table) for key in column.foreign_keys):
                    session.execute(update(table).values({column: None}))
            session.execute(delete(table))
    session.execute(delete(SearchWord).where(SearchWord.kind != WordKind.PERFORMANCE))
    session.execute(update(AuditHead).values(seq=0, hash=""))
    session.execute(update(PromoUsage).values(uses=0))
    # A walk that failed in the middle may have left one called off.
    session.execute(update(Performance).values(state="scheduled", cancelled_at=None, cancel_reason=""))
    session.execute(
        update(PerformanceSeat).values(
            state="free",
            claim_kind=None,
            claim_id=None,
            claim_until=None,
            order_line_id=None,
            guarded=0,
            prior_order_line_id=None,
        )
    )


def make_basket_older(session: Session, key: str, seconds: int) -> None:
    """Move a basket and its claims into the past, instead of waiting."""
    hold = session.execute(select(Hold.id, Hold.created_at, Hold.expires_at).where(Hold.basket_key == key)).one()
    earlier = timedelta(seconds=seconds)
    ends = hold.expires_at - earlier
    session.execute(
        update(Hold).where(Hold.id == hold.id).values(created_at=hold.created_at - earlier, expires_at=ends)
    )
    session.execute(
        update(PerformanceSeat)
        .where(PerformanceSeat.claim_kind == "basket", PerformanceSeat.claim_id == hold.id)
        .values(claim_until=ends)
    )


def make_reservation_older(session: Session, request_id: str, seconds: int) -> None:
    """Move the time of a reservation and its claims into the past, and the basket in which it is open for paying."""
    order = session.execute(
        select(Order.id, Order.release_at, Order.pickup_until, Hold.id.label("hold_id"), Hold.created_at)
        .outerjoin(Hold, Hold.id == Order.pickup_hold_id)
        .where(Order.request_id == request_id)
    ).one()
    earlier = timedelta(seconds=seconds)
    ends = order.release_at - earlier
    open_until = order.pickup_until and order.pickup_until - earlier
    session.execute(update(Order).where(Order.id == order.id).values(release_at=ends, pickup_until=open_until))
    session.execute(
        update(PerformanceSeat)
        .where(PerformanceSeat.claim_kind == "reservation", PerformanceSeat.claim_id == order.id)
        .values(claim_until=max(ends, open_until or ends))
    )
    if order.hold_id is not None:
        basket = update(Hold).where(Hold.id == order.hold_id)
        session.execute(basket.values(created_at=order.created_at - earlier, expires_at=open_until))


def set_prices(stage: Stage, rise: int) -> None:
    """Let what is not free cost so much more than at first."""
    for performance in stage.performances:
        boss = stage.small.manager
        now = stage.database.read(load_price_grid, boss, performance)
        amounts = {kind: minor and minor + rise - stage.rise for kind, minor in now.amounts.items()}
        wanted = PriceDraft(amounts, now.ticket_fee_minor, now.order_fee_minor)
        stage.database.transact(save_prices, boss, now, wanted)
    stage.rise = rise


def make_order_older(session: Session, request_id: str, seconds: int) -> None:
    """Move a sale into the past, instead of waiting."""
    made = session.execute(select(Order.created_at).where(Order.request_id == request_id)).scalar_one()
    session.execute(
        update(Order).where(Order.request_id == request_id).values(created_at=made - timedelta(seconds=seconds))
    )


def read_revision(session: Session, request_id: str) -> int:
    """Return the revision of a sale's order."""
    return session.execute(select(Order.revision).where(Order.request_id == request_id)).scalar_one()


def read_refund_ids(session: Session, request_id: str) -> list[int]:
    """Return the refunds of a sale's order, the first made first."""
    query = select(Refund.id).join(Order, Order.id == Refund.order_id).where(Order.request_id == request_id)
    return list(session.scalars(query.order_by(Refund.id)))


@dataclass(frozen=True)
class Standing:
    """How everything stands, in the words of the model."""

    holder: dict[SeatKey, tuple[str, str]]
    guards: dict[SeatKey, int]
    baskets: dict[str, tuple[str, frozenset[SeatKey]]]
    orders: dict[str, Told]
    uses: dict[str, int]
    customers: dict[str, tuple[str, str, bool]]
    prints: dict[SeatKey, int]
    waiting: dict[str, tuple[str, str]]
    offers: dict[str, tuple[frozenset[SeatKey], str, str]]


def read_standing(session: Session, performances: tuple[int, ...]) -> Standing:
    """Read what is stored; claims and sales under the keys that the tills gave them."""
    seat, kept_for = PerformanceSeat, aliased(Order)
    told = read_orders(session)
    rows = session.execute(
        select(
            seat.performance_id, seat.seat_id, seat.state, seat.claim_kind, seat.guarded,
            Hold.basket_key, Order.request_id, kept_for.request_id.label("reserved_by"),
            WaitingEntry.request_id.label("offered_to"),
        )
        .outerjoin(Hold, (Hold.id == seat.claim_id) & (seat.claim_kind == "basket"))
        .outerjoin(OrderLine, OrderLine.id == seat.order_line_id)
        .outerjoin(Order, Order.id == OrderLine.order_id)
        .outerjoin(kept_for, (kept_for.id == seat.claim_id) & (seat.claim_kind == "reservation"))
        .outerjoin(WaitingOffer, (WaitingOffer.id == seat.claim_id) & (seat.claim_kind == "offer"))
        .outerjoin(WaitingEntry, WaitingEntry.id == WaitingOffer.waiting_entry_id)
        .where(seat.performance_id.in_(performances))
    ).all()  # fmt: skip
    holds = session.execute(select(Hold.basket_key, Hold.closed_as, Hold.places)).all()
    uses = session.execute(select(PromoCode.code, PromoUsage.uses).join(PromoUsage)).all()
    live = select(Ticket.performance_id, Ticket.live_seat_id, Ticket.issue_count).where(
        Ticket.live_seat_id.is_not(None)
    )
    return Standing(
        {
            SeatKey(row.performance_id, row.seat_id): (
                row.claim_kind or row.state,
                row.basket_key or row.request_id or row.reserved_by or row.offered_to or "",
            )
            for row in rows
        },
        {SeatKey(row.performance_id, row.seat_id): row.guarded for row in rows if row.state != "sold"},
        {row.basket_key: (row.closed_as or "", frozenset(read_places(row.places))) for row in holds},
        told,
        {row.code: row.uses for row in uses},
        read_customers(session),
        {SeatKey(row[0], row[1] or 0): row.issue_count for row in session.execute(live)},
        read_waiting(session),
        read_offers(session),
    )


def foreseen(model: Queueing) -> Standing:
    """Return what the model says should be stored."""
    orders = model.orders.items()
    return Standing(
        model.holder,
        model.guards(),
        {key: (basket.closed, basket.places) for key, basket in model.baskets.items()},
        {sale: order.told for sale, order in orders},
        {code: model.uses(code) for code in (PERCENT_CODE, AMOUNT_CODE, EACH_CODE)},
        model.told(),
        {order.lines[line].seat: order.lines[line].issue for _, order in orders for line in order.live},
        model.waiting(),
        model.offers(),
    )


def differences(stands: Standing, wanted: Standing) -> str:
    """Tell what of two standings is not the same."""
    told = [
        f"{name}: {getattr(stands, name)}, foreseen was {getattr(wanted, name)}"
        for name in ("baskets", "uses", "customers", "prints", "waiting", "offers")
        if getattr(stands, name) != getattr(wanted, name)
    ]
    for name in ("holder", "guards", "orders"):
        now, then = getattr(stands, name), getattr(wanted, name)
        told += [f"{key}: {now.get(key)}, foreseen was {one}" for key, one in then.items() if now.get(key) != one]
    return "; ".join(told)
