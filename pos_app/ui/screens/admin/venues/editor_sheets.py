"""What the plan editor asks before it does something: names, numbers, categories, areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from pos_app.domain.venues.plan_draft import MOST_CAPACITY
from pos_app.domain.venues.plan_numbers import Numbering, RowNames
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField, ChoiceField, Option
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.screens.admin.venues.color_field import SWATCHES, ColorField
from pos_app.ui.screens.admin.venues.plan_words import numberings, row_names
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.venues.plan_draft import DraftArea, DraftCategory, PlanDraft

THROUGH = "through"
THROUGH_BACK = "through_back"
SNAKE = "snake"


def _tr(words: str) -> str:
    return QCoreApplication.translate("PlanEditor", words)


def number_sheet(parent: QWidget, rows: int) -> FormSheet:
    """Ask how the chosen seats are to be numbered: `way` (a Numbering, or THROUGH ...), `first`."""
    ways = numberings()
    if rows > 1:
        ways += [
            Option(THROUGH, _tr("All rows through, left to right")),
            Option(THROUGH_BACK, _tr("All rows through, right to left")),
            Option(SNAKE, _tr("All rows through, to and fro")),
        ]
    fields = (
        Field("way", _tr("Numbers"), ChoiceField(ways)),
        Field("first", _tr("The lowest number"), WholeNumberField(most=1_000_000)),
    )
    values = {"way": str(Numbering.LEFT_TO_RIGHT), "first": 1}
    return FormSheet(parent, _tr("Number the chosen seats"), fields, values, yes=_tr("Number them"), height=170)


def rows_sheet(parent: QWidget, labels: tuple[str, ...]) -> FormSheet:
    """Ask what the chosen rows are called: `first`, `names` (a RowNames), `clear_letters`, `backwards`."""
    fields = (
        Field("first", _tr("The first row is called"), TextField(longest=6), half=True),
        Field("names", _tr("The others"), ChoiceField(row_names()), half=True),
        Field("clear_letters", "", CheckField(_tr("Leave out I and O"))),
        Field("backwards", "", CheckField(_tr("From the back to the front"))),
    )
    digits = bool(labels[0]) and labels[0].isdigit()
    kind = RowNames.NUMBERS if digits else RowNames.LETTERS
    values = {"first": labels[0] or "A", "names": str(kind), "clear_letters": True, "backwards": False}
    title = spoken_count("Name {count} row", "Name {count} rows", len(labels))
    return FormSheet(parent, title, fields, values, yes=_tr("Name them"), height=190)


def category_sheet(parent: QWidget, draft: PlanDraft, category: DraftCategory | None) -> FormSheet:
    """Ask for `name` and `color` of a category; None: of a new one."""
    fields = (
        Field("name", _tr("Name"), TextField(longest=200)),
        Field("color", _tr("Colour"), ColorField()),
    )
    if category is None:
        color = SWATCHES[len(draft.categories) % len(SWATCHES)]
        title, values, yes = _tr("New category"), {"name": "", "color": color}, _tr("Add it")
    else:
        title, yes = _tr("Category “{0}”").format(category.name), _tr("Change it")
        values = {"name": category.name, "color": category.color or SWATCHES[0]}
    return FormSheet(parent, title, fields, values, yes=yes, height=220)


def other_category_sheet(parent: QWidget, draft: PlanDraft, name: str) -> FormSheet:
    """Ask for the category `seats_to` that the places of a removed one go to."""
    options = [Option(one.name, one.name) for one in draft.categories if one.name != name]
    fields = (Field("seats_to", _tr("Its places go to"), ChoiceField(options)),)
    title = _tr("Remove “{0}”?").format(name)
    return FormSheet(parent, title, fields, {"seats_to": options[0].key}, yes=_tr("Remove it"), height=90)


def area_sheet(parent: QWidget, draft: PlanDraft, zone_guid: str, area: DraftArea | None) -> FormSheet:
    """Ask for `name`, `capacity`, `category` and `zone` (guid) of an area; None: of a new one."""
    zones = [Option(zone.guid, zone.name or _tr("without a name")) for zone in draft.zones]
    categories = [Option(one.name, one.name) for one in draft.categories]
    fields = (
        Field("name", _tr("Name"), TextField(longest=200)),
        Field("capacity", _tr("Room for"), WholeNumberField(least=1, most=MOST_CAPACITY, unit=_tr("guests"))),
        Field("category", _tr("Category"), ChoiceField(categories), half=True),
        Field("zone", _tr("Part of"), ChoiceField(zones), half=True),
    )
    values: dict[str, Any] = {"name": "", "capacity": 100, "category": draft.categories[-1].name, "zone": zone_guid}
    if area is not None:
        values |= {"name": area.name, "capacity": area.capacity, "category": area.category}
    title = _tr("New area") if area is None else area.name
    yes = _tr("Add it") if area is None else _tr("Change it")
    sentence = _tr("Guests have no seats here: so many tickets are sold, without numbers.")
    return FormSheet(parent, title, fields, values, yes=yes, height=250, sentence=sentence)
