"""Exchanges as a till makes them: choose seats, ask what it costs, tell the customer, do it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import AuditEntry, Ticket
from pos_app.domain.door.check_in import Scan
from pos_app.domain.orders.exchanges import ExchangeAsk, ExchangeRequest
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.door.check_in import check_in
from pos_app.services.house.settings import load_house_settings, save_house_settings
from pos_app.services.orders.exchanges.making import exchange, preview_exchange
from tests.services.orders.ledgers import live_lines
from tests.services.stories import hold
from tests.small_house import allow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.domain.door.check_in import ScanResult
    from pos_app.domain.orders.exchanges import ExchangeDone, ExchangePreview
    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def ask_for(house: OpenHouse, sale: Sale, old: list[SeatKey], new: Mapping[SeatKey, int], **more: Any) -> ExchangeAsk:
    """Hold what is not the order's own of the new seats, and ask. new: the ticket type of each seat."""
    lines = live_lines(house, sale.order_id)
    others = [seat for seat in new if seat not in old]
    key = hold(house, others, **more).basket_key if others else None
    return ExchangeAsk(
        sale.order_id, tuple(lines[seat] for seat in old), tuple(SaleLine(*line) for line in new.items()), key
    )


def preview(house: OpenHouse, ask: ExchangeAsk) -> ExchangePreview:
    """Ask what an exchange would cost."""
    return house.database.read(preview_exchange, house.small.cashier, ask)


def request_for(house: OpenHouse, ask: ExchangeAsk, **more: Any) -> ExchangeRequest:
    """Ask for an exchange as its preview tells it: paid in cash, or allowed by the manager where one is needed."""
    told = preview(house, ask)
    difference = told.difference_minor
    made = ExchangeRequest(
        request_id=uuid4().hex,
        order_id=ask.order_id,
        revision=told.revision,
        ended=ask.ended,
        new=ask.new,
        basket_key=ask.basket_key,
        difference_minor=difference,
        tender=Tender(PaymentMethod.CASH, difference, difference + 500) if difference > 0 else None,
        reason="sit together",
        approval_id=house.database.transact(allow, house.small, Permission.REFUND) if told.needs_approval else None,
        used=told.used,
    )
    return replace(made, **more)


def do(house: OpenHouse, request: ExchangeRequest, actor: Actor | None = None) -> ExchangeDone:
    """Exchange."""
    return house.database.transact(exchange, actor or house.small.cashier, request)


def exchanged(
    house: OpenHouse, sale: Sale, old: list[SeatKey], new: Mapping[SeatKey, int], **more: Any
) -> ExchangeDone:
    """Hold, ask, tell and exchange."""
    return do(house, request_for(house, ask_for(house, sale, old, new), **more))


def settings(house: OpenHouse, **changes: Any) -> None:
    """Let the house decide anew."""
    now = house.database.read(load_house_settings)
    house.database.transact(save_house_settings, house.small.manager, now, replace(now, **changes))


def scan(house: OpenHouse, code: str, performance_id: int | None = None) -> ScanResult:
    """Scan a code at the gate of a performance, the evening's unless told."""
    of = performance_id or house.small.performance_id
    return house.database.transact(check_in, house.small.steward, Scan(of, "Main door", code, uuid4().hex))


def short_code(house: OpenHouse, ticket_id: int) -> str:
    """Return the code that is typed for a ticket."""
    return house.database.read(lambda session: session.get_one(Ticket, ticket_id)).short_code


def last_entry(house: OpenHouse, action: str) -> dict[str, Any]:
    """Return the last entry of the audit of an action."""
    body = house.database.read(
        lambda session: session.scalars(
            select(AuditEntry.body).where(AuditEntry.action == action).order_by(AuditEntry.id.desc()).limit(1)
        ).one()
    )
    told: dict[str, Any] = json.loads(body)
    return told
