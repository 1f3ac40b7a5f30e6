"""Ask why places are kept back, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.season.kept_seats import (
    LONGEST_BEFORE_DOORS,
    LONGEST_REASON,
    USUAL_BEFORE_DOORS,
    KeepDraft,
    KeepRefused,
    KeptRecord,
)
from pos_app.domain.seats import ClaimKind
from pos_app.ui.records.fields.choice_fields import Option, SwitchField
from pos_app.ui.records.fields.field import Field
from pos_app.ui.records.fields.many_field import ManyField
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.screens.admin.kept_seats.reason_field import ReasonField
from pos_app.ui.screens.admin.kept_seats.words import kind_words, until_words
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.performances import PerformanceRecord

_FORM_HEIGHT: Final = 430
_CONFLICTS_NAMED: Final = 6


class KeepSheet(Sheet):
    """House or blocked, the reason, the time of release, and on which other performances. Open until close_sheet().

    before: a record that is changed; None: places are kept anew. Signals: given(KeepDraft, tuple): and the ids of the
    other performances.
    """

    given = Signal(object, object)

    def __init__(
        self, parent: QWidget, title: str, places: str, record: PerformanceRecord, others: Sequence[Option]
    ) -> None:
        super().__init__(parent, title, width=600)
        self.before: KeptRecord | None = None
        self._zone = record.time_zone
        self._doors = record.doors_at or record.starts_at
        self.body.addWidget(text_label(places, "muted", wrap=True))
        self.reason = ReasonField(longest=LONGEST_REASON, placeholder=self.tr("Why: the cashiers see it, too"))
        self.form = RecordForm(self._fields(others), side=2)
        self.form.setFixedHeight(_FORM_HEIGHT)
        self.form.editor("kind").edited.connect(self._suggest)
        self.body.addWidget(self.form)
        self.wrong = text_label("", "body", tone="danger", wrap=True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self._yes_words = self.tr("Keep them")
        self.yes = self.add_button(self._yes_words, "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def begin_new(self, kind: ClaimKind) -> None:
        """Open it for places that are kept anew."""
        before_doors = "before" if kind is ClaimKind.HOUSE else "never"
        self._show({"kind": kind, "release": before_doors, "release_before_doors": USUAL_BEFORE_DOORS, "others": ()})

    def begin_change(self, before: KeptRecord) -> None:
        """Open it for a record that is changed."""
        self.before = before
        minutes = before.release_before_doors
        release = "never" if before.release_at is None else "at" if minutes is None else "before"
        self._yes_words = self.tr("Save")
        self.yes.set_words(self._yes_words)
        self._show(
            {
                "kind": before.kind,
                "reason": before.reason,
                "release": release,
                "release_at": before.release_at,
                "release_before_doors": USUAL_BEFORE_DOORS if minutes is None else minutes,
            }
        )

    def show_refusal(self, error: Exception) -> None:
        """Say why nothing was kept; what was typed stays."""
        self.yes.setEnabled(True)
        self.yes.set_words(self._yes_words)
        if isinstance(error, FieldRefused):
            self._say(" ".join(self.form.show_problems(error.fields)))
        elif isinstance(error, ChangedMeanwhile) and isinstance(error.current, KeptRecord):
            now = error.current
            self.before = now
            self.yes.set_words(self.tr("Save mine all the same"))
            words = self.tr("Somebody else changed this meanwhile. It is now: {0}, “{1}”, {2}.")
            self._say(words.format(kind_words(now), now.reason, until_words(now, self._zone)))
        elif isinstance(error, KeepRefused) and len(error.conflicts) > 1:
            lines = [
                f"•  {shown_moment(one.starts_at, one.time_zone)}: {one.problem}"
                for one in error.conflicts[:_CONFLICTS_NAMED]
            ]
            more = len(error.conflicts) - len(lines)
            lines += [self.tr("•  and {0} more").format(more)] if more else []
            self._say("\n".join([f"{error.message} {error.advice}", *lines]))
        else:
            self._say(message_for(error).sentence)

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

    def _show(self, values: Mapping[str, object]) -> None:
        self.form.show_values(values)
        self._suggest()
        self.open()
        self.form.editor("reason").setFocus()

    def _suggest(self) -> None:
        """Offer the reasons that are given most."""
        if self.form.editor("kind").value() == ClaimKind.BLOCKED:
            reasons = (self.tr("No view"), self.tr("Camera"), self.tr("Sound desk"), self.tr("Broken seat"))
        else:
            reasons = (self.tr("Press"), self.tr("Company and guests"), self.tr("Sponsors"), self.tr("Doctor on duty"))
        self.reason.suggest(reasons)

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _on_yes(self) -> None:
        self._say("")
        try:
            values = self.form.values()
        except FieldRefused as error:
            self.show_refusal(error)
            return
        minutes, moment, others = values["release_before_doors"], values["release_at"], values.get("others", ())
        draft = KeepDraft(ClaimKind(str(values["kind"])), str(values["reason"]))
        if values["release"] == "before" and isinstance(minutes, int):
            draft = replace(draft, release_before_doors=minutes)
        elif values["release"] == "at" and isinstance(moment, datetime):
            draft = replace(draft, release_at=moment)
        self.yes.setEnabled(False)
        self.given.emit(draft, tuple(sorted(others)) if isinstance(others, frozenset) else ())
