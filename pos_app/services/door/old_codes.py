"""The codes that were printed on tickets elsewhere, before the season was taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, case, select

from pos_app.db.base import table_of
from pos_app.db.models import OutsideCode
from pos_app.domain.codes import fold_old_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAMED: Final = 3
"""So many codes are named that are alike."""


class OldCode(NamedTuple):
    """What an old code stands for. alike: the codes that are like it, where it cannot be known which one is meant."""

    ticket_id: int | None
    alike: tuple[str, ...] = ()


_OUTSIDE = table_of(OutsideCode)

# Built once, and by the index of folded codes: what is the same letter by letter is the same folded.
_LIKE_IT = (
    select(_OUTSIDE.c.ticket_id, _OUTSIDE.c.performance_id, _OUTSIDE.c.code_key)
    .where(_OUTSIDE.c.folded_key == bindparam("folded"))
    .order_by(
        case((_OUTSIDE.c.code_key == bindparam("code"), 0), else_=1),
        case((_OUTSIDE.c.performance_id == bindparam("here"), 0), else_=1),
        _OUTSIDE.c.ticket_id,
    )
    .limit(50)
)


def find_old_code(session: Session, performance_id: int, text: str) -> OldCode:
    """Find the ticket of a code that is not, letter by letter, one of this performance.

    Letter by letter it may be one of another performance. Else it is compared without case, spaces and dashes: with the
    codes of this performance, and where none is like it, with those of the others. Of several that are like it none is
    taken.
    """
    folded = fold_old_code(text)
    if not folded:
        return OldCode(None)
    asked = {"folded": folded, "code": text, "here": performance_id}
    rows = session.connection().execute(_LIKE_IT, asked).all()
    if rows and rows[0].code_key == text:
        return OldCode(rows[0].ticket_id)
    likely = [row for row in rows if row.performance_id == performance_id] or rows
    alike = tuple(dict.fromkeys(row.code_key for row in likely))
    if len(alike) > 1:
        return OldCode(None, alike[:NAMED])
    return OldCode(likely[0].ticket_id if likely else None)
