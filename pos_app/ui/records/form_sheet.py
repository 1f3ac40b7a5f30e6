"""A sheet that asks for the values of fields: a name, a password, a batch, a category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import SignInRefused
from pos_app.ui.records.form import RecordForm
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.ui.records.fields.base import Field
    from pos_app.ui.widgets.key_button import KeyButton

_WIDTH: Final = 560


class FormSheet(Sheet):
    """Asks for the values of fields. Stays open until take() or close_sheet(), so that a refusal can be shown in it.

    sentence: above the fields, in the looks of `role`. height: of the fields at least; they get as much as they need,
    with what is wrong below them, where the window has it. yes, busy: the words of the button that answers, and those
    it has until it is told what became of the answer.
    Signals: given(object): what answer() makes of the values.
    """

    given = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, object],
        *,
        yes: str,
        busy: str = "",
        height: int,
        sentence: str = "",
        role: str = "muted",
        width: int = _WIDTH,
    ) -> None:
        super().__init__(parent, title, width=width)
        if sentence:
            self.body.addWidget(text_label(sentence, role, wrap=True))
        self._first = fields[0].name
        self._yes_words, self._busy_words = yes, busy or yes
        self.form = RecordForm(fields, side=2)
        self.form.show_values(values)
        self._wrong = text_label("", "body", tone="danger", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self.form)
        self._height = height
        self.let_give_way(self.form, height)
        self.form.edited.connect(self._fit)
        self.body.addWidget(self._wrong)
        self.yes = self.add_button(yes, "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def answer(self, values: Mapping[str, object]) -> object:
        """Return what is given for these values: they themselves, by the names of the fields. Raises FieldRefused."""
        return values

    def add_other(self, words: str) -> KeyButton:
        """Add a button that closes the sheet, too."""
        button = self.add_button(words, variant="danger")
        button.clicked.connect(self.close_sheet)
        return button

    def open(self) -> None:
        """Show it with the cursor in the first field."""
        super().open()
        self._fit()
        self.form.begin()

    def take(self, refusal: Exception | None) -> None:
        """Close, for the answer was taken; or say why not, beside the first field where it is about none of them."""
        if refusal is None:
            self.close_sheet()
        elif isinstance(refusal, FieldRefused):
            self.show_refusal(refusal)
        else:
            self._show_wrong({self._first: message_for(refusal).sentence})

    def show_refusal(self, error: Exception) -> None:
        """Say why it was not taken, beside the fields or below them all; what was typed stays.

        A password that was not right is typed anew: what nobody sees cannot be mended.
        """
        if isinstance(error, FieldRefused):
            self._show_wrong(error.fields)
        else:
            self._rest()
            self._say(message_for(error).sentence)
            if isinstance(error, SignInRefused):
                self.form.begin_anew()

    def _show_wrong(self, problems: Mapping[str, str]) -> None:
        self._rest()
        self._say(following(*self.form.show_problems(problems)))
        self._fit()

    def _fit(self) -> None:
        """Let no field, and nothing that is said to be wrong with one, be scrolled to without need."""
        needed = self.form.whole_height
        if self.is_open and needed > self._height:
            self._height = needed
            self.let_give_way(self.form, needed)

    def _rest(self) -> None:
        self.yes.setEnabled(True)
        self.yes.set_words(self._yes_words)

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _on_yes(self) -> None:
        self._say("")
        try:
            answer = self.answer(self.form.values())
        except FieldRefused as error:
            self.show_refusal(error)
            return
        self.yes.setEnabled(False)
        self.yes.set_words(self._busy_words)
        self.given.emit(answer)
