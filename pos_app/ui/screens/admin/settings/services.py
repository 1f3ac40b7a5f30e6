"""What the section of settings asks for; bound_services binds it to the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.house.settings import HouseRecord
    from pos_app.ui.records.kind import Answer


class SettingsServices(Protocol):
    """A RecordSource of the one record there is, and the preview of its tickets; `owner` is who wants the answer."""

    def read_all(self, owner: QObject) -> Answer[Sequence[HouseRecord]]:
        """Read the record; it stands alone."""
        ...

    def save(self, owner: QObject, before: HouseRecord | None, values: Mapping[str, object]) -> Answer[HouseRecord]:
        """Save the values of the form."""
        ...

    def archive(self, owner: QObject, record: HouseRecord) -> Answer[HouseRecord]:
        """Not to be had: the house has no archive."""
        ...

    def restore(self, owner: QObject, record: HouseRecord) -> Answer[HouseRecord]:
        """Not to be had."""
        ...

    def read_logo(self, owner: QObject, path: str) -> Answer[bytes]:
        """Read a PNG and make it harmless. Errors: InvalidInput, OSError."""
        ...

    def preview(self, owner: QObject, values: Mapping[str, object], paper: str) -> Answer[Sequence[RasterPage]]:
        """Draw sample tickets as they would be with these values."""
        ...
