"""The logo of the demo's house: a light rising over a stage, parted by a meridian; drawn by code into a small PNG."""

from __future__ import annotations

import struct
import zlib
from math import hypot
from typing import Final

_WIDTH, _HEIGHT = 240, 240
_INK: Final = bytes((59, 76, 202))
_PAPER: Final = b"\xff\xff\xff"
_MIDDLE: Final = 120.0
_STAGE: Final = 168.0


def demo_logo() -> bytes:
    """Return the logo as PNG (written as in the PNG specification, second edition: RGB, 8 bits, no filter)."""
    rows = b"".join(
        b"\0" + b"".join(_INK if _is_ink(x + 0.5, y + 0.5) else _PAPER for x in range(_WIDTH)) for y in range(_HEIGHT)
    )
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _is_ink(x: float, y: float) -> bool:
    """A round badge; in it the boards of the stage, and over them rays of light on both sides of the meridian."""
    from_middle = hypot(x - _MIDDLE, y - _MIDDLE)
    if from_middle > 118:
        return False
    if from_middle > 104:
        return True
    if y > _STAGE + 8:
        return True
    if y > _STAGE or from_middle > 94:
        return False
    from_stage = hypot(x - _MIDDLE, y - _STAGE)
    rays = any(inner < from_stage < inner + 11 for inner in (54, 77, 100))
    return from_stage < 43 or (rays and abs(x - _MIDDLE) > 5)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
