"""Walking the words of customers: the rarest one is walked, and whom it finds is tested for the others.

Of a word that very many have only so many are walked: whoever types more finds more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, func, or_, select, union_all

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
    first, others, number = _rarest_first(session, asked)
    most_of_each = _MOST_WALKED if others else most
    found: dict[int, None] = {}
    is_cut = False
    for exact in (True, False):
        ways = [one for one in first.ways if exact or one[0] is not WordKind.CUSTOMER_MARK]
        wanted = most - len(found)
        if not ways or not wanted:
            continue
        # In the order of the ways, and of each as it is walked.
        parts = [select(_rows_of(*way, exact=exact).limit(most_of_each).subquery().c.id) for way in ways]
        walked = union_all(*parts).subquery()
        tests = [_has(one, walked.c.id) for one in others]
        if not archived:
            tests.append(_is_here(walked.c.id))
        rows = session.execute(select(walked.c.id).where(*tests).limit(wanted)).scalars().all()
        found.update(dict.fromkeys(rows))
        is_cut = is_cut or len(rows) == wanted
    return list(found), is_cut or number >= _MOST_WALKED


def _rarest_first(session: Session, asked: Sequence[Begun]) -> tuple[Begun, list[Begun], int]:
    """Return the word to walk, those to test for, and how often the first one is there, 0 where it is the only one.

    Each has only the ways left that are there; where one has none, it is the first, and nobody is found.
    """
    if len(asked) == 1:
        return asked[0], [], 0
    counts = _count(session, asked)
    numbers = [sum(counts[way] for way in one.ways) for one in asked]
    there = [Begun(tuple(way for way in one.ways if counts[way])) for one in asked]
    rarest = min(range(len(asked)), key=numbers.__getitem__)
    return there[rarest], [one for at, one in enumerate(there) if at != rarest], numbers[rarest]


def _rows_of(kind: WordKind, way: str, *, exact: bool) -> Select[int]:
    """Return who has this very word, the newest first, or a longer one that begins so, the nearest first."""
    rows = select(_WORD.c.id).where(_WORD.c.kind == kind)
    if exact:
        return rows.where(_WORD.c.word == way, _WORD.c.performance_id == 0).order_by(_WORD.c.id.desc())
    rows = rows.where(_WORD.c.word > way, _WORD.c.word < way + _LAST)
    return rows.order_by(_WORD.c.word, _WORD.c.performance_id, _WORD.c.id)


def _has(one: Begun, customer_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Test one customer after the other: no server is to gather all who have a word, of whom there may be very many."""
    word = _WORD.alias()
    begun = or_(*(_begins(kind, way, of=word) for kind, way in one.ways))
    return select(word.c.id).where(word.c.id == customer_id, begun).limit(1).scalar_subquery() == customer_id


def _is_here(customer_id: ColumnElement[int]) -> ColumnElement[bool]:
    return select(_CUSTOMER.c.id).where(_CUSTOMER.c.id == customer_id, _CUSTOMER.c.deleted_at.is_(None)).exists()


def _count(session: Session, asked: Sequence[Begun]) -> dict[tuple[WordKind, str], int]:
    """Count each way in which a word may begin, none beyond what is walked; all of them in one statement."""
    ways = list(dict.fromkeys(way for one in asked for way in one.ways))
    some = [select(_WORD.c.id).where(_begins(*way)).limit(_MOST_WALKED).subquery() for way in ways]
    counts = session.execute(select(*(select(func.count()).select_from(one).scalar_subquery() for one in some))).one()
    return dict(zip(ways, counts, strict=True))


def _begins(kind: WordKind, way: str, of: Any = _WORD) -> ColumnElement[bool]:
    if kind is WordKind.CUSTOMER_MARK:
        return and_(of.c.kind == kind, of.c.word == way)
    return and_(of.c.kind == kind, of.c.word >= way, of.c.word < way + _LAST)
