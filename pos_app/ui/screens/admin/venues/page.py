"""The venues in a table, and the form of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.editing import values_of
from pos_app.domain.local_times import place_zones, zone_by_city
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.kind import RecordKind, RecordWords
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.venues.suggested_field import SuggestedField
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pos_app.domain.venues.records import VenueRecord
    from pos_app.ui.screens.admin.venues.operations import VenueOperations

_FIELDS: Final = ("name", "address", "time_zone", "currency")


class VenuesPage(RecordPage):
    """Venues: where they are, by which clock and in which currency they sell.

    Keys: Ctrl+P shows the seating plans; and those of RecordPage.
    Signals: plans_asked(VenueRecord): show its seating plans; and those of RecordPage.
    """

    plans_asked = Signal(object)

    def __init__(self, operations: VenueOperations) -> None:
        self._zones = SuggestedField(placeholder="Europe/Vienna", meant=zone_by_city)
        self._currencies = SuggestedField(placeholder="EUR")
        self._currencies.suggest(sorted(CURRENCIES))
        self._fresh: Mapping[str, object] = {}
        super().__init__(self._kind(), operations, self._fields)
        self.plans_button = KeyButton(self.tr("Seating plans"), "Ctrl+P", icon_name="armchair")
        self.plans_button.clicked.connect(self._on_plans)
        self.editor.extra.addWidget(self.plans_button)
        self.editor.extra.setContentsMargins(18, 0, 14, 8)
        self.opened.connect(lambda record: self.plans_button.setVisible(record is not None))
        self.records_read.connect(self._on_read)
        operations.background.compute(self, place_zones).then(self._zones.suggest, lambda _error: None)

    def _kind(self) -> RecordKind[VenueRecord]:
        tr = self.tr
        return RecordKind(
            name="venues",
            icon="house",
            words=RecordWords(
                title=tr("Venues"),
                new=tr("New venue"),
                unsaved=tr("A new venue that is not saved"),
                nothing=tr("There is no venue yet"),
                first=tr("Make the first one: its name, its clock, its currency. Then give it a seating plan."),
                choose=tr("Choose a venue in the table, or make a new one."),
            ),
            columns=(
                Column("name", tr("Venue"), lambda one: one.name, lower=lambda one: one.address, strong=True),
                Column("plans", tr("Plans"), lambda one: shown_number(one.plans), lambda one: one.plans, width=76,
                       right=True),
                Column("upcoming", tr("To come"), lambda one: shown_number(one.upcoming), lambda one: one.upcoming,
                       width=92, right=True),
                Column("clock", tr("Currency"), lambda one: one.currency, lower=lambda one: one.time_zone, width=150),
            ),
            key=lambda one: one.venue_id,
            title=lambda one: one.name,
            search=lambda one: (one.name, one.address, one.time_zone, one.currency),
            values=lambda one: values_of(one, _FIELDS),
            fresh=lambda: self._fresh,
            is_archived=lambda one: one.archived,
            status=lambda one: (tr("Archived"), "muted") if one.archived else ("", ""),
            warning=self._warning,
        )  # fmt: skip

    def _fields(self) -> tuple[Field, ...]:
        tr = self.tr
        return (
            Field("name", tr("Name"), TextField(longest=200)),
            Field("address", tr("Address"), TextField(longest=500)),
            Field("time_zone", tr("Time zone"), self._zones, hint=tr("Type a city."), half=True),
            Field("currency", tr("Currency"), self._currencies, hint=tr("Stays once tickets were sold."), half=True),
        )

    def _warning(self, record: VenueRecord | None, values: Mapping[str, object]) -> str:
        if record is not None and record.upcoming and values["time_zone"] != record.time_zone:
            return spoken_count(
                "The clock shows other times at {count} performance to come. It begins when it began.",
                "The clock shows other times at {count} performances to come. They begin when they began.",
                record.upcoming,
            )
        return ""

    def _on_read(self, records: Sequence[VenueRecord]) -> None:
        """A new venue is most likely where the others are."""
        current = [one for one in records if not one.archived]
        if current:
            self._fresh = values_of(current[-1], ("time_zone", "currency"))

    def _on_plans(self) -> None:
        self.leave(lambda: self.plans_asked.emit(self.record))
