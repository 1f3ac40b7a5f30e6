"""Reserving and picking up as the till does it: note the request, do it, drop the note (see sell.py)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.computer.journal import PICK_UP, RESERVATION, PendingSale
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.flows.sell import noted
from pos_app.flows.sign_in import approve
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.picking_up import pick_up

if TYPE_CHECKING:
    from pos_app.computer.journal import Journal
    from pos_app.db.database import Database
    from pos_app.domain.orders.reservations import PickUpRequest, Reservation, ReserveRequest
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import Sale
    from pos_app.domain.staff.sign_in import Approval

_IN_DOUBT: Final = say("The seats may be reserved already. Foyer finds out as soon as the server is back.")


def reserve_basket(
    database: Database, journal: Journal, actor: Actor, request: ReserveRequest, *, currency: str, places: str
) -> Reservation:
    """Reserve a basket; the request stays in the journal while its end is not known.

    Raises what reserve raises, and OutcomeUnknown: then the note stays, and resolve_pending asks again.
    """
    pending = PendingSale(
        request_id=request.request_id,
        basket_key=request.basket_key,
        till_id=actor.till_id,
        total_minor=request.total_minor,
        currency=currency,
        method=PaymentMethod.FREE,
        places=places,
        kind=RESERVATION,
    )
    return noted(journal, pending, lambda: database.transact(reserve, actor, request), in_doubt=_IN_DOUBT)


def pay_reservation(
    database: Database,
    journal: Journal,
    actor: Actor,
    request: PickUpRequest,
    *,
    approval: Approval | None = None,
    currency: str,
    places: str,
) -> Sale:
    """Pay what is picked up, as sell_basket sells a basket.

    approval: of a manager for today's prices, where who acts may not take them; None: nobody was asked.
    Raises ApprovalRefused, what pick_up raises, and OutcomeUnknown as sell_basket does.
    """
    if approval is not None:
        request = replace(request, approval_id=approve(database, actor, approval, Permission.PRICE_OF_NOW))
    pending = PendingSale(
        request_id=request.request_id,
        basket_key=request.basket_key,
        till_id=actor.till_id,
        total_minor=request.total_minor,
        currency=currency,
        method=request.tender.method,
        places=places,
        order_id=request.order_id,
        kind=PICK_UP,
    )
    return noted(journal, pending, lambda: database.transact(pick_up, actor, request))
