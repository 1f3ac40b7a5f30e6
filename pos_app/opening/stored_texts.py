"""What people have written into a box office: its names, notes and codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import String, select

from pos_app.db.base import Base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column
    from sqlalchemy.orm import Session

_STATE: Final = 20
"""The length of columns that hold a word of the program: states and kinds."""
_NO_NAMES: Final = {"audit_entry", "audit_head", "database_account"}


def stored_texts(session: Session) -> frozenset[str]:
    """Return each text that is stored, in all tables; words of the program itself are left out."""
    stored = [text for column in _columns() for text in session.scalars(select(column).distinct()) if text]
    return frozenset(part for text in stored for part in (text, *_decided(text)) if part.strip())


def _decided(document: str) -> Iterator[str]:
    """Yield the texts in what a house has decided, which is kept as one document: its organisation."""
    try:
        decided = json.loads(document) if document.startswith("{") else {}
    except ValueError:
        return
    yield from (text for text in decided.values() if isinstance(text, str))


def _columns() -> Iterator[Column[str]]:
    for table in Base.metadata.sorted_tables:
        if table.name not in _NO_NAMES:
            for column in table.columns:
                if isinstance(column.type, String) and column.type.length != _STATE:
                    yield column
