"""Statements that write, with the type of what they tell: a session's results are typed as those of a SELECT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import insert

if TYPE_CHECKING:
    from sqlalchemy import CursorResult, Result
    from sqlalchemy.orm import Session

    from pos_app.db.base import Base


def insert_row(session: Session, model: type[Base], **values: Any) -> int:
    """Insert one row; returns the key that it was given."""
    return inserted_key(session.execute(insert(model).values(**values)))


def inserted_key(result: Result[Any]) -> int:
    """Return the key that the row of an INSERT was given."""
    key: Any = cast("CursorResult[Any]", result).inserted_primary_key
    return int(key[0])


def matched_rows(result: Result[Any]) -> int:
    """Return how many rows an UPDATE or a DELETE met, also those that held the new values already."""
    return cast("CursorResult[Any]", result).rowcount
