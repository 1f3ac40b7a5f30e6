"""How large a picture may be that somebody hands over, judged by its head, before a pixel of it is unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS: Final = 25_000_000
"""A hundred megabytes unpacked, with transparency: a till has room for two or three of it."""
_MILLION: Final = 1_000_000
_JPEG: Final = b"\xff\xd8"
_SCAN: Final = b"\xff\xda"
_MOST_SCANS: Final = 100
"""Layers of a JPEG; cameras and editors write one, or ten. Each is a walk over all pixels."""


def require_pixels(picture: Image.Image, image: bytes, *, field: str = "") -> None:
    """Raise InvalidInput (with the field) for a picture that would take far too much memory or time to unpack.

    picture: opened, not loaded; image: its bytes.
    """
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS:
        raise InvalidInput(
            say(
                "The picture has {count} million pixels; Foyer takes up to {most} million.",
                count=-(-pixels // _MILLION),
                most=MOST_PIXELS // _MILLION,
            ),
            field=field,
            advice=say("Save it smaller."),
        )
    if image.startswith(_JPEG) and image.count(_SCAN) > _MOST_SCANS:
        raise InvalidInput(
            say("The picture is made of far too many layers."), field=field, advice=say("Save it anew as JPEG.")
        )
