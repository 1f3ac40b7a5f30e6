"""What a screen with unsaved changes can be asked, so that nothing typed is lost silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable


@runtime_checkable
class KeepsChanges(Protocol):
    """A screen, or a part of one, in which something can be unsaved."""

    def unsaved(self) -> tuple[str, ...]:
        """Name what would be lost, one line each; nothing when all is saved."""
        ...

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on at once when all is saved; else ask, and go on when it was saved or given up, or not at all."""
        ...


def unsaved_in(*widgets: object) -> tuple[str, ...]:
    """Name what would be lost with these widgets."""
    return tuple(line for widget in widgets if isinstance(widget, KeepsChanges) for line in widget.unsaved())


def leave_widget(widget: object, go_on: Callable[[], object]) -> None:
    """Go on when nothing in a widget is unsaved; else it asks first."""
    if isinstance(widget, KeepsChanges):
        widget.leave(go_on)
    else:
        go_on()
