"""The section of ticket types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.editing import values_of
from pos_app.domain.seats import SeatKind
from pos_app.services.season.ticket_types import LONGEST_LETTER, LONGEST_NAME, MOST_SORT
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField, ChoiceField, Option
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.kind import RecordKind, RecordWords
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.ticket_types.operations import TicketTypeOperations
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.domain.season.ticket_types import TicketTypeRecord
    from pos_app.ui.office import Office

_NAMES = ("name", "letter", "seat_kind", "complimentary", "sort")
_STEP = 10
"""Room between two in the order, for one more."""


class TicketTypesPage(RecordPage):
    """Ticket types in a table, one in the form. Signals: those of RecordPage."""

    def __init__(self, office: Office) -> None:
        super().__init__(self._kind(), TicketTypeOperations(office), self._fields)

    def _fields(self) -> tuple[Field, ...]:
        tr = self.tr
        return (
            Field("name", tr("Name"), TextField(longest=LONGEST_NAME), hint=tr("As it is printed on the ticket.")),
            Field(
                "letter",
                tr("Letter"),
                TextField(longest=LONGEST_LETTER, placeholder=tr("None")),
                half=True,
                hint=tr("Chooses it at the till."),
            ),
            Field(
                "sort",
                tr("Place in the order"),
                WholeNumberField(most=MOST_SORT),
                half=True,
                hint=tr("Smaller comes first."),
            ),
            Field(
                "seat_kind",
                tr("Offered on"),
                ChoiceField([Option(kind, words) for kind, words in self._seat_kinds().items()]),
            ),
            Field(
                "complimentary",
                "",
                CheckField(tr("Complimentary: given away, and shown as such in the takings")),
            ),
        )

    def _kind(self) -> RecordKind[TicketTypeRecord]:
        tr = self.tr
        return RecordKind(
            name="ticket_types",
            icon="users-three",
            words=RecordWords(
                title=tr("Ticket types"),
                new=tr("New ticket type"),
                unsaved=tr("A new ticket type that is not saved"),
                nothing=tr("No ticket types yet"),
                first=tr("Adult, child, senior: make the usual one first. Prices are set for each performance."),
                choose=tr("Choose a ticket type in the table, or make a new one."),
            ),
            columns=(
                Column(
                    "sort", tr("Order"), lambda one: shown_number(one.sort), lambda one: one.sort, width=82, right=True
                ),
                Column("name", tr("Ticket type"), lambda one: one.name, lower=self._detail, strong=True),
                Column("letter", tr("Letter"), lambda one: one.letter, width=82),
                Column(
                    "performances",
                    tr("Has prices on"),
                    lambda one: spoken_count("{count} performance", "{count} performances", one.performances),
                    lambda one: one.performances,
                    width=150,
                ),
            ),
            key=lambda one: one.ticket_type_id,
            title=lambda one: one.name,
            search=lambda one: (one.name, one.letter),
            values=lambda one: values_of(one, _NAMES),
            is_archived=lambda one: one.archived,
            fresh=self._fresh,
            status=lambda one: (tr("Archived"), "muted") if one.archived else ("", ""),
            warning=self._warning,
        )

    def _seat_kinds(self) -> dict[str, str]:
        return {
            "": self.tr("All seats"),
            SeatKind.WHEELCHAIR: self.tr("Wheelchair places only"),
            SeatKind.COMPANION: self.tr("Companion seats only"),
            SeatKind.RESTRICTED: self.tr("Seats with a restricted view only"),
            SeatKind.SEAT: self.tr("Ordinary seats only"),
        }

    def _detail(self, one: TicketTypeRecord) -> str:
        given = self.tr("complimentary") if one.complimentary else ""
        return side_by_side(given, self._seat_kinds()[one.seat_kind] if one.seat_kind else "")

    def _fresh(self) -> Mapping[str, object]:
        last = max((one.sort for one in self.list.table.records if not one.archived), default=0)
        return {"name": "", "letter": "", "seat_kind": "", "complimentary": False, "sort": min(last + _STEP, MOST_SORT)}

    def _warning(self, record: TicketTypeRecord | None, values: Mapping[str, object]) -> str:
        if record is None or not record.performances or values.get("seat_kind") == record.seat_kind:
            return ""
        return spoken_count(
            "It has prices on {count} performance: from now on tills offer it there on other seats than before.",
            "It has prices on {count} performances: from now on tills offer it there on other seats than before.",
            record.performances,
        )
