"""Writes behind one that did not reach the server: they are not made minutes later, after "Nothing was changed"."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from pos_app.domain.errors import OutcomeUnknown, ServerUnreachable
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class WriteTurns:
    """Gives each write its round; a failure ends the round for all writes in it, until it is told.

    What is asked for before the person is told of a failure belongs to the same round, and is refused with it. What is
    asked for afterwards was asked in knowledge of it, and is tried.
    """

    def __init__(self) -> None:
        self._now = 0
        self._ended = -1

    def in_turn(self, run: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Return a job for the one thread that writes; it raises ServerUnreachable where its round has ended."""
        mine = self._now

        def job() -> R:
            if mine <= self._ended:
                raise _not_sent()
            try:
                return run(*args, **kwargs)
            except (ServerUnreachable, OutcomeUnknown):
                self._ended = mine
                raise

        return job

    def note_told(self) -> None:
        """The person hears of a failure now: a new round begins."""
        self._now = max(self._now, self._ended + 1)


def _not_sent() -> ServerUnreachable:
    return ServerUnreachable(
        say("The server cannot be reached."),
        advice=say("Nothing was changed. Foyer looks for the server by itself; once it answers, do it again."),
    )
