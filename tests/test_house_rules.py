"""The rules of the house that no other tool checks: what lies where, its name, how long it is, who asks the clock."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_ROOT = Path(__file__).resolve().parents[1]
_PROGRAM = _ROOT / "pos_app"
_MIGRATIONS = _PROGRAM / "db" / "migrations"
_MODULES = sorted(_PROGRAM.rglob("*.py"))

_LONGEST_MODULE = 300
_TOP_LEVEL = {
    "pos_app",
    "resources",
    "tests",
    "pyproject.toml",
    "pyinstaller.spec",
    "README.md",
    "Makefile",
    "LICENSE",
    "requirements.lock",
}
_ASKS_BY_QT = {"currentDateTime", "currentDateTimeUtc", "currentDate", "currentTime"}
_ASKS_IN_FULL = {
    *(f"datetime.datetime.{name}" for name in ("now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp")),
    *(f"datetime.date.{name}" for name in ("today", "fromtimestamp")),
    *(f"time.{name}" for name in ("time", "time_ns", "clock_gettime", "localtime", "gmtime", "ctime", "asctime")),
    *(f"time.{name}" for name in ("strftime", "mktime")),
}
_MAY_ASK = {
    # Of the kernel's clocks it asks the one that counts from the start of the computer.
    "domain/steady_clock.py": {"time.clock_gettime"},
    # What it suggests stands before a person who reads the whole date and changes it.
    "ui/records/fields/moment_field.py": {"datetime.datetime.now"},
}


def _name(module: Path) -> str:
    return module.relative_to(_PROGRAM).as_posix()


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def _nodes_at_runtime(node: ast.AST) -> Iterator[ast.AST]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.If) and _is_type_checking(one):
            waiting += one.orelse
        else:
            yield one
            waiting += ast.iter_child_nodes(one)


@cache
def _imports(source: str) -> frozenset[str]:
    """Return the dotted names that the source imports when it runs: `from a import b` gives a and a.b."""
    found: set[str] = set()
    for node in _nodes_at_runtime(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(found)


def test_imports_for_types_only_do_not_count() -> None:
    source = """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import sqlalchemy
else:
    import requests
def late():
    from pos_app import db
"""
    assert {"requests", "pos_app.db"} <= _imports(source)
    assert "sqlalchemy" not in _imports(source)


def _breaking(modules: Iterable[Path], found: Callable[[Path], object]) -> dict[str, object]:
    """Return what was found in each module in which anything was."""
    return {_name(module): what for module in modules if (what := found(module))}


def test_no_module_is_longer_than_300_lines() -> None:
    def lines_too_many(module: Path) -> int:
        return max(0, len(module.read_text(encoding="utf-8").splitlines()) - _LONGEST_MODULE)

    assert _breaking([m for m in _MODULES if _MIGRATIONS not in m.parents], lines_too_many) == {}


def _repeats_its_folder(module: Path) -> bool:
    """Tell whether a module begins with the name of its folder, or with one of what the folder holds many of."""
    folder = module.parent.name
    return any(f"{module.stem}_".startswith(f"{name}_") for name in (folder, folder.removesuffix("s")))


def test_no_module_repeats_the_name_of_its_folder() -> None:
    modules = [m for m in _MODULES if m.parent != _PROGRAM and m.name != "__init__.py"]
    assert _breaking(modules, _repeats_its_folder) == {}


def test_a_repeated_name_is_found() -> None:
    orders = _PROGRAM / "ui" / "screens" / "orders"
    assert _repeats_its_folder(orders / "orders_table.py")
    assert _repeats_its_folder(orders / "order_panel.py")
    assert _repeats_its_folder(orders / "orders.py")
    assert not _repeats_its_folder(orders / "ordering.py")


def test_every_button_is_one_that_enter_presses() -> None:
    """QPushButton hears the space bar only, outside of dialogs: pos_app.ui.widgets.buttons.Button hears Enter too."""
    plain: list[str] = []
    for module in _MODULES:
        if _name(module) == "ui/widgets/buttons.py":
            continue
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            named = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
            plain += [f"{_name(module)}:{one.lineno}" for one in named if ast.unparse(one) == "QPushButton"]
    assert plain == []


def test_only_known_things_lie_at_the_top() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        top = {name.split("/")[0] for name in listed.stdout.split("\0") if name}
    else:
        top = {entry.name for entry in _ROOT.iterdir()} - {"build", "dist"}
    assert {name for name in top if not name.startswith(".")} <= _TOP_LEVEL


def _written(attribute: ast.Attribute) -> str:
    """Return how an attribute is written; of names alone it is known without ast.unparse, which takes its time."""
    parts: list[str] = []
    node: ast.expr = attribute
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join((node.id, *reversed(parts))) if isinstance(node, ast.Name) else ast.unparse(attribute)


def _full_names(source: str) -> set[str]:
    """Return what the source imports and which parts of it it uses, by their full names: whatever it calls them."""
    tree = ast.parse(source)
    meant: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            meant.update((alias.asname or alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            meant.update((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)
    used = set(meant.values())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            root, _, rest = _written(node).partition(".")
            used.add(f"{meant.get(root, root)}.{rest}")
    return used


def _asks_the_wall_clock(source: str) -> set[str]:
    """Return what in the source tells this computer's time of day: by functions of Python and of Qt."""
    names = _full_names(source)
    return {name for name in names if name in _ASKS_IN_FULL or name.rpartition(".")[2] in _ASKS_BY_QT}


@pytest.mark.parametrize(
    "line",
    [
        "import datetime; datetime.datetime.now()",
        "from datetime import date; date.today()",
        "from datetime import datetime as clock; default = clock.utcnow",
        "import time; time.time()",
        "import time; time.strftime('%H')",
        "from time import time",
        "from PySide6.QtCore import QDateTime; QDateTime.currentDateTimeUtc()",
        "from PySide6 import QtCore; QtCore.QDate.currentDate()",
    ],
)
def test_whoever_asks_for_the_time_of_day_is_found(line: str) -> None:
    assert _asks_the_wall_clock(line)


def test_steady_seconds_and_the_servers_clock_are_something_else() -> None:
    innocent = "import time; time.monotonic(); moment.strftime('%H'); utc_now(); row.now; QTime(19, 30)"
    assert not _asks_the_wall_clock(innocent)


def test_nobody_asks_this_computer_for_the_time_of_day() -> None:
    """The server's clock decides, and steady seconds are counted; only the log bears the computer's own time."""

    def asked(module: Path) -> set[str]:
        return _asks_the_wall_clock(module.read_text(encoding="utf-8")) - _MAY_ASK.get(_name(module), set())

    assert _breaking(_MODULES, asked) == {}


def test_the_rules_of_the_domain_need_python_alone() -> None:
    def foreign(module: Path) -> set[str]:
        packages = {name.split(".")[0] for name in _imports(module.read_text(encoding="utf-8"))}
        return packages - sys.stdlib_module_names - {"pos_app"}

    assert _breaking(sorted((_PROGRAM / "domain").rglob("*.py")), foreign) == {}


def test_a_module_that_breaks_a_rule_is_named() -> None:
    module = _PROGRAM / "domain" / "money.py"
    assert _breaking([module], lambda _module: {"time.time"}) == {"domain/money.py": {"time.time"}}
    assert _breaking([module], lambda _module: set()) == {}
