"""Somebody is signed in and went away: the same person goes on where they were, or somebody else gets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from pos_app.ui.screens.sign_in.entrance import Entrance
from pos_app.ui.screens.sign_in.password_form import PasswordForm
from pos_app.ui.screens.sign_in.status_area import StatusArea
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import IconLabel, panel, say, text_label
from pos_app.ui.widgets.pin_entry import PinEntry
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from pos_app.domain.roles import Actor


class LockScreen(Entrance):
    """The PIN or the password of the one who is signed in. While seats are held, somebody else is asked here who it is.

    state: what tells whether the server answers.
    Signals:
        password_given(str, str): name and password of the same person.
        pin_given(int, str): staff id and PIN of the same person.
        other_given(str, str): name, and password or PIN, of somebody else; seats are held here.
        somebody_else_asked(): sign out; no seats are held.
    """

    password_given = Signal(str, str)
    pin_given = Signal(int, str)
    other_given = Signal(str, str)
    somebody_else_asked = Signal()

    def __init__(self, state: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actor: Actor | None = None
        self._has_pin = False
        self._seats = 0
        self._who = text_label("", "muted", wrap=True)
        self.pin = PinEntry(self.tr("Unlock"), key_height=46)
        self.pin.back_button.hide()
        self.pin.given.connect(self._on_pin)
        self.form = PasswordForm(self.tr("Unlock"))
        self.form.given.connect(self._on_password)
        self.other = PasswordForm(self.tr("Get in"))
        self.other.given.connect(self._on_other)
        self._ways = QStackedWidget()
        for way in (self.pin, self.form, self.other):
            self._ways.addWidget(way)
        self.status = StatusArea()
        self.status.wait_over.connect(self._on_wait_over)
        self.other_way = text_button("", icon_name="key", variant="ghost")
        self.other_way.clicked.connect(self._on_other_way)
        self.somebody_else = text_button(self.tr("Somebody else"), icon_name="users", variant="ghost")
        self.somebody_else.clicked.connect(self._on_somebody_else)
        self.held = text_label("", "strong", wrap=True)
        self._advice = text_label("", "small", wrap=True)
        card = panel()
        card.setFixedWidth(440)
        words = column(text_label(self.tr("Locked"), "title"), self._who, spacing=2)
        head = row(IconLabel("lock-simple", 34, "accent"), (words, 1), spacing=14)
        foot = row(self.other_way, 1, self.somebody_else)
        below = () if state is None else (row(1, state, 1),)
        column(
            *(head, Gap(2), self.held, self._advice, Gap(4), self._ways, self.status, foot, *below),
            inside=card,
            margins=(36, 24, 36, 16),
            spacing=8,
        )
        # Not by alignment: that would reckon the height of wrapped lines for the width of the whole window.
        self.middle.addLayout(row(1, card, 1))

    def show_locked(self, actor: Actor, *, has_pin: bool) -> None:
        """Ask for the same person again."""
        self._actor = actor
        self._has_pin = has_pin
        self._who.setText(self.tr("{0} is signed in.").format(actor.name))
        self.form.fix_name(actor.name)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Ask for the one who is signed in, by the quickest way."""
        self.status.clear()
        self._let_try()
        self.other.forget()
        self._show_way(self.pin if self._has_pin else self.form)

    def show_held(self, seats: int, seconds_left: int) -> None:
        """Say how many seats are held for a customer here, and for how long; 0: none, and anybody may sign in."""
        self._seats = seats
        words = spoken_count(
            "{count} seat is held for a customer: {time} left.",
            "{count} seats are held for a customer: {time} left.",
            seats,
            time=shown_countdown(seconds_left),
        )
        say(self.held, words if seats else "")
        self._tell_how()

    def show_refusal(self, message: str, advice: str, wait_seconds: int) -> None:
        """Say why it stays locked; the next try waits so many seconds."""
        self.status.show_refusal(message, advice, wait_seconds)
        self._let_try()
        self._begin()

    def hint(self, words: str) -> None:
        """Say something for a moment; what was typed stays, and the keyboard where it is."""
        self.status.show_hint(words)

    def show_busy(self, sentence: str) -> None:
        """Say that it is being checked."""
        self.status.show_busy(sentence)
        self._set_open(False)

    def _show_way(self, way: QWidget) -> None:
        # The card is as high as the way that is shown.
        for page in (self.pin, self.form, self.other):
            fit = QSizePolicy.Policy.Preferred if page is way else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, fit)
        self._ways.setCurrentWidget(way)
        other = self.tr("Use the password") if way is self.pin else self.tr("Use the PIN")
        self.other_way.setText(f" {self.tr('Back') if way is self.other else other}")
        self.other_way.setVisible(self._has_pin or way is self.other)
        self.somebody_else.setVisible(way is not self.other)
        self._tell_how()
        self._begin()

    def _tell_how(self) -> None:
        """Say who may get in, beside the one who is signed in."""
        if self._ways.currentWidget() is self.other:
            say(self._advice, self.tr("Who are you? Give your name, and your password or PIN."))
        elif self._seats:
            say(self._advice, self.tr("A manager gets in at once, anybody else when that time is over."))
        else:
            say(self._advice, "")

    def _begin(self) -> None:
        way = self._ways.currentWidget()
        if way is self.pin:
            self.pin.ask(self.tr("Type your PIN"))
        else:
            (self.other if way is self.other else self.form).start()

    def _let_try(self) -> None:
        self._set_open(not self.status.refusal.waiting)

    def _on_wait_over(self) -> None:
        """Give the keyboard back to what could not have it while nobody might try."""
        self._let_try()
        if self.isVisible() and self._ways.currentWidget() is self.pin:
            self.pin.setFocus()

    def _set_open(self, may_try: bool) -> None:  # noqa: FBT001 - private and named
        self.form.button.setEnabled(may_try)
        self.other.button.setEnabled(may_try)
        self.pin.setEnabled(may_try)

    def _on_other_way(self) -> None:
        way = self._ways.currentWidget()
        if way is self.other:
            self._forget_refusal()
            self.begin_anew()
        else:
            self._show_way(self.form if way is self.pin else self.pin)

    def _on_somebody_else(self) -> None:
        if self._seats:
            self._forget_refusal()
            self._show_way(self.other)
        else:
            self.somebody_else_asked.emit()

    def _forget_refusal(self) -> None:
        """Another person tries: a wait concerns one person only."""
        self.status.clear()
        self.status.refusal.forget()
        self._let_try()

    def _on_other(self, name: str, secret: str) -> None:
        if self.other.button.isEnabled():
            self.other_given.emit(name, secret)

    def _on_pin(self, pin: str) -> None:
        if self._actor is not None:
            self.pin_given.emit(self._actor.staff_id, pin)

    def _on_password(self, name: str, password: str) -> None:
        if self.form.button.isEnabled():
            self.password_given.emit(name, password)
