"""Scanners at keyboards of other languages: the events of their keys as Qt gives them on X11 and on Wayland.

The rows stand here as xkeyboard-config has them, apart from those of the program, so that a slip there is found.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QWindow

_APART_MS: Final = 2
_FIRST_CODE: Final = 10
_ENTER_CODE, _SHIFT_CODE, _BACKSLASH_CODE = 36, 50, 51
_KEYPAD_CODES: Final = dict(zip("1234567890", (87, 88, 89, 83, 84, 85, 79, 80, 81, 90), strict=True))
_NONE, _SHIFT, _KEYPAD = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


@dataclass(frozen=True)
class Stroke:
    """One key: its number, what Qt calls it, what it types. silent: its press never reaches the window."""

    code: int
    key: int
    text: str
    modifiers: Qt.KeyboardModifier = _NONE
    silent: bool = False


ROWS: Final = {
    "French": "&é\"'(-è_çà",
    "Belgian": "&é\"'(§è!çà",
    "Czech": "+ěščřžýáíé",
    "Slovak": "+ľščťžýáíé",
    "Lithuanian": "ąčęėįšųū„“",
    "Hungarian": "123456789ö",
    "US with Shift Lock": "!@#$%^&*()",
    "German with Shift Lock": '!"§$%&/()=',
    "Swiss with Shift Lock": '+"*ç%&/()=',
    "Turkish with Shift Lock": "!'^+%&/()=",
    "Hebrew with Shift Lock": "!@#$%^&*)(",
    "Persian": "۱۲۳۴۵۶۷۸۹۰",
    "Hindi": "१२३४५६७८९०",
    "Thai": "\u0e45/-\u0e20\u0e16\u0e38\u0e36\u0e04\u0e15\u0e08",
}

DEAD: Final = {
    # Vietnamese as it is typed in France: the keys of 2, 4 and 7 put an accent on the next letter.
    "2": Qt.Key.Key_Dead_Tilde,
    "4": Qt.Key.Key_Dead_Acute,
    "7": Qt.Key.Key_Dead_Grave,
}


def on_row(row: str, digits: str) -> Iterator[Stroke]:
    """Return the keys of digits at a keyboard that types others."""
    for digit in digits:
        at = "1234567890".index(digit)
        yield Stroke(_FIRST_CODE + at, ord(row[at].upper()[0]), row[at])


def with_shift(digits: str) -> Iterator[Stroke]:
    """Return what a scanner made for France sends at a French keyboard: digits, each with Shift."""
    for digit in digits:
        yield Stroke(_SHIFT_CODE, int(Qt.Key.Key_Shift), "", _SHIFT)
        yield Stroke(_FIRST_CODE + "1234567890".index(digit), ord(digit), digit, _SHIFT)


def with_accents(digits: str, *, reach_the_window: bool) -> Iterator[Stroke]:
    """Return the keys of digits where some are accents.

    reach_the_window: while the keyboard is in no field, Qt hands them on, and they type nothing. In a field it keeps
    the press, and hands on the release alone.
    """
    after_accent = False
    for stroke in on_row('&\0"\0(-\0_çà', digits):
        digit = "1234567890"[stroke.code - _FIRST_CODE]
        if digit in DEAD:
            yield Stroke(stroke.code, int(DEAD[digit]), "", silent=not reach_the_window)
        else:
            # An accent that fits no letter takes the next key with it.
            yield replace(stroke, silent=after_accent and not reach_the_window)
        after_accent = digit in DEAD and not after_accent


def on_keypad(digits: str, *, num_lock: bool) -> Iterator[Stroke]:
    """Return the keys of the numeric keypad; without Num Lock they are arrows."""
    arrows = dict(
        zip(
            "1234567890",
            (
                *(Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Clear),
                *(Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Insert),
            ),
            strict=True,
        )
    )
    for digit in digits:
        key = ord(digit) if num_lock else int(arrows[digit])
        yield Stroke(_KEYPAD_CODES[digit], key, digit if num_lock else "", _KEYPAD)


def backslash(text: str) -> Stroke:
    """Return the key that is a backslash on a US keyboard."""
    return Stroke(_BACKSLASH_CODE, ord(text.upper()), text)


def enter(*, on_keypad: bool = False) -> Stroke:
    """Return the Enter of the keyboard, or of its keypad."""
    if on_keypad:
        return Stroke(104, int(Qt.Key.Key_Enter), "\r", _KEYPAD)
    return Stroke(_ENTER_CODE, int(Qt.Key.Key_Return), "\r")


def strike(window: QWindow, strokes: Iterable[Stroke]) -> None:
    """Send keys as fast as a scanner does; each event bears the stamp of its time, as those of hardware do."""
    began = round(time.monotonic() * 1000)
    for number, stroke in enumerate(strokes):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            if stroke.silent and kind is QEvent.Type.KeyPress:
                continue
            event = QKeyEvent(kind, stroke.key, stroke.modifiers, stroke.code, 0, 0, stroke.text)
            event.setTimestamp(began + number * _APART_MS)
            QCoreApplication.sendEvent(window, event)
