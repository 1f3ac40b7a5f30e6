"""Pages of a PDF on their way to the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pos_app.documents.previews import RasterPage

PREVIEW_DPI: Final = 110
MOST_PAGES: Final = 40
_WHITE: Final = 250
_MARGIN_SHARE: Final = 0.03


def draw_pages(pdf: bytes) -> tuple[RasterPage, ...]:
    """Draw the first pages of a PDF for the preview, without the empty part of each sheet below what is printed.

    It takes its time, so not on the GUI thread. Raises ValueError when the bytes are not a PDF.
    """
    from pos_app.documents.previews import page_count, rasterise

    pages = range(min(page_count(pdf), MOST_PAGES))
    return tuple(_without_empty_foot(rasterise(pdf, dpi=PREVIEW_DPI, page=at)) for at in pages)


def page_image(page: RasterPage) -> QImage:
    """Return a page as an image."""
    # The image does not own the bytes it is made of: the copy does.
    return QImage(page.rgb, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888).copy()


def _without_empty_foot(page: RasterPage) -> RasterPage:
    pixels = np.frombuffer(page.rgb, np.uint8).reshape(page.height, page.width, 3)
    printed = np.flatnonzero((pixels < _WHITE).any(axis=(1, 2)))
    last = int(printed[-1]) if printed.size else page.height - 1
    height = min(page.height, last + 1 + round(page.width * _MARGIN_SHARE))
    return replace(page, height=height, rgb=page.rgb[: height * page.width * 3])
