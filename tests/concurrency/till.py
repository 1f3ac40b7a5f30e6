"""One till as a process of its own: forked by the nursery; tests/concurrency/tills.py talks to it line by line in JSON.

The first line it reads says what to do. It answers "ready" when it is connected, and then does its deed when it is
told to go, so that several tills begin at the same moment. The kernel kills it when the test run is gone, and an alarm
when it takes too long.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.domain.errors import PosError, ServerBusy
from pos_app.domain.roles import Actor, Role
from tests.keep_server import die_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from sqlalchemy.orm import Session

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Till:
    """What a deed gets: its own way to the database, who acts, and the line to the test."""

    database: Database
    actor: Actor

    def say(self, kind: str, fact: Any = None) -> None:
        """Tell the test something in the middle of a deed."""
        tell(kind, fact)

    def transact(self, service: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service as the program does; told that the server is busy, try again, as whoever stands here would."""
        return self.patiently(lambda: self.database.transact(service, *args, **kwargs))

    @staticmethod
    def patiently(deed: Callable[[], R]) -> R:
        """Do something until the server is not too busy for it. The alarm of the till ends what never ends."""
        while True:
            with suppress(ServerBusy):
                return deed()

    def wait(self) -> dict[str, Any]:
        """Wait until the test says go; return what it says with it."""
        line = sys.stdin.readline()
        if not line:
            raise SystemExit("The test is gone.")
        told: dict[str, Any] = json.loads(line)
        return told


def tell(kind: str, fact: Any) -> None:
    sys.stdout.write(json.dumps([kind, fact]) + "\n")
    sys.stdout.flush()


def change(owner: ModuleType | type, **values: Any) -> None:
    """Let a module or a class of this till have other values: the process does one deed, and nobody else is in it."""
    for name, value in values.items():
        if not hasattr(owner, name):
            raise AttributeError(f"{owner.__name__} has no {name} to change")
        setattr(owner, name, value)


def connect(session: Session) -> int:
    """Open the connection before the fight begins."""
    return len(session.connection().dialect.name)


def main() -> None:
    die_with_parent()
    order = json.loads(sys.stdin.readline())
    signal.alarm(order["seconds"])
    module, _, name = order["deed"].partition(":")
    deed = getattr(importlib.import_module(module), name)
    database = Database(parse_address(order["url"]))
    actor = Actor(**{**order["actor"], "role": Role(order["actor"]["role"])})
    database.transact(connect)
    till = Till(database, actor)
    till.say("ready", os.getpid())
    till.wait()
    try:
        result = deed(till, **order["arguments"])
    except PosError as error:
        tell("refused", [type(error).__name__, str(error)])
    else:
        tell("done", result)
    database.close()
