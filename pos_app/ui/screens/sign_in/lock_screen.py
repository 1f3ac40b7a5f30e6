"""Somebody is signed in and went away: the same person goes on where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from pos_app.ui.screens.sign_in.entrance import Entrance
from pos_app.ui.screens.sign_in.password_form import PasswordForm
from pos_app.ui.screens.sign_in.status_area import StatusArea
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import IconLabel, panel, text_label
from pos_app.ui.widgets.pin_entry import PinEntry

if TYPE_CHECKING:
    from pos_app.domain.roles import Actor


class LockScreen(Entrance):
    """The PIN or the password of the one who is signed in; somebody else only when no basket is held.

    Signals:
        password_given(str, str): name and password of the same person.
        pin_given(int, str): staff id and PIN of the same person.
        somebody_else_asked(): sign out.
    """

    password_given = Signal(str, str)
    pin_given = Signal(int, str)
    somebody_else_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actor: Actor | None = None
        self._who = text_label("", "muted", wrap=True)
        self.pin = PinEntry(self.tr("Unlock"), key_height=46)
        self.pin.back_button.hide()
        self.pin.given.connect(self._on_pin)
        self.form = PasswordForm(self.tr("Unlock"))
        self.form.given.connect(self._on_password)
        self._ways = QStackedWidget()
        self._ways.addWidget(self.pin)
        self._ways.addWidget(self.form)
        self.status = StatusArea()
        self.status.wait_over.connect(self._let_try)
        self.other_way = text_button("", icon_name="key", variant="ghost")
        self.other_way.clicked.connect(self._on_other_way)
        self.somebody_else = text_button(self.tr("Somebody else"), icon_name="users", variant="ghost")
        self.somebody_else.clicked.connect(self.somebody_else_asked)
        self._held = text_label(
            self.tr("A basket is held: somebody else can sign in once it is paid or released."), "small", wrap=True
        )
        card = panel()
        card.setFixedWidth(440)
        words = column(text_label(self.tr("Locked"), "title"), self._who, spacing=2)
        head = row(IconLabel("lock-simple", 34, "accent"), (words, 1), spacing=14)
        foot = row(self.other_way, 1, self.somebody_else)
        column(
            *(head, Gap(8), self._ways, self.status, foot, self._held),
            inside=card,
            margins=(36, 24, 36, 16),
            spacing=8,
        )
        # Not by alignment: that would reckon the height of wrapped lines for the width of the whole window.
        self.middle.addLayout(row(1, card, 1))

    def show_locked(self, actor: Actor, *, has_pin: bool, basket_held: bool) -> None:
        """Ask for the same person again."""
        self._actor = actor
        self._who.setText(self.tr("{0} is signed in.").format(actor.name))
        self.form.fix_name(actor.name)
        self.other_way.setVisible(has_pin)
        self.set_basket_held(basket_held)
        self.status.clear()
        self._let_try()
        self._show_way(self.pin if has_pin else self.form)

    def set_basket_held(self, held: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Let somebody else in only when no basket is held."""
        self.somebody_else.setEnabled(not held)
        self._held.setVisible(held)

    def show_refusal(self, message: str, advice: str, wait_seconds: int) -> None:
        """Say why it stays locked; the next try waits so many seconds."""
        self.status.show_refusal(message, advice, wait_seconds)
        self._let_try()
        self._begin()

    def show_busy(self, sentence: str) -> None:
        """Say that it is being checked."""
        self.status.show_busy(sentence)
        self._set_open(False)

    def _show_way(self, way: QWidget) -> None:
        # The card is as high as the way that is shown.
        for page in (self.pin, self.form):
            fit = QSizePolicy.Policy.Preferred if page is way else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, fit)
        self._ways.setCurrentWidget(way)
        by_pin = way is self.pin
        other = self.tr("Use the password") if by_pin else self.tr("Use the PIN")
        self.other_way.setText(f" {other}")
        self._begin()

    def _begin(self) -> None:
        if self._ways.currentWidget() is self.pin:
            self.pin.ask(self.tr("Type your PIN"))
        else:
            self.form.start()

    def _let_try(self) -> None:
        self._set_open(not self.status.refusal.waiting)

    def _set_open(self, may_try: bool) -> None:  # noqa: FBT001 - private and named
        self.form.button.setEnabled(may_try)
        self.pin.setEnabled(may_try)

    def _on_other_way(self) -> None:
        self._show_way(self.form if self._ways.currentWidget() is self.pin else self.pin)

    def _on_pin(self, pin: str) -> None:
        if self._actor is not None:
            self.pin_given.emit(self._actor.staff_id, pin)

    def _on_password(self, name: str, password: str) -> None:
        if self.form.button.isEnabled():
            self.password_given.emit(name, password)
