"""Keeping places, changing why, and releasing them: the questions before, and the way to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.domain.editing import FieldRefused
from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft, KeepRefused, KeptRecord
from pos_app.services.season.kept_seats import change_kept, release_kept
from pos_app.services.season.kept_together import keep_together
from pos_app.services.season.performance_records import list_performance_records
from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.screens.admin.kept_seats.keep_sheet import KeepSheet, PlacesSheet, change_sheet, keep_sheet
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.evenings import shown_when
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.seats import ClaimKind
    from pos_app.ui.office import Office
    from pos_app.ui.screens.admin.kept_seats.chosen import Chosen

_LONGEST_SAID: Final = 60


class Keeping(QObject):
    """Keeps what is chosen, of the performance that `performance` returns. page: over it the questions are asked.

    Signals: changed(tuple): these records are stored now, none where the last places of one were released. refused():
    places were not kept, for they are others' by now. said(Message).
    """

    changed = Signal(object)
    refused = Signal()
    said = Signal(object)

    def __init__(
        self, page: QWidget, office: Office, chosen: Chosen, performance: Callable[[], PerformanceRecord | None]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._office = office
        self._chosen = chosen
        self._performance = performance

    def ask(self, kind: ClaimKind, then: Callable[[], object] | None = None) -> None:
        """Ask why the chosen places are to be kept, and keep them; then: what to do once they are."""
        self._office.read_latest(self, "performances", list_performance_records).then(
            lambda performances: self._open(kind, performances, then), self._say_failed
        )

    def change(self, before: KeptRecord) -> None:
        """Ask for another reason or time."""
        performance = self._performance()
        if performance is None:
            return
        sheet = change_sheet(self._page, before, performance)
        sheet.given.connect(lambda answer: self._change(sheet, answer[0]))
        sheet.open()

    def release(self, record: KeptRecord) -> None:
        """Put a record on sale again, or the seats of it that are chosen."""
        plan = self._chosen.plan
        if plan is None:
            return
        given = [int(plan.seat_id[seat]) for seat in self._chosen.given]
        if given:
            self._release(record, given)
            return
        unseen = [seat.seat_id for seat in record.seats if plan.index_of(seat.seat_id) < 0]
        if len(unseen) == len(record.seats) > 1:
            self._ask_how_many(record, unseen)
            return
        sheet = confirm(
            self._page,
            spoken_count("Release {count} place?", "Release {count} places?", len(record.seats)),
            self.tr("They go on sale at once: {0}.").format(spoken(record.names)),
            yes=self.tr("Release"),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self._release(record, None))

    def ask_places(self, area: int, free: int) -> None:
        """Ask how many places of an area, of which so many are free, are to be kept."""
        plan = self._chosen.plan
        if plan is None:
            return
        name = plan.areas[area].name
        if not free:
            self.said.emit(Message(self.tr("No place of {0} is free.").format(name)))
            return
        sheet = PlacesSheet(
            self._page,
            name,
            self.tr("How many places are to be kept"),
            least=0,
            most=free,
            value=self._chosen.areas.get(area, 1),
            hint=spoken_count("{count} is free.", "{count} are free.", free),
            yes=self.tr("Choose them"),
        )
        sheet.given.connect(sheet.close_sheet)
        sheet.given.connect(lambda places: self._chosen.set_places(area, places))
        sheet.open()

    def _open(
        self, kind: ClaimKind, performances: Sequence[PerformanceRecord], then: Callable[[], object] | None
    ) -> None:
        performance, chosen = self._performance(), self._chosen
        if performance is None or not chosen.count:
            return
        others = [
            Option(one.performance_id, f"{one.title}, {shown_when(one)}")
            for one in performances
            if one.plan_id == performance.plan_id
            and not one.archived
            and one.performance_id != performance.performance_id
        ]
        title = spoken_count("Keep {count} place back", "Keep {count} places back", chosen.count)
        sheet = keep_sheet(self._page, title, chosen.names, performance, kind, others)
        # The same request keeps places once, however often it is asked for; after a refusal it is another one.
        request_id, choice = new_request_id(), chosen.choice()

        def keep(answer: tuple[KeepDraft, tuple[int, ...]]) -> None:
            wanted, also = answer
            ids = (performance.performance_id, *also)
            self._office.write(self, keep_together, request_id, ids, choice, wanted).then(kept, refused)

        def kept(records: Sequence[KeptRecord]) -> None:
            sheet.close_sheet()
            self._on_kept(records)
            if then is not None:
                then()

        def refused(error: Exception) -> None:
            nonlocal request_id
            if isinstance(error, FieldRefused | KeepRefused):
                request_id = new_request_id()
            sheet.show_refusal(error)
            self.refused.emit()

        sheet.given.connect(keep)
        sheet.open()

    def _on_kept(self, records: Sequence[KeptRecord]) -> None:
        self._chosen.clear()
        self.changed.emit(records)
        words = spoken_count(
            "{count} place kept back for “{reason}”.",
            "{count} places kept back for “{reason}”.",
            sum(len(one.seats) for one in records),
            reason=_brief(records[0].reason),
        )
        if len(records) == 1:
            self._say_done(words, lambda: self._send_release(records[0], None, ""))
        else:
            where = spoken_count("On {count} performance.", "On {count} performances.", len(records))
            self.said.emit(Message(words, where, Level.OK))

    def _change(self, sheet: KeepSheet, wanted: KeepDraft) -> None:
        before = sheet.before
        if before is None:
            return

        def changed(stored: KeptRecord) -> None:
            sheet.close_sheet()
            self._on_changed(stored, lambda: self._change_back(stored, before))

        self._office.write(self, change_kept, before, wanted).then(changed, sheet.show_refusal)

    def _change_back(self, stored: KeptRecord, before: KeptRecord) -> None:
        """Undo a change of the reason or the time."""
        asked = self._office.write(self, change_kept, stored, _draft_of(before))
        asked.then(lambda record: self._on_changed(record, None), self._say_failed)

    def _on_changed(self, stored: KeptRecord, undo: Callable[[], object] | None) -> None:
        self.changed.emit((stored,))
        self._say_done(self.tr("“{0}” is saved.").format(_brief(stored.reason)), undo)

    def _ask_how_many(self, record: KeptRecord, unseen: list[int]) -> None:
        sheet = PlacesSheet(
            self._page,
            self.tr("Release places"),
            self.tr("How many go on sale"),
            least=1,
            most=len(unseen),
            value=len(unseen),
            hint=spoken_count(
                "{count} is kept for “{reason}”.",
                "{count} are kept for “{reason}”.",
                len(unseen),
                reason=record.reason,
            ),
            yes=self.tr("Release"),
        )
        sheet.given.connect(sheet.close_sheet)
        sheet.given.connect(lambda places: self._release(record, unseen[-places:]))
        sheet.open()

    def _release(self, record: KeptRecord, seat_ids: list[int] | None) -> None:
        places = len(record.seats) if seat_ids is None else len(seat_ids)
        words = spoken_count(
            "{count} place of “{reason}” is on sale again.",
            "{count} places of “{reason}” are on sale again.",
            places,
            reason=record.reason,
        )
        self._send_release(record, seat_ids, words)

    def _send_release(self, record: KeptRecord, seat_ids: list[int] | None, words: str) -> None:
        def released(left: KeptRecord | None) -> None:
            self._chosen.clear()
            self.changed.emit(() if left is None else (left,))
            if words:
                self._say_done(words, lambda: self._put_back(record, seat_ids))

        self._office.write(self, release_kept, record.kept_id, seat_ids).then(released, self._say_failed)

    def _put_back(self, record: KeptRecord, seat_ids: list[int] | None) -> None:
        """Undo a release: keep the same places again, for the same reason."""
        ids = tuple(seat.seat_id for seat in record.seats) if seat_ids is None else tuple(seat_ids)
        where, choice = (record.performance_id,), KeepChoice(ids)
        asked = self._office.write(self, keep_together, new_request_id(), where, choice, _draft_of(record))
        asked.then(self._on_kept, self._say_failed)

    def _say_done(self, words: str, undo: Callable[[], object] | None) -> None:
        self.said.emit(Message(words, "", Level.OK, self.tr("Undo") if undo else "", undo))

    def _say_failed(self, error: Exception) -> None:
        self.said.emit(message_for(error))


def _draft_of(record: KeptRecord) -> KeepDraft:
    """Return what would keep places as this record does."""
    at = None if record.release_before_doors is not None else record.release_at
    return KeepDraft(record.kind, record.reason, at, record.release_before_doors)


def _brief(reason: str) -> str:
    """Return a reason as there is room for it in a message."""
    return reason if len(reason) <= _LONGEST_SAID else f"{reason[: _LONGEST_SAID - 1].rstrip()}…"
