"""The strip at the top: brand, screens, connection, who works here, lock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.widgets.boxes import Gap, row
from pos_app.ui.widgets.buttons import Button, ThemeButton, text_button
from pos_app.ui.widgets.labels import IconLabel, text_label
from pos_app.ui.widgets.spinner import Spinner
from pos_app.ui.widgets.told_keys import printed, tell_keys
from pos_app.ui.window.connection import ConnectionState
from pos_app.ui.words.lists import side_by_side

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pos_app.ui.widgets.told_keys import Rows

_HEIGHT: Final = 52


class NavButton(Button):
    """Opens one screen; its words give way to the icon where there is little room. Signals: clicked()."""

    def __init__(self, title: str, icon_name: str) -> None:
        super().__init__()
        self._title = title
        self._key = self._note = ""
        self._is_short = False
        self.setProperty("variant", "nav")
        self.setCheckable(True)
        self.setIcon(icon(icon_name, role="muted", checked_role="accent"))
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_short(False)

    def set_key(self, key: str) -> None:
        """Bind a key and tell it in the tool tip."""
        self._key = key
        self.setShortcut(QKeySequence(key))
        self._tell()

    def set_note(self, note: str, told: str) -> None:
        """Show a figure beside the icon, however little room there is; "": none. told: what it counts, in words."""
        self._note = note
        self._tell(told)
        self.set_short(self._is_short)

    def _tell(self, note: str = "") -> None:
        name = side_by_side(self._title, note)
        self.setToolTip(f"{name} ({self._key})" if self._key else name)
        self.setAccessibleName(name)

    def set_short(self, short: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Show the icon only, or icon and words."""
        self._is_short = short
        words = side_by_side("" if short else self._title, self._note)
        self.setText(f" {words}" if words else "")
        # Setting the text drops a shortcut.
        self.setShortcut(QKeySequence(self._key))

    def event(self, event: QEvent) -> bool:
        """Click at once on its key; Qt would show the button down for 100 ms first."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.click()
            return True
        return super().event(event)


def _nav_keys(group: QButtonGroup) -> Rows:
    """Return the keys of the screens that the person may use."""
    shown = [one for one in group.buttons() if isinstance(one, NavButton) and not one.shortcut().isEmpty()]
    return tuple((printed(one.shortcut()), one.accessibleName()) for one in shown)


class TopBar(QFrame):
    """Buttons for the screens that the person may use, and the state of things.

    Signals: screen_chosen(str); lock_asked().
    """

    screen_chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "topbar")
        self.setFixedHeight(_HEIGHT)
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        self.connection = ConnectionState()
        self.busy = Spinner(20)
        self.busy.setAccessibleName(self.tr("Working"))
        self.busy.hide()
        self._person = text_label("", "muted")
        self._lock = text_button(self.tr("Lock"), icon_name="lock-simple", variant="tool")
        self._lock.setToolTip(self.tr("Lock (Ctrl+L)"))
        self._lock.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lock.clicked.connect(self.lock_asked)
        self._nav = row(spacing=4)
        tell_keys(self, partial(_nav_keys, self._group), everywhere=True)
        brand = (IconLabel("ticket", 28, "accent"), text_label("Foyer", "title"), Gap(14))
        state = (self.busy, Gap(4), self.connection, Gap(10), self._person, Gap(4))
        row(*brand, self._nav, 1, *state, ThemeButton(), self._lock, inside=self, margins=(18, 0, 14, 0), spacing=8)

    def add_screen(self, key: str, title: str, icon_name: str) -> None:
        """Add a button, not shown until show_for() names it."""
        button = NavButton(title, icon_name)
        button.clicked.connect(lambda: self.screen_chosen.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        self._nav.addWidget(button)
        button.hide()

    def remove_screens(self) -> None:
        """Take all buttons away."""
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._nav.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()

    def show_for(self, keys: list[str], person: str) -> None:
        """Show the buttons of these screens, with keys Alt+1 and on; a single screen needs no button."""
        for button in self._buttons.values():
            button.set_key("")
            button.hide()
        for number, key in enumerate(keys, start=1):
            self._buttons[key].set_key(f"Alt+{number}" if number <= 9 else "")
            self._buttons[key].setVisible(len(keys) > 1)
        self._person.setText(person)
        self._fit()

    def show_note(self, key: str, note: str, told: str) -> None:
        """Show a figure at the button of a screen, where there is that button; see NavButton.set_note."""
        if key in self._buttons:
            self._buttons[key].set_note(note, told)
            self._fit()

    def mark(self, key: str) -> None:
        """Show which screen is open."""
        self._buttons[key].setChecked(True)

    def _fit(self) -> None:
        """Take words away, the least needed first, until all fits: the connection's, then the screens' names."""
        shown = [button for button in self._buttons.values() if not button.isHidden()]
        for short_state, short_names in ((False, False), (True, False), (True, True)):
            self.connection.set_short(short_state)
            for button in shown:
                button.set_short(short_names)
            self._nav.invalidate()
            if layout := self.layout():
                layout.invalidate()
            if not self._is_crowded():
                return

    def _is_crowded(self) -> bool:
        layout = self.layout()
        return layout is not None and layout.minimumSize().width() > self.width()

    def event(self, event: QEvent) -> bool:
        """Take words away where something in it has grown, like the words of the connection.

        What is laid out just now is measured as it is: invalidated here, it would ask to be laid out without end.
        """
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and not self.connection.is_short and self._is_crowded():
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as there is room for."""
        super().resizeEvent(event)
        self._fit()
