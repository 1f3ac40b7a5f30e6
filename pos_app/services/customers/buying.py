"""What a sale asks of its customer: who it is now, and how much of an evening it has already.

Both stand behind a write of the customer's row, in the place that the order of all locks gives it: whoever else sells
to the same customer, merges or erases it comes before that write or behind this sale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, func, select, update

from pos_app.db.base import table_of
from pos_app.db.models import Customer, Event, Order, OrderLine, Performance, SeatingPlan, Venue
from pos_app.db.results import matched_rows
from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.sentences import Moment, say, say_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.sentences import Sentence

_MOST_TURNS: Final = 8
_TAKE_OUT: Final = say("Take seats out of the basket, or ask a manager to raise the limit under Manage, Settings.")

_CUSTOMER = table_of(Customer)
_ORDER = table_of(Order)
_LINE = table_of(OrderLine)

_WRITE = (
    update(_CUSTOMER)
    .where(_CUSTOMER.c.id == bindparam("one"), _CUSTOMER.c.merged_into_id.is_(None), _CUSTOMER.c.erased_at.is_(None))
    .values(revision=_CUSTOMER.c.revision + 1)
)
_WHO = select(_CUSTOMER.c.merged_into_id, _CUSTOMER.c.erased_at).where(_CUSTOMER.c.id == bindparam("one"))
_REACHED = select(_CUSTOMER.c.email, _CUSTOMER.c.phone).where(_CUSTOMER.c.id == bindparam("one"))
_IS_VERIFIED = select(_CUSTOMER.c.email_verified_at).where(_CUSTOMER.c.id == bindparam("one"))
_HAS = (
    select(_LINE.c.performance_id, func.count().label("tickets"))
    .join(_ORDER, _ORDER.c.id == _LINE.c.order_id)
    .where(
        _ORDER.c.customer_id == bindparam("one"),
        _LINE.c.performance_id.in_(bindparam("performances", expanding=True)),
        _LINE.c.kind == LineKind.SEAT,
        _LINE.c.state.in_((LineState.LIVE, LineState.RESERVED)),
    )
    .group_by(_LINE.c.performance_id)
)


class Reached(NamedTuple):
    """How a customer is reached; the orders that carry it are found by this, too."""

    email: str = ""
    phone: str = ""


def lock_customer(session: Session, customer_id: int) -> int | None:
    """Write the row of a customer and return its number: of one that was merged, that of who it is now.

    None where it was erased: what is paid already is then sold without a person.
    """
    connection = session.connection()
    now: int | None = customer_id
    for _ in range(_MOST_TURNS):
        if now is None or matched_rows(connection.execute(_WRITE, {"one": now})):
            return now
        row = connection.execute(_WHO, {"one": now}).one_or_none()
        now = None if row is None or row.erased_at is not None else row.merged_into_id
    return None


def find_buyer(session: Session, customer_id: int) -> int:
    """Return who a customer is now, and lock nothing. Raises CustomerRefused where it was erased."""
    connection = session.connection()
    now: int | None = customer_id
    for _ in range(_MOST_TURNS):
        row = connection.execute(_WHO, {"one": now}).one_or_none()
        if row is None or row.erased_at is not None:
            break
        if row.merged_into_id is None:
            return now if now is not None else customer_id
        now = row.merged_into_id
    raise CustomerRefused(
        say("Customer {number} was erased meanwhile.", number=customer_id),
        advice=say("Choose another customer, or none."),
    )


def reached_by(session: Session, customer_id: int) -> Reached:
    """Return the e-mail address and the phone of a customer, as they are typed."""
    row = session.connection().execute(_REACHED, {"one": customer_id}).one_or_none()
    return Reached() if row is None else Reached(row.email, row.phone)


def require_tickets_left(
    session: Session,
    customer_id: int,
    counts: Mapping[int, int],
    limit: int,
    *,
    verified: bool = False,
    advice: Sentence = _TAKE_OUT,
) -> None:
    """Raise CustomerRefused where a customer would have more tickets of an evening than the house gives to one.

    counts: how many more of which performance. What is reserved counts as what is paid. limit: 0 for none. verified:
    where there is a limit, it asks for a verified e-mail address. advice: what to do where it is too many.
    """
    if not limit or not counts:
        return
    if verified and session.connection().execute(_IS_VERIFIED, {"one": customer_id}).scalar_one_or_none() is None:
        raise CustomerRefused(
            say(
                "Each customer may have {limit} tickets, and shows who it is by a verified e-mail address.", limit=limit
            ),
            advice=say("Send a code to the address (F8, then F9), or sell to nobody by name."),
        )
    asked = {"one": customer_id, "performances": sorted(counts)}
    has: dict[int, int] = {row.performance_id: row.tickets for row in session.connection().execute(_HAS, asked)}
    for performance_id in sorted(counts):
        there = has.get(performance_id, 0)
        if there + counts[performance_id] > limit:
            raise CustomerRefused(_tell_too_many(session, performance_id, there, limit), advice=advice)


def _tell_too_many(session: Session, performance_id: int, there: int, limit: int) -> Sentence:
    evening = session.execute(
        select(Event.title, Performance.starts_at, Venue.time_zone)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id == performance_id)
    ).one()
    return say_count(
        "This customer has {count} ticket for “{title}”, {moment}; each may have {limit}.",
        "This customer has {count} tickets for “{title}”, {moment}; each may have {limit}.",
        there,
        title=evening.title,
        moment=Moment(evening.starts_at, evening.time_zone),
        limit=limit,
    )
