"""Whatever sets seats free leads to the waiting list: found by walking the code, so that the next way cannot forget."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

import pytest

_ROOT = Path(__file__).resolve().parents[3] / "pos_app" / "services"
_SERVES = {"serve", "serve_new_places", "make_passes", "give_back", "settle"}
"""Names of what makes a pass, or goes through it."""
_FREE = {"SeatState.FREE", "'free'", '"free"'}


@dataclass
class _Function:
    """A function of the services. frees: it sets seats free by itself. names: what it speaks of."""

    where: str
    frees: bool = False
    serves: bool = False
    names: set[str] = field(default_factory=set)


def _sets_free(node: ast.AST) -> bool:
    """Tell whether an expression gives the column `state` the value free."""
    for one in ast.walk(node):
        if isinstance(one, ast.keyword) and one.arg == "state" and ast.unparse(one.value) in _FREE:
            return True
        if isinstance(one, ast.Dict):
            pairs = zip(one.keys, one.values, strict=True)
            if any(key is not None and ast.unparse(key) == "'state'" and ast.unparse(v) in _FREE for key, v in pairs):
                return True
        if isinstance(one, ast.Tuple) and len(one.elts) == 2:
            column, value = map(ast.unparse, one.elts)
            if column.endswith(".state") and value in _FREE:
                return True
    return False


def _functions(module: str, tree: ast.Module) -> list[_Function]:
    """Return the functions of a module; a statement that is built once is what its name stands for."""
    frees, made = set(), []
    for node in tree.body:
        targets = [
            target.id
            for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
            if isinstance(target, ast.Name)
        ]
        if targets and _sets_free(node):
            frees |= set(targets)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    # What a name stands for: a function of this module, else what was imported under it.
    home = {
        alias.asname or alias.name: f"{_file(node.module or '')}:{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    home |= {node.name: f"{module}:{node.name}" for node in functions}
    for node in functions:
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} - {node.name}
        found = _Function(f"{module}:{node.name}", names={home.get(name, name) for name in names})
        found.frees = bool(names & frees) or _sets_free(node)
        found.serves = bool(names & _SERVES)
        made.append(found)
    return made


def _file(module: str) -> str:
    return module.removeprefix("pos_app.services.").replace(".", "/") + ".py"


def _forgetful(sources: dict[str, str]) -> list[str]:
    """Return functions from which a seat comes free, and that nobody calls who leads to the waiting list.

    A function that frees and does not serve hands the duty on to whoever speaks of it by its name.
    """
    functions = [one for name, text in sources.items() for one in _functions(name, ast.parse(text))]
    callers: defaultdict[str, list[_Function]] = defaultdict(list)
    for one in functions:
        for name in one.names:
            callers[name].append(one)
    found, seen = [], set()
    waiting = [one for one in functions if one.frees and not one.serves]
    while waiting:
        one = waiting.pop()
        if one.where in seen:
            continue
        seen.add(one.where)
        above = callers[one.where]
        if not above:
            found.append(one.where)
        waiting += [caller for caller in above if not caller.serves]
    return sorted(found)


def test_whatever_frees_a_seat_makes_a_pass_over_the_waiting_list() -> None:
    sources = {str(path.relative_to(_ROOT)): path.read_text("utf-8") for path in sorted(_ROOT.rglob("*.py"))}
    freeing = [one for name, text in sources.items() for one in _functions(name, ast.parse(text)) if one.frees]
    assert {one.where for one in freeing} >= {
        "orders/ledger_seats.py:free_sold",
        "season/kept_seats.py:_free",
        "seats/claims.py:free_seats",
        "seats/offered.py:free_offered",
        "seats/reserved.py:free_reserved",
    }, "the walk does not see any more what frees"
    assert _forgetful(sources) == []


_FORGETS = """
    _FREE = update(INVENTORY).values(state=SeatState.FREE)

    def free_some(session):
        session.execute(_FREE)

    def let_go(session):
        free_some(session)
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (_FORGETS, ["a.py:let_go"]),
        (_FORGETS + "        serve(session, [1])\n", []),
        ("def let_go(s):\n    s.execute(update(INVENTORY).values({'state': SeatState.FREE}))", ["a.py:let_go"]),
        (
            "def let_go(s):\n    values = {'state': 'free'}\n    s.execute(update(INVENTORY).values(values))",
            ["a.py:let_go"],
        ),
        ("def let_go(s):\n    s.execute(update(X).ordered_values((X.c.state, SeatState.FREE)))", ["a.py:let_go"]),
        ("def look(s):\n    s.execute(select(X).where(X.c.state == SeatState.FREE))", []),
    ],
)
def test_one_that_forgets_is_found(text: str, found: list[str]) -> None:
    assert _forgetful({"a.py": dedent(text)}) == found
