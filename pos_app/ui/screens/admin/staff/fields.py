"""The fields of a staff member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.roles import Role
from pos_app.domain.staff.passwords import new_password
from pos_app.domain.staff.pins import LONGEST_PIN
from pos_app.services.staff.passwords import LONGEST_NAME, LONGEST_PASSWORD
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField, Option, SwitchField
from pos_app.ui.records.fields.secret_field import SecretField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.roles import role_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class PasswordField(TextField):
    """A password that may be read while it is given, and a button that makes one up. Signals: see FieldEditor."""

    def __init__(self) -> None:
        super().__init__(longest=LONGEST_PASSWORD)
        self.make_button = text_button(self.tr("Make one up"), icon_name="magic-wand")
        self.make_button.clicked.connect(self._on_make)
        row = self.layout()
        if row is not None:
            row.addWidget(self.make_button)

    def value(self) -> object:
        """Return it as it was typed: a space belongs to it. Raises InvalidInput for more than fits."""
        return self.fitting(self.line.text())

    def typed(self) -> object:
        """Return it as it was typed."""
        return self.line.text()

    def _on_make(self) -> None:
        self.line.setText(new_password())
        self.edited.emit()


class RoleField(SwitchField):
    """What somebody is. One's own is closed, and says why. Signals: see FieldEditor."""

    def __init__(self, roles: tuple[Option, ...]) -> None:
        super().__init__(roles)
        self._is_own = False
        self.note = text_label(self.tr("Your own role and account are changed by another manager."), "small", wrap=True)
        column = self.layout()
        if column is not None:
            column.addWidget(self.note)
        self.note.hide()

    def set_own(self, own: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """It is the role of the manager who works here, or somebody else's."""
        self._is_own = own
        self.note.setVisible(own)
        if own:
            self.buttons.setEnabled(False)

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Let a person change it, unless it is one's own."""
        self.buttons.setEnabled(is_open and not self._is_own)


def staff_fields(
    role: RoleField,
    is_new: Callable[[], bool],
    is_own: Callable[[], bool],
    becomes_manager: Callable[[Mapping[str, object]], bool],
) -> tuple[Field, ...]:
    """Return the fields from top to bottom. is_new: it is somebody who is being made.

    becomes_manager: tells by the values whether it is somebody who was no manager before.
    """

    def tr(words: str) -> str:
        return QCoreApplication.translate("StaffFields", words)

    return (
        Field("name", tr("Name"), TextField(longest=LONGEST_NAME), hint=tr("As it is typed to sign in.")),
        Field("role", tr("Role"), role),
        Field(
            "active",
            "",
            CheckField(tr("May sign in")),
            hint=tr("Without it, whoever is signed in is signed out at every till within a minute."),
            shown_if=lambda _values: not is_own(),
        ),
        Field(
            "password",
            tr("New password"),
            PasswordField(),
            hint=tr("Hand it over now: Foyer keeps it so that nobody can read it again."),
            section=tr("To sign in"),
            shown_if=lambda values: is_new() or becomes_manager(values),
        ),
        Field(
            "own_password",
            tr("Your password"),
            SecretField(),
            hint=tr("It opens the key of the house, which the new manager's password opens from then on."),
            shown_if=becomes_manager,
        ),
        Field(
            "pin",
            tr("PIN"),
            TextField(longest=LONGEST_PIN, placeholder=tr("None")),
            hint=tr(
                "To switch quickly at the till and to approve. Settings tell how many digits it has; a manager's has "
                "six at least."
            ),
            shown_if=lambda _values: is_new(),
        ),
    )


def role_options() -> tuple[Option, ...]:
    """Return the roles with their words."""
    return tuple(Option(str(role), role_words(role)) for role in Role)
