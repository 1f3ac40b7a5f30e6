"""All workers of a run use one server: what a test makes on it has a name of its own, and it sets nothing for all."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.accounts import a_user, new_name

if TYPE_CHECKING:
    from collections.abc import Iterator


_TESTS: Final = Path(__file__).resolve().parent
_MAKES: Final = re.compile(
    r"\b(?:CREATE|ALTER|RENAME) (?:OR REPLACE )?(?:USER|ROLE|DATABASE|SCHEMA)\b(?! ON\b)", re.IGNORECASE
)
_SETS_FOR_ALL: Final = re.compile(r"\bSET (?:GLOBAL|PERSIST)\b|\bSET @@(?:GLOBAL|PERSIST)\b|\bFLUSH \w", re.IGNORECASE)
_MAKERS: Final = {"accounts.py", "keep_server.py", "owned.py", "servers.py"}
"""They make names, or the server itself."""
_REFUSED: Final = {"db/grants/test_rights.py"}
"""The server refuses what stands here."""


def _texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Give what is written in a module, and not what it expects to read."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
        if not isinstance(node, ast.Assert):
            waiting += ast.iter_child_nodes(node)


def _makes_by_itself(source: str) -> list[str]:
    """Return what a module makes on a server without the helpers that give each test a name of its own."""
    if not _MAKES.search(source) and "Account(" not in source:
        return []
    tree = ast.parse(source)
    made = [one.value for one in _texts(tree) if _MAKES.search(str(one.value))]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Account" and node.args:
            first = node.args[0]
            made += [first.value] if isinstance(first, ast.Constant) else []
    return [str(one) for one in made]


def _sets_for_all(source: str) -> list[str]:
    """Return what a module sets for all lines of a server that is not its own."""
    if "another_server(" in source or not _SETS_FOR_ALL.search(source):
        return []
    return [str(one.value) for one in _texts(ast.parse(source)) if _SETS_FOR_ALL.search(str(one.value))]


def _sources() -> Iterator[tuple[str, str]]:
    """Give the place and the text of each module of the tests but this one."""
    for module in sorted(_TESTS.rglob("*.py")):
        if module != Path(__file__).resolve():
            yield module.relative_to(_TESTS).as_posix(), module.read_text(encoding="utf-8")


def test_no_test_makes_an_account_or_a_database_under_a_name_that_another_one_may_have() -> None:
    found = {place: _makes_by_itself(source) for place, source in _sources() if place not in _MAKERS | _REFUSED}
    assert {place: made for place, made in found.items() if made} == {}


def test_no_test_sets_what_holds_for_all_workers() -> None:
    """One that must do so starts a server of its own, and the benchmarks do."""
    found = {place: _sets_for_all(source) for place, source in _sources() if place not in _REFUSED}
    found = {place: settings for place, settings in found.items() if settings}
    assert {place for place in found if not place.startswith("benchmarks/")} == set(), found


@pytest.mark.parametrize(
    "line",
    [
        "cursor.execute(\"CREATE USER few@'%'\")",
        "cursor.execute(f\"CREATE USER IF NOT EXISTS {name}@'%'\")",
        "session.execute(text('create database odd'))",
        "made = f'CREATE ROLE {role}'",
        "give_rights(root, Account('machine'))",
    ],
)
def test_one_that_does_is_found(line: str) -> None:
    assert _makes_by_itself(line)


@pytest.mark.parametrize("line", ["cursor.execute('SET GLOBAL max_connections = 1')", "run('FLUSH TABLES')"])
def test_one_that_sets_is_found(line: str) -> None:
    assert _sets_for_all(line)
    assert not _sets_for_all(f"with another_server() as kept: {line}")


def test_what_is_expected_and_what_is_asked_are_something_else() -> None:
    assert not _makes_by_itself('assert told == "CREATE USER desk"; owned.administer("GRANT CREATE USER ON *.* TO x")')
    assert not _makes_by_itself("Account(owned.new_user())")
    assert not _sets_for_all("cursor.execute('SELECT @@GLOBAL.max_connections')")


def test_two_at_once_have_accounts_of_their_own(server_url: str) -> None:
    with a_user(server_url, "few") as first, a_user(server_url, "few") as second:
        assert first != second
    assert len(new_name("o'hara; --")) <= 32, "MySQL keeps no longer ones"
