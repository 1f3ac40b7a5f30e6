"""The server: where it is, and who this computer is to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, Signal

from pos_app.domain.house.setup import USUAL_PORT, DatabaseState, ServerAccount, SetupRefused, taken_apart
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.fields.secret_field import SecretField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.screens.setup.fields import FileField
from pos_app.ui.screens.setup.form_page import FormPage
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.house.setup import DatabaseFound

_LONGEST_PASTED: Final = 1000


def _tr(text: str) -> str:
    return QCoreApplication.translate("ServerPage", text)


class ServerPage(FormPage):
    """Host, port, database, account, certificate; a test of the connection; a pasted address is taken apart.

    Signals:
        test_asked(ServerAccount): test this connection.
        creation_asked(ServerAccount): make the database that is missing.
        continued(ServerAccount, DatabaseFound): go on with what the test found.
    """

    test_asked = Signal(object)
    creation_asked = Signal(object)
    continued = Signal(object, object)

    def __init__(self) -> None:
        host = TextField(longest=_LONGEST_PASTED, placeholder="tickets.example.org")
        port = WholeNumberField(least=1, most=65535)
        authority = FileField(_tr("The certificate of the server's authority"), _tr("Certificates (*.pem *.crt)"))
        super().__init__(
            _tr("Connect to a MySQL server"),
            _tr("MariaDB 10.6 or newer, or MySQL 8.0.16 or newer. An address mysql://… may be pasted as the server."),
            (
                Field("host", _tr("Server"), host, half=True),
                Field("port", _tr("Port"), port, half=True),
                Field("database", _tr("Database"), TextField(longest=64), half=True),
                Field("user", _tr("Account"), TextField(longest=80), half=True),
                Field("password", _tr("Password"), SecretField(longest=300)),
                Field(
                    "certificate",
                    _tr("Certificate file (PEM)"),
                    authority,
                    hint=_tr("Only where this computer does not know the server's authority."),
                ),
            ),
            go_on=_tr("Test connection"),
        )
        self.host = host
        # Room for what comes of a test, so that nothing jumps.
        self.outcome.setMinimumHeight(64)
        self._files: dict[str, str] = {}
        """What only an address tells: the socket and the public key of a server on this computer."""
        self._found: DatabaseFound | None = None
        self._tested: ServerAccount | None = None
        self.create_button = KeyButton(self.tr("Make the database"), icon_name="plus")
        self.create_button.clicked.connect(self._on_create)
        self.create_button.hide()
        self.buttons.insertWidget(2, self.create_button)
        self.form.edited.connect(self._on_edited)
        self._host_length = 0
        self.host.line.textEdited.connect(self._on_host_typed)
        self.host.line.editingFinished.connect(self._on_host_left)
        self.asked_on.connect(self._on_asked)
        self._offer_test()

    def show_account(self, account: ServerAccount) -> None:
        """Begin with what the settings say, or with what is usual."""
        self._files = {"socket": account.socket, "server_key": account.server_key}
        self.form.show_values(
            {
                "host": account.host,
                "port": account.port or USUAL_PORT,
                "database": account.database or "foyer",
                "user": account.user or "foyer",
                "password": account.password,
                "certificate": account.certificate,
            }
        )

    def account(self) -> ServerAccount | None:
        """Return what was typed; None when the port is no number, which is said beside it."""
        values = self.read()
        if values is None:
            return None
        texts = {name: str(values[name]) for name in ("host", "database", "user", "password", "certificate")}
        return ServerAccount(port=cast("int", values["port"]), **texts, **self._files)

    def show_found(self, account: ServerAccount, found: DatabaseFound) -> None:
        """Say that the connection works, and what is there."""
        self.show_ready()
        self._tested, self._found = account, found
        if found.encrypted:
            answers = self.tr("{0} answers (encrypted).")
        else:
            answers = self.tr("{0} answers (not encrypted, on this computer).")
        room = "" if found.connections is None else spoken(found.connections.told())
        self.outcome.show_good(answers.format(found.server), f"{self._words_of(found)}\n{room}".strip())
        self.on_button.set_words(self.tr("Continue"))
        self.on_button.set_icon_name("arrow-right")
        self.on_button.setFocus()

    def show_refused(self, error: SetupRefused) -> None:
        """Say what is wrong with the connection, and go to its field."""
        self.show_ready()
        self.form.show_problems({})
        self.outcome.show_problem(spoken(error.message), spoken(error.advice))
        if error.field:
            self.form.editor(error.field).show_wrong(True)
            self.form.ensureWidgetVisible(self.form.editor(error.field))
            self.form.editor(error.field).setFocus()
        self.create_button.setVisible(error.may_create)
        if error.may_create:
            self.create_button.setFocus()

    def _words_of(self, found: DatabaseFound) -> str:
        return {
            DatabaseState.EMPTY: self.tr("The database is empty: Foyer makes its tables in it."),
            DatabaseState.UNFINISHED: self.tr("A box office was begun here, and is finished now."),
            DatabaseState.HOUSE: self.tr("It holds the box office of {0}.").format(found.house),
            DatabaseState.OLDER: self.tr("It holds a box office of an older Foyer, which is to be upgraded."),
        }[found.state]

    def _offer_test(self) -> None:
        self._found = None
        self.create_button.hide()
        self.on_button.set_words(self.tr("Test connection"))
        self.on_button.set_icon_name("plugs-connected")

    def _on_edited(self) -> None:
        self.outcome.clear()
        self._offer_test()

    def _on_host_typed(self, text: str) -> None:
        """Take an address apart that came in one piece; one that is typed letter by letter is not complete yet."""
        pasted, self._host_length = len(text) - self._host_length > 1, len(text)
        if pasted and "://" in text:
            self._take_apart(text)

    def _on_host_left(self) -> None:
        self._take_apart(self.host.line.text())

    def _take_apart(self, text: str) -> None:
        parts: dict[str, object] = dict(taken_apart(text))
        if "database" in parts:
            self._files = {name: str(parts.pop(name, "")) for name in ("socket", "server_key")}
        if parts:
            self.form.change_values(parts)

    def _on_asked(self) -> None:
        account = self.account()
        if account is None:
            return
        if self._found is not None and self._tested == account:
            self.continued.emit(account, self._found)
        else:
            self.test_asked.emit(account)

    def _on_create(self) -> None:
        account = self.account()
        if account is not None:
            self.creation_asked.emit(account)
