from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from pos_app.cli.command import run_command
from pos_app.ui.words.language import speak
from pos_app.ui.words.ui_locale import choose_locale
from tests.cheap_secrets import spend_as_the_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line of an error; anything else fails the test."""
        assert self.code == 1, self
        assert "Traceback" not in self.err, self.err
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("foyer: "), self.err
        return self.err.removeprefix("foyer: ").strip()


@dataclass(frozen=True)
class Foyer:
    """The command `foyer`, run as a process of its own by a computer of its own."""

    state: Path

    def __call__(self, *arguments: str, given: str = "", seconds: float = 60, **environment: str | None) -> Answer:
        """Run a command; environment: variables to set, or to leave out (None)."""
        variables = {**os.environ, "FOYER_STATE": str(self.state), **environment}
        done = subprocess.run(
            [sys.executable, "-m", "pos_app", *arguments],
            input=given,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
            env={name: value for name, value in variables.items() if value is not None},
        )
        return Answer(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def foyer(tmp_path: Path) -> Foyer:
    return Foyer(tmp_path / "computer")


@pytest.fixture(autouse=True)
def _keys_are_made_as_commands_make_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own opens what a test has wrapped, and the other way round."""
    spend_as_the_program(monkeypatch)


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Let no command leave its language to other tests, nor its log and the rights of its files."""
    rights, root = os.umask(0o022), logging.getLogger()
    handlers = set(root.handlers)
    yield
    os.umask(rights)
    for handler in set(root.handlers) - handlers:
        root.removeHandler(handler)
        handler.close()
    choose_locale("")
    speak("")


@pytest.fixture
def here(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Answer]:
    """Run a command inside this process, where only its words matter: a tenth of the time."""
    monkeypatch.setenv("FOYER_STATE", str(tmp_path / "computer"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr("pos_app.app.Foyer.start", _no_window)

    def run(*arguments: str, **environment: str) -> Answer:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        capfd.readouterr()
        try:
            code = run_command(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
        written = capfd.readouterr()
        return Answer(code, written.out, written.err)

    return run


def _no_window(_foyer: object) -> None:
    raise AssertionError("no window was asked for")
