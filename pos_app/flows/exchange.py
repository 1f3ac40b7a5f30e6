"""Exchanging tickets: who allows it is checked first, outside the transaction that exchanges them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.roles import Permission
from pos_app.flows.sign_in import approve
from pos_app.services.orders.exchanges.making import exchange

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.orders.exchanges import ExchangeDone, ExchangeRequest
    from pos_app.domain.roles import Actor
    from pos_app.domain.staff.sign_in import Approval


def exchange_with_approval(
    database: Database, actor: Actor, request: ExchangeRequest, approval: Approval | None
) -> ExchangeDone:
    """Exchange tickets. approval: of a manager, where the preview said that one is needed; None: nobody was asked.

    Raises ApprovalRefused and what services.orders.exchanges.making.exchange raises.
    """
    if approval is not None:
        request = replace(request, approval_id=approve(database, actor, approval, Permission.REFUND))
    return database.transact(exchange, actor, request)
