"""Ask for another password or PIN of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.staff.passwords import new_password
from pos_app.domain.staff.pins import LONGEST_PIN
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.secret_field import SecretField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.screens.admin.staff.fields import PasswordField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

_FORM_HEIGHT: Final = 96


class SecretSheet(FormSheet):
    """One field and what is to be known of it. Signals: given(str): what was typed; see FormSheet."""

    def __init__(self, parent: QWidget, title: str, sentence: str, field: Field, begin_with: str = "") -> None:
        self._name = field.name
        super().__init__(
            parent,
            title,
            (field,),
            {field.name: begin_with},
            sentence=sentence,
            role="body",
            yes=self.tr("Save"),
            height=_FORM_HEIGHT,
            width=520,
        )

    def answer(self, values: Mapping[str, object]) -> object:
        """Return the secret."""
        return str(values[self._name])


def password_sheet(parent: QWidget, name: str) -> SecretSheet:
    """Return a sheet that asks for another password, with one made up to begin with."""
    words = parent.tr("Write it down or hand it over now: it is shown this once. The password of before ends at once.")
    field = Field("password", parent.tr("New password"), PasswordField())
    return SecretSheet(parent, parent.tr("New password for {0}").format(name), words, field, new_password())


class ManagerPasswordSheet(FormSheet):
    """Another password of a manager, and the one of who gives it. Signals: given(tuple[str, str]): both."""

    def __init__(self, parent: QWidget, name: str) -> None:
        fields = (
            Field("password", self.tr("New password"), PasswordField()),
            Field("own_password", self.tr("Your password, as it is now"), SecretField()),
        )
        super().__init__(
            parent,
            self.tr("New password for {0}").format(name),
            fields,
            {"password": new_password()},
            sentence=self.tr(
                "Write it down or hand it over now: it is shown this once. The password of before ends at once. Yours "
                "opens the key of the house, which the new one opens from then on."
            ),
            role="body",
            yes=self.tr("Save"),
            height=2 * _FORM_HEIGHT,
            width=520,
        )

    def answer(self, values: Mapping[str, object]) -> object:
        """Return the new password, and the own one."""
        return str(values["password"]), str(values["own_password"])


def pin_sheet(parent: QWidget, name: str) -> SecretSheet:
    """Return a sheet that asks for another PIN."""
    words = parent.tr(
        "To switch quickly at the till and to approve. Settings tell how many digits it has; a manager's has six at "
        "least."
    )
    field = Field("pin", parent.tr("New PIN"), TextField(longest=LONGEST_PIN))
    return SecretSheet(parent, parent.tr("New PIN for {0}").format(name), words, field)
