"""What windows have noted on this computer, looked at while they are at work."""

from __future__ import annotations

import os
from pathlib import Path


def noted(folder: Path, *kinds: str) -> list[Path]:
    """Return the notes below a folder of state; kinds: endings of files. A window may remove a folder meanwhile."""
    walked = os.walk(folder / "journal")
    return [Path(place, name) for place, _, names in walked for name in names if name.endswith(kinds)]
