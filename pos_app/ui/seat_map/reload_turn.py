"""When thousands of seats change at once, every till reads all states anew: each at a moment of its own."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

RELOAD_WITHIN_MS: Final = 1500


class ReloadTurn(QTimer):
    """Calls back once, within a second and a half; isActive() until then."""

    def __init__(self, reload: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent, singleShot=True)
        self.timeout.connect(reload)

    def take(self, *, flooded: bool) -> None:
        """Wait for the own turn, if there were too many changes to be told (SeatStates.flooded)."""
        if flooded:
            self.start(random.randrange(RELOAD_WITHIN_MS))  # noqa: S311 - only so that tills do not come all at once
