"""The keys by which gates let guests in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import TillKey

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def trusted_keys(session: Session) -> dict[int, bytes]:
    """Return the public keys that are enrolled and not revoked, by key id."""
    rows = session.execute(select(TillKey.id, TillKey.public_key).where(TillKey.revoked_at.is_(None)))
    return {row.id: bytes.fromhex(row.public_key) for row in rows}
