"""One kind of write as the fault injector tells it: how it is asked for, and what it must change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage


@dataclass(frozen=True)
class Story:
    """A kind of write. prepare: makes a new deed, ready to be asked for. effect: what it must change, and no more.

    transactions: how many commit. own: how many of them, from the first, no other story has; 0: all. beside: what an
    earlier try may have changed too, for nobody is harmed by it.
    """

    prepare: Callable[[Stage], Deed]
    effect: Mapping[str, int]
    transactions: int = 1
    own: int = 0
    beside: frozenset[str] = frozenset()

    def harmful(self, changed: Mapping[str, int]) -> dict[str, int]:
        """Leave out of a change what does no harm."""
        return {name: number for name, number in changed.items() if name not in self.beside}
