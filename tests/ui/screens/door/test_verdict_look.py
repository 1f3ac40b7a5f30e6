from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from pos_app.assets import asset
from pos_app.devices.tones import Sound
from pos_app.ui.screens.door.verdict_look import LOOKS, STRIPE, DoorState

if TYPE_CHECKING:
    from collections.abc import Callable

VERDICTS = (DoorState.ADMITTED, DoorState.ALREADY_USED, DoorState.REFUSED, DoorState.LEFT)


def luminance(color: str) -> float:
    """WCAG 2.1, relative luminance."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(color)
    return 0.2126 * linear(made.redF()) + 0.7152 * linear(made.greenF()) + 0.0722 * linear(made.blueF())


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("state", list(DoorState))
def test_every_state_can_be_read(state: DoorState, dark: bool) -> None:  # noqa: FBT001 - parametrized
    background, text = LOOKS[state].colors(dark=dark)
    assert contrast(background, text) >= 4.5
    assert asset("icons", f"{LOOKS[state].icon}.svg").is_file()


@pytest.mark.parametrize(
    "part", [lambda state: LOOKS[state].icon, lambda state: LOOKS[state].sound, lambda state: LOOKS[state].light[0]]
)
def test_no_two_verdicts_share_a_colour_an_icon_or_a_sound(part: Callable[[DoorState], object]) -> None:
    assert len({part(state) for state in VERDICTS}) == len(VERDICTS)


def test_only_a_scan_without_verdict_is_striped_and_its_stripes_stand_out() -> None:
    assert [state for state in DoorState if LOOKS[state].striped] == [DoorState.NOT_CHECKED]
    assert contrast(STRIPE[0], LOOKS[DoorState.NOT_CHECKED].light[0]) >= 3
    assert contrast(STRIPE[1], LOOKS[DoorState.NOT_CHECKED].dark[0]) >= 3


def test_every_sound_is_used_by_one_state() -> None:
    used = [look.sound for look in LOOKS.values() if look.sound is not None]
    assert sorted(used) == sorted(Sound)
