"""Which till a computer is, where nothing is to be made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Till
from pos_app.domain.tills.kinds import TillKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def find_till(session: Session, machine_key: str) -> int | None:
    """Return the till that a computer is, by its machine key; None where it is none, or a gate."""
    return session.execute(
        select(Till.id).where(Till.machine_key == machine_key, Till.deleted_at.is_(None), Till.kind != TillKind.GATE)
    ).scalar_one_or_none()
