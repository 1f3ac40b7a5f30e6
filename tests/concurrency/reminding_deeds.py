"""What the housekeeping of a till does about reservations that end soon; the wrong way among it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.services.orders.letters import lapsing
from pos_app.services.orders.letters.lapsing import tell_lapsing
from tests.concurrency.order_deeds import tell_outcome
from tests.concurrency.till import change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from tests.concurrency.till import Till


def remind_each(till: Till, *, rounds: int) -> None:
    """Let the housekeeping remind so many times; it tells how many letters it wrote."""
    for _ in range(rounds):
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(tell_lapsing))


def remind_after_a_look(till: Till, *, trusting: bool) -> None:
    """Remind those who were seen to be due, a while later. trusting: the wrong way, whatever has become of it since."""
    is_due = lapsing._due
    looks = iter([is_due])

    def look(hours: int) -> Select[int, datetime | None]:
        first = next(looks, None)
        if first is None:
            return is_due(hours) if not trusting else select(Order.id, Order.created_at.label("release_at"))
        return is_due(hours)

    def pause(session: Session, orders: Sequence[Any]) -> list[Any]:
        if next(pauses, None) is not None:
            till.say("looked")
            till.wait()
        return not_told(session, orders)

    not_told, pauses = lapsing._not_told, iter([True])
    change(lapsing, _due=look, _not_told=pause)
    remind_each(till, rounds=1)
