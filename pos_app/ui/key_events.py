"""What an event of a key tells: a character, a control, an accent, or the digit that stands on the key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from pos_app.domain.door.keyboards import DIGITS

COMMAND: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier | Qt.KeyboardModifier.AltModifier
)
"""With one of these a key means something to do, and no character."""

_ROW: Final = dict(zip(range(2, 12), DIGITS, strict=True))
_KEYPAD: Final = dict(zip((71, 72, 73, 75, 76, 77, 79, 80, 81, 82), "7894561230", strict=True))
"""By the numbers of the first keyboards of PCs, which Windows and the kernel of Linux still use."""

_X11_OFFSET: Final = 8
_OFFSETS: Final = {"windows": 0, "cocoa": None}
"""What Qt adds to these numbers, by platform; None: it tells others. X11 and Wayland add eight."""


def digit_on_key(event: QKeyEvent) -> str:
    """Return the digit of a US keyboard that stands on the pressed key, in its row or on its keypad; "" for none."""
    code = event.nativeScanCode()
    offset = _OFFSETS.get(QGuiApplication.platformName(), _X11_OFFSET)
    if not code or offset is None:
        return ""
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return _KEYPAD.get(code - offset, "")
    return _ROW.get(code - offset, "")


def is_character(event: QKeyEvent) -> bool:
    """Tell whether a key types a character."""
    # AltGr is Ctrl and Alt together on some systems; what it writes is a character all the same.
    command = event.modifiers() & COMMAND
    alone = command in {Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.MetaModifier}
    return bool(event.text()) and event.text().isprintable() and not alone


def is_control(event: QKeyEvent) -> bool:
    """Tell whether a key is one of the control characters (GS, FS, ...) that scanners send as Ctrl and a letter."""
    return bool(event.text()) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def is_accent(event: QKeyEvent) -> bool:
    """Tell whether a key is one that puts an accent on the next letter, and types nothing by itself."""
    return Qt.Key.Key_Dead_Grave <= event.key() <= Qt.Key.Key_Dead_Longsolidusoverlay


def identity(event: QKeyEvent) -> int:
    """Return what the pressing and the releasing of one key have in common."""
    return event.nativeScanCode() or int(event.key())


def copy_key(event: QKeyEvent) -> QKeyEvent:
    """Return the event to be sent later: Qt keeps its own only while it is delivered."""
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
