"""What the section asks for; bound_services binds it to the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.takeover.file import SeasonFile
    from pos_app.domain.takeover.records import TakenOver, TakeoverPreview
    from pos_app.ui.records.kind import Answer


class TakeoverServices(Protocol):
    """Reading a file and taking it over; `owner` is who wants the answer. chosen: performances, by the file's names."""

    def read_file(self, owner: QObject, path: str) -> Answer[SeasonFile]:
        """Read a table."""
        ...

    def preview(self, owner: QObject, file: SeasonFile, chosen: Mapping[str, int]) -> Answer[TakeoverPreview]:
        """Say what taking over would do."""
        ...

    def take_over(
        self, owner: QObject, request_id: str, file: SeasonFile, chosen: Mapping[str, int], file_name: str
    ) -> Answer[TakenOver]:
        """Take over all lines, or none."""
        ...
