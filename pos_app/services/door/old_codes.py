"""The codes that were printed on tickets elsewhere, before the season was taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, select

from pos_app.db.base import table_of
from pos_app.db.models import OutsideCode

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class OldCode(NamedTuple):
    """What an old code stands for. alike: the codes that are like it, where it cannot be known which one is meant."""

    ticket_id: int | None
    alike: tuple[str, ...] = ()


_OUTSIDE = table_of(OutsideCode)
_ELSEWHERE = (
    select(_OUTSIDE.c.ticket_id)
    .where(_OUTSIDE.c.code_key == bindparam("code"), _OUTSIDE.c.performance_id != bindparam("here"))
    .order_by(_OUTSIDE.c.ticket_id)
    .limit(1)
)


def find_old_code(session: Session, performance_id: int, text: str) -> OldCode:
    """Find the ticket of a code that is not, letter by letter, one of this performance."""
    return OldCode(
        session.connection().execute(_ELSEWHERE, {"code": text, "here": performance_id}).scalar_one_or_none()
    )
