"""What a pick-up pays, and whether it may: the chosen seats of a reservation with their fees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Hold
from pos_app.domain.codes import grouped
from pos_app.domain.errors import InvalidInput, NotOnSale, OrderChanged, PickUpElsewhere, PriceChanged, SaleAfterStart
from pos_app.domain.selling.holds import by_performance
from pos_app.domain.sentences import Money, say
from pos_app.services.orders.reservations.prices import lines_of_now
from pos_app.services.orders.reservations.rows import load_reservation, load_reserved_lines, seats_of, with_fees
from pos_app.services.selling.on_sale import require_terms

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.reservations import PickUpRequest
    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.services.orders.exchanges.rows import NewLine
    from pos_app.services.orders.reservations.rows import ReservedRow, StoredReservation
    from pos_app.services.selling.holds import HoldRow


@dataclass(frozen=True, slots=True)
class PickUpPlan:
    """What is paid: the reserved lines with their fees, and the new ones where today's prices take their place."""

    reservation: StoredReservation
    chosen: tuple[ReservedRow, ...]
    new: tuple[NewLine, ...]
    total_minor: int

    @property
    def seats(self) -> dict[SeatKey, int]:
        """The reserved lines of the seats that are paid."""
        return seats_of(self.chosen)

    @property
    def replaced(self) -> tuple[int, ...]:
        """The lines that end, because new ones take their place: an order's own fee stays as it was told."""
        if not self.new:
            return ()
        return tuple(line.line_id for line in self.chosen if line.seat is not None or line.for_line_id is not None)

    @property
    def kept(self) -> tuple[int, ...]:
        """The lines that become live as they are."""
        replaced = set(self.replaced)
        return tuple(line.line_id for line in self.chosen if line.line_id not in replaced)


def plan_pick_up(session: Session, actor: Actor, request: PickUpRequest, hold: HoldRow | None) -> PickUpPlan:
    """Return what is paid, once it may be. Raises PriceChanged where the customer was told another total."""
    wanted = set(request.line_ids)
    if not wanted:
        raise InvalidInput(say("No seat was chosen."), advice=say("Choose the seats that are picked up."))
    reservation = load_reservation(session, request.order_id)
    if reservation.open_at and (hold is None or reservation.open_hold_id != hold.id):
        raise elsewhere(reservation)
    lines = load_reserved_lines(session, request.order_id)
    there = seats_of(lines)
    if not wanted <= set(there.values()):
        raise OrderChanged(
            say("A seat of this reservation is not reserved any more."),
            advice=say("Nothing was done. Look at the order as it is now, then decide."),
        )
    for performance_id, _ in by_performance(seat for seat, line in there.items() if line in wanted):
        try:
            require_terms(
                session,
                actor,
                performance_id,
                after_start=request.after_start,
                may_finish=lambda: _is_under_way(session, actor, hold),
                # What was reserved while it was on sale is paid afterwards.
                held_since=reservation.created_at,
            )
        except SaleAfterStart:
            raise
        except NotOnSale as refused:
            # These seats are for that performance: no other one can be chosen for them here.
            raise NotOnSale(
                refused.message, advice=say("Nothing was paid. Leave the pick-up, and give these seats back.")
            ) from refused
    chosen = with_fees(lines, wanted, of_order=True)
    total = sum(line.told_minor for line in chosen)
    new: tuple[NewLine, ...] = ()
    if request.price_of_now:
        new = lines_of_now(session, request.order_id, wanted)
        stays = sum(line.told_minor for line in chosen if line.seat is None and line.for_line_id is None)
        total = stays + sum(line.brought_minor + sum(line.fees_minor) for line in new)
    if total != request.total_minor:
        raise PriceChanged(
            say(
                "The price has changed: the total was {before} and is now {total}.",
                before=Money(request.total_minor, reservation.currency),
                total=Money(total, reservation.currency),
            ),
            total_minor=total,
            advice=say("Tell the customer, then take the payment."),
        )
    return PickUpPlan(reservation, chosen, new, total)


def elsewhere(reservation: StoredReservation) -> PickUpElsewhere:
    """Return that another till has a reservation open."""
    return PickUpElsewhere(
        say(
            "Order {number} is open for paying at {till}.",
            number=grouped(reservation.number),
            till=reservation.open_at,
        ),
        till_name=reservation.open_at,
        advice=say("Send the customer there, or ask them there to leave it."),
    )


def _is_under_way(session: Session, actor: Actor, hold: HoldRow | None) -> bool:
    """Tell whether this very person has the reservation open still."""
    if hold is None or hold.closed_as is not None or hold.seconds_left <= 0:
        return False
    holder = session.execute(select(Hold.staff_id).where(Hold.id == hold.id)).scalar_one()
    return bool(holder == actor.staff_id)
