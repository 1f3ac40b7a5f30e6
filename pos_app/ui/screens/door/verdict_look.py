"""How each state of the door looks and sounds: a colour, an icon and a sound that no other state has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_app.devices.tones import Sound
from pos_app.domain.door.check_in import ScanResult, Verdict


class DoorState(StrEnum):
    """What the panel says at the moment."""

    READY = "ready"
    READY_LEAVING = "ready_leaving"
    CHECKING = "checking"
    UNDONE = "undone"
    ADMITTED = "admitted"
    REPEATED = "repeated"
    ALREADY_USED = "already_used"
    REFUSED = "refused"
    LEFT = "left"
    NOT_CHECKED = "not_checked"
    TOLD_LATE = "told_late"
    """Verdicts that came late, told together in a list."""


@dataclass(frozen=True, slots=True)
class StateLook:
    """light and dark: background and text as "#RRGGBB", at least 4.5:1 apart.

    icon: a file of resources/icons. seconds: how long it stays before the ready state comes back, 0 for ever.
    striped: framed by red stripes, so that it is taken for no verdict.
    covers: stands over the lists at the side while it stands: it is about a guest who waits.
    """

    light: tuple[str, str]
    dark: tuple[str, str]
    icon: str
    sound: Sound | None = None
    seconds: float = 0.0
    striped: bool = False
    covers: bool = True

    def colors(self, *, dark: bool) -> tuple[str, str]:
        """Return background and text."""
        return self.dark if dark else self.light


STRIPE: Final = ("#B3261E", "#D0453B")
"""The red of the stripes, light and dark."""

LOOKS: Final[dict[DoorState, StateLook]] = {
    DoorState.READY: StateLook(("#FFFFFF", "#171A21"), ("#1A1D25", "#ECEEF4"), "qr-code", covers=False),
    DoorState.READY_LEAVING: StateLook(("#E3ECFB", "#16345F"), ("#1B2B45", "#CFE0FF"), "sign-out", covers=False),
    DoorState.CHECKING: StateLook(("#E1E4EB", "#171A21"), ("#2D323F", "#ECEEF4"), "hourglass-medium"),
    DoorState.UNDONE: StateLook(
        ("#E1E4EB", "#171A21"), ("#2D323F", "#ECEEF4"), "arrow-counter-clockwise", None, 8.0, covers=False
    ),
    DoorState.ADMITTED: StateLook(("#0B7A3E", "#FFFFFF"), ("#0F6F3B", "#FFFFFF"), "check-circle", Sound.ADMITTED, 8.0),
    DoorState.REPEATED: StateLook(("#DDF3E6", "#0B4F2B"), ("#17382A", "#BFF0D4"), "check", None, 6.0),
    DoorState.ALREADY_USED: StateLook(
        ("#FFC62E", "#1F1600"), ("#E9B01C", "#1A1300"), "warning", Sound.ALREADY_USED, 30.0
    ),
    DoorState.REFUSED: StateLook(("#B3261E", "#FFFFFF"), ("#A8231B", "#FFFFFF"), "x-circle", Sound.REFUSED, 30.0),
    DoorState.LEFT: StateLook(("#24589F", "#FFFFFF"), ("#24538F", "#FFFFFF"), "sign-out", Sound.LEFT, 8.0),
    DoorState.NOT_CHECKED: StateLook(
        ("#FFFFFF", "#171A21"), ("#1A1D25", "#ECEEF4"), "wifi-slash", Sound.NOT_CHECKED, striped=True
    ),
    DoorState.TOLD_LATE: StateLook(("#FFFFFF", "#171A21"), ("#1A1D25", "#ECEEF4"), "clock"),
}

_OF_VERDICT: Final = {
    Verdict.ADMITTED: DoorState.ADMITTED,
    Verdict.ALREADY_USED: DoorState.ALREADY_USED,
    Verdict.REFUSED: DoorState.REFUSED,
    Verdict.LEFT: DoorState.LEFT,
}


def state_of(result: ScanResult) -> DoorState:
    """Return the state that shows a result; the same guest scanned again is calm, but only when let in."""
    if result.repeated and result.verdict in {Verdict.ADMITTED, Verdict.ALREADY_USED}:
        return DoorState.REPEATED
    return _OF_VERDICT[result.verdict]
