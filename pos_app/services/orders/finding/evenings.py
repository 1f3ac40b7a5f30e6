"""Which performances are still to be, or under way."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, and_, bindparam, or_, select

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Performance
from pos_app.domain.season.evenings import ASSUMED_LENGTH

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

_PERFORMANCE = table_of(Performance)


def is_not_over() -> ColumnElement[bool]:
    """Tell whether the performance of the enclosing statement is still to be, or under way."""
    ends_at, starts_at = _PERFORMANCE.c.ends_at, _PERFORMANCE.c.starts_at
    began = utc_plus(-int(ASSUMED_LENGTH.total_seconds()))
    return or_(ends_at > utc_now(), and_(ends_at.is_(None), starts_at > began))


@cache
def evenings_to_come(of_one: bool) -> Select[Any]:  # noqa: FBT001 - a form, as in stating.py
    """Return the statement of performances that are not over; of_one: only of the one of a value."""
    evenings = select(_PERFORMANCE.c.id).where(is_not_over())
    return evenings.where(_PERFORMANCE.c.id == bindparam("performance", type_=Integer())) if of_one else evenings
