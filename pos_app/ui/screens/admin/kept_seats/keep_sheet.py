"""Ask why places are kept back, and until when; and how many of an area."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.editing import ChangedMeanwhile
from pos_app.domain.season.kept_seats import (
    LONGEST_BEFORE_DOORS,
    LONGEST_REASON,
    USUAL_BEFORE_DOORS,
    KeepDraft,
    KeepRefused,
    KeptRecord,
)
from pos_app.domain.seats import ClaimKind
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import Option, SwitchField
from pos_app.ui.records.fields.many_field import ManyField
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.screens.admin.kept_seats.reason_field import ReasonField
from pos_app.ui.screens.admin.kept_seats.words import kind_words, until_words
from pos_app.ui.words.evenings import shown_when
from pos_app.ui.words.lists import labelled
from pos_app.ui.words.sentences import spoken, spoken_count, spoken_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.performances import PerformanceRecord

_KEEP_WIDTH: Final = 600
_FORM_HEIGHT: Final = 430
_PLACES_WIDTH: Final = 460
_PLACES_HEIGHT: Final = 130
_CONFLICTS_NAMED: Final = 6


class KeepSheet(FormSheet):
    """House or blocked, the reason, the time of release, and on which other performances.

    before: the record that is changed. Signals: given(tuple): a KeepDraft, and the ids of the other performances; see
    FormSheet.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        places: str,
        performance: PerformanceRecord,
        values: Mapping[str, object],
        *,
        yes: str,
        before: KeptRecord | None = None,
        others: Sequence[Option] = (),
    ) -> None:
        self.before = before
        self._zone = performance.time_zone
        self._doors = performance.doors_at or performance.starts_at
        self.reason = ReasonField(longest=LONGEST_REASON, placeholder=self.tr("Why: the cashiers see it, too"))
        fields = self._fields(others)
        super().__init__(
            parent, title, fields, values, yes=yes, height=_FORM_HEIGHT, sentence=places, width=_KEEP_WIDTH
        )
        self.form.editor("kind").edited.connect(self._suggest)
        self._suggest()

    def open(self) -> None:
        """Show it with the cursor in the reason."""
        super().open()
        self.form.editor("reason").setFocus()

    def show_refusal(self, error: Exception) -> None:
        """Say why nothing was kept; what was typed stays, and may be sent again over what another has saved."""
        super().show_refusal(error)
        if isinstance(error, ChangedMeanwhile) and isinstance(error.current, KeptRecord):
            now = error.current
            self.before = now
            self.yes.set_words(self.tr("Save mine all the same"))
            words = self.tr("Somebody else changed this meanwhile. It is now: {0}, “{1}”, {2}.")
            self._say(words.format(kind_words(now), now.reason, until_words(now, self._zone)))
        elif isinstance(error, KeepRefused) and len(error.conflicts) > 1:
            lines = [
                f"•  {labelled(shown_when(one), spoken(one.problem))}" for one in error.conflicts[:_CONFLICTS_NAMED]
            ]
            more = len(error.conflicts) - len(lines)
            lines += [spoken_count("•  and {count} more", "•  and {count} more", more)] if more else []
            self._say("\n".join([spoken_error(error), *lines]))

    def answer(self, values: Mapping[str, object]) -> object:
        """Return the draft, and the ids of the other performances."""
        minutes, moment, others = values["release_before_doors"], values["release_at"], values.get("others", ())
        draft = KeepDraft(ClaimKind(str(values["kind"])), str(values["reason"]))
        if values["release"] == "before" and isinstance(minutes, int):
            draft = replace(draft, release_before_doors=minutes)
        elif values["release"] == "at" and isinstance(moment, datetime):
            draft = replace(draft, release_at=moment)
        return draft, tuple(sorted(others)) if isinstance(others, frozenset) else ()

    def _fields(self, others: Sequence[Option]) -> tuple[Field, ...]:
        tr = self.tr
        releases = [
            Option("before", tr("Before the doors")),
            Option("at", tr("At a time")),
            Option("never", tr("By hand only")),
        ]
        kinds = [Option(ClaimKind.HOUSE, tr("For the house")), Option(ClaimKind.BLOCKED, tr("Blocked"))]
        fields = [
            Field("kind", "", SwitchField(kinds)),
            Field("reason", tr("Reason"), self.reason),
            Field("release", tr("Goes on sale by itself"), SwitchField(releases)),
            Field(
                "release_before_doors",
                tr("How long before the doors open"),
                WholeNumberField(most=LONGEST_BEFORE_DOORS, unit=tr("minutes")),
                shown_if=lambda values: values.get("release") == "before",
            ),
            Field(
                "release_at",
                tr("When"),
                MomentField(self._zone, suggest=self._usual_time),
                shown_if=lambda values: values.get("release") == "at",
            ),
        ]
        if others:
            choice = ManyField(tr("The same seats also on"), tr("Only on this performance"), others)
            fields.append(Field("others", tr("Also on other performances"), choice))
        return tuple(fields)

    def _usual_time(self) -> datetime:
        return self._doors - timedelta(minutes=USUAL_BEFORE_DOORS)

    def _suggest(self) -> None:
        """Offer the reasons that are given most."""
        if self.form.editor("kind").value() == ClaimKind.BLOCKED:
            reasons = (self.tr("No view"), self.tr("Camera"), self.tr("Sound desk"), self.tr("Broken seat"))
        else:
            reasons = (self.tr("Press"), self.tr("Company and guests"), self.tr("Sponsors"), self.tr("Doctor on duty"))
        self.reason.suggest(reasons)


def keep_sheet(
    parent: QWidget, title: str, places: str, performance: PerformanceRecord, kind: ClaimKind, others: Sequence[Option]
) -> KeepSheet:
    """Return a sheet for places that are kept anew, on this performance or on others as well."""
    release = "before" if kind is ClaimKind.HOUSE else "never"
    values = {"kind": kind, "release": release, "release_before_doors": USUAL_BEFORE_DOORS, "others": ()}
    return KeepSheet(parent, title, places, performance, values, yes=_tr("Keep them"), others=others)


def change_sheet(parent: QWidget, before: KeptRecord, performance: PerformanceRecord) -> KeepSheet:
    """Return a sheet for a record that is changed."""
    minutes = before.release_before_doors
    values = {
        "kind": before.kind,
        "reason": before.reason,
        "release": "never" if before.release_at is None else "at" if minutes is None else "before",
        "release_at": before.release_at,
        "release_before_doors": USUAL_BEFORE_DOORS if minutes is None else minutes,
    }
    title = _tr("Change what is kept back")
    return KeepSheet(parent, title, spoken(before.names), performance, values, yes=_tr("Save"), before=before)


class PlacesSheet(FormSheet):
    """How many, from least to most; hint: what the most is. Signals: given(int): see FormSheet."""

    def __init__(
        self, parent: QWidget, title: str, label: str, *, least: int, most: int, value: int, hint: str, yes: str
    ) -> None:
        self._places = WholeNumberField(least=least, most=most)
        field = Field("places", label, self._places, hint=hint)
        super().__init__(
            parent, title, (field,), {"places": value}, yes=yes, height=_PLACES_HEIGHT, width=_PLACES_WIDTH
        )

    def open(self) -> None:
        """Show it with the number selected."""
        super().open()
        self._places.line.selectAll()

    def answer(self, values: Mapping[str, object]) -> object:
        """Return the number."""
        return values["places"]


def _tr(words: str) -> str:
    return QCoreApplication.translate("KeepSheet", words)
