"""What a computer does that upgrades a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event

from pos_app.db.schema.revisions import check_schema, upgrade_schema

if TYPE_CHECKING:
    from tests.concurrency.till import Till


def upgrade(till: Till) -> None:
    """Upgrade, and see that it is done."""
    upgrade_schema(till.database)
    check_schema(till.database)


def upgrade_half_way(till: Till, *, after: int) -> None:
    """Stop after so many statements that make or change a table, and wait there."""
    left = after

    def watch(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal left
        left -= statement.lstrip().startswith(("CREATE", "ALTER"))
        if not left:
            till.say("half-way", statement)
            till.wait()

    event.listen(till.database.writer, "after_cursor_execute", watch)
    upgrade_schema(till.database)
