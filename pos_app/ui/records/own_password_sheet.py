"""Asking who works here for the password once more, there and then: a PIN opens no keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.secret_field import SecretField
from pos_app.ui.records.form_sheet import FormSheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

_HEIGHT: Final = 96


class OwnPasswordSheet(FormSheet):
    """One field: the password of who has signed in. Signals: given(str): it; see FormSheet."""

    def __init__(self, parent: QWidget, title: str, name: str, *, yes: str, busy: str = "") -> None:
        super().__init__(
            parent,
            title,
            (Field("own_password", self.tr("Your password"), SecretField()),),
            {},
            sentence=self.tr("{0} types the password once more: it opens the key of the house.").format(name),
            role="body",
            yes=yes,
            busy=busy,
            height=_HEIGHT,
            width=520,
        )

    def answer(self, values: Mapping[str, object]) -> object:
        """Return the password."""
        return str(values["own_password"])
