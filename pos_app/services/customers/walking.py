"""Walking the words of customers: the rarest one is walked, and whom it finds is tested for the others.

Of a word that very many have only so many are walked: whoever types more finds more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, func, or_, select

from pos_app.db.base import table_of
from pos_app.db.models import Customer, SearchWord
from pos_app.domain.searching import WordKind, alone_and_joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

_MOST_WORDS: Final = 6
_MOST_WALKED: Final = 2_000
"""So many rows of the rarest word are tested for the others; a word that so many have is common."""
_LAST: Final = "\U0010ffff"
"""Behind a word, the end of all that begin with it, in the binary order of every engine."""

_WORD = table_of(SearchWord)
_CUSTOMER = table_of(Customer)


class Begun(NamedTuple):
    """A word of a customer has to begin in one of these ways, each of a kind."""

    ways: tuple[tuple[WordKind, str], ...]


def begun_words(typed: Sequence[str]) -> list[Begun]:
    """Ask for each typed word once: whoever types ten thousand letters is mostly asking for a few words."""
    words = [word for word in dict.fromkeys(typed) if not any(one != word and one.startswith(word) for one in typed)]
    return [_begun(words, at) for at in range(min(len(words), _MOST_WORDS))]


def _begun(words: Sequence[str], at: int) -> Begun:
    return Begun(tuple((WordKind.CUSTOMER, way) for way in dict.fromkeys(alone_and_joined(words, at))))


def walk(session: Session, asked: Sequence[Begun], most: int, *, archived: bool) -> tuple[list[int], bool]:
    """Return customers of whom each word begins so, and whether there may be others.

    Those who have the rarest word as it was typed come first, the newest before the others; so many at the most.
    """
    numbers = [_count(session, one) for one in asked] if len(asked) > 1 else [0]
    rarest = min(range(len(asked)), key=numbers.__getitem__)
    others = [one for at, one in enumerate(asked) if at != rarest]
    found: dict[int, None] = {}
    for exact in (True, False):
        for kind, way in asked[rarest].ways:
            if len(found) < most and (exact or kind is not WordKind.CUSTOMER_MARK):
                walked = _rows_of(kind, way, exact=exact).limit(_MOST_WALKED if others else most).subquery()
                tests = [_has(one, walked.c.id) for one in others]
                if not archived:
                    tests.append(_is_here(walked.c.id))
                ids = session.execute(select(walked.c.id).where(*tests).limit(most - len(found))).scalars()
                found.update(dict.fromkeys(ids))
    return list(found), len(found) >= most or numbers[rarest] >= _MOST_WALKED


def _rows_of(kind: WordKind, way: str, *, exact: bool) -> Select[int]:
    """Return who has this very word, the newest first, or a longer one that begins so, the nearest first."""
    rows = select(_WORD.c.id).where(_WORD.c.kind == kind)
    if exact:
        return rows.where(_WORD.c.word == way, _WORD.c.performance_id == 0).order_by(_WORD.c.id.desc())
    rows = rows.where(_WORD.c.word > way, _WORD.c.word < way + _LAST)
    return rows.order_by(_WORD.c.word, _WORD.c.performance_id, _WORD.c.id)


def _has(one: Begun, customer_id: ColumnElement[int]) -> ColumnElement[bool]:
    word = _WORD.alias()
    begun = or_(*(_begins(kind, way, of=word) for kind, way in one.ways))
    return select(word.c.id).where(word.c.id == customer_id, begun).exists()


def _is_here(customer_id: ColumnElement[int]) -> ColumnElement[bool]:
    return select(_CUSTOMER.c.id).where(_CUSTOMER.c.id == customer_id, _CUSTOMER.c.deleted_at.is_(None)).exists()


def _count(session: Session, one: Begun) -> int:
    counts = [
        session.execute(
            select(func.count()).select_from(select(_WORD.c.id).where(_begins(*way)).limit(_MOST_WALKED).subquery())
        ).scalar_one()
        for way in one.ways
    ]
    return sum(counts)


def _begins(kind: WordKind, way: str, of: Any = _WORD) -> ColumnElement[bool]:
    if kind is WordKind.CUSTOMER_MARK:
        return and_(of.c.kind == kind, of.c.word == way)
    return and_(of.c.kind == kind, of.c.word >= way, of.c.word < way + _LAST)
