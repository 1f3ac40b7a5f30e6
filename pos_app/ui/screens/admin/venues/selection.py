"""What is chosen on the map of the editor, in a few words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan

_ROWS_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Selection:
    """Chosen seats. rows, zones: the guids of those that have one of them; of_category: how many, by its place."""

    guids: tuple[str, ...]
    rows: tuple[str, ...]
    row_labels: tuple[str, ...]
    zones: tuple[str, ...]
    zone_names: tuple[str, ...]
    of_category: tuple[int, ...]
    kinds: frozenset[int]

    def title(self) -> str:
        """Say how many seats are chosen."""
        if not self.guids:
            return ""
        return spoken_count("{count} seat chosen", "{count} seats chosen", len(self.guids))

    def where(self) -> str:
        """Say in which zones and rows: "Stalls, rows C, D, E and 4 more"."""
        if not self.guids:
            return ""
        zones = ", ".join(name or _tr("a zone without a name") for name in self.zone_names[:2])
        if len(self.zone_names) > 2:
            zones += "…"
        named = ", ".join(label for label in self.row_labels[:_ROWS_NAMED] if label)
        more = len(self.rows) - _ROWS_NAMED
        if more > 0:
            return spoken_count(
                "{zones}, rows {rows} and {count} more",
                "{zones}, rows {rows} and {count} more",
                more,
                zones=zones,
                rows=named,
            )
        if not named:
            return zones
        if len(self.rows) == 1:
            return _tr("{zone}, row {row}").format(zone=zones, row=named)
        return _tr("{zones}, rows {rows}").format(zones=zones, rows=named)


def selection_of(drawn: DrawnPlan, chosen: NDArray[np.intp]) -> Selection:
    """Sum up what is chosen, by index on the map."""
    preview, plan = drawn.preview, drawn.preview.plan
    rows = np.unique(plan.row_of[chosen]).tolist()
    zones = np.unique(plan.zone[chosen]).tolist()
    counts = np.bincount(plan.category[chosen].astype(np.int64), minlength=len(plan.categories))
    return Selection(
        tuple(preview.seat_guids[at] for at in chosen.tolist()),
        tuple(preview.row_guids[at] for at in rows),
        tuple(plan.row_labels[at] for at in rows),
        tuple(preview.zone_guids[at] for at in zones),
        tuple(plan.zones[at].name for at in zones),
        tuple(int(count) for count in counts),
        frozenset(int(kind) for kind in np.unique(plan.kind[chosen])),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Selection", words)
