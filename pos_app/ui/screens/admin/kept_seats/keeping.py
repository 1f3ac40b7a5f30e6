"""Keeping places, changing why, and releasing them: the questions before, and the way to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from PySide6.QtCore import QObject

from pos_app.domain.editing import FieldRefused
from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft, KeepRefused, KeptRecord
from pos_app.services.season.kept_seats import change_kept, release_kept
from pos_app.services.season.kept_together import keep_together
from pos_app.services.season.performance_records import list_performance_records
from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.screens.admin.kept_seats.keep_sheet import KeepSheet
from pos_app.ui.screens.admin.kept_seats.places_sheet import PlacesSheet
from pos_app.ui.screens.admin.kept_seats.words import chosen_words, count_words
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.seats import ClaimKind
    from pos_app.ui.office import Office
    from pos_app.ui.screens.admin.kept_seats.panel import KeptSeatsPanel

_LONGEST_SAID: Final = 60
_TOAST_SECONDS: Final = 12


class Keeping(QObject):
    """Works for the panel of kept seats. No signals."""

    def __init__(self, panel: KeptSeatsPanel, office: Office) -> None:
        super().__init__(panel)
        self._panel = panel
        self._office = office

    def ask(self, kind: ClaimKind, then: Callable[[], object] | None = None) -> None:
        """Ask why the chosen places are to be kept, and keep them; then: what to do once they are."""
        self._office.read_latest(self._panel, "performances", list_performance_records).then(
            lambda performances: self._open(kind, performances, then), self._say_failed
        )

    def change(self) -> None:
        """Ask for another reason or time for the record that is open."""
        panel, before = self._panel, self._panel.list.record
        if before is None or panel.record is None:
            return
        sheet = KeepSheet(panel, self.tr("Change what is kept back"), before.names, panel.record, ())
        sheet.given.connect(lambda wanted, _others: self._change(sheet, wanted))
        sheet.begin_change(before)

    def release(self) -> None:
        """Put the record that is open on sale again, or the seats of it that are chosen."""
        panel, record = self._panel, self._panel.list.record
        if record is None or panel.plan is None:
            return
        given = [int(panel.plan.seat_id[seat]) for seat in panel.side.chosen.given]
        if given:
            self._release(record, given)
            return
        unseen = [seat.seat_id for seat in record.seats if panel.plan.index_of(seat.seat_id) < 0]
        if len(unseen) == len(record.seats) > 1:
            self._ask_how_many(record, unseen)
            return
        sheet = confirm(
            panel,
            self.tr("Release {0}?").format(count_words(len(record.seats))),
            self.tr("They go on sale at once: {0}.").format(record.names),
            yes=self.tr("Release"),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self._release(record, None))

    def ask_places(self, area: int) -> None:
        """Ask how many places of an area are to be kept."""
        panel = self._panel
        if panel.plan is None:
            return
        free, name = panel.live.free_in(area), panel.plan.areas[area].name
        if not free:
            panel.say(Message(self.tr("No place of {0} is free.").format(name)))
            return
        sheet = PlacesSheet(
            panel,
            name,
            self.tr("How many places are to be kept"),
            least=0,
            most=free,
            value=panel.side.chosen.areas.get(area, 1),
            hint=self.tr("{0} are free.").format(free),
            yes=self.tr("Choose them"),
        )
        sheet.given.connect(lambda places: panel.side.chosen.set_places(area, places))
        sheet.open()

    def _open(
        self, kind: ClaimKind, performances: Sequence[PerformanceRecord], then: Callable[[], object] | None
    ) -> None:
        panel, record = self._panel, self._panel.record
        chosen = panel.side.chosen
        if record is None or panel.plan is None or not chosen.count:
            return
        others = [
            Option(one.performance_id, f"{one.title}, {shown_moment(one.starts_at, one.time_zone)}")
            for one in performances
            if one.plan_id == record.plan_id and not one.archived and one.performance_id != record.performance_id
        ]
        names = chosen_words(panel.plan, chosen.seats, chosen.areas)
        title = self.tr("Keep {0} back").format(count_words(chosen.count))
        sheet = KeepSheet(panel, title, names, record, others)
        request, choice = _Request(), chosen.choice()
        sheet.given.connect(
            lambda wanted, also: self._keep(sheet, request, (record.performance_id, *also), choice, wanted, then)
        )
        sheet.begin_new(kind)

    def _keep(
        self,
        sheet: KeepSheet,
        request: _Request,
        performance_ids: tuple[int, ...],
        choice: KeepChoice,
        wanted: KeepDraft,
        then: Callable[[], object] | None,
    ) -> None:
        def kept(records: Sequence[KeptRecord]) -> None:
            sheet.close_sheet()
            self._on_kept(records)
            if then is not None:
                then()

        def refused(error: Exception) -> None:
            if isinstance(error, FieldRefused | KeepRefused):
                request.renew()
            sheet.show_refusal(error)
            self._panel.refresh()

        asked = self._office.write(self._panel, keep_together, request.id, performance_ids, choice, wanted)
        asked.then(kept, refused)

    def _on_kept(self, records: Sequence[KeptRecord]) -> None:
        panel = self._panel
        here = next(
            (one for one in records if panel.record and one.performance_id == panel.record.performance_id), None
        )
        panel.side.chosen.clear()
        panel.show_changed(here.kept_id if here else None)
        words = self.tr("{0} kept back for “{1}”.").format(
            count_words(sum(len(one.seats) for one in records)), _brief(records[0].reason)
        )
        if len(records) == 1:
            panel.say(
                Message(words, "", Level.OK, self.tr("Undo"), lambda: self._send_release(records[0], None, "")),
                _TOAST_SECONDS,
            )
        else:
            where = self.tr("On {0} performances.").format(len(records))
            panel.say(Message(words, where, Level.OK), _TOAST_SECONDS)

    def _change(self, sheet: KeepSheet, wanted: KeepDraft) -> None:
        before = sheet.before
        if before is None:
            return

        def changed(stored: KeptRecord) -> None:
            sheet.close_sheet()
            self._say_saved(stored, lambda: self._change_back(stored, before))

        self._office.write(self._panel, change_kept, before, wanted).then(changed, sheet.show_refusal)

    def _change_back(self, stored: KeptRecord, before: KeptRecord) -> None:
        """Undo a change of the reason or the time."""
        asked = self._office.write(self._panel, change_kept, stored, _draft_of(before))
        asked.then(lambda record: self._say_saved(record, None), self._say_failed)

    def _say_saved(self, stored: KeptRecord, undo: Callable[[], object] | None) -> None:
        self._panel.show_changed(stored.kept_id)
        words, action = self.tr("“{0}” is saved.").format(_brief(stored.reason)), self.tr("Undo") if undo else ""
        self._panel.say(Message(words, "", Level.OK, action, undo), _TOAST_SECONDS)

    def _ask_how_many(self, record: KeptRecord, unseen: list[int]) -> None:
        sheet = PlacesSheet(
            self._panel,
            self.tr("Release places"),
            self.tr("How many go on sale"),
            least=1,
            most=len(unseen),
            value=len(unseen),
            hint=self.tr("{0} are kept for “{1}”.").format(len(unseen), record.reason),
            yes=self.tr("Release"),
        )
        sheet.given.connect(lambda places: self._release(record, unseen[-places:]))
        sheet.open()

    def _release(self, record: KeptRecord, seat_ids: list[int] | None) -> None:
        places = len(record.seats) if seat_ids is None else len(seat_ids)
        words = self.tr("{0} of “{1}” are on sale again.").format(count_words(places), record.reason)
        self._send_release(record, seat_ids, words)

    def _send_release(self, record: KeptRecord, seat_ids: list[int] | None, words: str) -> None:
        def released(left: KeptRecord | None) -> None:
            self._panel.side.chosen.clear()
            self._panel.show_changed(left.kept_id if left else None)
            if words:
                undo = Message(words, "", Level.OK, self.tr("Undo"), lambda: self._put_back(record, seat_ids))
                self._panel.say(undo, _TOAST_SECONDS)

        self._office.write(self._panel, release_kept, record.kept_id, seat_ids).then(released, self._say_failed)

    def _put_back(self, record: KeptRecord, seat_ids: list[int] | None) -> None:
        """Undo a release: keep the same places again, for the same reason."""
        ids = tuple(seat.seat_id for seat in record.seats) if seat_ids is None else tuple(seat_ids)
        choice, wanted = KeepChoice(ids), _draft_of(record)
        asked = self._office.write(self._panel, keep_together, uuid4().hex, (record.performance_id,), choice, wanted)
        asked.then(self._on_kept, self._say_failed)

    def _say_failed(self, error: Any) -> None:
        self._panel.say(message_for(error))


class _Request:
    """The id under which places are kept once, however often it is asked for; a new one after a refusal."""

    def __init__(self) -> None:
        self.id = uuid4().hex

    def renew(self) -> None:
        self.id = uuid4().hex


def _draft_of(record: KeptRecord) -> KeepDraft:
    """Return what would keep places as this record does."""
    at = None if record.release_before_doors is not None else record.release_at
    return KeepDraft(record.kind, record.reason, at, record.release_before_doors)


def _brief(reason: str) -> str:
    """Return a reason as there is room for it in a message."""
    return reason if len(reason) <= _LONGEST_SAID else f"{reason[: _LONGEST_SAID - 1].rstrip()}…"
