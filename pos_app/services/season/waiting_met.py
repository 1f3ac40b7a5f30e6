"""Counting who waits for performances and what is on resale, for whoever cancels one or works it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from pos_app.db.models import Resale, WaitingEntry, WaitingOffer
from pos_app.domain.season.waiting_met import WaitingMet
from pos_app.domain.waiting.entries import EntryState, OfferState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_OPEN = (EntryState.WAITING, EntryState.OFFERED)


def load_waiting_met(session: Session, performance_id: int) -> WaitingMet:
    """Return who waits for a performance now, and what is on resale."""
    return WaitingMet(
        _count(session, WaitingEntry, performance_id, WaitingEntry.state.in_(_OPEN)),
        _count(session, WaitingOffer, performance_id, WaitingOffer.state == OfferState.OPEN),
        _count(session, Resale, performance_id, Resale.open_line_id.is_not(None)),
    )


def load_waiting_ended(session: Session, performance_id: int, since: datetime) -> WaitingMet:
    """Return what the house ended since a time (UTC): parties that were told so, offers and resale taken back."""
    return WaitingMet(
        _count(
            session,
            WaitingEntry,
            performance_id,
            WaitingEntry.state == EntryState.CLOSED,
            WaitingEntry.closed_at >= since,
        ),
        _count(
            session,
            WaitingOffer,
            performance_id,
            WaitingOffer.state == OfferState.WITHDRAWN,
            WaitingOffer.closed_at >= since,
        ),
        _count(
            session,
            Resale,
            performance_id,
            Resale.state.in_(("taken_back", "unsold")),
            Resale.closed_at >= since,
        ),
    )


def _count(session: Session, table: type[Any], performance_id: int, *which: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(table).where(table.performance_id == performance_id, *which)
    return session.execute(counted).scalar_one()
