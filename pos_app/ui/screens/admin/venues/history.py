"""What was done to a drawing, step by step, with undo and redo; worked out away from the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import PosError
from pos_app.ui.screens.admin.venues.drawing import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan
    from pos_app.ui.seat_map import MapSight

MOST_STEPS: Final = 300


@dataclass(frozen=True, slots=True)
class Edit:
    """Something to be done: a change, or steps to go back (below 0) and on.

    merge: changes of one name that follow each other are one step, such as nudges.
    """

    change: Callable[[PlanDraft], PlanDraft] | None = None
    steps: int = 0
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The drawing after an edit."""

    draft: PlanDraft
    merge: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """All steps, and at which one the drawing stands."""

    steps: tuple[Step, ...]
    at: int = 0

    @property
    def draft(self) -> PlanDraft:
        """The drawing as it stands."""
        return self.steps[self.at].draft

    @property
    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Tell whether a step was taken back."""
        return self.at < len(self.steps) - 1

    def after(self, edit: Edit) -> History:
        """Return the history after an edit; what was taken back before is gone then. Raises PosError."""
        if edit.change is None:
            return History(self.steps, min(max(self.at + edit.steps, 0), len(self.steps) - 1))
        draft = edit.change(self.draft)
        if draft is self.draft:
            return self
        kept = self.steps[: self.at + 1]
        if edit.merge and self.at > 0 and kept[-1].merge == edit.merge:
            kept = kept[:-1]
        steps = (*kept, Step(draft, edit.merge))[-MOST_STEPS:]
        return History(steps, len(steps) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Advanced:
    """What came of edits. drawn: None when the drawing is as before; error: the first edit that was refused."""

    history: History
    drawn: DrawnPlan | None
    error: PosError | None


def advance(history: History, edits: Sequence[Edit], sight: MapSight) -> Advanced:
    """Do one edit after the other, and draw once what came of them; a refused one is passed over."""
    now, error = history, None
    for edit in edits:
        try:
            now = now.after(edit)
        except PosError as refused:
            error = error or refused
    drawn = draw(now.draft, sight) if now.draft is not history.draft else None
    return Advanced(now, drawn, error)
