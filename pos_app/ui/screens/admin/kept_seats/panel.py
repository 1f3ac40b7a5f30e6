"""What the house keeps back of one performance: its map beside the list."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import ServerBusy, ServerUnreachable
from pos_app.domain.seats import ClaimKind
from pos_app.services.season.kept_seats import list_kept_back
from pos_app.ui.records.change_guard import ChangeGuard
from pos_app.ui.screens.admin.kept_seats.keeping import Keeping
from pos_app.ui.screens.admin.kept_seats.kept_list import KeptList
from pos_app.ui.screens.admin.kept_seats.keys import kept_keys
from pos_app.ui.screens.admin.kept_seats.map_side import MapSide
from pos_app.ui.seat_map.live_map import LiveMap
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import Level, Message, failure_message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from pos_app.domain.season.kept_seats import KeptRecord
    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.office import Office

_REFRESH_MS: Final = 200
_SAID_SECONDS: Final = 8
_TOAST_SECONDS: Final = 12


class KeptSeatsPanel(QWidget):
    """Choose free seats and keep them; choose what is kept and release it.

    Keys: K keeps, B blocks what is chosen; R and Z choose the whole row or zone; Del releases; Esc chooses nothing.
    No signals.
    """

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.record: PerformanceRecord | None = None
        self._go_to: int | None = None
        self._lost = False
        self.side = MapSide()
        self.list = KeptList()
        self.live = LiveMap(office.background, self.side.map.sight, self)
        self.keeping = Keeping(self, office, self.side.chosen, lambda: self.record)
        self.guard = ChangeGuard(
            self,
            self.tr("Keep these places back first?"),
            unsaved=self.unsaved,
            save=partial(self.keeping.ask, ClaimKind.HOUSE),
            discard=self.side.chosen.clear,
        )
        self._soon = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        tell_keys(self, kept_keys)
        self._connect()
        row((self.side, 1), self.list, inside=self, spacing=14)
        self.setFocusProxy(self.side)
        self.side.map.clear(self.tr("Choose a performance to see its seats."))

    @property
    def plan(self) -> SeatPlan | None:
        """Return the plan that is shown."""
        return self.live.plan

    def show_performance(self, record: PerformanceRecord) -> None:
        """Show the map of a performance and what is kept of it; what is chosen of another one is let go."""
        same = self.record is not None and self.record.performance_id == record.performance_id
        self.record = record
        if not same:
            self.side.chosen.start(None)
            self.side.banner.dismiss()
            self.list.go_to(None)
            self.list.show_reading(record.time_zone)
            self.side.map.clear(self.tr("Loading the seats…"))
            self.live.open(record.performance_id)
        self.refresh()

    def refresh(self) -> None:
        """Read again what is kept."""
        if self.record is not None:
            asked = self._office.read_latest(self, "kept seats", list_kept_back, self.record.performance_id)
            asked.then(self._on_kept, self._on_unreadable)

    def unsaved(self) -> tuple[str, ...]:
        """Name the places that are chosen and not kept."""
        places = self.side.chosen.count
        words = spoken_count(
            "{count} place chosen, and not kept back yet", "{count} places chosen, and not kept back yet", places
        )
        return (words,) if places else ()

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is chosen; else ask, and go on when it was kept or given up."""
        self.guard.leave(go_on)

    def say(self, message: Message, seconds: int = 0) -> None:
        """Say something below the map."""
        self.side.banner.show_message(message, seconds=seconds)

    def _connect(self) -> None:
        self.side.follow(self.live)
        self.side.keep_asked.connect(self.keeping.ask)
        self.side.area_asked.connect(lambda area: self.keeping.ask_places(area, self.live.free_in(area)))
        self.side.kept_asked.connect(self._on_kept_seat)
        self.side.kept_banded.connect(self._on_kept_band)
        self.side.chosen.changed.connect(self._on_chosen)
        self.list.chosen.connect(self._on_record)
        self.list.retry_asked.connect(self.refresh)
        self.list.change_asked.connect(self.keeping.change)
        self.list.release_asked.connect(self.keeping.release)
        self.keeping.changed.connect(self._on_changed)
        self.keeping.refused.connect(self.refresh)
        self.keeping.said.connect(self._on_said)
        self.live.states_changed.connect(self._on_states)
        self.live.answered.connect(self._on_answered)
        self.live.failed.connect(self._on_failed)

    def _on_changed(self, records: Sequence[KeptRecord]) -> None:
        """Read map and list anew after a change from here, and go to the record of this performance."""
        here = self.record.performance_id if self.record is not None else None
        self._go_to = next((one.kept_id for one in records if one.performance_id == here), None)
        self.list.go_to(self._go_to)
        self.live.refresh()
        self.refresh()

    def _on_said(self, message: Message) -> None:
        self.say(message, _TOAST_SECONDS if message.level is Level.OK else 0)

    def _light_up(self) -> None:
        plan, record = self.plan, self.list.record
        if plan is None:
            return
        ids = [seat.seat_id for seat in record.seats] if record is not None else []
        seats = [at for seat_id in ids if (at := plan.index_of(seat_id)) >= 0]
        areas = sorted({at for seat_id in ids if plan.index_of(seat_id) < 0 and (at := plan.area_of(seat_id)) >= 0})
        self.side.map.light_up(seats, areas)

    def _record_of(self, seat: int) -> KeptRecord | None:
        if self.plan is None:
            return None
        seat_id = int(self.plan.seat_id[seat])
        records: tuple[KeptRecord, ...] = self.list.table.records
        return next((one for one in records if any(key.seat_id == seat_id for key in one.seats)), None)

    def _on_kept(self, records: Sequence[KeptRecord]) -> None:
        if self.record is None:
            return
        self.list.show_records(records, self.record.time_zone)
        if self._go_to is not None:
            self.list.go_to(self._go_to)
            self._go_to = None
        self._on_chosen()
        self._light_up()

    def _on_unreadable(self, error: Exception) -> None:
        if self.list.table.records:
            self.say(failure_message(error, self.refresh))
        else:
            self.list.show_unreadable(message_for(error))

    def _on_record(self, record: KeptRecord | None) -> None:
        """Show the record's places on the map."""
        if self.side.chosen.given:
            self.side.chosen.clear()
        self._light_up()
        if record is not None and self.plan is not None:
            at = self.plan.index_of(record.seats[0].seat_id)
            if at >= 0:
                self.side.map.focus_seat(at)

    def _on_kept_seat(self, seat: int) -> None:
        """Go to the record of a kept seat; once it is open, a click chooses the seat for release."""
        record, was = self._record_of(seat), self.list.record
        if record is None:
            return
        if was is not None and was.kept_id == record.kept_id:
            self.side.chosen.give((seat,))
        else:
            self.side.chosen.clear()
            self.list.go_to(record.kept_id)
            self._light_up()

    def _on_kept_band(self, seats: list[int]) -> None:
        open_record = self.list.record
        mine = [seat for seat in seats if open_record is not None and self._record_of(seat) == open_record]
        if mine:
            self.side.chosen.give(mine)
        elif seats and (record := next(filter(None, map(self._record_of, seats)), None)) is not None:
            self.list.go_to(record.kept_id)
            self._light_up()

    def _on_chosen(self) -> None:
        self.list.show_given(len(self.side.chosen.given))

    def _on_states(self) -> None:
        gone = self.side.chosen.follow(self.live.states)
        self.side.show_chosen()
        if gone:
            words = spoken_count(
                "{count} of the chosen seats was just taken.", "{count} of the chosen seats were just taken.", gone
            )
            self.say(Message(words, self.tr("The others are still chosen."), Level.WARNING))
        if self.isVisible():
            self._soon.start()

    def _on_answered(self) -> None:
        if self._lost:
            self._lost = False
            self.say(Message(self.tr("The server answers again."), "", Level.OK), _SAID_SECONDS)

    def _on_failed(self, error: Exception) -> None:
        message = message_for(error)
        if self.plan is None:
            self.side.map.clear(message.sentence)
        elif not self._lost and isinstance(error, ServerUnreachable | ServerBusy):
            self._lost = True
            self.say(replace(message, advice=self.tr("The map stays as it was; Foyer keeps trying.")))

    def event(self, event: QEvent) -> bool:
        """Keep Esc here while something is chosen."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.side.clear_button.isEnabled()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what is printed on the buttons."""
        buttons = {
            Qt.Key.Key_K: self.side.keep_button.click,
            Qt.Key.Key_B: self.side.block_button.click,
            Qt.Key.Key_R: self.side.chosen.choose_row,
            Qt.Key.Key_Z: self.side.chosen.choose_zone,
            Qt.Key.Key_Delete: self.list.ask_release,
            Qt.Key.Key_Escape: self.side.clear_button.click,
        }
        do = buttons.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if do is None:
            super().keyPressEvent(event)
        else:
            do()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the performance while it is on screen."""
        super().showEvent(event)
        self.live.set_running(True)
        if self.record is not None:
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow it no longer."""
        super().hideEvent(event)
        self.live.set_running(False)
        self._soon.stop()
