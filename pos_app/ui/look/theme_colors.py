"""Every colour of the house, by what it is for: (light, dark). Theme, style sheet and icons read from here."""

from __future__ import annotations

from typing import Final

COLORS: Final[dict[str, tuple[str, str]]] = {
    # Surfaces, from the back to the front.
    "bg": ("#F4F5F8", "#12141A"),
    "surface": ("#FFFFFF", "#1A1D25"),
    "raised": ("#FFFFFF", "#222632"),
    "hover": ("#EEF0F5", "#252A36"),
    "line": ("#E1E4EB", "#2D323F"),
    "line_strong": ("#C5CAD6", "#464D5E"),
    # Words.
    "text": ("#171A21", "#ECEEF4"),
    "muted": ("#5C6473", "#A3ABBC"),
    "faint": ("#8A92A3", "#7B8496"),
    # What is offered, and what is chosen.
    "accent": ("#3D55D6", "#8EA2FF"),
    "accent_hover": ("#3348BD", "#A5B5FF"),
    "accent_text": ("#FFFFFF", "#0D1020"),
    "accent_soft": ("#E8ECFD", "#272F52"),
    # What went well, what to look at, what went wrong.
    "ok": ("#0E7A4B", "#5AD19A"),
    "ok_soft": ("#E2F5EB", "#17352A"),
    "warn": ("#8A5700", "#FFC666"),
    "warn_soft": ("#FFF3DC", "#3A2F17"),
    "danger": ("#B3261E", "#FF8A80"),
    "danger_hover": ("#981F18", "#FFA199"),
    "danger_text": ("#FFFFFF", "#2B0704"),
    "danger_soft": ("#FCE9E7", "#44211F"),
    "focus": ("#10131A", "#FFFFFF"),
    # The seat map.
    "map": ("#FAFBFD", "#15171E"),
    "map_faint": ("#6B7384", "#8A93A6"),
    "block": ("#EFF1F6", "#1D212B"),
    "stage_far": ("#2A3045", "#3A4264"),
    "stage_near": ("#454D6B", "#535C83"),
    "stage_text": ("#FFFFFF", "#FFFFFF"),
    "sold": ("#D3D7E0", "#343A48"),
    "sold_cross": ("#9AA2B3", "#667085"),
    "held": ("#FFFFFF", "#15171E"),
    "held_ring": ("#8D6A1F", "#E3B04B"),
    "house_ring": ("#4A5468", "#B4BCCD"),
    "blocked_ring": ("#7B8496", "#7B8496"),
    "mine": ("#10131A", "#FFFFFF"),
    "mine_text": ("#FFFFFF", "#10131A"),
}
"""Names ending in _soft are backgrounds for the colour they are named after; _text stands on a full area of it."""

CATEGORY_COLORS: Final[tuple[tuple[str, str], ...]] = (
    ("#45259B", "#D6C8FF"),
    ("#2C73DC", "#4B8CF7"),
    ("#13856E", "#2AA38E"),
    ("#E58BB1", "#FBB4D2"),
    ("#B4510B", "#E8894A"),
    ("#7BB8E8", "#9ED0F5"),
    ("#77770F", "#B5B54A"),
    ("#A3316F", "#D46BA4"),
)
"""Price categories, dearest first; told apart by persons with any colour vision."""
