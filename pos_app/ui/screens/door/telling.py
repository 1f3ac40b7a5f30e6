"""How the steward is told: the panel, the sound and the words for who cannot see, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.devices.tones import Sound
from pos_app.ui.announce import announce
from pos_app.ui.screens.door.late_list import LateList
from pos_app.ui.screens.door.late_words import list_words, state_of_list
from pos_app.ui.screens.door.middle import DoorMiddle
from pos_app.ui.screens.door.verdict_look import LOOKS, DoorState, state_of
from pos_app.ui.screens.door.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.devices.sound import SoundPlayer
    from pos_app.domain.door.check_in import ScanResult
    from pos_app.ui.screens.door.late_scans import LateScans
    from pos_app.ui.screens.door.side import DoorSide
    from pos_app.ui.screens.door.verdict_panel import PanelWords

_GRAVEST: tuple[DoorState, ...] = (DoorState.REFUSED, DoorState.ALREADY_USED, DoorState.LEFT, DoorState.ADMITTED)


class Telling(QObject):
    """Shows one state after the other.

    Signals:
        faded(): a state has stood for as long as it does, or the steward has read it.
        changed(): another state stands there than before.
    """

    faded = Signal()
    changed = Signal()

    def __init__(self, sounds: SoundPlayer, scans: LateScans, side: DoorSide, parent: QObject) -> None:
        super().__init__(parent)
        self._sounds = sounds
        self._scans = scans
        self.panel = VerdictPanel()
        self.late_list = LateList(scans)
        self.middle = DoorMiddle(self.panel, self.late_list, side)
        self._fade = QTimer(self, singleShot=True)
        self._fade.timeout.connect(self.faded)

    @property
    def state(self) -> DoorState:
        """What the steward sees."""
        return self.panel.state

    def show(self, state: DoorState, words: PanelWords, *, can_check_again: bool = False) -> None:
        """Show a state with its sound, for as long as it stands."""
        self._put(state, words, can_check_again=can_check_again)
        look = LOOKS[state]
        if look.sound is not None:
            self._sounds.play(look.sound)
        if look.seconds:
            self._fade.start(round(look.seconds * 1000))

    def rest(self, state: DoorState, words: PanelWords) -> None:
        """Show a state between two guests, in silence."""
        self._put(state, words)

    def say_again(self, words: PanelWords, *, can_check_again: bool) -> None:
        """Say of the state that stands there what is true now, in silence."""
        if not self.middle.lists_late:
            self.panel.show_state(self.panel.state, words, can_check_again=can_check_again)

    def show_list(self, *, answers: bool) -> None:
        """Show the scans of which the steward was not told in time, without a sound. answers: the server does again."""
        rows = self._scans.rows
        self._fade.stop()
        self.late_list.answers = answers
        self.late_list.refresh()
        state = state_of_list(rows)
        self.panel.show_state(state, list_words(rows, answers=answers))
        self.middle.show_state(state, listed=True)
        self.changed.emit()

    def call(self) -> None:
        """Call the steward to the list, and tell it to who cannot see it."""
        self._sounds.play(Sound.NOT_CHECKED)
        announce(self.panel, self.panel.accessibleName(), urgent=True)

    def sum_up(self, results: Sequence[ScanResult]) -> None:
        """Scans in the list have been checked again: let the gravest of their verdicts be heard."""
        states = [state_of(one) for one in results]
        worst = next((state for state in _GRAVEST if state in states), None)
        sound = LOOKS[worst].sound if worst is not None else None
        if sound is not None:
            self._sounds.play(sound)
        announce(self.panel, self.panel.accessibleName(), urgent=True)

    def _put(self, state: DoorState, words: PanelWords, *, can_check_again: bool = False) -> None:
        self._fade.stop()
        self.panel.show_state(state, words, can_check_again=can_check_again)
        self.middle.show_state(state)
        self.changed.emit()
        if state not in {DoorState.READY, DoorState.READY_LEAVING}:
            announce(self.panel, self.panel.accessibleName(), urgent=True)
