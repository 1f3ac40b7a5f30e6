"""The promo code of the basket: typed in its field, looked up in the background, shown there, dropped on request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes.rules import LONGEST_CODE
from pos_app.services.promo_codes.redeeming import look_up_promo_codes
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import set_look, set_tone, text_label
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pos_app.domain.promo_codes.rules import PromoRule
    from pos_app.domain.selling.basket import Basket
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.basket.hold import BasketHold

KEY = "F11"


@dataclass(frozen=True, slots=True)
class TakenCode:
    """A code of the basket: what it takes off, in words, and what it saves."""

    code: str
    named: str
    saving: str


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
        self._taken = False
        self._takes_more = False
        self._shown = ""
        self._standing = ("", "")
        self.field = QLineEdit(maxLength=LONGEST_CODE * 2)
        self.field.setPlaceholderText(self.tr("Promo code"))
        self.field.setAccessibleName(self.tr("Promo code ({0})").format(KEY))
        self.field.returnPressed.connect(self._on_button)
        self.field.textEdited.connect(self._on_edited)
        self.button = KeyButton(self.tr("Apply"))
        self.button.print_key(KEY)
        self.button.clicked.connect(self._on_button)
        self.line = text_label("", "small", wrap=True)
        self.line.hide()
        column(row((self.field, 1), self.button, spacing=8), self.line, inside=self, spacing=4)
        self.field.installEventFilter(self)
        self._key = QShortcut(QKeySequence(KEY), self, self._on_key)

    def show_none(self) -> None:
        """Be ready for a code."""
        self._taken = False
        self._takes_more = False
        self._standing = ("", "")
        self.field.setPlaceholderText(self.tr("Promo code"))
        self.field.clear()
        self.field.setReadOnly(False)
        self._say("", "")
        self.button.set_words(self.tr("Apply"))

    def show_taken(
        self, codes: Sequence[TakenCode], problem: PromoCodeRefused | None, *, takes_more: bool = False
    ) -> None:
        """Show codes that were taken: what they save, or why they save nothing just now."""
        shown = "+".join(one.code for one in codes)
        same = self._taken and self._takes_more and shown == self._shown
        self._taken, self._takes_more, self._shown = True, takes_more, shown
        self.field.setReadOnly(not takes_more)
        if not takes_more:
            self.field.setText(shown)
        elif not same:
            self.field.clear()
        self.field.setPlaceholderText(self.tr("One more code") if takes_more else self.tr("Promo code"))
        self._name_button()
        if problem is not None:
            self._standing = str(problem), "warn"
        elif takes_more:
            words = self.tr("✓ {0}, {1}: saves {2}")
            self._standing = "\n".join(words.format(one.code, one.named, one.saving) for one in codes), "ok"
        else:
            self._standing = self.tr("✓ {0}: saves {1}").format(codes[0].named, codes[0].saving), "ok"
        self._say(*self._standing)

    def show_refusal(self, refusal: PromoCodeRefused) -> None:
        """Say why a code was not taken; what was typed stays."""
        set_look(self.field, "wrong", "true")
        self._say(str(refusal), "danger")
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
            self.field.setFocus()
            self.field.selectAll()

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
                    self.show_none()
                elif self._takes_more:
                    self.field.clear()
                    self._on_edited()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


class BasketCodes(QObject):
    """Puts codes into the basket and takes them out, and keeps the field true.

    Signals: said(Message): something for the person. done(): the keyboard is free for the next step.
    """

    said = Signal(object)
    done = Signal()

    def __init__(self, background: Background, hold: BasketHold, field: PromoField, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._hold = hold
        self._field = field
        self._basket: Basket = hold.basket
        self._shown = False

    def show(self) -> None:
        """Show the code of the basket as it is; what is being typed stays, unless it was for another basket."""
        basket = self._hold.basket
        is_other = basket is not self._basket
        self._basket = basket
        if basket.promo is not None:
            saved = basket.saved_by_code() or (0,) * len(basket.promo.rules)
            codes = [
                TakenCode(rule.code, rule.named(), shown_amount(minor, basket.currency) if basket.lines else "")
                for rule, minor in zip(basket.promo.rules, saved, strict=True)
            ]
            self._field.show_taken(codes, basket.promo_problem(), takes_more=basket.promo.takes_more)
            self._shown = True
        elif self._shown or is_other:
            self._field.show_none()
            self._shown = False

    def look_up(self, text: str) -> None:
        """Ask the server about a code that was typed."""
        basket = self._hold.basket
        self._background.read_latest(self, "promo", look_up_promo_codes, text, basket.customer_name).then(
            lambda found: self._on_found(found, basket), lambda error: self._on_refused(error, basket)
        )

    def take_out(self) -> None:
        """Go on without a code."""
        self._hold.change(lambda basket: basket.drop_promo())
        self.done.emit()

    def _on_found(self, found: tuple[tuple[PromoRule, ...], datetime], basket: Basket) -> None:
        if basket is not self._hold.basket:
            return
        try:
            self._hold.change(lambda basket: basket.apply_promo(*found))
        except PromoCodeRefused as refusal:
            self._field.show_refusal(refusal)
        else:
            self.done.emit()

    def _on_refused(self, error: Exception, basket: Basket) -> None:
        if basket is not self._hold.basket:
            return
        if isinstance(error, PromoCodeRefused):
            self._field.show_refusal(error)
        else:
            self.said.emit(message_for(error))
