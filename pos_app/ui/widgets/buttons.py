"""Ordinary buttons in the styles of the house; the ones with a key printed on them are in key_button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QButtonGroup, QPushButton, QStyle, QStyleOptionButton, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import current_theme, theme_notifier
from pos_app.ui.look.theme_choice import toggle_theme
from pos_app.ui.widgets.keys import ENTER
from pos_app.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

ANSWERS_ENTER: Final = "answers_enter"
"""The property of a widget that has an answer of its own to Enter, for buttons that were reached by the mouse only."""
_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_ICON_COLORS = {"primary": "accent_text", "danger": "danger_text", "ghost": "muted", "nav": "muted"}


class Button(QPushButton):
    """What every button here is: Enter presses it as the space bar does, and only once however long the key is held.

    One that was clicked with the mouse, in a sheet, leaves Enter to the answer on which it is printed.
    Signals: clicked() of QPushButton.
    """

    _by_mouse = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Enter from being a shortcut of the screen while the keyboard is here.

        Only then it looks at its own events: a window has hundreds of buttons, and each of them gets dozens of events
        before it is seen.
        """
        del watched
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._takes(event):
            event.accept()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it by Enter."""
        if event.key() in ENTER and not self._takes(event):
            event.ignore()
        elif event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            if self.menu() is None:
                self.click()
            else:
                self.showMenu()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the keyboard came here."""
        self._by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        self.installEventFilter(self)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let the events of a button without the keyboard go by."""
        self.removeEventFilter(self)
        super().focusOutEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.key() not in ENTER or event.modifiers() not in _PLAIN:
            return False
        return not (self._by_mouse and self._is_answered_above())

    def _is_answered_above(self) -> bool:
        above = self.parentWidget()
        while above is not None:
            if above.property(ANSWERS_ENTER):
                return True
            above = above.parentWidget()
        return False


def text_button(text: str, *, icon_name: str = "", variant: str = "tool") -> Button:
    """Return a button with words. variant: tool, primary, danger, ghost, segment, nav."""
    button = Button(f" {text}" if icon_name else text)
    button.setProperty("variant", variant)
    if icon_name:
        role = _ICON_COLORS.get(variant, "text")
        button.setIcon(icon(icon_name, role=role, checked_role="accent"))
        button.setIconSize(QSize(20, 20))
        button.setAccessibleName(text)
    return button


def icon_button(icon_name: str, name: str, *, variant: str = "ghost", role: str = "muted") -> Button:
    """Return a square button of 44 px with an icon only. name: what it does, for the tool tip and screen readers."""
    button = Button()
    button.setProperty("variant", variant)
    _show_icon_only(button, icon_name, name, role)
    return button


def _show_icon_only(button: QPushButton, icon_name: str, name: str, role: str) -> None:
    button.setIcon(icon(icon_name, role=role, checked_role="accent"))
    button.setIconSize(QSize(20, 20))
    button.setFixedWidth(44)
    # The style's side padding would leave no room for the icon. A sheet of its own would cost as much as the button.
    button.setProperty("face", "icon")
    button.setAccessibleName(name)
    button.setToolTip(name)


def framed_painter(button: QPushButton) -> QPainter:
    """Begin to paint a button that paints itself: the frame of the style sheet is there, what lies in it is not."""
    option = QStyleOptionButton()
    button.initStyleOption(option)
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    button.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, button)
    return painter


class ThemeButton(Button):
    """Light or dark: shows a moon in the light and a sun in the dark. Signals: clicked() of QPushButton."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("variant", "ghost")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._on_clicked)
        theme_notifier().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        if current_theme().dark:
            _show_icon_only(self, "sun", self.tr("Light colours"), "muted")
        else:
            _show_icon_only(self, "moon", self.tr("Dark colours"), "muted")

    def _on_clicked(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            toggle_theme(app)


class SegmentedButtons(QWidget):
    """Buttons of which exactly one is down, side by side while there is room; options are pairs of key and words.

    Signals: chosen(str), the key that a person chose.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        for key, words in options:
            button = Button(words)
            button.setCheckable(True)
            button.setProperty("variant", "segment")
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
        WrappingRow(*self._buttons.values(), inside=self, spacing=6)
        if options:
            self.choose(options[0][0])

    @property
    def current(self) -> str:
        """Return the key that is down, or "" when there are no options."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Press a button by its key without saying so; raises KeyError for an unknown one."""
        self._buttons[key].setChecked(True)

    def set_words(self, key: str, words: str) -> None:
        """Change what is written on a button; raises KeyError for an unknown one."""
        self._buttons[key].setText(words)
