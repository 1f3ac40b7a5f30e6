"""The fields of a promo code."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.domain.promo_codes.records import LONGEST_PROMO_NOTE, MOST_USES
from pos_app.domain.promo_codes.rules import LONGEST_CODE
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField, ChoiceField, Option, SwitchField
from pos_app.ui.records.fields.many_field import ManyField
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.records.fields.number_fields import MoneyField, PercentField, WholeNumberField
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.screens.admin.promo_codes.values import EACH_TICKET, ORDER, PERCENT
from pos_app.ui.widgets.scan_input import take_scans
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pos_app.domain.promo_codes.records import PromoChoice, PromoChoices


class PromoFields(QObject):
    """Makes the fields, and fills them with what a code can be limited to. now: the server's time. No signals."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._performance_events: dict[object, int] = {}
        self._currencies: tuple[str, ...] = ()
        self.code = TextField(longest=LONGEST_CODE + 20)
        take_scans(self.code.line, codes=True)
        self.amount = MoneyField("")
        self.least_spend = MoneyField("", empty=self.tr("None"))
        self.currency = ChoiceField()
        self.currency.edited.connect(self.follow_currency)
        self.valid_from = MomentField("UTC", none=self.tr("From now on"), suggest=now)
        self.valid_until = MomentField("UTC", none=self.tr("No end"), suggest=lambda: now() + timedelta(days=30))
        self.events = ManyField(self.tr("Only for these events"), self.tr("All events"))
        self.performances = ManyField(
            self.tr("Only for these performances"), self.tr("All performances"), offered=self._of_chosen_events
        )
        self.categories = ManyField(self.tr("Only in these categories"), self.tr("All categories"))
        self.ticket_types = ManyField(self.tr("Only for these ticket types"), self.tr("All ticket types"))

    def show_choices(self, choices: PromoChoices) -> None:
        """Offer what there is now."""
        self._performance_events = {one.key: one.event_id for one in choices.performances}
        self._currencies = choices.currencies
        self.currency.set_options([Option(name, name) for name in choices.currencies])
        for editor, offered in (
            (self.events, choices.events),
            (self.performances, choices.performances),
            (self.categories, choices.categories),
            (self.ticket_types, choices.ticket_types),
        ):
            editor.set_options(_options(offered))
        for moment in (self.valid_from, self.valid_until):
            moment.set_zone(choices.time_zone)

    def follow_currency(self) -> None:
        """Write the amounts in the currency that is chosen."""
        currency = self.currency.value()
        for editor in (self.amount, self.least_spend):
            editor.set_currency(currency if isinstance(currency, str) else "")

    def all(self) -> tuple[Field, ...]:
        """Return the fields from top to bottom."""
        tr = self.tr
        switch = SwitchField(
            [
                Option(PERCENT, tr("Percent")),
                Option(EACH_TICKET, tr("Off each ticket")),
                Option(ORDER, tr("Off the order")),
            ]
        )
        most = tr("No limit")
        return (
            Field(
                "code",
                tr("Code"),
                self.code,
                hint=tr("Whoever types it may do so in small letters, with spaces and dashes."),
            ),
            Field("takes", tr("Takes off"), switch),
            Field("percent", tr("Percentage"), PercentField(least=1), half=True, shown_if=_of_percent),
            Field("amount", tr("Amount"), self.amount, half=True, shown_if=_of_amount),
            Field("currency", tr("Currency"), self.currency, half=True, shown_if=self._needs_currency),
            Field("valid_from", tr("Valid from"), self.valid_from),
            Field("valid_until", tr("Valid until"), self.valid_until),
            Field(
                "most_uses",
                tr("Uses in all"),
                WholeNumberField(least=1, most=MOST_USES, empty=most),
                half=True,
            ),
            Field(
                "most_uses_each",
                tr("Uses by one customer"),
                WholeNumberField(least=1, most=MOST_USES, empty=most),
                half=True,
                hint=tr("It counts customers. A plain name is none, and cannot use it."),
            ),
            Field(
                "least_spend", tr("Least spend"), self.least_spend, hint=tr("Measured before anything is taken off.")
            ),
            Field("events", tr("Events"), self.events, section=tr("Only for")),
            Field("performances", tr("Performances"), self.performances),
            Field(
                "categories",
                tr("Price categories"),
                self.categories,
                hint=tr("A category belongs to one seating plan, and to all versions of it."),
            ),
            Field("ticket_types", tr("Ticket types"), self.ticket_types),
            Field(
                "combinable",
                "",
                CheckField(tr("May be combined with other codes that may")),
                section=tr("Else"),
            ),
            Field(
                "verified_only",
                "",
                CheckField(tr("Only for customers whose e-mail address is verified")),
                hint=tr("A code is sent to the address, and typed at the counter. A plain name is no customer."),
            ),
            Field("note", tr("Note"), TextAreaField(lines=2, longest=LONGEST_PROMO_NOTE)),
        )

    def _of_chosen_events(self, options: Sequence[Option]) -> Sequence[Option]:
        events = self.events.value()
        if not isinstance(events, frozenset) or not events:
            return options
        return [option for option in options if self._performance_events.get(option.key) in events]

    def _needs_currency(self, values: Mapping[str, object]) -> bool:
        """One currency in the whole house needs no question."""
        used = values.get("takes") != PERCENT or isinstance(values.get("least_spend"), int)
        return used and (len(self._currencies) > 1 or values.get("currency") not in self._currencies)


def _of_percent(values: Mapping[str, object]) -> bool:
    return values.get("takes") == PERCENT


def _of_amount(values: Mapping[str, object]) -> bool:
    return values.get("takes") != PERCENT


def _options(choices: Sequence[PromoChoice]) -> list[Option]:
    return [Option(one.key, spoken(one.words), spoken(one.detail)) for one in choices]
