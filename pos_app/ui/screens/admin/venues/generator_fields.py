"""The fields of a plan that is drawn by numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal

from pos_app.domain.venues.plan_numbers import Numbering, RowNames
from pos_app.ui.records.fields.base import Field, FieldEditor
from pos_app.ui.records.fields.choice_fields import CheckField, ChoiceField, Option
from pos_app.ui.records.fields.number_fields import PercentField, WholeNumberField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.screens.admin.venues.plan_words import numberings, row_names
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.combo_box import ComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.venues.plan_draft import DraftCategory

_GO_ON = {str(Numbering.LEFT_TO_RIGHT), str(Numbering.RIGHT_TO_LEFT)}


def _tr(words: str) -> str:
    return QCoreApplication.translate("Generator", words)


class ZonesField(FieldEditor):
    """Which zone the fields below are about; its value is the place of it. Adds zones and removes them.

    Signals: zone_chosen(int); zone_added(); zone_removed(); and those of FieldEditor.
    """

    zone_chosen = Signal(int)
    zone_added = Signal()
    zone_removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = ComboBox()
        self.box.activated.connect(self.zone_chosen)
        self.add_button = icon_button("plus", _tr("Add a zone behind the others"), variant="tool", role="text")
        self.add_button.clicked.connect(self.zone_added)
        self.remove_button = icon_button("trash", _tr("Remove this zone"))
        self.remove_button.clicked.connect(self.zone_removed)
        row((self.box, 1), self.add_button, self.remove_button, inside=self, spacing=8)
        self.setFocusProxy(self.box)

    def show_zones(self, names: Sequence[str], current: int) -> None:
        """Offer zones by their names, the front one first."""
        blocker = QSignalBlocker(self.box)
        self.box.clear()
        self.box.addItems([name or _tr("without a name") for name in names])
        self.box.setCurrentIndex(current)
        blocker.unblock()
        self.remove_button.setEnabled(len(names) > 1)

    def value(self) -> object:
        """Return the place of the chosen zone."""
        return self.box.currentIndex()

    def show_value(self, value: object) -> None:
        """Zones are chosen by show_zones."""

    def typed(self) -> object:
        """Return nothing: going to another zone is no change."""
        return None

    def set_name(self, name: str) -> None:
        """Name the list for screen readers."""
        self.box.setAccessibleName(name or _tr("Zone"))


class GeneratorFields:
    """Makes the fields, and offers the categories that are typed."""

    def __init__(self) -> None:
        self.zones = ZonesField()
        self.category = ChoiceField()
        self.front_category = ChoiceField()

    def offer_categories(self, categories: Sequence[DraftCategory]) -> None:
        """Let a zone be of one of these."""
        for field in (self.category, self.front_category):
            field.set_options([Option(turn, one.name) for turn, one in enumerate(categories)])

    def all(self) -> tuple[Field, ...]:
        """Return all fields in order."""
        return (
            Field("name", _tr("Name of the plan"), TextField(longest=200)),
            Field(
                "categories",
                _tr("Price categories"),
                TextField(longest=500, placeholder="Premium, A, B"),
                hint=_tr("The dearest first."),
                half=True,
            ),
            Field("curve", _tr("Curve"), PercentField(), hint=_tr("0 is straight, 100 strong."), half=True),
            Field("which", "", self.zones, section=_tr("Zones, the front one first")),
            Field("zone", _tr("Name of this zone"), TextField(longest=200)),
            Field("rows", _tr("Rows"), WholeNumberField(least=1, most=500), half=True),
            Field("seats", _tr("Seats in the front row"), WholeNumberField(least=1, most=1000), half=True),
            Field("more", _tr("More in each row behind"), WholeNumberField(least=-50, most=50), half=True),
            Field("aisles", _tr("Aisles after seat"), TextField(longest=80, placeholder="7, 14"), half=True),
            Field("category", _tr("Category"), self.category),
            Field("front_rows", _tr("Front rows apart"), WholeNumberField(most=500), half=True),
            Field("front_category", _tr("are of"), self.front_category, half=True),
            *self._names(),
            Field(
                "wheelchair",
                _tr("Wheelchair places"),
                TextField(longest=400, placeholder="L1, L18"),
                section=_tr("Places for wheelchairs"),
                hint=_tr("Row and seat, as they are called."),
            ),
            Field("companions", "", CheckField(_tr("The seat beside each is for a companion"))),
        )

    @staticmethod
    def _names() -> tuple[Field, ...]:
        return (
            Field("numbering", _tr("Seats"), ChoiceField(numberings()), section=_tr("Numbers and letters")),
            Field(
                "continuous",
                "",
                CheckField(_tr("Each row goes on where the one before it ended")),
                shown_if=lambda values: values.get("numbering") in _GO_ON,
            ),
            Field("first_number", _tr("First seat"), WholeNumberField(most=1_000_000), half=True),
            Field("first_row", _tr("First row"), TextField(longest=6), half=True),
            Field("row_names", _tr("Rows are called"), ChoiceField(row_names())),
            Field(
                "clear_letters",
                "",
                CheckField(_tr("Leave out I and O")),
                shown_if=lambda values: values.get("row_names") != str(RowNames.NUMBERS),
            ),
        )
