"""Events: a table beside a form with the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Signal

from pos_app.domain.errors import PosError
from pos_app.domain.season.events import LONGEST_DESCRIPTION, LONGEST_KIND, LONGEST_TITLE
from pos_app.flows.take_artwork import read_artwork
from pos_app.services.season.events import load_artwork, set_artwork
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.records.kind import RecordKind, RecordWords
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.events.artwork_field import ArtworkField
from pos_app.ui.screens.admin.events.operations import EventOperations
from pos_app.ui.screens.admin.events.performances.words import performances_words
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.popup_list import suggest_words
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count, spoken_error
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.season.events import Artwork, EventRecord
    from pos_app.ui.office import Office


class EventRecordsPage(RecordPage):
    """Events with their titles, types, descriptions and pictures.

    Signals: those of RecordPage. performances_asked(object): show those of this event.
    """

    performances_asked = Signal(object)

    def __init__(self, office: Office) -> None:
        self._office = office
        self.kind_field = TextField(longest=LONGEST_KIND, placeholder=self.tr("Theatre, concert, …"))
        self._known_kinds = QStringListModel(self.kind_field)
        suggest_words(self.kind_field.line, self._known_kinds).activated.connect(self.kind_field.edited)
        self.artwork = ArtworkField()
        super().__init__(self._kind(), EventOperations(office), self._fields)
        self.performances_button = text_button("", icon_name="calendar-blank")
        self.performances_button.clicked.connect(lambda: self.performances_asked.emit(self.record))
        self.editor.extra.addWidget(self.performances_button)
        self.artwork.file_given.connect(self._on_file)
        self.artwork.removed.connect(lambda: self._take(None))
        self.opened.connect(self._on_opened)
        self.records_read.connect(self._on_read)

    def _fields(self) -> tuple[Field, ...]:
        tr = self.tr
        return (
            Field("title", tr("Title"), TextField(longest=LONGEST_TITLE)),
            Field("kind", tr("Type"), self.kind_field, hint=tr("In the house's own words.")),
            Field("description", tr("Description"), TextAreaField(lines=6, longest=LONGEST_DESCRIPTION)),
            Field("artwork", tr("Picture"), self.artwork),
        )

    def _kind(self) -> RecordKind[EventRecord]:
        tr = self.tr
        return RecordKind(
            name="events",
            icon="calendar-blank",
            words=RecordWords(
                title=tr("Events"),
                new=tr("New event"),
                unsaved=tr("A new event that is not saved"),
                nothing=tr("There is no event yet"),
                first=tr("Make the first one; then give it performances."),
                choose=tr("Choose an event in the table, or make a new one."),
            ),
            columns=(
                Column("title", tr("Title"), lambda one: one.title, lower=lambda one: one.kind, strong=True),
                Column(
                    "performances",
                    tr("Performances"),
                    lambda one: shown_number(one.performances),
                    lambda one: one.performances,
                    width=124,
                    right=True,
                ),
                Column("next", tr("Next"), _next_words, lambda one: one.next_at, width=170),
            ),
            key=lambda one: one.event_id,
            title=lambda one: one.title,
            search=lambda one: (one.title, one.kind, one.description),
            values=_values,
            is_archived=lambda one: one.archived,
            status=lambda one: (tr("Archived"), "muted") if one.archived else ("", ""),
            archived_advice=self._still_on_sale,
        )

    def _still_on_sale(self, one: EventRecord) -> str:
        """Say what archiving does not do."""
        if not one.performances:
            return ""
        return spoken_count(
            "Its performance stays as it is, on sale too: cancel or archive it by itself.",
            "Its {count} performances stay as they are, on sale too: cancel or archive them by themselves.",
            one.performances,
        )

    def _on_read(self, records: Sequence[EventRecord]) -> None:
        kinds = sorted({one.kind for one in records if one.kind}, key=str.casefold)
        self._known_kinds.setStringList(kinds)

    def _on_opened(self, record: EventRecord | None) -> None:
        self.performances_button.setVisible(record is not None)
        if record is None:
            return
        words = performances_words(record.performances) if record.performances else self.tr("Give it performances")
        self.performances_button.setText(f" {words}")
        if record.has_artwork:
            self._office.background.read_latest(self, "artwork", load_artwork, record.event_id).then(
                lambda artwork: self._show_artwork(record.event_id, artwork), lambda error: self.say(message_for(error))
            )

    def _show_artwork(self, event_id: int, artwork: Artwork | None) -> None:
        if self.record is not None and self.record.event_id == event_id:
            self.artwork.show_artwork(artwork)

    def _on_file(self, path: str) -> None:
        """Look at the file elsewhere; what came of it belongs to the event that was open."""
        record = self.record
        self.artwork.show_busy()
        self._office.background.outside(self, read_artwork, path).then(
            lambda artwork: self._on_artwork(record, artwork), lambda error: self._on_unusable(record, error)
        )

    def _on_artwork(self, record: EventRecord | None, artwork: Artwork) -> None:
        if self._is_still(record):
            self._take(artwork)

    def _on_unusable(self, record: EventRecord | None, error: Exception) -> None:
        if not self._is_still(record):
            return
        if isinstance(error, PosError):
            self.artwork.show_refusal(spoken_error(error))
        else:
            self.artwork.show_artwork(self.artwork.artwork)
            self.say(message_for(error))

    def _is_still(self, record: EventRecord | None) -> bool:
        if record is None:
            return self.is_new
        return self.record is not None and self.record.event_id == record.event_id

    def _take(self, artwork: Artwork | None) -> None:
        """Keep a picture for a new event; give it to a stored one at once."""
        if self.is_new:
            self.artwork.hold(artwork)
        elif self.record is not None:
            self._give(self.record, artwork, self.artwork.artwork)

    def _give(self, record: EventRecord, artwork: Artwork | None, before: Artwork | None) -> None:
        def given(stored: EventRecord) -> None:
            self._after_artwork(stored, artwork)
            words = self.tr("“{0}” has another picture.") if artwork else self.tr("The picture of “{0}” was removed.")
            self.say_done(words.format(stored.title), lambda: self._give(record, before, artwork))

        answer = self._office.write(self, set_artwork, record.event_id, artwork)
        self.saving.ask(answer, given, lambda: self._give(record, artwork, before))

    def _after_artwork(self, stored: EventRecord, artwork: Artwork | None) -> None:
        """Show the picture; what is typed and not saved stays as it is, and so does what it is compared with."""
        current: Any = self.record
        self.list.put(stored)
        if current is None or current.event_id != stored.event_id:
            return
        self._record = replace(current, has_artwork=stored.has_artwork)
        self.artwork.show_artwork(artwork)


def _values(one: EventRecord) -> dict[str, object]:
    """Return what the form shows of an event; its picture is changed by itself."""
    return {"title": one.title, "kind": one.kind, "description": one.description, "artwork": None}


def _next_words(one: EventRecord) -> str:
    return shown_dated_moment(one.next_at, one.time_zone) if one.next_at else ""
