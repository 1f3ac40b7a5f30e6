"""A seating plan drawn by numbers, with what comes of them on the map at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer

from pos_app.domain.editing import FieldRefused
from pos_app.domain.sentences import say
from pos_app.domain.venues.plan_generator import generate_plan
from pos_app.domain.venues.pretix.oddities import oddities, repeated_names
from pos_app.ui.records.form import RecordForm
from pos_app.ui.screens.admin.venues.drawing import draw_made
from pos_app.ui.screens.admin.venues.generator_fields import GeneratorFields
from pos_app.ui.screens.admin.venues.generator_values import FIRST_ZONE, categories_from, plan_from, zone_from
from pos_app.ui.screens.admin.venues.new_plan_page import NewPlanPage
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_generator import PlanWish
    from pos_app.domain.venues.records import VenueRecord
    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan
    from pos_app.ui.screens.admin.venues.operations import VenueOperations

_PAUSE_MS: Final = 150
"""After the last letter typed."""
_OF_PLAN: Final = ("name", "categories", "curve", "which")


class GeneratorPage(NewPlanPage):
    """Zones, rows, seats, a curve, names and numbers in a form; the plan is drawn anew after every change.

    Signals: see NewPlanPage.
    """

    def __init__(self, operations: VenueOperations) -> None:
        super().__init__(operations, "")
        self.fields = GeneratorFields()
        self.form = RecordForm(self.fields.all())
        self._zones: list[dict[str, object]] = []
        self._at = 0
        self._turn = 0
        self._is_filling = False
        self._is_touched = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self.side.addSpacing(6)
        self.side.addWidget(self.form, 1)
        self.form.edited.connect(self._on_edited)
        self.fields.zones.zone_chosen.connect(self._on_zone_chosen)
        self.fields.zones.zone_added.connect(self._on_zone_added)
        self.fields.zones.zone_removed.connect(self._on_zone_removed)

    def start(self, venue: VenueRecord) -> None:
        """Begin with a small hall."""
        self.begin(venue, self.tr("Draw a plan"))
        self._zones, self._at = [dict(FIRST_ZONE)], 0
        self.map.clear(self.tr("Drawing…"))
        self._is_filling = True
        self.fields.offer_categories(categories_from("A, B"))
        self.form.show_values({"name": self.tr("Main plan"), "categories": "A, B", "curve": 40, **FIRST_ZONE})
        self._is_filling = self._is_touched = False
        self._show_zones()
        self._draw()
        self.form.begin()

    def draft(self) -> PlanDraft | None:
        """Return what is on the map, unless the form holds something else by now."""
        return self.drawn.draft if self.drawn is not None and not self._pause.isActive() else None

    def doubts(self, draft: PlanDraft) -> tuple[str, ...]:
        """Say what is odd about it, as is said of a plan from a file."""
        return tuple(spoken(warning.spoken()) for warning in oddities(draft))

    def show_name_refused(self, sentence: str) -> None:
        """Say it below the name."""
        self.form.show_problems({"name": sentence})

    def unsaved(self) -> tuple[str, ...]:
        """Name the plan, once a person has changed anything."""
        return super().unsaved() if self._is_touched else ()

    def forget(self) -> None:
        """Let go of the drawing."""
        super().forget()
        self._turn += 1
        self._pause.stop()
        self._is_touched = False

    def _on_edited(self) -> None:
        if self._is_filling or not self._zones:
            return
        self._is_touched = True
        values = self.form.readable_values()
        self._zones[self._at] = {**self._zones[self._at], **{key: values[key] for key in values if key not in _OF_PLAN}}
        self._show_zones()
        self.store_button.setEnabled(False)
        self._pause.start()

    def _show_zones(self) -> None:
        self.fields.zones.show_zones([str(zone["zone"]) for zone in self._zones], self._at)

    def _on_zone_chosen(self, at: int) -> None:
        self._at = at
        self._is_filling = True
        self.form.change_values(self._zones[at])
        self.form.show_problems({})
        self._is_filling = False
        self._show_zones()

    def _on_zone_added(self) -> None:
        """The new zone is like the one that is open, its rows going on where they ended."""
        like = self._zones[self._at]
        self._zones.append({**like, "zone": self._free_name(), "front_rows": 0, "wheelchair": ""})
        self._is_touched = True
        self._on_zone_chosen(len(self._zones) - 1)
        self.form.editor("zone").setFocus()
        self._pause.start()

    def _on_zone_removed(self) -> None:
        del self._zones[self._at]
        self._is_touched = True
        self._on_zone_chosen(max(0, self._at - 1))
        self._pause.start()

    def _free_name(self) -> str:
        """Name a further zone; where one was removed, its number can be on a later one still."""
        names = [str(zone["zone"]) for zone in self._zones]
        number = len(names) + 1
        while len(names) in repeated_names([*names, self.tr("Zone {0}").format(number)]):
            number += 1
        return self.tr("Zone {0}").format(number)

    def _require_single_names(self) -> None:
        """Raise FieldRefused when guests could not tell two zones apart; the form shows one of them then."""
        names = [str(zone["zone"]) for zone in self._zones]
        repeated = repeated_names(names)
        if not repeated:
            return
        at = repeated[0]
        # Whoever is typing the name of either stays with it.
        if self._at not in repeated and not repeated_names([names[at], names[self._at]]):
            self._on_zone_chosen(at)
        raise FieldRefused(
            {
                "zone": say(
                    "Two zones are called “{name}”, so nobody could tell their places apart. Type another name.",
                    name=names[at],
                )
            }
        )

    def _wish(self) -> PlanWish:
        """Return what the form holds. Raises FieldRefused."""
        values: dict[str, Any] = self.form.values()
        categories = categories_from(str(values["categories"]))
        if not categories:
            raise FieldRefused({"categories": say("Type at least one, for example A.")})
        self._is_filling = True
        self.fields.offer_categories(categories)
        self._is_filling = False
        zones = []
        for at, zone in enumerate(self._zones):
            try:
                zones.append(zone_from(zone, categories))
            except FieldRefused:
                if at != self._at:
                    self._on_zone_chosen(at)
                raise
        self._require_single_names()
        return plan_from(str(values["name"]), values["curve"], categories, zones)

    def _draw(self) -> None:
        self.form.show_problems({}, stay=True)
        try:
            wish = self._wish()
        except FieldRefused as error:
            self.form.show_problems(error.fields, stay=True)
            return
        self._turn += 1
        self.operations.background.compute(self, draw_made, partial(generate_plan, wish), self.map.sight()).then(
            partial(self._on_drawn, self._turn), partial(self._on_undrawn, self._turn)
        )

    def _on_drawn(self, turn: int, drawn: DrawnPlan) -> None:
        if turn == self._turn:
            self.banner.dismiss()
            self.show_drawn(drawn)

    def _on_undrawn(self, turn: int, error: Exception) -> None:
        if turn == self._turn:
            self.banner.show_message(message_for(error))
