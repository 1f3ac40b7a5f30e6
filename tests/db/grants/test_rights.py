"""The table of rights is proven by trying: each verb on each column of each table, as each kind of machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pymysql
import pytest

from pos_app.db import models  # noqa: F401 - Base learns the tables
from pos_app.db.base import Base
from pos_app.db.connection.failures import RIGHTS_MISSING
from pos_app.db.grants.granting import KindOfAccount, give_rights
from pos_app.db.grants.rights import RIGHTS, allowed
from pos_app.db.grants.statements import Account
from pos_app.domain.tills.kinds import TillKind
from tests.owned import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.db.grants.right import Allowed
    from tests.owned import Owned

KINDS = [(kind, also_gate) for kind in TillKind for also_gate in (False, True) if not (kind == "gate" and also_gate)]
NOBODY_OF_A_KIND_MAY = (
    "CREATE TABLE more (id INT)",
    "CREATE TEMPORARY TABLE more (id INT)",
    "CREATE VIEW more AS SELECT 1",
    "CREATE PROCEDURE more() SELECT 1",
    "CREATE EVENT more ON SCHEDULE EVERY 1 DAY DO SELECT 1",
    "CREATE DATABASE more",
    "CREATE USER more",
    "GRANT SELECT ON *.* TO `{user}`@`%`",
    "SELECT 1 INTO OUTFILE '/tmp/more'",
    "SELECT LOAD_FILE('/etc/passwd') FROM mysql.user",
    "SELECT * FROM mysql.user",
    "SET GLOBAL max_connections = 200",
    "FLUSH TABLES",
)
NOBODY_OF_A_KIND_MAY_WITH_A_TABLE = (
    "ALTER TABLE `{table}` ADD COLUMN more INT",
    "CREATE INDEX more ON `{table}` ({column})",
    "CREATE TRIGGER more BEFORE INSERT ON `{table}` FOR EACH ROW SET @a = 1",
    "RENAME TABLE `{table}` TO more",
    "LOCK TABLES `{table}` READ",
    "GRANT SELECT ON `{table}` TO `{user}`@`%`",
    "TRUNCATE TABLE `{table}`",
    "DROP TABLE `{table}`",
)


def _columns(owned: Owned) -> dict[str, list[str]]:
    """Return the tables and columns that are really there."""
    found: dict[str, list[str]] = {}
    for table, column in owned.administer(
        f"SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = '{owned.name}'"
    ):
        found.setdefault(table, []).append(column)
    return found


def _tries(table: str, columns: list[str], right: Allowed) -> Iterator[tuple[str, bool]]:
    """Yield statements that change nothing, and whether each is allowed."""
    for column in columns:
        yield f"SELECT `{column}` FROM `{table}` WHERE FALSE", column in right.read
        yield f"INSERT INTO `{table}` (`{column}`) SELECT NULL FROM DUAL WHERE FALSE", column in right.insert
        yield f"UPDATE `{table}` SET `{column}` = NULL WHERE FALSE", column in right.update
    yield f"DELETE FROM `{table}` WHERE FALSE", right.delete
    locks = bool(right.update or right.delete)
    if right.read and locks:
        yield f"SELECT `{min(right.read & set(columns))}` FROM `{table}` WHERE FALSE FOR UPDATE", True


def _is_allowed(cursor: pymysql.cursors.Cursor, statement: str) -> bool:
    """Tell whether the account has the right; what else may be wrong with a statement is looked at after that."""
    try:
        cursor.execute(statement)
    except pymysql.err.MySQLError as error:
        return error.args[0] not in RIGHTS_MISSING | {1045, 1410}
    return True


def test_no_table_and_no_column_was_forgotten() -> None:
    for table in Base.metadata.sorted_tables:
        known = RIGHTS[table.name].columns.split()
        assert len(known) == len(set(known))
        assert {column.name for column in table.columns} <= set(known), table.name


def test_nobody_but_the_owner_gives_or_reads_who_has_rights() -> None:
    for kind, also_gate in KINDS:
        right = allowed(kind, also_gate=also_gate)["database_account"]
        assert not right.read
        assert not right.writes


@pytest.mark.slow
def test_each_kind_may_do_what_the_table_of_rights_says_and_nothing_else(owned: Owned) -> None:
    there = _columns(owned)
    assert set(there) == {*Base.metadata.tables, "alembic_version"}
    for kind, also_gate in KINDS:
        user = owned.new_user()
        give_rights(owned.owner, KindOfAccount(Account(user), kind, also_gate=also_gate), PASSWORD)
        rights = allowed(kind, also_gate=also_gate)
        wrong = []
        with owned.line(user) as cursor:
            for table, columns in there.items():
                wrong += [
                    statement
                    for statement, may in _tries(table, columns, rights[table])
                    if _is_allowed(cursor, statement) is not may
                ]
                wrong += [
                    statement
                    for statement in NOBODY_OF_A_KIND_MAY_WITH_A_TABLE
                    if _is_allowed(cursor, statement.format(table=table, column=columns[0], user=user))
                ]
            wrong += [one for one in NOBODY_OF_A_KIND_MAY if _is_allowed(cursor, one.format(user=user))]
        assert not wrong, (kind, also_gate, wrong)


def test_a_stolen_counter_cannot_do_what_the_design_forbids() -> None:
    counter = allowed(TillKind.COUNTER)
    for table in ("price", "promo_code", "staff_member", "till_key", "seating_plan", "seat", "setting", "house_key"):
        assert not counter[table].writes, table
    assert not any(right.delete for right in counter.values())
    assert "inside" not in counter["ticket_presence"].insert | counter["ticket_presence"].update
    assert "inside" in allowed(TillKind.COUNTER, also_gate=True)["ticket_presence"].update
    for kind in TillKind:
        entry = allowed(kind)["audit_entry"]
        assert not entry.update
        assert not entry.delete


def test_a_gate_writes_presence_check_ins_tries_to_sign_in_and_its_chain_alone() -> None:
    written = {table for table, right in allowed(TillKind.GATE).items() if right.writes}
    assert written == {
        "ticket_presence", "check_in", "sign_in_attempt", "sign_in_turn", "audit_entry", "audit_head", "till",
    }  # fmt: skip
    # Of its till it writes one thing: that it is alive.
    assert allowed(TillKind.GATE)["till"].update == {"last_seen_at"}
    assert not allowed(TillKind.GATE)["till"].insert
