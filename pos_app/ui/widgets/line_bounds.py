"""How much a field takes: what is pasted into it is measured before it is laid out, and what is too much is told.

A text of a million letters without a space keeps Qt's layout at work for minutes, and the window stands still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QToolTip

from pos_app.domain.sentences import say
from pos_app.ui.announce import announce
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QWidget

_SHOWN_MS: Final = 8000


def bound_line(line: QLineEdit, most: int) -> None:
    """Let a line take so many characters; a paste of more is cut there, and that is said beside it."""
    line.setMaxLength(most)
    line.inputRejected.connect(lambda: _tell_full(line))


def tell_beside(widget: QWidget, sentence: str) -> None:
    """Say something about a field below it, for a while, where it has no line of its own for that."""
    QToolTip.showText(widget.mapToGlobal(QPoint(0, widget.height() // 2)), sentence, widget, widget.rect(), _SHOWN_MS)
    announce(widget, sentence, urgent=True)


def length_of(text: str) -> int:
    """Return the length of a text as Qt counts it: two for each character beyond the first 65,536."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _tell_full(line: QLineEdit) -> None:
    # It is told of what a validator refuses as well.
    if length_of(line.text()) < line.maxLength():
        return
    words = say("This field takes {most} characters. What is more was left out.", most=line.maxLength())
    tell_beside(line, spoken(words))


def too_much_pasted() -> str:
    """Return what is said where nothing of a paste was taken."""
    return QCoreApplication.translate(
        "LineBounds", "What you copied is far too much for this field. Nothing was pasted."
    )
