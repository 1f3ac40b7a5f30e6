"""A drawing at work: edits in the order in which they were asked for, none of them on the thread of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.ui.screens.admin.venues.history import Edit, History, Step, advance

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.ui.background import Background
    from pos_app.ui.screens.admin.venues.history import Advanced
    from pos_app.ui.seat_map import MapSight

    Askers = list[Callable[[Exception | None], object]]


class Drafting(QObject):
    """Keeps the drawing and its history.

    Signals: drawn(DrawnPlan): it looks different now. refused(Exception): an edit cannot be done. changed(): what can
    be undone, redone or saved is different.
    """

    drawn = Signal(object)
    refused = Signal(object)
    changed = Signal()

    def __init__(self, background: Background, sight: Callable[[], MapSight], parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._sight = sight
        self._history: History | None = None
        self._clean: PlanDraft | None = None
        self._queue: list[Edit] = []
        self._is_working = False
        self._when_idle: list[Callable[[], object]] = []
        self._askers: Askers = []
        self._turn = 0

    @property
    def draft(self) -> PlanDraft:
        """The drawing as it stands, without edits that are still on their way. Raises LookupError without one."""
        if self._history is None:
            raise LookupError("no plan is open")
        return self._history.draft

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything is unsaved."""
        return self._history is not None and (bool(self._queue) or self._history.draft is not self._clean)

    @property
    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return self._history is not None and self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Tell whether a step was taken back."""
        return self._history is not None and self._history.can_redo

    def start(self, draft: PlanDraft) -> None:
        """Work on a stored drawing from now on."""
        self._turn += 1
        self._is_working = False
        self._queue.clear()
        self._when_idle.clear()
        self._askers.clear()
        self._history, self._clean = History((Step(draft),)), draft
        self.changed.emit()

    def edit(
        self,
        change: Callable[[PlanDraft], PlanDraft],
        *,
        merge: str = "",
        heard: Callable[[Exception | None], object] | None = None,
    ) -> None:
        """Change the drawing; merge: see Edit. heard: told why it cannot be, in the place of `refused`, or None."""
        if heard is not None:
            self._askers.append(heard)
        self._ask(Edit(change, merge=merge))

    def undo(self) -> None:
        """Take the last step back."""
        self._ask(Edit(steps=-1))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._ask(Edit(steps=1))

    def when_idle(self, do: Callable[[], object]) -> None:
        """Do something once all edits are done; at once when they are."""
        if self._queue or self._is_working:
            self._when_idle.append(do)
        else:
            do()

    def _ask(self, edit: Edit) -> None:
        if self._history is not None:
            self._queue.append(edit)
            self._work()

    def _work(self) -> None:
        if self._is_working or not self._queue or self._history is None:
            return
        edits, self._queue = tuple(self._queue), []
        askers, self._askers = self._askers, []
        self._is_working = True
        turn = self._turn
        self._background.compute(self, advance, self._history, edits, self._sight()).then(
            lambda advanced: self._on_advanced(turn, advanced, askers),
            lambda error: self._on_failed(turn, error, askers),
        )

    def _on_advanced(self, turn: int, advanced: Advanced, askers: Askers) -> None:
        if turn != self._turn:
            return
        self._is_working = False
        self._history = advanced.history
        if advanced.drawn is not None:
            self.drawn.emit(advanced.drawn)
        self.changed.emit()
        self._tell(advanced.error, askers)
        self._go_on()

    def _on_failed(self, turn: int, error: Exception, askers: Askers) -> None:
        if turn != self._turn:
            return
        self._is_working = False
        self._tell(error, askers)
        self._go_on()

    def _tell(self, error: Exception | None, askers: Askers) -> None:
        """Tell whoever asked for these edits how they ended; those of edits still on their way are told later."""
        for asker in askers:
            asker(error)
        if error is not None and not askers:
            self.refused.emit(error)

    def _go_on(self) -> None:
        self._work()
        if not self._is_working:
            waiting, self._when_idle = self._when_idle, []
            for do in waiting:
                do()
