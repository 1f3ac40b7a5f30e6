"""The promo code of the basket: typed in its field, looked up in the background, shown there, dropped on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes.rules import LONGEST_CODE
from pos_app.services.promo_codes.redeeming import look_up_promo_codes
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import set_look, set_tone, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.scan_input import take_scans
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_error

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtCore import SignalInstance

    from pos_app.domain.promo_codes.rules import PromoRule
    from pos_app.domain.selling.basket import AppliedPromo, Basket
    from pos_app.domain.selling.sales import PaymentMethod
    from pos_app.ui.background import Background
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.screens.selling.basket.hold import BasketHold

KEY = "F11"


class PromoField(QWidget):
    """A field and a button; the button takes a code, or takes it out again.

    Where the code that was taken may stand beside others, the field waits for the next one; with nothing typed the
    button takes all of them out.

    Signals: given(str): a code to be looked up; dropped(): go on without it; left(): Esc, the keyboard may go on.
    """

    given = Signal(str)
    dropped = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._basket: Basket | None = None
        self._taken = False
        self._takes_more = False
        self._shown = ""
        self._standing = ("", "")
        self.field = QLineEdit()
        bound_line(self.field, LONGEST_CODE * 2)
        take_scans(self.field, codes=True)
        self.field.setPlaceholderText(self.tr("Promo code"))
        self.field.setAccessibleName(self.tr("Promo code ({0})").format(KEY))
        self.field.returnPressed.connect(self._on_button)
        self.field.textEdited.connect(self._on_edited)
        self.button = KeyButton(self.tr("Apply"))
        self.button.print_key(KEY)
        self.button.told_as = self.tr("Promo code")
        self.button.clicked.connect(self._on_button)
        self.line = text_label("", "small", wrap=True)
        self.line.hide()
        column(row((self.field, 1), self.button, spacing=8), self.line, inside=self, spacing=4)
        self.field.installEventFilter(self)
        self._key = QShortcut(QKeySequence(KEY), self, self._on_key)

    @property
    def typed(self) -> str:
        """What was typed and is in the basket not (yet)."""
        return "" if self._taken and not self._takes_more else self.field.text().strip()

    def show_codes(self, basket: Basket) -> None:
        """Show the codes of the basket as it is; what is being typed stays, unless it was for another basket."""
        is_other = basket is not self._basket
        self._basket = basket
        if basket.promo is not None:
            self._show_taken(basket, basket.promo)
        elif self._taken or is_other:
            self._show_none()

    def _show_none(self) -> None:
        """Be ready for a code."""
        self._taken = False
        self._takes_more = False
        self._standing = ("", "")
        self.field.setPlaceholderText(self.tr("Promo code"))
        self.field.clear()
        self.field.setReadOnly(False)
        self._say("", "")
        self.button.set_words(self.tr("Apply"))

    def _show_taken(self, basket: Basket, promo: AppliedPromo) -> None:
        """Show codes that were taken: what they save, or why they save nothing just now."""
        more = promo.takes_more
        same = self._taken and self._takes_more and promo.code == self._shown
        self._taken, self._takes_more, self._shown = True, more, promo.code
        self.field.setReadOnly(not more)
        if not more:
            self.field.setText(promo.code)
        elif not same:
            self.field.clear()
        self.field.setPlaceholderText(self.tr("One more code") if more else self.tr("Promo code"))
        self._name_button()
        problem = basket.promo_problem()
        if problem is not None:
            self._standing = spoken_error(problem), "warn"
        elif more:
            words = self.tr("✓ {0}, {1}: saves {2}")
            self._standing = "\n".join(words.format(*facts) for facts in _savings(basket, promo)), "ok"
        else:
            _code, named, saving = _savings(basket, promo)[0]
            self._standing = self.tr("✓ {0}: saves {1}").format(named, saving), "ok"
        self._say(*self._standing)

    def show_refusal(self, refusal: PromoCodeRefused) -> None:
        """Say why a code was not taken; what was typed stays, but for the number of a card."""
        hide_card_numbers(self.field)
        set_look(self.field, "wrong", "true")
        self._say(spoken_error(refusal), "danger")

    def take_keyboard(self) -> None:
        """Let the code be typed, or typed over."""
        self.field.setFocus()
        self.field.selectAll()

    def _say(self, sentence: str, tone: str) -> None:
        self.line.setText(sentence)
        self.line.setVisible(bool(sentence))
        set_tone(self.line, tone)
        if tone != "danger":
            set_look(self.field, "wrong", "false")

    def _name_button(self) -> None:
        takes_out = self._taken and not (self._takes_more and self.field.text().strip())
        self.button.set_words(self.tr("Take out") if takes_out else self.tr("Apply"))

    def _on_edited(self) -> None:
        self._say(*self._standing)
        self._name_button()

    def _on_key(self) -> None:
        here = self.field.hasFocus() and not self.field.text().strip()
        if self._taken and (here or not self._takes_more):
            self.dropped.emit()
        else:
            self.take_keyboard()

    def _on_button(self) -> None:
        typed = self.field.text().strip()
        if self._taken and not (self._takes_more and typed):
            self.dropped.emit()
        elif typed:
            self.given.emit(self.field.text())
        else:
            self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Esc in the field from releasing the basket: it gives up the code that was being typed."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                if not self._taken:
                    self._show_none()
                elif self._takes_more:
                    self.field.clear()
                    self._on_edited()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


class BasketCodes(QObject):
    """Puts codes into the basket and takes them out; the field says which were refused.

    Signals: said(Message): something for the person. done(): the keyboard is free for the next step.
    passed(PaymentMethod): no code is typed that the basket does not have; it may be paid.
    """

    said = Signal(object)
    done = Signal()
    passed = Signal(object)

    def __init__(self, background: Background, hold: BasketHold, field: PromoField, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._hold = hold
        self._field = field
        self._refused: tuple[str, tuple[int | None, bool]] | None = None

    def hearings(self, asked_to_pay: SignalInstance, pay: Callable[[PaymentMethod], object]) -> list[Hearing]:
        """Return what leads to a code, and what is paid once the codes are settled."""
        return [
            (lambda: self._field.show_codes(self._hold.basket), self._hold.basket_changed),
            (self.look_up, self._field.given),
            (self.look_again, self._hold.basket_changed),
            (self.let_pay, asked_to_pay),
            (pay, self.passed),
        ]

    def look_up(self, text: str) -> None:
        """Ask the server about a code that was typed."""
        self._ask(text, self.done.emit, lambda _error: self._field.take_keyboard())

    def look_again(self) -> None:
        """Ask once more about a refused code, where the basket is another customer's, or one who is verified by now."""
        if self._refused is None:
            return
        typed, whose = self._refused
        if typed != self._field.typed:
            self._refused = None
        elif whose != _whose(self._hold.basket):
            self._ask(typed, lambda: None, lambda _error: None)

    def let_pay(self, method: PaymentMethod) -> None:
        """Let the basket be paid; a code that was typed and not taken is taken first, or said to be none."""
        words = self.tr("The code that was typed is not taken: no payment is opened without it.")
        advice = self.tr("Beside it stands why. Esc in its field gives it up; then take the payment.")
        self.settle(lambda: self.passed.emit(method), Message(words, advice, Level.WARNING))

    def let_reserve(self, go_on: Callable[[], object]) -> None:
        """Let the basket be reserved, as let_pay does: what it costs is told with the reservation."""
        words = self.tr("The code that was typed is not taken: nothing is reserved without it.")
        advice = self.tr("Beside it stands why. Esc in its field gives it up; then reserve.")
        self.settle(go_on, Message(words, advice, Level.WARNING))

    def settle(self, go_on: Callable[[], object], refusal: Message) -> None:
        """Take the code that was typed, and go on; where it is none, say so and stay."""
        typed = self._field.typed
        if not typed:
            go_on()
            return

        def refused(error: Exception) -> None:
            self._field.take_keyboard()
            if isinstance(error, PromoCodeRefused):
                self.said.emit(refusal)

        self._ask(typed, go_on, refused)

    def _ask(self, text: str, taken: Callable[[], object], refused: Callable[[Exception], object]) -> None:
        """Ask about a code for the basket as it is now; only one answer is awaited."""
        basket = self._hold.basket
        customer_id, whose = basket.customer_id, _whose(basket)
        self._refused = None

        def on_refused(error: Exception) -> None:
            if basket is not self._hold.basket:
                return
            if isinstance(error, PromoCodeRefused):
                self._field.show_refusal(error)
                self._refused = self._field.typed, whose
            else:
                self.said.emit(message_for(error))
            refused(error)
            self.look_again()

        def on_found(found: tuple[tuple[PromoRule, ...], datetime]) -> None:
            if basket is not self._hold.basket:
                return
            try:
                self._hold.change(lambda basket: basket.apply_promo(*found))
            except PromoCodeRefused as refusal:
                on_refused(refusal)
            else:
                taken()

        self._background.read_latest(self, "promo", look_up_promo_codes, text, customer_id).then(on_found, on_refused)


def _whose(basket: Basket) -> tuple[int | None, bool]:
    """Return the customer of a basket, and whether the address is known to be verified."""
    return basket.customer_id, basket.customer is not None and basket.customer.verified


def _savings(basket: Basket, promo: AppliedPromo) -> list[tuple[str, str, str]]:
    """Return each code of the basket, what it takes off, and what it saves."""
    saved = basket.saved_by_code() or (0,) * len(promo.rules)
    return [
        (rule.code, spoken(rule.named()), shown_amount(minor, basket.currency) if basket.lines else "")
        for rule, minor in zip(promo.rules, saved, strict=True)
    ]
