"""What a party wants: categories and zones that will do, together or not, and until when it waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import InvalidInput
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.waiting.chips import ChoiceChips
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from pos_app.domain.waiting.rows import WaitingEvening

TOGETHER, SPLIT = "together", "split"
AS_LONG, AT = "as_long", "at"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who waits and for what; none of categories or zones: any. until: UTC, None: as long as there is."""

    customer_id: int
    seats: int
    categories: tuple[int, ...] = ()
    zones: tuple[int, ...] = ()
    together: bool = True
    until: datetime | None = None


class PartyWants(QWidget):
    """The part of the sheet that depends on the evening. What can be chosen from one alone is not asked. No signals."""

    def __init__(self, evening: WaitingEvening) -> None:
        super().__init__()
        self.categories = ChoiceChips(self.tr("Categories that will do"), evening.categories)
        self.zones = ChoiceChips(self.tr("Zones that will do"), evening.zones)
        self.together = SegmentedButtons(((TOGETHER, self.tr("Together")), (SPLIT, self.tr("May be split"))))
        self.wrong_where = self._wrong()
        self.wrong_until = self._wrong()
        self.until = SegmentedButtons(((AS_LONG, self.tr("As long as there is")), (AT, self.tr("Until a time"))))
        self.until.chosen.connect(self._on_until)
        self.moment = MomentField(evening.time_zone)
        self.moment.set_name(self.tr("Until when they wait"))
        self.moment.show_value(max(evening.now + timedelta(hours=1), evening.starts_at - timedelta(hours=2)))
        self.moment.edited.connect(lambda: say(self.wrong_until, ""))
        self.moment.hide()
        self._beside = column(text_label(self.tr("Seats"), "strong"), self.together, spacing=6)
        parts = []
        for many, title, chips in (
            (len(evening.categories) > 1, self.tr("Categories that will do"), self.categories),
            (len(evening.zones) > 1, self.tr("Zones that will do"), self.zones),
        ):
            if many:
                parts += [text_label(title, "strong"), chips]
            else:
                chips.hide()
        column(
            *parts,
            self.wrong_where,
            self._beside,
            text_label(self.tr("How long they wait"), "strong"),
            self.until,
            self.moment,
            self.wrong_until,
            inside=self,
            spacing=8,
        )

    def wanted(self, customer_id: int, seats: int) -> Wanted | None:
        """Return what is wanted; None where a field says why it cannot be."""
        until: datetime | None = None
        if self.until.current == AT:
            try:
                value = self.moment.value()
            except InvalidInput as error:
                self._refuse_until(spoken_error(error))
                return None
            until = value if isinstance(value, datetime) else None
        together = self.together.current == TOGETHER
        return Wanted(customer_id, seats, self.categories.chosen, self.zones.chosen, together, until)

    def show_party(self, seats: int) -> None:
        """One person sits together with nobody."""
        self.together.setEnabled(seats != 1)

    def show_wrong(self, field: str, error: InvalidInput) -> bool:
        """Say beside a field why it is refused; tells whether it is one of these."""
        if field == "until":
            self._refuse_until(spoken_error(error))
        elif field in {"categories", "zones"}:
            say(self.wrong_where, spoken_error(error))
        return field in {"until", "categories", "zones"}

    def _refuse_until(self, words: str) -> None:
        say(self.wrong_until, words)
        self.moment.setFocus()

    def _on_until(self, key: str) -> None:
        self.moment.setVisible(key == AT)
        say(self.wrong_until, "")
        if key == AT:
            self.moment.setFocus()

    @staticmethod
    def _wrong() -> QLabel:
        label = text_label("", "body", tone="danger", wrap=True)
        label.hide()
        return label
