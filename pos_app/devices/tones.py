"""The sounds of the door as WAV bytes: told apart by rhythm and pitch, also over a noisy queue."""

from __future__ import annotations

import io
import math
import wave
from array import array
from enum import StrEnum
from typing import Final

SAMPLE_RATE: Final = 22_050
_LOUDNESS: Final = 0.6
_RAMP_SECONDS: Final = 0.006
"""Every tone fades in and out this long, or loudspeakers click."""


class Sound(StrEnum):
    """What a gate can say without words."""

    ADMITTED = "admitted"
    ALREADY_USED = "already_used"
    REFUSED = "refused"
    LEFT = "left"
    NOT_CHECKED = "not_checked"


_SILENCE: Final = 0.0
_NOTES: Final[dict[Sound, tuple[tuple[float, float], ...]]] = {
    # Pairs of frequency in hertz and length in seconds.
    Sound.ADMITTED: ((880.0, 0.09), (1318.5, 0.14)),
    Sound.ALREADY_USED: ((392.0, 0.13), (_SILENCE, 0.07), (392.0, 0.13)),
    Sound.REFUSED: ((147.0, 0.65),),
    Sound.LEFT: ((1046.5, 0.09), (698.5, 0.12)),
    Sound.NOT_CHECKED: ((587.3, 0.06), (_SILENCE, 0.05), (587.3, 0.06), (_SILENCE, 0.05), (587.3, 0.06)),
}


def wav_bytes(sound: Sound) -> bytes:
    """Return the sound as a mono WAV file of 16 bits a sample."""
    samples = array("h")
    for frequency, seconds in _NOTES[sound]:
        samples.extend(_tone(frequency, seconds, buzz=sound is Sound.REFUSED))
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(samples.tobytes())
    return file.getvalue()


def _tone(frequency: float, seconds: float, *, buzz: bool) -> list[int]:
    count = int(seconds * SAMPLE_RATE)
    ramp = _RAMP_SECONDS * SAMPLE_RATE
    peak = 32_767 * _LOUDNESS
    tone: list[int] = []
    for index in range(count):
        level = math.sin(2 * math.pi * frequency * index / SAMPLE_RATE)
        if buzz:
            # Odd overtones: a small loudspeaker that cannot give 147 Hz still gives these.
            level = 0.7 * math.copysign(1.0, level) * abs(level) ** 0.25
        envelope = min(1.0, index / ramp, (count - 1 - index) / ramp)
        tone.append(int(peak * level * envelope))
    return tone
