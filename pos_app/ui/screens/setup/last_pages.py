"""The warning before an upgrade, and what was done in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from pos_app.domain.house.setup import OwnerAccount
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.secret_field import SecretField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.screens.setup.form_page import FormPage
from pos_app.ui.screens.setup.page import SetupPage
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.labels import IconLabel, text_label
from pos_app.ui.widgets.recovery_box import RecoveryBox
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.house.setup import Made
    from pos_app.ui.background import Background


def _tr(text: str) -> str:
    return QCoreApplication.translate("SetupPages", text)


def _line(icon_name: str, role: str, words: str) -> QWidget:
    box = QWidget()
    sign = (IconLabel(icon_name, 22, role), 0, Qt.AlignmentFlag.AlignTop)
    row(sign, (text_label(words, wrap=True), 1), inside=box, margins=(0, 4, 0, 4), spacing=12)
    return box


class UpgradePage(FormPage):
    """What an upgrade means, before it is begun; on a server, by whom it is done. Signals: see SetupPage."""

    def __init__(self) -> None:
        super().__init__(
            _tr("This box office belongs to an older Foyer"),
            _tr("Its tables must be changed before this Foyer can work with it. Nothing that was sold is lost."),
            (
                Field(
                    "user",
                    _tr("Account of an owner of the database"),
                    TextField(longest=80),
                    half=True,
                    hint=_tr("Where this computer's account may not change tables. It is not kept."),
                ),
                Field("password", _tr("Password"), SecretField(longest=300), half=True),
            ),
            go_on=_tr("Upgrade"),
        )
        for at, words in enumerate(
            (
                _tr("Make a backup of the database first: there is no way back to the older Foyer."),
                _tr("Close Foyer on all other computers. They need the new Foyer, too, before they open again."),
                _tr("A large box office takes some minutes. If it is cut off, upgrade again: it goes on where it was."),
            )
        ):
            self.body.insertWidget(at, _line("warning", "warn", words))

    def show_asks_owner(self, *, asks: bool) -> None:
        """Ask for an owner's account, or not: a file of this computer has none."""
        self.form.show_values({"user": "", "password": ""})
        self.form.setVisible(asks)

    def owner(self) -> OwnerAccount | None:
        """Return whose account was typed; None: that of this computer does it."""
        values = self.read() or {}
        user = str(values.get("user", "")).strip()
        return OwnerAccount(user, str(values.get("password", ""))) if user else None

    def begin(self) -> None:
        """Put the cursor on the button: whoever was warned goes on."""
        self.on_button.setFocus()


class DonePage(SetupPage):
    """What was made, and what to know about it. Signals: see SetupPage."""

    def __init__(self, background: Background) -> None:
        super().__init__(_tr("The box office is ready"), "", go_on=_tr("Open the box office"), back=False)
        self._lines = column()
        self.body.addLayout(self._lines)
        self.recovery = RecoveryBox(background)
        self.body.addWidget(self.recovery)
        self.recovery.hide()
        self.body.addStretch(1)

    def show_made(self, made: Made) -> None:
        """Say what was made; once."""
        self.sentence.setText(
            self.tr("Sign in with the name and the password of the manager, or of anybody who works here.")
        )
        enrolled = self.tr("“{0}” is enrolled: gates trust its tickets.").format(made.till_name)
        later = self.tr("“{0}” is a till now. A manager signs in here once and enrols it.").format(made.till_name)
        trusted_by_office = self.tr(
            "“{0}” is a till now, and gates do not trust its tickets yet. This computer's account may not enrol it:"
            " open Foyer here once as an office's account, by “foyer --database URL”, and enrol it then."
        )
        if made.is_gate:
            self._lines.addWidget(_line("check-circle", "ok", self.tr("“{0}” is a gate now.").format(made.till_name)))
        elif made.enrolled:
            self._lines.addWidget(_line("check-circle", "ok", enrolled))
        elif made.may_enrol:
            self._lines.addWidget(_line("info", "accent", later))
        else:
            self._lines.addWidget(_line("warning", "warn", trusted_by_office.format(made.till_name)))
        if made.recovery_code:
            self.recovery.show_sheet(made.house, made.recovery_code)
            self.recovery.show()
        for note in made.notes:
            self._lines.addWidget(_line("warning", "warn", spoken(note)))
