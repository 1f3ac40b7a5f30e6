"""What the tools of the plan editor do: each asks what it must know, then edits the drawing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from shiboken6 import isValid

from pos_app.domain.sentences import say
from pos_app.domain.venues.plan_draft import LONGEST_AREA_GUID, DraftArea, PlanDraft, rounded
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.domain.venues.plan_numbers import Numbering, RowNames, row_index, row_name
from pos_app.domain.venues.plan_part_edits import (
    add_category,
    edit_category,
    new_guid,
    put_area,
    remove_area,
    remove_category,
    set_focus,
)
from pos_app.domain.venues.plan_seat_edits import (
    move_seats,
    number_on,
    remove_seats,
    rename_rows,
    rename_zone,
    renumber,
    set_category,
    set_kind,
)
from pos_app.domain.venues.plan_shapes import PlanShape
from pos_app.ui.screens.admin.venues import editor_sheets as sheets
from pos_app.ui.screens.admin.venues.editor_map import Tool
from pos_app.ui.screens.admin.venues.name_sheet import NameSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.seats import SeatKind
    from pos_app.ui.records.form_sheet import FormSheet
    from pos_app.ui.screens.admin.venues.drafting import Drafting
    from pos_app.ui.screens.admin.venues.editor_map import EditorMap
    from pos_app.ui.screens.admin.venues.selection import Selection
    from pos_app.ui.screens.admin.venues.tool_panel import ToolPanel

_AREA_COLOR = "#e8ebf2"
_LONGEST_STEM = 30


class EditorActions(QObject):
    """Does to a drawing what is asked for on the map and in the panel of tools.

    Signals: tool_asked(Tool): the left button is to do something else. refused(Exception): something cannot be done.
    """

    tool_asked = Signal(object)
    refused = Signal(object)

    def __init__(self, page: QWidget, seats: EditorMap, tools: ToolPanel, drafting: Drafting) -> None:
        super().__init__(page)
        self._page = page
        self._map = seats
        self._drafting = drafting
        self._outlined: str = ""
        tools.kind_chosen.connect(self.set_kind)
        tools.number_asked.connect(self.ask_numbers)
        tools.row_asked.connect(self.ask_rows)
        tools.zone_asked.connect(self.ask_zone)
        tools.remove_asked.connect(self.remove)
        tools.categories.chosen.connect(self.set_category)
        tools.categories.edit_asked.connect(self.ask_category)
        tools.categories.add_asked.connect(self.ask_category)
        seats.seats_moved.connect(self.move)
        seats.area_drawn.connect(self.ask_new_area)
        seats.area_asked.connect(self.ask_area)
        seats.focus_set.connect(self.set_focus)

    def set_category(self, name: str) -> None:
        """Put the chosen seats into a category."""
        self._edit(set_category, name)

    def set_kind(self, kind: SeatKind) -> None:
        """Mark the chosen seats."""
        self._edit(set_kind, kind)

    def remove(self) -> None:
        """Take the chosen seats away; an undo brings them back."""
        self._edit(remove_seats)

    def move(self, dx: float, dy: float) -> None:
        """Move the chosen seats by plan units."""
        guids = self._map.chosen_guids()
        if guids:
            self._drafting.edit(lambda draft: move_seats(draft, guids, dx, dy), merge=f"move {hash(guids)}")

    def set_focus(self, point: QPointF) -> None:
        """Say what everybody looks at."""
        at = point.x(), point.y()
        self._drafting.edit(lambda draft: set_focus(draft, at))
        self.tool_asked.emit(Tool.SELECT)

    def ask_numbers(self) -> None:
        """Ask how the chosen seats are numbered."""
        chosen = self._map.selection()
        sheet = sheets.number_sheet(self._page, len(chosen.rows))
        self._take(sheet, lambda draft, values: _numbered(draft, chosen.guids, values))
        sheet.open()

    def ask_rows(self) -> None:
        """Ask what the rows of the chosen seats are called."""
        chosen = self._map.selection()
        if len(chosen.rows) == 1:
            sheet = NameSheet(self._page, self.tr("Name the row"), name=chosen.row_labels[0], yes=self.tr("Name it"))
            self._take(sheet, lambda draft, name: rename_rows(draft, {chosen.rows[0]: name}))
            sheet.open()
            return
        asked = sheets.rows_sheet(self._page, chosen.row_labels)
        self._take(asked, lambda draft, values: _with_named_rows(draft, chosen, values))
        asked.open()

    def ask_zone(self) -> None:
        """Ask what the zone of the chosen seats is called."""
        chosen = self._map.selection()
        sheet = NameSheet(self._page, self.tr("Name the zone"), name=chosen.zone_names[0], yes=self.tr("Name it"))
        self._take(sheet, lambda draft, name: rename_zone(draft, chosen.zones[0], name))
        sheet.open()

    def ask_category(self, name: str = "") -> None:
        """Ask for a category: a new one, or changes of the one of this name."""
        draft = self._drafting.draft
        category = next((one for one in draft.categories if one.name == name), None)
        sheet = sheets.category_sheet(self._page, draft, category)
        if category is None:
            self._take(sheet, lambda draft, values: add_category(draft, values["name"], values["color"]))
        else:
            self._take(
                sheet,
                lambda draft, values: edit_category(draft, name, new_name=values["name"], color=values["color"]),
            )
            if len(draft.categories) > 1:
                sheet.add_other(self.tr("Remove…")).clicked.connect(lambda: self._ask_removal(name))
        sheet.open()

    def ask_new_area(self, part: QRectF) -> None:
        """Ask about an area that was drawn just now, or give the one that was outlined anew its place."""
        self.tool_asked.emit(Tool.SELECT)
        draft = self._drafting.draft
        outlined, self._outlined = self._outlined, ""
        found = next(((zone, area) for zone, area in draft.areas() if area.guid == outlined), None)
        if found is not None:
            zone, area = found
            self._change(put_area, zone.guid, replace(area, shape=_rectangle(part, zone.x, zone.y)))
            return
        sheet = sheets.area_sheet(self._page, draft, draft.zones[0].guid, None)
        self._take(sheet, lambda draft, values: _with_new_area(draft, values=values, part=part))
        sheet.open()

    def ask_area(self, index: int) -> None:
        """Ask about the area at an index of the map."""
        drawn = self._map.drawn
        if drawn is None:
            return
        guid, draft = drawn.preview.area_guids[index], self._drafting.draft
        zone, area = next((zone, area) for zone, area in draft.areas() if area.guid == guid)
        sheet = sheets.area_sheet(self._page, draft, zone.guid, area)
        self._take(sheet, lambda draft, values: _with_area(draft, guid=guid, values=values))
        outline = sheet.add_button(self.tr("New outline"))
        outline.clicked.connect(sheet.close_sheet)
        outline.clicked.connect(lambda: self._outline(guid))
        sheet.add_other(self.tr("Remove")).clicked.connect(lambda: self._change(remove_area, guid))
        sheet.open()

    def _outline(self, guid: str) -> None:
        self.tool_asked.emit(Tool.AREA)
        self._outlined = guid

    def forget_outline(self) -> None:
        """Let the next rectangle be a new area."""
        self._outlined = ""

    def _edit(self, edit: Callable[..., PlanDraft], *more: Any) -> None:
        """Edit the chosen seats."""
        guids = self._map.chosen_guids()
        if guids:
            self._drafting.edit(lambda draft: edit(draft, guids, *more))

    def _change(self, edit: Callable[..., PlanDraft], *args: Any, **kwargs: Any) -> None:
        self._drafting.edit(lambda draft: edit(draft, *args, **kwargs))

    def _take(self, sheet: FormSheet, edit: Callable[[PlanDraft, Any], PlanDraft]) -> None:
        """Edit by what the sheet is given; it stays open with what was typed while that cannot be."""

        def heard(refusal: Exception | None) -> None:
            if isValid(sheet) and sheet.is_open:
                sheet.take(refusal)
            elif refusal is not None:
                self.refused.emit(refusal)

        sheet.given.connect(lambda given: self._drafting.edit(lambda draft: edit(draft, given), heard=heard))

    def _ask_removal(self, name: str) -> None:
        sheet = sheets.other_category_sheet(self._page, self._drafting.draft, name)
        self._take(sheet, lambda draft, values: remove_category(draft, name, seats_to=str(values["seats_to"])))
        sheet.open()


def _rectangle(part: QRectF, left: float, top: float) -> PlanShape:
    """Return a part of the plan as a shape, its position counted from elsewhere."""
    return PlanShape(
        "rectangle",
        rounded(part.left() - left),
        rounded(part.top() - top),
        0.0,
        _AREA_COLOR,
        "",
        rounded(part.width()),
        rounded(part.height()),
    )


def _with_new_area(draft: PlanDraft, *, values: Mapping[str, Any], part: QRectF) -> PlanDraft:
    zone = next(zone for zone in draft.zones if zone.guid == values["zone"])
    taken = {area.guid for _, area in draft.areas()} | {one.guid for one in draft.zones} | draft.guids
    guid = new_guid(f"area {values['name']}"[:_LONGEST_STEM], taken)[:LONGEST_AREA_GUID]
    shape = _rectangle(part, zone.x, zone.y)
    return put_area(
        draft, zone.guid, DraftArea(guid, str(values["name"]), values["capacity"], str(values["category"]), shape)
    )


def _with_area(draft: PlanDraft, *, guid: str, values: Mapping[str, Any]) -> PlanDraft:
    """Change an area; in another zone it stays where it is drawn."""
    old, area = next((zone, area) for zone, area in draft.areas() if area.guid == guid)
    zone = next(zone for zone in draft.zones if zone.guid == values["zone"])
    x, y = rounded(area.shape.x + old.x - zone.x), rounded(area.shape.y + old.y - zone.y)
    changed = replace(
        area,
        name=str(values["name"]),
        capacity=values["capacity"],
        category=str(values["category"]),
        shape=replace(area.shape, x=x, y=y),
    )
    return put_area(draft, zone.guid, changed)


def _numbered(draft: PlanDraft, guids: tuple[str, ...], values: Mapping[str, Any]) -> PlanDraft:
    way, first = str(values["way"]), int(values["first"])
    if way in {sheets.THROUGH, sheets.THROUGH_BACK, sheets.SNAKE}:
        return number_on(
            draft, guids, first=first, from_right=way == sheets.THROUGH_BACK, serpentine=way == sheets.SNAKE
        )
    return renumber(draft, guids, Numbering(way), first=first)


def _with_named_rows(draft: PlanDraft, chosen: Selection, values: Mapping[str, Any]) -> PlanDraft:
    """Name rows one after the other. Raises PlanRefused when the first one cannot be called so."""
    names, clear = RowNames(str(values["names"])), bool(values["clear_letters"])
    first = row_index(str(values["first"]), names, clear_letters=clear)
    if first is None:
        raise PlanRefused(
            say("No row is called “{label}” in that way.", label=str(values["first"])), advice=say("Try A, or 1.")
        )
    rows = chosen.rows[::-1] if values["backwards"] else chosen.rows
    return rename_rows(draft, {guid: row_name(first + at, names, clear_letters=clear) for at, guid in enumerate(rows)})
