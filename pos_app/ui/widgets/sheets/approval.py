"""A manager comes to the counter and allows what a cashier may not do alone: choose the card, type the PIN."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from pos_app.domain.errors import ApprovalRefused
from pos_app.domain.staff.sign_in import Approval
from pos_app.domain.steady_clock import steady_seconds
from pos_app.ui.announce import announce
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import breakable, say, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.person_cards import PersonCards
from pos_app.ui.widgets.pin_entry import PinEntry
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.staff.sign_in import StaffChoice

_WIDTH: Final = 560
_HEIGHT: Final = 364
_KEY_HEIGHT: Final = 44
_LONGEST: Final = 200
_TICK_MS: Final = 250


class ApprovalSheet(Sheet):
    """Managers as cards; the one chosen types the PIN, or the password where there is no PIN.

    about: what is allowed; yes: the words of the button that does it.
    It stays open after given(), so that a refusal can be shown in it: call close_sheet() or show_problem().
    Signals: given(Approval).
    """

    given = Signal(object)

    def __init__(self, parent: QWidget, title: str, about: str, *, yes: str) -> None:
        super().__init__(parent, title, width=_WIDTH)
        self._manager: StaffChoice | None = None
        self._until = 0.0
        self._told = ""
        self.cards = PersonCards()
        self.cards.chosen.connect(self._on_chosen)
        self.cards.left.connect(self.cancel)
        self.pin = PinEntry(yes, key_height=_KEY_HEIGHT, icon_name="check")
        self.pin.given.connect(lambda pin: self._give(pin, by_pin=True))
        self.pin.left.connect(self._show_cards)
        self.password_field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        bound_line(self.password_field, _LONGEST)
        self.password_field.setAccessibleName(self.tr("Manager's password"))
        self.password_field.setPlaceholderText(self.tr("Password"))
        self.password_button = KeyButton(yes, icon_name="check", variant="primary", size="large")
        self.password_button.print_key("Return")
        self._name = text_label("", "heading")
        self._ways = QStackedWidget()
        self._ways.setFixedHeight(_HEIGHT)
        for page in (self.cards, self.pin, self._password_page()):
            self._ways.addWidget(page)
        self._problem = text_label("", "body", tone="danger", wrap=True)
        self._problem.hide()
        told = text_label(breakable(about), "strong", wrap=True)
        told.setAccessibleName(about)
        self.body.addWidget(told)
        self.body.addWidget(text_label(self.tr("A manager allows it: the card first, then the PIN."), "muted"))
        self.body.addWidget(self._ways)
        self.body.addWidget(self._problem)
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.no.clicked.connect(self.cancel)
        # Nothing is answered here by Enter alone: cards and PIN have an Enter of their own.
        self._default = None
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    def open(self) -> None:
        """Show it with the keyboard on the cards."""
        super().open()
        self._show_cards()

    def show_managers(self, managers: Sequence[StaffChoice]) -> None:
        """Offer those who may allow it."""
        self.cards.show_people(managers)
        if not managers:
            self._say(self.tr("Nobody here may allow this."))

    def refuse(self, error: Exception) -> None:
        """Say why it was not allowed, and let the person try again when that may be."""
        message = message_for(error)
        if isinstance(error, ApprovalRefused) and error.wait_seconds:
            self.show_problem(message.text, error.wait_seconds)
        else:
            self.show_problem(message.sentence)

    def show_problem(self, sentence: str, wait_seconds: int = 0) -> None:
        """Say why it was not accepted, and let the person try again, after so many seconds."""
        self._told = sentence
        self._until = steady_seconds() + wait_seconds
        self.pin.clear()
        self.password_field.clear()
        if wait_seconds:
            self._set_open(False)
            self.setFocus()
            self._tick.start()
            self._on_tick()
        else:
            self._stop_waiting()
            self._say(sentence)
            self._begin()
        announce(self, self._problem.text(), urgent=True)

    def _password_page(self) -> QWidget:
        back = icon_button("arrow-left", self.tr("Back to the names"))
        back.clicked.connect(self._show_cards)
        self.password_field.returnPressed.connect(self._on_password)
        self.password_button.clicked.connect(self._on_password)
        page = QWidget()
        head = row(back, (self._name, 1), spacing=6)
        column(head, self.password_field, self.password_button, 1, inside=page, spacing=12)
        return page

    def _show_cards(self) -> None:
        self._manager = None
        self._stop_waiting()
        self._say("")
        self._ways.setCurrentWidget(self.cards)
        self.cards.start()

    def _on_chosen(self, manager: StaffChoice) -> None:
        self._manager = manager
        self._stop_waiting()
        self._say("")
        self._name.setText(manager.name)
        self._ways.setCurrentIndex(1 if manager.has_pin else 2)
        self.pin.expect(manager.pin_digits)
        self.password_field.clear()
        self._begin()

    def _begin(self) -> None:
        if self._manager is None:
            self.cards.start()
        elif self._manager.has_pin:
            self.pin.ask(self._manager.name)
        else:
            self.password_field.setFocus()

    def _on_password(self) -> None:
        if self.password_button.isEnabled() and self.password_field.text():
            self._give(self.password_field.text(), by_pin=False)

    def _give(self, secret: str, *, by_pin: bool) -> None:
        if self._manager is not None:
            self._say("")
            self._set_open(False)
            self.setFocus()
            self.given.emit(Approval(self._manager.staff_id, secret, by_pin))

    def _set_open(self, may_try: bool) -> None:  # noqa: FBT001 - private and named
        self.pin.setEnabled(may_try)
        self.password_field.setEnabled(may_try)
        self.password_button.setEnabled(may_try)

    def _stop_waiting(self) -> None:
        """A wait concerns one person only; whether it is over is judged by the service."""
        self._until = 0.0
        self._tick.stop()
        self._set_open(True)

    def _on_tick(self) -> None:
        left = math.ceil(self._until - steady_seconds())
        if left > 0:
            words = self.tr("You can try again in {0}.").format(shown_countdown(left))
            self._say(following(self._told, words))
        else:
            self._stop_waiting()
            self._say("")
            self._begin()

    def _say(self, sentence: str) -> None:
        say(self._problem, sentence)
