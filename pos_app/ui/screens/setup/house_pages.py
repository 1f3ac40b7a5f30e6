"""What a new house is told, and how a computer joins one that is there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QTimeZone, Signal

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.house.setup import HouseDraft, JoinDraft
from pos_app.domain.local_times import time_zone_names
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.secret_field import SecretField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.screens.setup.fields import NameField
from pos_app.ui.screens.setup.form_page import FormPage

_LONGEST: Final = 200


def _tr(text: str) -> str:
    return QCoreApplication.translate("SetupPages", text)


def usual_currency() -> str:
    """Return the currency of this computer's country, EUR where that is not known."""
    code = QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    return code if code in CURRENCIES else "EUR"


def usual_time_zone() -> str:
    """Return the time zone of this computer's clock, that of London where it has no name."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return name if name in time_zone_names() else "Europe/London"


class HousePage(FormPage):
    """The name of the house, its money and clock, the first manager, and this till.

    Signals: given(HouseDraft).
    """

    given = Signal(object)

    def __init__(self) -> None:
        manager, till = _tr("The first manager"), _tr("This till")
        pin = SecretField(longest=20, placeholder=_tr("6 to 8 digits, or none"))
        super().__init__(
            _tr("A new box office"),
            _tr("The manager sets up events, prices and staff, and may do everything. More managers may follow."),
            (
                Field("house", _tr("Name of the house"), TextField(longest=_LONGEST)),
                Field("currency", _tr("Currency"), NameField(CURRENCIES, longest=10), half=True),
                Field("time_zone", _tr("Time zone"), NameField(time_zone_names()), half=True),
                Field("manager", _tr("Name"), TextField(longest=_LONGEST), section=manager, half=True),
                Field("pin", _tr("PIN"), pin, half=True),
                Field("password", _tr("Password"), SecretField(), half=True),
                Field("again", _tr("The password again"), SecretField(), half=True),
                Field("till_name", _tr("Name of this till"), TextField(longest=_LONGEST), section=till),
            ),
            go_on=_tr("Make the box office"),
        )
        self.on_button.set_icon_name("check")
        self.asked_on.connect(self._on_asked)

    def show_till_name(self, name: str) -> None:
        """Begin with what is usual here."""
        self.form.show_values({"currency": usual_currency(), "time_zone": usual_time_zone(), "till_name": name})

    def _on_asked(self) -> None:
        values = self.read()
        if values is not None:
            self.given.emit(HouseDraft(**{name: str(value) for name, value in values.items()}))


class JoinPage(FormPage):
    """The name of this till, and a manager who enrols it now, if one is here.

    Signals: given(JoinDraft).
    """

    given = Signal(object)

    def __init__(self) -> None:
        section, later = _tr("A manager enrols this till"), _tr("Left empty, a manager does it later.")
        super().__init__(
            "",
            _tr("This computer becomes one of its tills. Gates trust the tickets of enrolled tills only."),
            (
                Field("till_name", _tr("Name of this till"), TextField(longest=_LONGEST)),
                Field("manager", _tr("Manager's name"), TextField(longest=_LONGEST), later, section, half=True),
                Field("password", _tr("Password"), SecretField(), half=True),
            ),
            go_on=_tr("Join"),
        )
        self.on_button.set_icon_name("check")
        self.asked_on.connect(self._on_asked)

    def show_house(self, house: str, till_name: str) -> None:
        """Say which house it is."""
        self.title.setText(self.tr("Join {0}").format(house))
        self.form.show_values({"till_name": till_name})

    def begin(self) -> None:
        """Put the cursor into the name of the till."""
        self.form.begin()

    def _on_asked(self) -> None:
        values = self.read()
        if values is not None:
            self.given.emit(JoinDraft(**{name: str(value) for name, value in values.items()}))
