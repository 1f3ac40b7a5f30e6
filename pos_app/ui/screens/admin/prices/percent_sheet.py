"""Set a ticket type to a percentage of another: "Child = 50 % of Adult", or 37.5 %."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.editing import FieldRefused
from pos_app.domain.percents import WHOLE
from pos_app.domain.sentences import say
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import ChoiceField, Option
from pos_app.ui.records.fields.number_fields import PercentField
from pos_app.ui.records.form_sheet import FormSheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.offers import TypeOffer

_MOST_PERCENT: Final = 500 * WHOLE
_HALF: Final = 50 * WHOLE
_FORM_HEIGHT: Final = 172


class PercentSheet(FormSheet):
    """Which type, how much of which other one. Signals: given(dict): `target`, `percent`, `base`; see FormSheet."""

    def __init__(self, parent: QWidget, types: Sequence[TypeOffer], target: int) -> None:
        options = [Option(one.ticket_type_id, one.name) for one in types]
        super().__init__(
            parent,
            self.tr("A percentage of another price"),
            (
                Field("target", self.tr("Ticket type"), ChoiceField(options)),
                Field("percent", self.tr("Gets"), PercentField(most=_MOST_PERCENT), half=True),
                Field("base", self.tr("Of the price of"), ChoiceField(options), half=True),
            ),
            {"target": target, "percent": _HALF, "base": options[0].key},
            sentence=self.tr("Each category gets its own amount; half a cent is rounded up."),
            yes=self.tr("Fill the column"),
            height=_FORM_HEIGHT,
            width=520,
        )

    def answer(self, values: Mapping[str, object]) -> object:
        """Refuse a percentage of itself."""
        if values["target"] == values["base"]:
            raise FieldRefused({"base": say("Choose another one.")})
        return values
