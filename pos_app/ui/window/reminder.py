"""What the window has to say and nobody has read yet, while other messages come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pos_app.ui.widgets.banner import Banner
    from pos_app.ui.words.messages import Message


class Reminder(QObject):
    """Tells one message in the banner: once nothing else stands there, and again where another one took its place.

    Signals: closed(): the person took it away, or did what its button does.
    """

    closed = Signal()

    def __init__(self, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._banner = banner
        self._waiting: Message | None = None
        self._standing: Message | None = None
        banner.shown.connect(self._on_shown)

    def tell(self, message: Message, *, at_once: bool = False) -> None:
        """Tell this from now on, in place of what it told before; at_once: also in place of somebody else's message."""
        told = self._standing
        if told is None and not at_once and self._banner.message.text:
            self._waiting = message
            return
        self._waiting, self._standing = None, message
        self._banner.show_message(message)

    def withdraw(self) -> None:
        """Say it no more: it is not true any more, or is told elsewhere."""
        standing, self._standing, self._waiting = self._standing, None, None
        if standing is not None and self._banner.message is standing:
            self._banner.dismiss()

    def _on_shown(self, _is_shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        seen = self._banner.message
        if self._standing is not None and seen is not self._standing:
            standing, self._standing = self._standing, None
            if seen.text:
                self._waiting = standing
            else:
                self.closed.emit()
        elif not seen.text and self._waiting is not None:
            self.tell(self._waiting)
