"""Whether the server answers, and what its clock says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import utc_now

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def load_server_time(session: Session) -> datetime:
    """Return the server's time, UTC."""
    moment: datetime = session.execute(select(utc_now())).scalar_one()
    return moment
