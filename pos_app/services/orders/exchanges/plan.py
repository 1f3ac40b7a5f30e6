"""What an exchange would do, worked out before anything is written: the question and the deed share it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import seconds_until
from pos_app.db.models import Event, Performance
from pos_app.domain.errors import HoldExpired, NotFound, NotOnSale, OtherCurrency, SaleAfterStart
from pos_app.domain.orders.changes import ChangeKind, LineState
from pos_app.domain.orders.exchanges import moved, newly_given, only_changed, require_own_seats
from pos_app.domain.season.evenings import comes_and_goes
from pos_app.domain.selling.gifts import is_gift
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import say
from pos_app.services.house.settings import load_house_settings
from pos_app.services.orders.exchanges.prices import price_new_lines
from pos_app.services.orders.exchanges.rows import NewLine, chosen_lines, load_seat_lines, used_lines
from pos_app.services.orders.refunds.rules import tell_limit
from pos_app.services.selling.on_sale import require_on_sale

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.exchanges import ExchangeAsk, SeatLine
    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.sentences import Sentence
    from pos_app.services.selling.holds import HoldRow


@dataclass(frozen=True, slots=True)
class ExchangePlan:
    """The lines that end and those that are made, what they cost, and what a manager must allow. Minor units.

    taken: new seats that are not the order's. why: what a manager is asked for; limit: of that, what the
    limit of the house says. used: the lines whose tickets somebody came in with. lost: why promo codes count no more.
    """

    ended: tuple[SeatLine, ...]
    new: tuple[NewLine, ...]
    taken: tuple[SeatKey, ...]
    fee_each_minor: int
    fees: int
    currency: str
    why: tuple[Sentence, ...]
    lost: tuple[Sentence, ...]
    limit: tuple[Sentence, ...] = ()
    used: tuple[int, ...] = ()

    @property
    def old_minor(self) -> int:
        """What the ended lines brought, with the fees of their tickets."""
        return sum(line.brought_minor + line.fee_minor for line in self.ended)

    @property
    def new_minor(self) -> int:
        """What the new lines cost, with the fees of their tickets."""
        return sum(line.brought_minor + sum(line.fees_minor) for line in self.new)

    @property
    def fee_minor(self) -> int:
        """What is taken for exchanging."""
        return self.fee_each_minor * self.fees

    @property
    def difference_minor(self) -> int:
        """What the customer pays; below 0: what goes back."""
        return self.new_minor + self.fee_minor - self.old_minor

    @property
    def ending(self) -> tuple[int, ...]:
        """The ids of all lines that end, those of fees too."""
        return tuple(line_id for line in self.ended for line_id in line.ending())


def plan_exchange(
    session: Session,
    actor: Actor,
    ask: ExchangeAsk,
    currency: str,
    hold: HoldRow | None,
    *,
    kind: ChangeKind,
    after_start: bool,
) -> ExchangePlan:
    """Work out an exchange by what is stored now. currency: of the order. hold: of its basket.

    Raises InvalidInput, OrderChanged (a ticket is not valid any more), ExchangeRefused, NotOnSale (cancelled),
    SaleAfterStart, OtherCurrency, HoldExpired (spent already), NotFound, NotPermitted, SeatsTaken, InvalidAmount.
    """
    lines = load_seat_lines(session, ask.order_id, LineState.LIVE)
    # What is reserved still keeps what a promo code took off it.
    reserved = load_seat_lines(session, ask.order_id, LineState.RESERVED)
    ended, new = only_changed(chosen_lines(lines, ask.ended), ask.new)
    if kind is ChangeKind.CORRECTION:
        require_own_seats(ended, new)
    own = {line.seat for line in ended}
    taken = tuple(line.seat for line in new if line.seat not in own)
    if taken:
        _require_usable(hold)
    _require_sold_now(session, actor, taken, hold, after_start=after_start)
    _require_given(session, own, {line.seat for line in new} & own, after_start=after_start)
    ending = {line.line_id for line in ended}
    kept = [one for one in (*lines, *reserved) if one.line_id not in ending]
    prices = price_new_lines(session, ask.order_id, ended, kept, new)
    if prices.currency != currency:
        raise OtherCurrency(
            say(
                "The order was paid in {currency}, and these seats are in {other}.",
                currency=currency,
                other=prices.currency,
            ),
            advice=say("Refund the tickets, and sell the seats as an order of their own."),
        )
    house = load_house_settings(session)
    plan = ExchangePlan(
        ended,
        tuple(
            NewLine(
                line.seat,
                line.category_id,
                line.ticket_type_id,
                line.price_minor,
                line.discount_minor,
                (line.fee_minor,) if line.fee_minor else (),
                tuple((use, cuts[at]) for use, cuts in prices.shares.items() if cuts[at]),
            )
            for at, line in enumerate(prices.lines)
        ),
        taken,
        house.exchange_fee_minor if house.currency == currency else 0,
        moved(ended, new),
        currency,
        (),
        prices.lost,
    )
    given = [is_gift(complimentary=line.complimentary, price_minor=line.price_minor) for line in prices.lines]
    difference = plan.difference_minor
    limit = tell_limit(session, ask.order_id, -difference, plan.currency) if difference < 0 else []
    used = used_lines(session, ending)
    why = _reasons(limit, used=bool(used), gifts=newly_given(ended, given))
    return replace(plan, why=why, limit=tuple(limit), used=tuple(sorted(used)))


def _reasons(limit: Iterable[Sentence], *, used: bool, gifts: bool) -> tuple[Sentence, ...]:
    """Say what a manager must allow."""
    why = list(limit)
    if used:
        why.append(say("Somebody came in with a ticket of these."))
    if gifts:
        why.append(say("A complimentary ticket would be given."))
    return tuple(why)


def _require_usable(hold: HoldRow | None) -> None:
    if hold is None:
        raise NotFound(say("This basket holds no seats."), advice=say("Choose the seats again."))
    if hold.closed_as in {"sold", "exchanged"}:
        raise HoldExpired(say("This basket was sold or exchanged already."), advice=say("Look at the order."))


def _require_sold_now(
    session: Session, actor: Actor, taken: Iterable[SeatKey], hold: HoldRow | None, *, after_start: bool
) -> None:
    """Raise NotOnSale, SaleAfterStart for a performance of which seats are taken that are not the order's own."""
    by_performance: dict[int, set[SeatKey]] = {}
    for seat in taken:
        by_performance.setdefault(seat.performance_id, set()).add(seat)
    for performance_id in sorted(by_performance):
        require_on_sale(
            session,
            actor,
            performance_id,
            after_start=after_start,
            held_since=_held_since(hold, by_performance[performance_id]),
        )


def _held_since(hold: HoldRow | None, seats: set[SeatKey]) -> datetime | None:
    """Return when the seats were held, as long as they are."""
    running = hold is not None and hold.closed_as is None and hold.seconds_left > 0
    return hold.created_at if hold is not None and running and seats <= set(read_places(hold.places)) else None


def _require_given(
    session: Session, given_up: Iterable[SeatKey], stayed_on: Iterable[SeatKey], *, after_start: bool
) -> None:
    """Look at the performances of the order's own seats: nobody stays in one that is cancelled, or leaves one late."""
    stay = {seat.performance_id for seat in stayed_on}
    rows = session.execute(
        select(
            Performance.id,
            Performance.state,
            Performance.starts_at,
            Performance.ends_at,
            seconds_until(Performance.starts_at).label("until_start"),
            Event.title,
        )
        .join(Event, Event.id == Performance.event_id)
        .where(Performance.id.in_(sorted({seat.performance_id for seat in given_up})))
        .order_by(Performance.id)
    )
    for row in rows:
        if row.state == "cancelled":
            if row.id in stay:
                raise NotOnSale(
                    say("“{title}” is cancelled.", title=row.title), advice=say("Choose another performance.")
                )
            continue
        if row.until_start <= 0 and not after_start and not comes_and_goes(row.starts_at, row.ends_at):
            raise SaleAfterStart(say("“{title}” has begun.", title=row.title), advice=say("Exchange its tickets late?"))
