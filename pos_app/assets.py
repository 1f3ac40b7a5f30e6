"""Paths into resources/: from the source tree, from the wheel, from a frozen bundle."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    here = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [here / "_resources", here.parent / "resources"]
    if isinstance(bundle, str):
        candidates.insert(0, Path(bundle) / "resources")
    for folder in candidates:
        if (folder / "fonts").is_dir():
            return folder
    raise FileNotFoundError(f"Foyer's resources are missing beside {here}")


def asset(*parts: str) -> Path:
    """Return the path of a file below resources/: the parts "icons", "ticket.svg" name an icon."""
    return _root().joinpath(*parts)
