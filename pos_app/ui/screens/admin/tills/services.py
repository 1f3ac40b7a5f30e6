"""What the section of tills asks for; bound_services binds it to the real thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from pos_app.computer.identity import TillIdentity
    from pos_app.domain.tills.records import TillList, TillRecord
    from pos_app.ui.records.kind import Answer


@dataclass(frozen=True, slots=True)
class Here:
    """The till at which the manager works. paper, queue: what the settings of this computer say, "" for nothing.

    key_shown: the first digits of its signing key.
    """

    till_id: int
    paper: str
    queue: str
    key_shown: str


class TillServices(Protocol):
    """A RecordSource of tills, and what else can be done with them; `owner` is who wants the answer."""

    @property
    def here(self) -> Here:
        """Return the till at which the manager works."""
        ...

    def read_all(self, owner: QObject) -> Answer[Sequence[TillRecord]]:
        """Read all tills, those put away too."""
        ...

    def till_list(self, owner: QObject) -> Answer[TillList]:
        """Read all tills, with the zone of the house."""
        ...

    def save(self, owner: QObject, before: TillRecord | None, values: Mapping[str, object]) -> Answer[TillRecord]:
        """Save the values of the form."""
        ...

    def archive(self, owner: QObject, record: TillRecord) -> Answer[TillRecord]:
        """Put a till away."""
        ...

    def restore(self, owner: QObject, record: TillRecord) -> Answer[TillRecord]:
        """Take a till back."""
        ...

    def revoke(self, owner: QObject, key_id: int) -> Answer[TillRecord]:
        """Let no gate trust a key any more."""
        ...

    def enrol_here(self, owner: QObject) -> Answer[tuple[TillIdentity, int]]:
        """Make this till known to the gates, with a new key where that is needed."""
        ...

    def queues(self, owner: QObject) -> Answer[Sequence[str]]:
        """Return the printer queues of this computer."""
        ...

    def print_test(self, owner: QObject, paper: str, queue: str) -> Answer[object]:
        """Print a sample ticket at this computer."""
        ...
