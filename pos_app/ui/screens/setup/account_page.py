"""An account of its own for this computer, in the place of the owner's that it was set up with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from pos_app.domain.house.setup import AccountDraft
from pos_app.domain.tills.kinds import TillKind
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import ChoiceField, Option
from pos_app.ui.records.fields.secret_field import SecretField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.screens.setup.form_page import FormPage

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_USER = 32
_AND_GATE = "counter, also gate"


def _tr(text: str) -> str:
    return QCoreApplication.translate("SetupPages", text)


class AccountPage(FormPage):
    """What this computer is for, and the account that it gets; the button to go back says “Not now”.

    Signals: given(AccountDraft).
    """

    given = Signal(object)

    def __init__(self) -> None:
        kinds = (
            Option(str(TillKind.COUNTER), _tr("Counter")),
            Option(_AND_GATE, _tr("Counter that also lets guests in")),
            Option(str(TillKind.OFFICE), _tr("Office")),
            Option(str(TillKind.GATE), _tr("Gate")),
        )
        several = _tr("Computers of one kind may share one. One that there is already keeps its password.")
        super().__init__(
            _tr("An account for this computer"),
            "",
            (
                Field("kind", _tr("This computer is"), ChoiceField(kinds), half=True),
                Field("user", _tr("Account"), TextField(longest=_LONGEST_USER), hint=several, half=True),
                Field("password", _tr("Password of this account"), SecretField(), half=True),
                Field("again", _tr("The password again"), SecretField(), half=True),
            ),
            go_on=_tr("Use this account"),
        )
        self.on_button.set_icon_name("check")
        self._proposed = ""
        self.form.edited.connect(self._propose_user)
        self.asked_on.connect(self._on_asked)

    def show_owner(self, user: str) -> None:
        """Say whose account should not stay here."""
        words = self.tr(
            "“{0}” may do everything with the database and give rights to others; whoever takes this computer takes all"
            " of that. An account of its own may do the work of this computer, and nothing else."
        )
        self.sentence.setText(words.format(user))
        self._proposed = _user_of(str(TillKind.COUNTER))
        self.form.show_values(
            {"kind": str(TillKind.COUNTER), "user": self._proposed, "password": "", "again": ""},
        )
        self.show_ready()

    def show_ready(self) -> None:
        """Let a person go on, or leave it for now."""
        super().show_ready()
        self.back_button.set_words(self.tr("Not now"))

    def _propose_user(self) -> None:
        """Propose the name of an account that goes with the kind, as long as nobody typed another."""
        values = self.form.values()
        proposed = _user_of(str(values["kind"]))
        if proposed != self._proposed and values["user"] == self._proposed:
            self._proposed = proposed
            self.form.change_values({"user": proposed})

    def _on_asked(self) -> None:
        values = self.read()
        if values is not None:
            self.given.emit(_draft(values))


def _user_of(kind: str) -> str:
    """Return an account's name: one that also lets guests in is not shared with those that do not."""
    return f"foyer_{'counter_gate' if kind == _AND_GATE else kind}"


def _draft(values: Mapping[str, object]) -> AccountDraft:
    kind = str(values["kind"])
    return AccountDraft(
        kind=str(TillKind.COUNTER) if kind == _AND_GATE else kind,
        also_gate=kind == _AND_GATE,
        user=str(values["user"]),
        password=str(values["password"]),
        again=str(values["again"]),
    )
