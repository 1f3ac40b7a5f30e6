"""The password of the mail server on this till: typed beside the name, kept in the keyring, forgotten again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.records.fields.secret_field import SecretField
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import say, set_tone, text_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.letters.settings import MailSettings
    from pos_app.ui.screens.admin.letters.operations import SendingOperations


class PasswordHere(QWidget):
    """Says whether this till has one, with a key that forgets it. `field` belongs into the form, beside the name.

    stored: how letters are sent; typed: what stands in the form.
    Signals: refused(str, Exception): this password could not be kept, or forgotten ("").
    """

    refused = Signal(str, object)

    def __init__(
        self, operations: SendingOperations, stored: Callable[[], MailSettings], typed: Callable[[], MailSettings]
    ) -> None:
        super().__init__()
        self._operations = operations
        self._stored, self._typed = stored, typed
        self._has: bool | None = None
        self.field = SecretField()
        self.state = text_label("", "body", wrap=True)
        self.forget_button = KeyButton(self.tr("Forget it on this till"), "F10", icon_name="x")
        self.forget_button.clicked.connect(lambda: self.keep(self._stored(), ""))
        column(
            text_label(self.tr("The password"), "title"),
            text_label(
                self.tr(
                    "It is typed beside the name at each till that sends, and kept there in the keyring of its account,"
                    " not in the database."
                ),
                wrap=True,
            ),
            self.state,
            (self.forget_button, 0, Qt.AlignmentFlag.AlignLeft),
            inside=self,
            spacing=10,
        )

    def look(self) -> None:
        """Look whether this till has one for the account that is stored."""
        settings, self._has = self._stored(), None
        if settings.server and settings.user:
            self._operations.has_password(self, settings).then(self._on_looked, lambda _error: None)
        self.show_standing()

    def keep(self, settings: MailSettings, password: str) -> None:
        """Keep one for an account; "": forget the one that is kept."""
        kept = self._operations.keep_password(self, settings, password)
        kept.then(lambda _nothing: self.look(), lambda error: self.refused.emit(password, error))

    def show_standing(self) -> None:
        """Say what is known, of the account that stands in the form."""
        stored, typed = self._stored(), self._typed()
        is_stored = (typed.server, typed.user) == (stored.server, stored.user)
        hint, words, tone = "", self.tr("None is needed while nobody signs in there."), "muted"
        if typed.user and not is_stored:
            words = self.tr("It is kept as soon as the name is saved. A test letter takes what is typed.")
        elif typed.user and self._has:
            hint, words, tone = self.tr("Kept on this till"), self.tr("This till has one."), "ok"
        elif typed.user and self._has is False:
            hint, words, tone = (
                self.tr("None on this till"),
                self.tr("This till has none, and cannot send."),
                "warn",
            )
        elif typed.user:
            words = ""
        self.field.line.setPlaceholderText(hint)
        self.forget_button.setEnabled(is_stored and bool(self._has))
        say(self.state, words)
        set_tone(self.state, tone)

    def _on_looked(self, has: bool) -> None:  # noqa: FBT001 - the answer of a flow
        self._has = has
        self.show_standing()
