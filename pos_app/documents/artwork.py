"""The picture of an event: made harmless when it comes in, so that no till decodes what a stranger made."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps

from pos_app.documents.picture_bounds import require_pixels
from pos_app.domain.errors import InvalidInput
from pos_app.domain.season.events import Artwork
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence

MOST_BYTES: Final = 15_000_000
LONGEST_SIDE: Final = 12_000
SHORTEST_SIDE: Final = 64
KEPT_SIDE: Final = 1600
"""Pixels of the longer side that are kept."""
_QUALITY: Final = 85
_SMALLER: Final = say("Save it smaller.")


def prepare_artwork(image: bytes) -> Artwork:
    """Return a PNG or JPEG as a picture of our own making: turned upright, at most 1600 pixels, nothing but pixels.

    What has transparent parts stays a PNG, all else becomes a JPEG. Raises InvalidInput (field "artwork") for what is
    no such picture, too large or too small.
    """
    if len(image) > MOST_BYTES:
        raise too_large()
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(image), formats=("PNG", "JPEG")) as picture:
            warnings.simplefilter("ignore")  # of odd metadata, which is not kept
            if max(picture.size) > LONGEST_SIDE:
                raise _refused(say("The picture is wider or higher than {side} pixels.", side=LONGEST_SIDE), _SMALLER)
            if min(picture.size) < SHORTEST_SIDE:
                raise _refused(
                    say("The picture is smaller than {side} by {side} pixels.", side=SHORTEST_SIDE),
                    say("Take a larger one."),
                )
            require_pixels(picture, image, field="artwork")
            picture.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
            # Made small before it is turned: turning makes a copy of all that there is.
            picture.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
            return _encoded(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError:
        raise _refused(say("The picture is wider or higher than {side} pixels.", side=LONGEST_SIDE), _SMALLER) from None
    except (OSError, ValueError, SyntaxError):
        raise _refused(
            say("This is not a PNG or JPEG picture, or it is damaged."), say("Save it as PNG or JPEG.")
        ) from None


def too_large() -> InvalidInput:
    """Return what is said of a picture of more than MOST_BYTES."""
    return _refused(say("The picture is larger than {size} MB.", size=MOST_BYTES // 1_000_000), _SMALLER)


def _encoded(picture: Image.Image) -> Artwork:
    target = BytesIO()
    if picture.has_transparency_data and any(picture.convert("RGBA").getchannel("A").histogram()[:-1]):
        clean = _only_pixels(picture.convert("RGBA"))
        clean.save(target, "PNG", optimize=True)
        return Artwork(target.getvalue(), "image/png", *clean.size)
    clean = _only_pixels(picture.convert("RGB"))
    clean.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return Artwork(target.getvalue(), "image/jpeg", *clean.size)


def _only_pixels(picture: Image.Image) -> Image.Image:
    """Leave place, camera and colour profile behind."""
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    return clean


def _refused(message: Sentence, advice: Sentence) -> InvalidInput:
    return InvalidInput(message, field="artwork", advice=advice)
