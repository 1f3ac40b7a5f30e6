"""Ask for another password or PIN of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.editing import FieldRefused
from pos_app.domain.staff.passwords import new_password
from pos_app.ui.records.fields.field import Field
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.screens.admin.staff.fields import LONGEST_PIN, PasswordField
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FORM_HEIGHT: Final = 96


class SecretSheet(Sheet):
    """One field and what is to be known of it. Stays open until close_sheet(). Signals: given(str)."""

    given = Signal(str)

    def __init__(self, parent: QWidget, title: str, sentence: str, field: Field, begin_with: str = "") -> None:
        super().__init__(parent, title, width=520)
        self._name = field.name
        self.body.addWidget(text_label(sentence, wrap=True))
        self.form = RecordForm((field,), side=2)
        self.form.setFixedHeight(_FORM_HEIGHT)
        self.form.show_values({field.name: begin_with})
        self.body.addWidget(self.form)
        self._wrong = text_label("", tone="danger", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.yes = self.add_button(self.tr("Save"), "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the cursor in the field."""
        super().open()
        self.form.begin()

    def show_refusal(self, error: Exception) -> None:
        """Say why it was not taken; what was typed stays."""
        self.yes.setEnabled(True)
        words = ""
        if isinstance(error, FieldRefused):
            words = " ".join(self.form.show_problems(error.fields))
        else:
            message = message_for(error)
            words = f"{message.text} {message.advice}".strip()
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _on_yes(self) -> None:
        self._wrong.hide()
        try:
            secret = str(self.form.values()[self._name])
        except FieldRefused as error:
            self.show_refusal(error)
            return
        self.yes.setEnabled(False)
        self.given.emit(secret)


def password_sheet(parent: QWidget, name: str) -> SecretSheet:
    """Return a sheet that asks for another password, with one made up to begin with."""
    words = parent.tr("Write it down or hand it over now: it is shown this once. The password of before ends at once.")
    field = Field("password", parent.tr("New password"), PasswordField())
    return SecretSheet(parent, parent.tr("New password for {0}").format(name), words, field, new_password())


def pin_sheet(parent: QWidget, name: str) -> SecretSheet:
    """Return a sheet that asks for another PIN."""
    words = parent.tr("Four to eight digits, to switch quickly at the till and to approve.")
    field = Field("pin", parent.tr("New PIN"), TextField(longest=LONGEST_PIN))
    return SecretSheet(parent, parent.tr("New PIN for {0}").format(name), words, field)
