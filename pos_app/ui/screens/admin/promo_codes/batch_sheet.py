"""Ask how many codes, and what they are to look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pos_app.domain.editing import FieldRefused
from pos_app.domain.promo_codes.records import (
    FEWEST_RANDOM,
    LONGEST_BATCH,
    MOST_CODES,
    MOST_RANDOM,
    PromoBatch,
    PromoDraft,
)
from pos_app.ui.records.fields.field import Field
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FORM_HEIGHT = 270


class BatchSheet(Sheet):
    """The batch's name, prefix and size; the rule is the one in the form. Stays open until close_sheet().

    Signals: given(PromoBatch).
    """

    given = Signal(object)

    def __init__(self, parent: QWidget, rule: PromoDraft, takes: str) -> None:
        super().__init__(parent, self.tr("Many codes of this rule"), width=520)
        self._rule = rule
        self.body.addWidget(text_label(self.tr("Each code: {0}, as in the form.").format(takes), wrap=True))
        self.form = RecordForm(
            (
                Field("name", self.tr("Name of the batch"), TextField(longest=LONGEST_BATCH)),
                Field(
                    "prefix",
                    self.tr("Codes begin with"),
                    TextField(longest=24, placeholder=self.tr("Nothing")),
                    half=True,
                ),
                Field(
                    "random",
                    self.tr("Random letters"),
                    WholeNumberField(least=FEWEST_RANDOM, most=MOST_RANDOM),
                    half=True,
                    hint=self.tr("None that look alike."),
                ),
                Field("count", self.tr("How many codes"), WholeNumberField(least=1, most=MOST_CODES)),
            ),
            side=2,
        )
        self.form.setFixedHeight(_FORM_HEIGHT)
        self.form.show_values({"random": 8, "count": 100})
        self.body.addWidget(self.form)
        self._wrong = text_label("", "body", tone="danger", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.yes = self.add_button(self.tr("Make them"), "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the cursor in the name."""
        super().open()
        self.form.begin()

    def show_refusal(self, error: Exception) -> None:
        """Say why there is no batch; what was typed stays."""
        self.yes.setEnabled(True)
        self.yes.set_words(self.tr("Make them"))
        if isinstance(error, FieldRefused):
            elsewhere = self.form.show_problems(error.fields)
            self._say(" ".join(elsewhere))
        else:
            message = message_for(error)
            self._say(f"{message.text} {message.advice}".strip())

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _on_yes(self) -> None:
        self._say("")
        try:
            values = self.form.values()
        except FieldRefused as error:
            self.show_refusal(error)
            return
        self.yes.setEnabled(False)
        self.yes.set_words(self.tr("Making them…"))
        count, random = values["count"], values["random"]
        self.given.emit(
            PromoBatch(
                str(values["name"]),
                str(values["prefix"]),
                count if isinstance(count, int) else 0,
                random if isinstance(random, int) else 0,
                self._rule,
            )
        )
