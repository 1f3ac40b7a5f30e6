"""What is made of a draft before the map can show it: heavy for a large house, so made away from the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.computer.files import FileTooLargeError, read_bounded
from pos_app.domain.disk_faults import why_disk
from pos_app.domain.sentences import say
from pos_app.domain.venues.pretix.notes import PlanFileRefused
from pos_app.domain.venues.pretix.reader import MOST_BYTES, read_plan
from pos_app.services.venues.plan_preview import preview_plan
from pos_app.ui.seat_map import prepare_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.pretix.notes import PlanWarning
    from pos_app.services.venues.plan_preview import PlanPreview
    from pos_app.ui.seat_map import MapSight, PreparedPlan


@dataclass(frozen=True, slots=True, eq=False)
class DrawnPlan:
    """A draft with all that the map needs to show it."""

    draft: PlanDraft
    preview: PlanPreview
    prepared: PreparedPlan


@dataclass(frozen=True, slots=True, eq=False)
class DrawnFile:
    """A plan read from a file, and what was odd about it."""

    drawn: DrawnPlan
    warnings: tuple[PlanWarning, ...]


class Share:
    """How much of a long piece of work is done, 0 to 1: set by the thread at work, read by the window."""

    def __init__(self) -> None:
        self.done = 0.0

    def tell(self, done: float) -> None:
        """Take note of how much is done."""
        self.done = done


def draw(draft: PlanDraft, sight: MapSight) -> DrawnPlan:
    """Make a draft ready for the map."""
    preview = preview_plan(draft)
    return DrawnPlan(draft, preview, prepare_plan(preview.plan, sight))


def draw_made(make: Callable[[], PlanDraft], sight: MapSight) -> DrawnPlan:
    """Make a draft, and make it ready for the map. Raises what `make` raises."""
    return draw(make(), sight)


def draw_file(path: str, sight: MapSight, tell: Callable[[float], None]) -> DrawnFile:
    """Read a seating plan from a file, and make it ready for the map; tell: told the share that is done.

    Raises PlanFileRefused.
    """
    file = Path(path)
    try:
        content = read_bounded(file, MOST_BYTES)
    except FileTooLargeError:
        raise PlanFileRefused(
            say("“{file}” is larger than {most} MB.", file=file.name, most=MOST_BYTES // 1024 // 1024),
            advice=say("A plan of 60,000 seats is not."),
        ) from None
    except (OSError, ValueError) as error:
        reason = why_disk(error) if isinstance(error, OSError) else say("there is no such name")
        raise PlanFileRefused(
            say("“{file}” cannot be read: {reason}.", file=file.name[:80], reason=reason),
            advice=say("Choose another file."),
        ) from None
    tell(0.1)
    found = read_plan(content, name=file.stem)
    tell(0.5)
    preview = preview_plan(found.draft)
    tell(0.7)
    drawn = DrawnPlan(found.draft, preview, prepare_plan(preview.plan, sight))
    tell(1.0)
    return DrawnFile(drawn, found.warnings)
