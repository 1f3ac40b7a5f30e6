"""A message inside the window."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui.announce import announce
from pos_app.ui.look.theme import current_theme
from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button, text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.keys import keep_keys
from pos_app.ui.widgets.labels import IconLabel, breakable, say, text_label
from pos_app.ui.words.directions import begun_rightwards
from pos_app.ui.words.messages import Ending, Level, Message

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_LOOKS: Final = {
    Level.INFO: ("info", "accent"),
    Level.OK: ("check-circle", "ok"),
    Level.WARNING: ("warning", "warn"),
    Level.ERROR: ("warning-circle", "danger"),
}
_NOTHING: Final = Message("")
READING_SECONDS: Final = 4
"""A message that was not on the screen so long has not been read: the server's answer waits for that."""


class Banner(QWidget):
    """A strip with an icon, a sentence and the next step; hidden while there is nothing to say.

    It takes its room in the layout where it stands, and covers nothing.
    Its cross, Esc while it has the focus, time, and what ends a message (Message.ends) take the message away. One about
    money lies under the others, and is seen again once they are gone.
    Signals: shown(bool): it says something from now on, or nothing any more.
    """

    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passing = self._of_money = _NOTHING
        self._shown_at = 0.0
        self._icon = IconLabel("info", 22, "accent")
        self._text = text_label("", "strong", wrap=True)
        self._advice = text_label("", "body", wrap=True)
        self._action = KeyButton("", variant="tool")
        self._action.clicked.connect(self.press_action)
        self._undo = text_button("", variant="tool")
        self._undo.clicked.connect(self._on_undo)
        self._cross = icon_button("x", self.tr("Close this message"))
        self._cross.clicked.connect(self.dismiss)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        words = column(self._text, self._advice, spacing=1)
        # One below the other: beside both there would be no room for the words.
        buttons = column(self._action, self._undo, spacing=6)
        row(self._icon, (words, 1), buttons, self._cross, inside=self, margins=(16, 8, 8, 8), spacing=12)
        server_answers().answered.connect(self._on_server_answered)
        for button in (self._action, self._undo):
            button.hide()
        self.hide()

    @property
    def message(self) -> Message:
        """Return what it says; an empty message while hidden."""
        return self._passing if self._passing.text else self._of_money

    @property
    def of_money(self) -> Message:
        """Return what is said of money, be it covered by another message; an empty message where nothing is."""
        return self._of_money

    def show_message(self, message: Message, *, seconds: int = 0) -> None:
        """Say something, in place of what was said before; seconds: how long, 0 until dismissed."""
        self._timer.stop()
        if message.money:
            self._passing, self._of_money = _NOTHING, message
        else:
            self._passing = message
        self._show(seconds)
        announce(self, self.accessibleName(), urgent=message.level in {Level.WARNING, Level.ERROR})

    def retell(self, text: str) -> None:
        """Change the sentence about money that stands here; whoever listens has heard it, and is not told again."""
        self._of_money = replace(self._of_money, text=text)
        if not self._passing.text:
            self._text.setText(breakable(begun_rightwards(text)))
            self.setAccessibleName(self._of_money.sentence)

    def dismiss(self) -> None:
        """Take the message away that is seen."""
        self._timer.stop()
        if self._passing.text:
            self._passing = _NOTHING
            self._show()
        elif self._of_money.text:
            self._of_money = _NOTHING
            self._show()

    def end(self, what: Ending) -> None:
        """Something has come to pass: take away what is therefore not true any more."""
        seen = self.message
        if self._of_money.ends & what:
            self._of_money = _NOTHING
        if self._passing.ends & what:
            self._passing = _NOTHING
        if self.message is not seen:
            self._timer.stop()
            self._show()

    def _on_server_answered(self) -> None:
        """The server answers. A message that nobody can have read stays for a moment."""
        if not self.message.ends & Ending.ANSWER or self._timer.isActive():
            return
        unread = READING_SECONDS - (time.monotonic() - self._shown_at)
        if unread > 0:
            self._timer.start(round(unread * 1000))
        else:
            self.end(Ending.ANSWER)

    def _show(self, seconds: int = 0) -> None:
        """Show what is to be said now, for so many seconds where it passes; nothing where nothing is."""
        message = self.message
        if not message.text:
            self.hide()
            self.shown.emit(False)
            return
        self._shown_at = time.monotonic()
        name, role = _LOOKS[message.level]
        self._icon.show_icon(name, role)
        self._text.setText(breakable(begun_rightwards(message.text)))
        say(self._advice, breakable(begun_rightwards(message.advice)))
        self._action.set_words(message.action)
        self._action.print_key(message.key)
        self._action.setVisible(bool(message.action))
        say(self._undo, message.undo)
        self.setAccessibleName(message.sentence)
        if seconds:
            self._timer.start(seconds * 1000)
        # Last: what is told makes room for it, and buttons without words would take some for a moment.
        self.shown.emit(True)
        self.setVisible(True)
        self.update()

    def press_action(self) -> bool:
        """Do what its button does; False where it has none."""
        action = self.message.on_action
        if action is None:
            return False
        self.dismiss()
        action()
        return True

    def _on_undo(self) -> None:
        undo = self.message.on_undo
        self.dismiss()
        if undo is not None:
            undo()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from being a shortcut of the screen while a button here has the keyboard."""
        return keep_keys(event, {Qt.Key.Key_Escape}) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip in the colour of its level."""
        del event
        theme = current_theme()
        role = _LOOKS[self.message.level][1]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color(f"{role}_soft"))
        painter.setPen(QPen(theme.color(role), 1))
        painter.drawRoundedRect(QRectF(self.contentsRect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
