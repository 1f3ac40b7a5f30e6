"""Benchmarks with windows: each in a process of its own, drawn in memory or in a real window."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFSCREEN: Final = {"QT_QPA_PLATFORM": "offscreen"}
_ROOT: Final = Path(__file__).resolve().parents[2]
_SECONDS: Final = 60
_NOT_KEPT: Final = ("FOYER_", "XDG_", "QT_", "DBUS_", "PYTHONDONTWRITEBYTECODE")
_SIZE: Final = "1920x1080x24"


@contextmanager
def real_screen() -> Iterator[dict[str, str] | None]:
    """Give what a process needs to open real windows: on the display that there is, else on a private X server.

    None: there is neither.
    """
    if display := os.environ.get("DISPLAY"):
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        return
    program = shutil.which("Xvfb")
    if program is None:
        yield None
        return
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(theirs), "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"],
        pass_fds=[theirs],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    try:
        with os.fdopen(ours) as line:
            number = line.readline().strip()
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"} if number else None
    finally:
        server.terminate()
        server.wait(timeout=90)


@contextmanager
def calm_environment(screen: dict[str, str]) -> Iterator[dict[str, str]]:
    """Give the environment of a till that has never been used before, on such a screen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_KEPT)}
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as home:
        yield {
            **kept,
            "HOME": home,
            "LC_ALL": "C.UTF-8",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "PYTHONPATH": str(_ROOT),
            # As it is where Foyer is installed: nothing is compiled at each start.
            "PYTHONPYCACHEPREFIX": str(_ROOT / ".cache" / "bytecode"),
            **screen,
        }


def run_window(module: str, screen: dict[str, str], facts: dict[str, Any] | None = None) -> Any:
    """Run a module of this package with facts on its standard input; return what it tells. Raises RuntimeError."""
    with calm_environment(screen) as environment:
        told = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{module}"],
            cwd=_ROOT,
            env=environment,
            input=json.dumps(facts or {}),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    if told.returncode:
        raise RuntimeError(f"{module} ended with {told.returncode}:\n{told.stderr}")
    return json.loads(told.stdout.splitlines()[-1])


def heard() -> dict[str, Any]:
    """In such a process: return the facts."""
    facts: dict[str, Any] = json.load(sys.stdin)
    return facts


def tell(fact: Any) -> None:
    """In such a process: tell what was found."""
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()
