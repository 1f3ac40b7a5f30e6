"""The questions of the section, answered by the services of the box office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.errors import InvalidInput
from pos_app.domain.takeover.file import MOST_BYTES, SeasonFile, read_season_file
from pos_app.services.takeover.taking_over import preview_takeover, take_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.roles import Actor
    from pos_app.domain.takeover.records import TakenOver, TakeoverPreview
    from pos_app.ui.background import Background, Reply


class BoundTakeover:
    """Answers for one person at one till; see TakeoverServices."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor

    def read_file(self, owner: QObject, path: str) -> Reply[SeasonFile]:
        """Read a table."""
        return self._background.compute(owner, _read, path)

    def preview(self, owner: QObject, file: SeasonFile, chosen: Mapping[str, int]) -> Reply[TakeoverPreview]:
        """Say what taking over would do."""
        return self._background.read_latest(owner, "takeover", preview_takeover, self._actor, file, dict(chosen))

    def take_over(
        self, owner: QObject, request_id: str, file: SeasonFile, chosen: Mapping[str, int], file_name: str
    ) -> Reply[TakenOver]:
        """Take over all lines, or none."""
        return self._background.write(owner, take_over, self._actor, request_id, file, dict(chosen), file_name)


def _read(path: str) -> SeasonFile:
    """Read a file; one that is far too large is not read whole."""
    try:
        with Path(path).open("rb") as file:
            return read_season_file(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise InvalidInput(f"The file cannot be read: {error.strerror}.", advice="Choose another one.") from error
