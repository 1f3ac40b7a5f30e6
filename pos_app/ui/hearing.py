"""Who hears whom among the parts of a screen: a table that is written, and connected, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

Hearing: TypeAlias = "tuple[Callable[..., object] | SignalInstance, *tuple[SignalInstance, ...]]"
"""Something that is done, and the signals that lead to it."""


def connect_all(*hearings: Hearing) -> None:
    """Connect all signals of a table with what they lead to."""
    for hears, *signals in hearings:
        for signal in signals:
            signal.connect(hears)
