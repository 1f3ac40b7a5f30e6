"""What an order is whose number is scanned at a till, from the slip of a reservation: told, and nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.domain.codes import grouped, looks_like_order_number, normalise_code
from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.sentences import Moment, Money, say, say_in_turn
from pos_app.services.orders.page import load_order_page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class ScannedSlip:
    """What a till says of a slip. standing: whether it waits to be paid; what: performance, places, name, order.

    is_reserved: something of it is. open_at: the till that has it open for paying, "" for none.
    """

    order_id: int
    standing: Sentence
    what: Sentence
    is_reserved: bool
    open_at: str = ""


def tell_slip(session: Session, actor: Actor, text: str) -> ScannedSlip | None:
    """Tell what the order of a scanned number is; None where the scan is no order's number. Raises NotPermitted."""
    scanned = clean_scan(text)
    if not looks_like_order_number(scanned):
        return None
    number = normalise_code(scanned)
    order_id = session.execute(select(Order.id).where(Order.number == number)).scalar_one_or_none()
    if order_id is None:
        return None
    page = load_order_page(session, actor, order_id)
    open_at = "" if page.reserved is None else page.reserved.open_at
    return ScannedSlip(order_id, _tell_standing(page), _tell_order(page), page.reserved is not None, open_at)


def _tell_standing(page: OrderPage) -> Sentence:
    if page.reserved is not None and page.reserved.open_at:
        return say("{till} has this reservation open for paying.", till=page.reserved.open_at)
    if page.reserved is not None:
        return say(
            "Reserved until {moment}, not paid: {amount} is to pay.",
            moment=Moment(page.reserved.release_at, page.time_zone, year=False),
            amount=Money(page.owed_minor, page.currency),
        )
    was_reserved = any(change.kind is ChangeKind.RESERVE for change in page.history)
    if page.live_seats:
        return say("This reservation is paid already.") if was_reserved else say("This order is paid.")
    if was_reserved and not page.payments:
        return say("This reservation is over: its seats were given back.")
    return say("No ticket of this order is good any more.")


def _tell_order(page: OrderPage) -> Sentence:
    evenings = (
        say(
            "“{title}”, {moment}: {places}.",
            title=one.title,
            moment=Moment(one.starts_at, one.time_zone, until=one.ends_at),
            places=one.spoken(),
        )
        for one in page.performances
    )
    number, name = grouped(page.number), page.customer_name
    order = say("{name}, order {order}.", name=name, order=number) if name else say("Order {order}.", order=number)
    return say_in_turn(*evenings, order)
