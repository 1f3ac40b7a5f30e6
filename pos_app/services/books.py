"""Opening the books: what stands in the house is noted in the audit once, and from then on every change has its entry.

The judge asks for nothing that is older. Call it where nobody else is at work: a house is founded, tables were changed.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from pos_app.db.models import (
    AuditEntry,
    KeptBack,
    Order,
    OrderLine,
    Performance,
    PerformanceSeat,
    Price,
    PromoCode,
    StaffMember,
    Ticket,
    TillKey,
)
from pos_app.domain.orders.changes import LineState
from pos_app.services.audit import JOBS_CHAIN, append

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

BOOKS_OPENED: Final = "books_opened"
_KEPT: Final = ("house", "blocked")
_FACTS_OF_PERFORMANCE: Final = (
    "event_id",
    "plan_id",
    "starts_at",
    "doors_at",
    "on_sale_at",
    "off_sale_at",
    "ends_at",
    "ticket_fee_minor",
    "order_fee_minor",
    "state",
)
_RULE: Final = (
    "code",
    "kind",
    "scope",
    "value",
    "hundredths",
    "currency",
    "valid_from",
    "valid_until",
    "most_uses",
    "most_uses_each",
    "least_spend_minor",
    "combinable",
    "verified_only",
)


def open_books(session: Session) -> None:
    """Note what stands in the house, in the chain of jobs. Where that was done before, nothing happens."""
    noted = select(AuditEntry.id).where(AuditEntry.action == BOOKS_OPENED).limit(1)
    if session.execute(noted).first() is not None:
        return
    append(session, JOBS_CHAIN, BOOKS_OPENED, **_house(session), **_season(session), **_trade(session))


def rule_stored(columns: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the rule of a promo code as it is stored, for the audit: all that decides what it takes off.

    columns: by name, `only` as its JSON text.
    """
    return {name: _plain(columns[name]) for name in _RULE if name in columns} | {"only": json.loads(columns["only"])}


def _house(session: Session) -> dict[str, Any]:
    staff = session.execute(
        select(StaffMember.id, StaffMember.role, StaffMember.active, StaffMember.deleted_at).order_by(StaffMember.id)
    )
    keys = session.execute(
        select(TillKey.id, TillKey.till_id, TillKey.public_key, TillKey.revoked_at).order_by(TillKey.id)
    )
    return {
        "members": [[row.id, row.role, bool(row.active), row.deleted_at is not None] for row in staff],
        "keys": [[row.id, row.till_id, row.public_key, row.revoked_at is not None] for row in keys],
    }


def _season(session: Session) -> dict[str, Any]:
    performances = session.execute(select(Performance).order_by(Performance.id)).scalars()
    prices: dict[int, list[list[int]]] = {}
    columns = (Price.performance_id, Price.category_id, Price.ticket_type_id, Price.amount_minor)
    for row in session.execute(select(*columns).order_by(*columns)):
        prices.setdefault(row.performance_id, []).append([row.category_id, row.ticket_type_id, row.amount_minor])
    rules = [getattr(PromoCode, name) for name in (*_RULE, "only")]
    codes = session.execute(
        select(PromoCode.id, PromoCode.batch, PromoCode.ended_at, PromoCode.deleted_at, *rules).order_by(PromoCode.id)
    )
    return {
        "performances": [
            [one.id, one.deleted_at is not None, {name: _plain(getattr(one, name)) for name in _FACTS_OF_PERFORMANCE}]
            for one in performances
        ],
        "prices": [[performance_id, some] for performance_id, some in prices.items()],
        "promo_codes": [
            [
                row["id"],
                row["batch"] or "",
                row["ended_at"] is not None,
                row["deleted_at"] is not None,
                rule_stored(row),
            ]
            for row in codes.mappings()
        ],
    }


def _trade(session: Session) -> dict[str, Any]:
    kept = session.execute(
        select(KeptBack.id, KeptBack.kind, KeptBack.places).where(KeptBack.closed_at.is_(None)).order_by(KeptBack.id)
    )
    prints = session.execute(select(Ticket.id, Ticket.issue_count).where(Ticket.issue_count != 1).order_by(Ticket.id))
    seat = PerformanceSeat
    without = select(func.count()).where(seat.state == "claimed", seat.claim_kind.in_(_KEPT), seat.claim_id.is_(None))
    standing = (LineState.LIVE, LineState.RESERVED)
    live = select(OrderLine.id).where(OrderLine.order_id == Order.id, OrderLine.state.in_(standing)).exists()
    return {
        "kept": [list(row) for row in kept],
        "last_kept": session.execute(select(func.max(KeptBack.id))).scalar_one() or 0,
        "kept_without": session.execute(without).scalar_one(),
        "last_order": session.execute(select(func.max(Order.id))).scalar_one() or 0,
        "void_orders": list(session.execute(select(Order.number).where(~live)).scalars()),
        "prints": [list(row) for row in prints],
    }


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
