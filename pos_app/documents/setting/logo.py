"""The venue's logo: made harmless when it comes in, and drawn in colour on A4 and in black dots on thermal paper."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from pos_app.documents.picture_bounds import require_pixels
from pos_app.documents.setting.dots import draw_dots
from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MOST_BYTES: Final = 2_000_000
_MOST_SIDE: Final = 6000
_WORKED_ON: Final = 3600
_KEPT: Final = (900, 360)
"""Pixels; enough for 600 dots an inch in the places where a logo stands."""

_PAPER_WHITE: Final = 250
_SHADE: Final = 16
_FLAT_SHADES: Final = 4
_FLAT_SHARE: Final = 0.75
"""In a drawing four shades, each of 16 tones, are three quarters of all pixels; in a photograph they are not."""
_LIGHT: Final = 170
"""Tones above leave the paper white."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo that is part of a document; drawing it again costs some bytes. Width and height in points."""

    name: str
    width: float
    height: float

    def draw(self, canvas: Canvas, left: float, bottom: float) -> None:
        """Draw it with its lower left corner at a point."""
        canvas.saveState()
        canvas.translate(left, bottom)
        canvas.doForm(self.name)
        canvas.restoreState()


def prepare_logo(png: bytes) -> bytes:
    """Return a logo as a small PNG of our own making: on white, its empty margin cut off, at most 900 x 360 pixels.

    Raises InvalidInput for what is not a PNG, is too large, or would leave no ink on white paper.
    """
    if len(png) > MOST_BYTES:
        raise InvalidInput(say("The logo is larger than 2 MB."), advice=say("Save it smaller."))
    try:
        with Image.open(BytesIO(png), formats=("PNG",)) as picture:
            if max(picture.size) > _MOST_SIDE:
                raise InvalidInput(
                    say("The logo is wider or higher than {side} pixels.", side=_MOST_SIDE),
                    advice=say("Save it smaller."),
                )
            require_pixels(picture, png)
            layers = picture if picture.mode in {"RGB", "RGBA", "L", "LA"} else picture.convert("RGBA")
            # Its margin is still on it, and much may be left of it when that is cut off.
            layers.thumbnail((_WORKED_ON, _WORKED_ON), Image.Resampling.LANCZOS)
            flat = _on_white(layers)
    except Image.DecompressionBombError:
        raise InvalidInput(
            say("The logo is wider or higher than {side} pixels.", side=_MOST_SIDE), advice=say("Save it smaller.")
        ) from None
    except (OSError, ValueError, SyntaxError):
        raise InvalidInput(say("The logo is not a PNG picture."), advice=say("Save it as PNG.")) from None
    ink = flat.convert("L").point(lambda grey: 255 if grey < _PAPER_WHITE else 0).getbbox()
    if ink is None:
        raise InvalidInput(say("The logo leaves nothing on white paper."), advice=say("Take one in a dark colour."))
    kept = flat.crop(ink)
    kept.thumbnail(_KEPT, Image.Resampling.LANCZOS)
    target = BytesIO()
    kept.save(target, "PNG", optimize=True)
    return target.getvalue()


def add_logo(canvas: Canvas, png: bytes, box: tuple[float, float], *, dot: float | None = None) -> Logo:
    """Make a prepared logo part of a document, as large as it fits into a box (width and height in points).

    dot: the side of a dot of a thermal head in points: the logo becomes black and white, and a pixel is a dot.
    """
    with Image.open(BytesIO(png), formats=("PNG",)) as stored:
        picture = stored.convert("RGB")
    scale = min(box[0] / picture.width, box[1] / picture.height)
    across, along = picture.width * scale, picture.height * scale
    if dot is not None:
        dots = max(1, round(across / dot - 0.5)), max(1, round(along / dot - 0.5))
        across, along = dots[0] * dot, dots[1] * dot
        picture = picture.resize(dots, Image.Resampling.LANCZOS)
    logo = Logo(f"logo{across:.0f}x{along:.0f}", across, along)
    if not canvas.hasForm(logo.name):
        canvas.beginForm(logo.name, 0, 0, across, along)
        if dot is None:
            canvas.drawImage(ImageReader(picture), 0, 0, across, along)
        else:
            draw_dots(canvas, _lines(_black_dots(picture)), left=0, bottom=0, dot=dot)
        canvas.endForm()
    return logo


def _on_white(picture: Image.Image) -> Image.Image:
    layers = picture.convert("RGBA")
    white = Image.new("RGBA", layers.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, layers).convert("RGB")


def _black_dots(picture: Image.Image) -> Image.Image:
    """Black and white: what is drawn in a few flat tones stays solid, a photograph is dithered."""
    grey = ImageOps.autocontrast(picture.convert("L"))
    tones = grey.histogram()
    shades = sorted((sum(tones[start : start + _SHADE]) for start in range(0, 256, _SHADE)), reverse=True)
    if sum(shades[:_FLAT_SHADES]) < _FLAT_SHARE * grey.width * grey.height:
        return grey.convert("1")
    return grey.point(lambda tone: 255 if tone > _LIGHT else 0).convert("1")


def _lines(picture: Image.Image) -> list[bytes]:
    """Return the lines of a picture in black and white, a byte a pixel."""
    pixels, width = picture.convert("L").tobytes(), picture.width
    return [pixels[start : start + width] for start in range(0, len(pixels), width)]
