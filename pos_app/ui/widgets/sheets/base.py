"""A panel over the window that wants an answer: what lies below waits, nothing else is opened.

It is laid over the nearest widget above the asker that says so by HOSTS_SHEETS (the page of the screens, so that
locking covers an open sheet too), else over the whole window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from pos_app.ui.announce import announce
from pos_app.ui.look.dressing import dress
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.buttons import ANSWERS_ENTER
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.keys import ENTER
from pos_app.ui.widgets.labels import breakable, panel, text_label
from pos_app.ui.words.lists import following

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

HOSTS_SHEETS: Final = "hosts_sheets"
_BESIDE: Final = 24
"""What stays free of the window at each side of the panel."""
_LEAST_SCROLLED: Final = 88
_DELIBERATE: Final = "Ctrl+Return"
_MARGIN: Final = 28
_FRAME: Final = 2


class Sheet(QWidget):
    """Covers the window of its parent and shows a panel in the middle; keys do not reach what lies below.

    Put what is asked into `body`, and buttons with add_answers() or add_button(). Enter presses the first button that
    was added, Esc cancels. It deletes itself when it is closed, unless it is reusable; the focus goes back to where it
    was, or to its asker where that is gone.
    Signals: cancelled() by Esc, by cancel(); closed() whatever the way.
    """

    cancelled = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, title: str, *, width: int = 480, reusable: bool = False) -> None:
        self._asker = parent
        self._window = _host_of(parent)
        super().__init__(self._window)
        # It belongs to the page that it covers, but it goes with its asker.
        parent.destroyed.connect(self.deleteLater)
        self._reusable = reusable
        self._before = QApplication.focusWidget()
        self._default: KeyButton | None = None
        self._is_deliberate = False
        self._keys: list[KeyButton] = []
        self._open = False
        self._scrolled: QWidget | None = None
        self._wished = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setProperty(ANSWERS_ENTER, True)
        self._title = text_label(breakable(title), "title", wrap=True)
        self.body = column(spacing=12)
        self._buttons = row(1, spacing=10)
        self.panel = panel()
        self.panel.setFixedWidth(width)
        inside = (self._title, self.body, Gap(8), self._buttons)
        column(*inside, inside=self.panel, margins=(_MARGIN, 24, _MARGIN, 24), spacing=12)
        outer = QVBoxLayout(self)
        outer.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignCenter)
        self._window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for an answer."""
        return self._open

    def set_title(self, title: str) -> None:
        """Ask something else."""
        self._title.setText(breakable(title))
        self.setAccessibleName(title)

    def add_button(self, text: str, key: str = "", *, variant: str = "", size: str = "") -> KeyButton:
        """Add a button at the left of those added before; the first one added is the one that Enter presses."""
        button = KeyButton(text, "", variant=variant, size=size)
        button.print_key(key)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons.insertWidget(1, button)
        self._keys.append(button)
        if self._default is None and not self._is_deliberate:
            self._default = button
        if self._open:
            self._make_room_for_buttons()
        return button

    def add_answers(
        self,
        yes: str,
        on_yes: Callable[[], object],
        *,
        no: str = "",
        variant: str = "primary",
        deliberate: bool = False,
    ) -> tuple[KeyButton, KeyButton]:
        """Add the two buttons of a question: yes by Enter, no ("Cancel") by Esc.

        deliberate: Enter alone answers nothing, yes is Ctrl+Enter: for what nobody is to do by one key too many.
        """
        yes_button = self.add_button(yes, _DELIBERATE if deliberate else "Return", variant=variant)
        no_button = self.add_button(no or self.tr("Cancel"), "Esc")
        if deliberate:
            self._default, self._is_deliberate = None, True
        yes_button.clicked.connect(on_yes)
        no_button.clicked.connect(self.cancel)
        return yes_button, no_button

    def let_give_way(self, scrolled: QWidget, height: int) -> None:
        """Give something that scrolls a height; in a window that is too low for it, less of it is shown at once."""
        self._scrolled = scrolled
        self._wished = height
        scrolled.setFixedHeight(height)
        self._make_room_for_height()

    def open(self) -> None:
        """Show it over the whole window and take the keyboard."""
        if self._reusable:
            if not self._open:
                # Opened anew, it has the keyboard itself.
                self._before = QApplication.focusWidget()
            self._follow_window()
        dress(self)
        self._make_room_for_buttons()
        self._open = True
        self.setGeometry(self._window.rect())
        self._make_room_for_height()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        announce(self, following(self.accessibleName(), self.accessibleDescription()), urgent=True)

    def cancel(self) -> None:
        """Close without an answer."""
        if self._open:
            self.cancelled.emit()
            self.close_sheet()

    def close_sheet(self) -> None:
        """Close, and give the keyboard back to where it was."""
        if not self._open:
            return
        self._open = False
        self.hide()
        self._give_keyboard_back()
        self.closed.emit()
        if not self._reusable:
            self.deleteLater()

    def _give_keyboard_back(self) -> None:
        """To where it was; where that is gone or off, to the sheet below, and without one to who asked."""
        before, self._before = self._before, None
        below = self._window.findChildren(Sheet, options=Qt.FindChildOption.FindDirectChildrenOnly)
        still_open = [sheet for sheet in below if sheet.is_open]
        for to in (before, still_open[-1] if still_open else self._asker):
            if to is None or not isValid(to) or not to.isVisible() or not to.isEnabled():
                continue
            if to is before or to.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                to.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _make_room_for_buttons(self) -> None:
        """Widen the panel so far that the words of all buttons can be read, if the window has the room."""
        # By the buttons, and not by their layout: it leaves one out that was added just now.
        words = sum(button.sizeHint().width() for button in self._keys)
        needed = words + (len(self._keys) - 1) * self._buttons.spacing() + 2 * (_MARGIN + _FRAME)
        if self.panel.width() < needed:
            self.panel.setFixedWidth(min(needed, self._window.width() - 2 * _BESIDE))

    def _make_room_for_height(self) -> None:
        """Show so much of what scrolls that the panel lies in the window as a whole, with its buttons."""
        scrolled, layout = self._scrolled, self.panel.layout()
        if scrolled is None or layout is None or not self._open:
            return
        layout.activate()
        whole = layout.totalHeightForWidth(self.panel.width()) if layout.hasHeightForWidth() else -1
        around = max(whole, layout.totalMinimumSize().height()) - scrolled.maximumHeight()
        room = self.height() - 2 * _BESIDE - around
        scrolled.setFixedHeight(max(_LEAST_SCROLLED, min(self._wished, room)))

    def _follow_window(self) -> None:
        """Move to the window of the asker, who may have been put into it after this sheet was made."""
        window = _host_of(self._asker)
        if window is not self._window:
            self._window.removeEventFilter(self)
            self._window = window
            self.setParent(window)
            window.installEventFilter(self)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Take the keyboard back when something below got it, for example because a button here was disabled."""
        if not self._open or now is None or now is self or not self.isVisible() or self.isAncestorOf(now):
            return
        on_top = self._window.findChildren(Sheet, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
        if on_top is self and self._window.isAncestorOf(now):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keep keys from being shortcuts of what lies below."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if self._open and event.type() == QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is yes, Esc is no, and keys printed on buttons press them."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() in ENTER:
            # A button that has the keyboard has answered before; a key held since the sheet below is no answer here.
            yes = self._default
            if yes is None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                yes = next((one for one in self._keys if one.key_sequence == QKeySequence(_DELIBERATE)), None)
            if yes is not None and not event.isAutoRepeat():
                yes.click()
        else:
            pressed = QKeySequence(event.keyCombination())
            for button in self.findChildren(KeyButton):
                if button.isVisible() and button.key_sequence == pressed:
                    button.click()
                    return

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Let Tab walk inside the sheet only."""
        inside = [w for w in self.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
        # What hands the keyboard on to another is none to stop at: the line of a date field gives it back to the field.
        inside = [w for w in inside if w.isEnabled() and w.focusProxy() is None]
        if not inside:
            return True
        focused = QApplication.focusWidget()
        step = 1 if forward else -1
        start = inside.index(focused) + step if focused in inside else (0 if forward else -1)
        inside[start % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay whole in a low window."""
        super().resizeEvent(event)
        self._make_room_for_height()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Swallow clicks beside the panel."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken what lies below."""
        del event
        QPainter(self).fillRect(self.rect(), QColor(8, 10, 16, 130))


def _host_of(asker: QWidget) -> QWidget:
    widget: QWidget | None = asker
    while widget is not None:
        if widget.property(HOSTS_SHEETS):
            return widget
        widget = widget.parentWidget()
    return asker.window()
