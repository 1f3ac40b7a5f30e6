"""How a right is written down: verbs, and for three of them the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ALL: Final = "*"
"""All columns that a table is known to have."""


@dataclass(frozen=True, slots=True)
class Right:
    """What an account may do with one table. Columns: names with spaces between, ALL, or "" for none.

    A server takes SELECT ... FOR UPDATE only from whom it lets update a column, or delete.
    """

    read: str = ""
    insert: str = ""
    update: str = ""
    delete: bool = False


NONE: Final = Right()
READ: Final = Right(ALL)


@dataclass(frozen=True, slots=True)
class TableRights:
    """A table with all its columns, those too that only some revisions have, and what each kind may do with it."""

    columns: str
    counter: Right = NONE
    office: Right = NONE
    gate: Right = NONE


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an account may do with a table, column by column."""

    read: frozenset[str]
    insert: frozenset[str]
    update: frozenset[str]
    delete: bool

    @property
    def writes(self) -> bool:
        """Tell whether anything of the table may be changed."""
        return bool(self.insert or self.update or self.delete)

    def __or__(self, other: Allowed) -> Allowed:
        """Return both together."""
        return Allowed(
            self.read | other.read, self.insert | other.insert, self.update | other.update, self.delete or other.delete
        )


def spread(right: Right, columns: str) -> Allowed:
    """Return a right with its columns named. Raises ValueError where one is not a column of the table."""
    known = frozenset(columns.split())

    def named(words: str) -> frozenset[str]:
        wanted = known if words == ALL else frozenset(words.split())
        if wanted - known:
            raise ValueError(f"No column of the table: {', '.join(sorted(wanted - known))}")
        return wanted

    return Allowed(named(right.read), named(right.insert), named(right.update), right.delete)
