"""Who is there? Shown at once, while the connection is still being made behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from pos_app.ui.screens.sign_in.demo_cards import DemoCards
from pos_app.ui.screens.sign_in.entrance import Entrance
from pos_app.ui.screens.sign_in.password_form import PasswordForm
from pos_app.ui.screens.sign_in.status_area import StatusArea
from pos_app.ui.screens.sign_in.waiting_page import WaitingPage
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.labels import panel, text_label
from pos_app.ui.widgets.person_cards import PersonCards
from pos_app.ui.widgets.pin_entry import PinEntry
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.errors import PosError
    from pos_app.domain.staff.sign_in import SignInChoices, StaffChoice

_WIDE: Final = 960
_FORM: Final = 270
_KEY_HEIGHT: Final = 44
_NARROW: Final = 440
_HIGH: Final = 468
_LOW: Final = 360
_ASKING: Final = 420


class SignInScreen(Entrance):
    """The people as cards, and a PIN for the one chosen; beside them name and password, for who has no PIN.

    In demo mode the sign-ins are written out below.

    Signals:
        password_given(str, str): name and password.
        pin_given(int, str): staff id and PIN.
        retry_asked(): connect again.
        database_password_given(str): connect again with this password.
        setup_asked(): say anew how to connect.
    """

    password_given = Signal(str, str)
    pin_given = Signal(int, str)
    retry_asked = Signal()
    database_password_given = Signal(str)
    setup_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person: StaffChoice | None = None
        self._choices: SignInChoices | None = None
        self._ready = False
        self._house = text_label("", "display", wrap=True)
        self.form = PasswordForm(self.tr("Sign in"))
        self.form.given.connect(self._on_password)
        self.form.name_field.textEdited.connect(self._on_other_person)
        self.cards = PersonCards()
        self.cards.chosen.connect(self._on_person)
        self.pin = PinEntry(self.tr("Sign in"), key_height=_KEY_HEIGHT)
        self.pin.given.connect(self._on_pin)
        self.pin.left.connect(self._show_cards)
        self.demo = DemoCards()
        self.demo.chosen.connect(self.password_given)
        self.status = StatusArea()
        self.status.wait_over.connect(self._let_try)
        self.waiting = WaitingPage()
        self.waiting.retry_asked.connect(self.retry_asked)
        self.waiting.password_given.connect(self.database_password_given)
        self.waiting.setup_asked.connect(self.setup_asked)
        self._quick = QStackedWidget()
        self._quick.addWidget(self._cards_page())
        self._quick.addWidget(self.pin)
        self._bar = QFrame()
        self._bar.setProperty("role", "rule")
        self._bar.setStyleSheet("max-width: 1px; min-width: 1px; max-height: 16777215px;")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.waiting)
        self._pages.addWidget(self._sign_in_page())
        self._card = panel()
        column(self._pages, inside=self._card)
        self.middle.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addWidget(self.demo, 0, Qt.AlignmentFlag.AlignHCenter)
        self.demo.hide()
        self.show_busy(self.tr("Connecting to the box office…"))

    def show_choices(self, choices: SignInChoices) -> None:
        """Offer signing in; forgets what was typed before."""
        self._ready = True
        self._offer(choices)
        self._pages.setCurrentIndex(1)
        self.form.forget()
        self.pin.clear()
        self._show_cards()

    def update_choices(self, choices: SignInChoices) -> None:
        """Offer others from now on, and keep what was typed; nothing while there is no connection."""
        if not self._ready or choices == self._choices:
            return
        self._offer(choices)
        person = self._person
        if person is not None and all(one.staff_id != person.staff_id for one in choices.staff if one.has_pin):
            self._show_cards()

    def show_problem(self, error: PosError, *, asks: bool = False) -> None:
        """Say why there is no connection, and offer to try again. asks: for the password of the database."""
        self._show_problem(spoken(error.message), spoken(error.advice), asks=asks)

    def show_refusal(self, message: str, advice: str, wait_seconds: int) -> None:
        """Say why the sign-in was not accepted; the next try waits so many seconds."""
        self.status.show_refusal(message, advice, wait_seconds)
        self._let_try()
        if self._quick.currentWidget() is self.pin:
            self.pin.clear()
            self.pin.setFocus()
        else:
            self.form.start()

    def show_notice(self, text: str, advice: str) -> None:
        """Say something that is nobody's fault here, and keep what was typed."""
        if self._ready:
            self.status.show_refusal(text, advice, 0)
            self._let_try()
        else:
            self._show_problem(text, advice)

    def hint(self, words: str) -> None:
        """Say something for a moment, and keep what was typed; nothing while there is no connection."""
        if self._ready:
            self.status.show_hint(words)

    def show_busy(self, sentence: str) -> None:
        """Say what is being done: connecting, or checking what was given."""
        if self._ready:
            self.status.show_busy(sentence)
            for part in (self.form.button, self.pin, self.cards, self.demo):
                part.setEnabled(False)
        else:
            self._show_waiting_page()
            self.waiting.show_waiting(sentence)

    def _show_problem(self, text: str, advice: str, *, asks: bool = False) -> None:
        self._ready = False
        self.demo.hide()
        self._show_waiting_page()
        self._card.setFixedSize(_NARROW, _ASKING if asks else _LOW)
        self.waiting.show_problem(text, advice, asks=asks)

    def _offer(self, choices: SignInChoices) -> None:
        self._choices = choices
        self._house.setText(choices.house)
        self.cards.show_people(choices.staff)
        self.demo.show_sign_ins(choices.demo)
        self._card.setFixedSize(_WIDE, _HIGH)
        self.demo.setFixedWidth(_WIDE)

    def _show_waiting_page(self) -> None:
        self._card.setFixedSize(_NARROW, _LOW)
        self._pages.setCurrentIndex(0)
        self.waiting.setFocus()

    def _cards_page(self) -> QWidget:
        what_for = text_label(self.tr("Choose your card, then type your PIN."), "muted", wrap=True)
        page = QWidget()
        column(self._house, what_for, Gap(8), (self.cards, 1), inside=page, spacing=4)
        return page

    def _sign_in_page(self) -> QWidget:
        title = text_label(self.tr("Name and password"), "heading")
        what_for = text_label(self.tr("Without a PIN, or where it was forgotten."), "muted", wrap=True)
        form = QWidget()
        form.setFixedWidth(_FORM)
        column(title, what_for, Gap(14), self.form, 1, inside=form, spacing=4)
        sides = row((self._quick, 1), self._bar, form, spacing=28)
        page = QWidget()
        column((sides, 1), self.status, inside=page, margins=(32, 26, 32, 18), spacing=10)
        return page

    def _let_try(self) -> None:
        """Open everything but what the person who was refused would use; a wait concerns one person only."""
        for part in (self.cards, self.demo):
            part.setEnabled(True)
        may_try = not self.status.refusal.waiting
        self.form.button.setEnabled(may_try)
        self.pin.setEnabled(may_try)

    def _on_other_person(self, _name: str = "") -> None:
        self.status.clear()
        self.status.refusal.forget()
        self._let_try()

    def _show_cards(self) -> None:
        self._person = None
        self._quick.setCurrentIndex(0)
        self._on_other_person()
        self.cards.start()

    def _on_person(self, person: StaffChoice) -> None:
        """Ask for the PIN of the one whose card was chosen; for the password where there is none."""
        self._on_other_person()
        if not person.has_pin:
            self._person = None
            self.form.begin_for(person.name)
            return
        self._person = person
        self._quick.setCurrentWidget(self.pin)
        self.pin.expect(person.pin_digits)
        self.pin.ask(person.name)

    def _on_pin(self, pin: str) -> None:
        if self._person is not None:
            self.pin_given.emit(self._person.staff_id, pin)

    def _on_password(self, name: str, password: str) -> None:
        if self.form.button.isEnabled():
            self.password_given.emit(name, password)
