"""The names of gates that a house uses, to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.models import CheckIn, Till
from pos_app.domain.tills.kinds import TillKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LATELY: Final = 2_000
"""Scans that are looked at: more than an evening of a small house, and few enough to be read at once."""
MOST_GATES: Final = 20


def list_gates(session: Session) -> tuple[str, ...]:
    """Return what the tills that are gates are called, then the gates of the last scans, the latest first.

    At most MOST_GATES, none twice.
    """
    tills = session.execute(
        select(Till.name).where(Till.kind == TillKind.GATE, Till.deleted_at.is_(None)).order_by(Till.name)
    ).scalars()
    lately = select(CheckIn.id, CheckIn.gate).order_by(CheckIn.id.desc()).limit(_LATELY).subquery()
    used = session.execute(select(lately.c.gate).group_by(lately.c.gate).order_by(func.max(lately.c.id).desc()))
    return tuple(dict.fromkeys(filter(None, (*tills, *used.scalars()))))[:MOST_GATES]
