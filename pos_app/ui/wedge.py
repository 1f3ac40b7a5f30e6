"""Tell a keyboard-wedge scanner from a person who types, whatever has the focus.

A wedge scanner types: its characters would land in whatever field has the focus, and its Enter would press whatever
button has it. So every printable key is held back for some milliseconds. If the next key follows faster than a
person types, both belong to a scan and reach no widget; if not, the key is given to the focused widget after all,
too soon for the person to notice. A PIN or a code that a person types is never taken for a scan: nobody presses
SHORTEST_SCAN keys, each FAST_GAP after the other. A program that types for a person is: it must paste instead.

What the keys type depends on the keyboard that the computer is set to. So the digits that stand on the keys are noted
beside the characters, those of keys that type nothing by themselves (accents, a keypad without Num Lock) too; where
only they make a ticket code, they are what was scanned.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from pos_app.domain.codes import SIGNED_CODE_DIGITS
from pos_app.domain.door.check_in import LONGEST_SCAN
from pos_app.domain.door.readings import UNKNOWN_KEY, read_keys
from pos_app.ui.key_events import COMMAND, copy_key, digit_on_key, identity, is_accent, is_character, is_control

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST_SCAN: Final = 8
"""Keys; fewer are typing, however fast."""

FAST_GAP: Final = 0.045
"""Seconds. Fast typists stay above it on the average; it is also how long a typed key is held back."""

CERTAIN_AFTER: Final = 4
"""So many keys at a scanner's speed are no person's: from here on the longer pause is allowed."""

PAUSE: Final = 0.080
"""Seconds of silence that end a scan without Enter."""

LONG_SCAN: Final = 20
LONG_PAUSE: Final = 0.250
"""So many keys are part of something long: it is waited for longer, unless it is as long as the code of a ticket."""

TRAILING_ENTER: Final = 0.200
"""Seconds after a scan in which another Enter is still the scanner's (CR and LF, or Enter after a long pause)."""

SENT_TWICE: Final = 0.400
"""Seconds within which the same text again is the scanner sending everything twice."""

_STALL: Final = 0.030
_ENDS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_MODIFIER_KEYS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)


def _pressed_at(event: QKeyEvent) -> float:
    # The system's own stamp, not the time of arrival: keys typed while the window was busy arrive all at once.
    return event.timestamp() / 1000 if event.timestamp() else time.monotonic()


class WedgeFilter(QObject):
    """A filter on the window that has the keyboard: it swallows scans and lets typing through.

    Works on the keys that reach a QWindow, before any widget has seen them. Off until set_enabled(True).
    pressed_at and clock give seconds; tests give their own.

    Signals:
        scanned(str): a scan as it came, cut at LONGEST_SCAN + 1 characters, neither cleaned nor judged; the digits of
            its keys where only they make a ticket code.
    """

    scanned = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        pressed_at: Callable[[QKeyEvent], float] = _pressed_at,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._pressed_at = pressed_at
        self._clock = clock
        self._enabled = False
        self._watched: QWindow | None = None
        self._composing: QObject | None = None
        self._presses = 0
        self._text = self._keys = ""
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._down: set[int] = set()
        self._held_keys: set[int] = set()
        self._swallowed_keys: set[int] = set()
        self._first_at = self._last_at = 0.0
        self._scan_text, self._scan_ended_at = "", float("-inf")
        self._replaying = False
        self._armed_at = 0.0
        self._was_late = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_pause)

    @property
    def enabled(self) -> bool:
        """Whether keys are looked at."""
        return self._enabled

    def set_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Start or stop looking at keys; what is held back at that moment is let through or becomes a scan."""
        app = QCoreApplication.instance()
        if enabled == self._enabled or not isinstance(app, QGuiApplication):
            return
        self._enabled = enabled
        if enabled:
            app.focusWindowChanged.connect(self._watch)
            self._watch(QGuiApplication.focusWindow())
        else:
            app.focusWindowChanged.disconnect(self._watch)
            self._watch_no_more()
            self._end_run()

    def _watch(self, window: QWindow | None) -> None:
        """Look at the keys of the window that has the keyboard. All events of all windows would pass here otherwise."""
        if window is not None:
            self._watch_no_more()
            self._watched = window
            window.installEventFilter(self)

    def _watch_no_more(self) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None

    def _on_pause(self) -> None:
        late = self._clock() - self._armed_at - self._timer.interval() / 1000
        if late > _STALL and not self._was_late:
            # The window was busy: the rest of the scan may be waiting behind this timer. Let it come first.
            self._was_late = True
            self._armed_at = self._clock()
            self._timer.start()
            return
        self._end_run()

    def _on_pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIER_KEYS:
            return False
        now = self._pressed_at(event)
        if self._presses and not self._goes_on(now):
            self._end_run()
        self._down.add(identity(event))
        self._swallowed_keys.discard(identity(event))
        if event.key() in _ENDS and not event.modifiers() & COMMAND:
            return self._on_end_pressed(event, now)
        silent = not event.text() and not event.modifiers() & COMMAND
        bare = silent and bool(digit_on_key(event))
        # A key that a person holds down repeats fast, but only after a pause: it never starts a run.
        begins = (is_character(event) or bare) and not event.isAutoRepeat()
        continues = bool(self._presses) and (is_character(event) or is_control(event) or bare or is_accent(event))
        if not (begins or continues):
            self._end_run()
            self._scan_text = ""  # a person pressed a key since: the same ticket is meant again
            return False
        self._hold_back(window, event, now)
        return True

    def _goes_on(self, now: float) -> bool:
        return 0 <= now - self._last_at <= self._longest_gap()

    def _on_end_pressed(self, event: QKeyEvent, now: float) -> bool:
        if self._presses >= SHORTEST_SCAN:
            self._last_at = now
            self._end_run()
            self._swallowed_keys.add(identity(event))
            return True
        if not self._presses and 0 <= now - self._scan_ended_at <= TRAILING_ENTER:
            self._swallowed_keys.add(identity(event))
            return True
        self._end_run()
        return False

    def _on_released(self, window: QWindow, event: QKeyEvent) -> bool:
        key = identity(event)
        was_down = key in self._down
        if not event.isAutoRepeat():
            self._down.discard(key)
        now = self._pressed_at(event)
        if not was_down and self._presses and self._goes_on(now) and (digit := digit_on_key(event)):
            # The press went to whoever puts accents on letters, and never came here.
            self._note(now, "", digit)
            return True
        if key in self._held_keys:
            if self._held:
                self._held.append((window, copy_key(event)))
            return True
        if key in self._swallowed_keys:
            if not event.isAutoRepeat():
                self._swallowed_keys.discard(key)
            return True
        return False

    def _longest_gap(self) -> float:
        if self._presses < CERTAIN_AFTER:
            return FAST_GAP
        is_whole = not self._presses % SIGNED_CODE_DIGITS
        return PAUSE if is_whole or self._presses < LONG_SCAN else LONG_PAUSE

    def _hold_back(self, window: QWindow, event: QKeyEvent, now: float) -> None:
        if not self._presses:
            self._first_at = now
            self._was_late = False
            self._composing = QGuiApplication.focusObject()
            if self._composing is not None:
                self._composing.installEventFilter(self)
        self._held_keys.add(identity(event))
        self._held.append((window, copy_key(event)))
        self._note(now, event.text(), "" if is_control(event) else digit_on_key(event) or UNKNOWN_KEY)

    def _note(self, now: float, text: str, digit: str) -> None:
        """One key more. digit: that stands on it."""
        self._last_at = now
        self._presses += 1
        if self._presses <= LONGEST_SCAN + 1:
            self._text += text
            self._keys += digit
        if self._presses >= SHORTEST_SCAN:
            self._held.clear()
        self._armed_at = self._clock()
        self._timer.start(round(self._longest_gap() * 1000))

    def _end_run(self) -> None:
        self._timer.stop()
        if self._composing is not None and isValid(self._composing):
            self._composing.removeEventFilter(self)
        presses, text, typed_on = self._presses, self._text[: LONGEST_SCAN + 1], self._keys
        held, keys = self._held, self._held_keys
        self._presses, self._text, self._keys, self._composing = 0, "", "", None
        self._held, self._held_keys = [], set()
        if presses < SHORTEST_SCAN:
            self._replay(held)
            return
        self._swallowed_keys |= keys
        scanned = read_keys(text, typed_on)
        sent_twice = scanned == self._scan_text and self._first_at - self._scan_ended_at <= SENT_TWICE
        self._scan_text, self._scan_ended_at = scanned, self._last_at
        if not sent_twice:
            self.scanned.emit(scanned)

    def _replay(self, held: list[tuple[QWindow, QKeyEvent]]) -> None:
        for window, event in held:
            if isValid(window):
                self._replaying = True
                QCoreApplication.sendEvent(window, event)
        self._replaying = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back, swallow or let through the keys of the window, and what accents make of them in the field."""
        kind = event.type()
        if kind is QEvent.Type.InputMethod:
            return self._presses >= CERTAIN_AFTER
        if kind not in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease} or not isinstance(watched, QWindow):
            return False
        if self._replaying:
            # Put back at once: what the replayed key starts (a dialog, say) may bring keys of its own.
            self._replaying = False
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if kind is QEvent.Type.KeyPress:
            return self._on_pressed(watched, event)
        return self._on_released(watched, event)
