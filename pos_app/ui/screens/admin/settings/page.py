"""The section of settings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.errors import PosError
from pos_app.domain.house.settings import (
    LONGEST_BEFORE_MINUTES,
    LONGEST_HOLD_MINUTES,
    MOST_OF_A_CUSTOMER,
    MOST_RESERVED,
    SHORTEST_HOLD_MINUTES,
    WHOLE_PRICE,
    HouseRecord,
)
from pos_app.domain.staff.pins import LONGEST_PIN, SHORTEST_PIN
from pos_app.domain.tickets.faces import TicketLook
from pos_app.domain.waiting.entries import LONGEST_OFFER_MINUTES, SHORTEST_OFFER_MINUTES
from pos_app.services.house.settings import LONGEST_ORGANISATION
from pos_app.services.house.ticket_look import LONGEST_LINE, SampleHouse, load_sample_house
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField, ChoiceField, Option
from pos_app.ui.records.fields.language_field import LanguageField
from pos_app.ui.records.fields.number_fields import MoneyField, WholeNumberField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.kind import RecordKind, RecordWords
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.settings.logo_field import LogoField
from pos_app.ui.screens.admin.settings.operations import SettingsOperations, draw_sample, read_logo
from pos_app.ui.screens.admin.settings.ticket_preview import TicketPreview
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.documents.previews import RasterPage
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class SettingsPage(RecordPage):
    """The one record of the house in the form; where other pages have their table, a ticket as it would be printed.

    locale: of the tickets where the house has chosen no language. Signals: those of RecordPage.
    """

    def __init__(self, office: Office, locale: str) -> None:
        self._office = office
        self._locale = locale
        self._house = SampleHouse("", "", "UTC", "EUR")
        self.currency = ChoiceField([Option(name, name) for name in sorted(CURRENCIES)])
        self.ticket_fee = MoneyField("")
        self.order_fee = MoneyField("")
        self.refund_limit = MoneyField("")
        self.exchange_fee = MoneyField("")
        self.logo = LogoField()
        self.preview = TicketPreview(self._draw)
        super().__init__(self._kind(), SettingsOperations(office), self._fields)
        self.currency.edited.connect(lambda: self._follow_currency(self.currency.value()))
        self.logo.file_given.connect(self._on_logo)
        self.form.edited.connect(self.preview.draw_soon)

    def refresh(self) -> None:
        """Read the venue that stands on the sample, then the record."""
        self._office.background.read_latest(self, "sample", load_sample_house).then(
            self._on_sample_house, self._on_unreadable
        )

    def prepare(self, values: Mapping[str, object]) -> None:
        """Read and write the amounts in the currency of the house."""
        self._follow_currency(values.get("currency"))

    def _arrange(self) -> None:
        row((column((self.preview, 1), self.banner, spacing=10), 1), self.editor, inside=self, spacing=14)
        # There is one record, and nothing to choose from.
        self.list.setParent(self)
        self.list.hide()

    def _fields(self) -> Sequence[Field]:
        tr = self.tr
        return (
            Field(
                "organisation",
                tr("Organisation"),
                TextField(longest=LONGEST_ORGANISATION, placeholder=tr("The name of the only venue")),
                hint=tr(
                    "What the house is called: above the sign-in, in the title of the window, and on tickets "
                    "before the name of the venue. A house of several venues needs it."
                ),
            ),
            Field("line", tr("A line of your own"), TextField(longest=LONGEST_LINE), section=tr("Tickets")),
            Field("logo_png", tr("Logo"), self.logo, hint=tr("A PNG up to 2 MB. Thermal printers print it in black.")),
            Field("currency", tr("Currency"), self.currency, section=tr("New venues and performances begin with")),
            Field("ticket_fee_minor", tr("Fee on each ticket"), self.ticket_fee, half=True),
            Field("order_fee_minor", tr("Fee on each order"), self.order_fee, half=True),
            Field(
                "hold_minutes",
                tr("Seats are held for"),
                WholeNumberField(least=SHORTEST_HOLD_MINUTES, most=LONGEST_HOLD_MINUTES, unit=tr("minutes")),
                hint=tr("What is on sale already keeps its fees and its time."),
            ),
            Field(
                "cash_in_cents",
                "",
                CheckField(tr("Digits typed as cash given count as cents")),
                section=tr("Taking money"),
                hint=tr(
                    "5, 0, 0, 0 is 50.00 then. Otherwise 5, 0 is 50.00, and a separator is typed before the cents."
                ),
            ),
            Field(
                "refund_limit_minor",
                tr("A cashier gives back per order"),
                self.refund_limit,
                section=tr("After the sale"),
                hint=tr(
                    "Up to so much of one order in all. More needs a manager, and so does each refund where this is 0."
                ),
                half=True,
            ),
            Field(
                "exchange_fee_minor",
                tr("Fee on each ticket exchanged"),
                self.exchange_fee,
                half=True,
            ),
            Field(
                "release_before_doors",
                tr("Unpaid seats go back before the doors by"),
                WholeNumberField(most=LONGEST_BEFORE_MINUTES, unit=tr("minutes")),
                section=tr("Reservations"),
                hint=tr("Where nothing else is said for a reservation. One that is made already keeps its time."),
            ),
            Field(
                "reservation_ends",
                tr("Nothing is reserved before the start for"),
                WholeNumberField(most=LONGEST_BEFORE_MINUTES, unit=tr("minutes")),
                hint=tr("From then on seats are only sold."),
            ),
            Field(
                "reservation_seats",
                tr("One reservation keeps at the most"),
                WholeNumberField(least=1, most=MOST_RESERVED, unit=tr("seats")),
            ),
            Field(
                "offer_minutes",
                tr("Seats are held for who waited for"),
                WholeNumberField(least=SHORTEST_OFFER_MINUTES, most=LONGEST_OFFER_MINUTES, unit=tr("minutes")),
                section=tr("Waiting lists and resale"),
                hint=tr(
                    "Shorter when the performance is near, and never past the end of its sale. A list that is open "
                    "already keeps its time."
                ),
            ),
            Field(
                "resale_percent",
                tr("Commission on a ticket that is resold"),
                WholeNumberField(most=WHOLE_PRICE, unit="%"),
                hint=tr(
                    "Of its price. 0: the holder gets all of it back. A ticket that is on resale "
                    "already keeps what was told."
                ),
            ),
            Field(
                "customer_tickets",
                tr("One customer has of a performance at the most"),
                WholeNumberField(most=MOST_OF_A_CUSTOMER, unit=tr("tickets")),
                section=tr("Customers"),
                hint=tr("0: as many as there are. A plain name is no customer, and is not counted."),
            ),
            Field(
                "customer_tickets_verified",
                "",
                CheckField(tr("Such a limit asks for a verified e-mail address")),
                hint=tr(
                    "So that nobody has as many again under another address. It needs a mail server under Letters."
                ),
            ),
            Field(
                "pin_digits",
                tr("A new PIN has"),
                WholeNumberField(least=SHORTEST_PIN, most=LONGEST_PIN, unit=tr("digits")),
                section=tr("Staff"),
                hint=tr("The same for everybody, so a PIN is sent at its last digit. Older PINs stay, and need Enter."),
            ),
            Field(
                "language",
                tr("Money and dates are written as in"),
                LanguageField(tr("Money and dates are written as in"), tr("Each till's own language")),
                section=tr("Language"),
                hint=tr(
                    "From the next sign-in on. A language in the settings of a computer wins there. "
                    "The words themselves are English for now."
                ),
            ),
        )

    def _kind(self) -> RecordKind[HouseRecord]:
        title = self.tr("The house")
        return RecordKind(
            name="settings",
            icon="gear-six",
            words=RecordWords(title=title, new="", unsaved="", nothing="", first="", choose=self.tr("Reading…")),
            columns=(Column("house", title, lambda one: one.organisation),),
            key=lambda _one: 0,
            title=lambda _one: title,
            search=lambda _one: (),
            values=asdict,
            is_archived=lambda _one: False,
            can_make=False,
            can_archive=False,
        )

    def _draw(self, owner: QWidget, paper: str) -> Reply[tuple[RasterPage, ...]]:
        values, house = self.form.readable_values(), self._house
        logo = values.get("logo_png")
        look = TicketLook(
            logo if isinstance(logo, bytes) else None,
            str(values.get("line") or ""),
            str(values.get("organisation") or ""),
        )
        currency = str(values.get("currency") or house.currency)
        locale = str(values.get("language") or self._locale)
        return self._office.background.compute(owner, draw_sample, house, look, paper, currency=currency, locale=locale)

    def _on_sample_house(self, house: SampleHouse) -> None:
        self._house = house
        super().refresh()

    def _follow_currency(self, currency: object) -> None:
        for editor in (self.ticket_fee, self.order_fee, self.refund_limit, self.exchange_fee):
            editor.set_currency(currency if isinstance(currency, str) else "")

    def _on_records(self, records: Sequence[HouseRecord]) -> None:
        """Open the one there is; what is unsaved stays."""
        super()._on_records(records)
        if self.record is None and records:
            self._open(records[0])

    def _on_unreadable(self, error: Exception) -> None:
        message = message_for(error)
        if self.record is None:
            self.editor.show_nothing(message.text, message.advice)
            self.list.show_unreadable(message)
        self.say(message)

    def _on_logo(self, path: str) -> None:
        self.logo.show_busy()
        self._office.background.outside(self, read_logo, Path(path)).then(self.logo.take, self._on_no_logo)

    def _on_no_logo(self, error: Exception) -> None:
        if isinstance(error, PosError):
            self.logo.show_refusal(spoken_error(error))
        else:
            self.logo.show_refusal(message_for(error).text)
