"""That the server has just answered somebody: what was said of its silence is no longer true."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from pos_app.domain.errors import (
    CannotConnect,
    OutcomeUnknown,
    PosError,
    RightsMissing,
    ServerBusy,
    ServerUnreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class ServerAnswers(QObject):
    """Tells every part of the window that said something of a silent server.

    Signals: answered(): the server answered a question or made a change just now, or refused one for a reason.
    """

    answered = Signal()
    _heard = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heard.connect(self.answered, Qt.ConnectionType.QueuedConnection)

    def listen(self, ask: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask the server something, on any thread, and tell when it has answered."""
        try:
            answer = ask(*args, **kwargs)
        except PosError as error:
            refused = isinstance(error, RightsMissing)
            if refused or not isinstance(error, ServerUnreachable | ServerBusy | OutcomeUnknown | CannotConnect):
                self._heard.emit()
            raise
        self._heard.emit()
        return answer


@cache
def server_answers() -> ServerAnswers:
    """Return the one of the program; asked for first by the thread of the window."""
    return ServerAnswers()
