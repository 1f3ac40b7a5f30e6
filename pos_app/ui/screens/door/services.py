"""What the door screen asks for; the composition root binds it to the services and the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from pos_app.devices.tones import Sound
    from pos_app.domain.door.check_in import DoorCounts, DoorPerformance, GuestTicket, Scan, ScanEntry, ScanResult

R_co = TypeVar("R_co", covariant=True)


class Answer(Protocol[R_co]):
    """The promise of an outcome; the callbacks run on the GUI thread."""

    def then(self, on_done: Callable[[R_co], object], on_error: Callable[[Exception], object], /) -> object:
        """Say what to do with the result, and with an error."""
        ...


class DoorServices(Protocol):
    """Everything that the door screen asks for; `owner` is who wants the answer.

    Times in UTC. check_in and undo are writes and keep their order; the others are reads.
    """

    def performances(self, owner: QObject) -> Answer[tuple[DoorPerformance, ...]]:
        """List the performances that a gate can be set to."""
        ...

    def check_in(self, owner: QObject, scan: Scan) -> Answer[ScanResult]:
        """Judge a scan and record it."""
        ...

    def undo(self, owner: QObject, check_in_id: int) -> Answer[object]:
        """Take back an admission; the answer's value is not looked at."""
        ...

    def last_scans(self, owner: QObject, performance_id: int) -> Answer[tuple[ScanEntry, ...]]:
        """List the last twenty scans of a performance, the newest first."""
        ...

    def counts(self, owner: QObject, performance_id: int) -> Answer[DoorCounts]:
        """Count the guests inside and the tickets expected."""
        ...

    def find_guests(self, owner: QObject, performance_id: int, query: str) -> Answer[tuple[GuestTicket, ...]]:
        """Find tickets of a performance by order number, name or seat."""
        ...


class DoorSounds(Protocol):
    """What makes the sounds: pos_app.devices.sound.SoundPlayer."""

    muted: bool

    def play(self, sound: Sound, /) -> None:
        """Start a sound and return at once."""
        ...
