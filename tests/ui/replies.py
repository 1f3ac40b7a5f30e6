"""Replies without threads: they are there at once, or when the test says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from pos_app.ui.background import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")


class Later(Reply[R]):
    """An answer that the test gives when it likes."""

    def __init__(self, outcome: R | Exception) -> None:
        super().__init__(QObject(), "read")
        self.outcome = outcome

    def arrive(self) -> None:
        if isinstance(self.outcome, Exception):
            assert self._on_error is not None
            self._on_error(self.outcome)
        else:
            assert self._on_done is not None
            self._on_done(self.outcome)


class Now(Later[R]):
    """An answer that is there at once."""

    def then(
        self, on_done: Callable[[R], object] | None = None, on_error: Callable[[Exception], object] | None = None
    ) -> Reply[R]:
        super().then(on_done, on_error)
        self.arrive()
        return self
