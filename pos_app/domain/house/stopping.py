"""Letting go of work that waits for somebody else."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pos_app.domain.house.setup import SetupRefused, Trouble
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Callable


class Stop:
    """Lets whoever waits for an answer off; asked from any thread."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._hang_up: Callable[[], object] | None = None

    def ask(self) -> None:
        """End what is under way: at once where it waits for a server."""
        self._asked.set()
        hang_up = self._hang_up
        if hang_up is not None:
            hang_up()

    def watch(self, hang_up: Callable[[], object]) -> None:
        """Call this when asked to stop, in the place of what was named before."""
        self._hang_up = hang_up
        self.check()

    def check(self) -> None:
        """Raise SetupRefused when somebody has asked to stop."""
        if self._asked.is_set():
            raise SetupRefused(say("The test was stopped."), trouble=Trouble.CANCELLED)
