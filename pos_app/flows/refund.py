"""Giving money back: who allows it is asked first, outside the transaction that does it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.roles import Permission
from pos_app.flows.sign_in import approve
from pos_app.services.orders.refunds.due import give_up, pay_out
from pos_app.services.orders.refunds.making import refund

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.orders.refunds import GiveUp, PaidOut, PayOut, RefundDone, RefundRequest
    from pos_app.domain.roles import Actor
    from pos_app.domain.staff.sign_in import Approval


def refund_with_approval(
    database: Database, actor: Actor, request: RefundRequest, approval: Approval | None
) -> RefundDone:
    """Give tickets and fees back. approval: of a manager; None where nobody has to allow it, or a manager does it.

    Raises ApprovalRefused, and what services.orders.refunds.making.refund raises.
    """
    return database.transact(refund, actor, replace(request, approval_id=_ask(database, actor, approval)))


def pay_out_with_approval(database: Database, actor: Actor, request: PayOut, approval: Approval | None) -> PaidOut:
    """Pay out what is due. approval: as for a refund. Raises ApprovalRefused, and what pay_out raises."""
    return database.transact(pay_out, actor, replace(request, approval_id=_ask(database, actor, approval)))


def give_up_with_approval(database: Database, actor: Actor, request: GiveUp, approval: Approval | None) -> int:
    """Give a refund up for another one. approval: as for a refund. Raises ApprovalRefused, and what give_up raises."""
    return database.transact(give_up, actor, replace(request, approval_id=_ask(database, actor, approval)))


def _ask(database: Database, actor: Actor, approval: Approval | None) -> int | None:
    return None if approval is None else approve(database, actor, approval, Permission.REFUND)
