"""Titles in several scripts, as they stand on each paper, against the picture that Qt's own painter makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # ships no types
import pytest
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QTextOption

from pos_app.documents.previews import rasterise
from pos_app.documents.setting.any_script_text import load_bundled_fonts
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.seats import Place
from pos_app.domain.tickets.papers import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Box = tuple[float, float, float, float]

pytestmark = pytest.mark.usefixtures("qapp")

DPI = 300
HEIGHT, PLAY = 48, 10
"""Pixels: the height to which pictures are brought, and how far a part of them may stand aside."""
ALIKE = 0.85
NOWHERE = "\U000f1234"
"""A private character that no font has."""

TITLES = {
    "arabic": "كسارة البندق",
    "hebrew": "מפצח האגוזים",
    "chinese": "胡桃夹子",
    "azerbaijani": "Şelkunçik, gecə İÇ",
    "polish": "Dziadek żółć ęąśź",
    "latin then arabic": "Smith & محمد 12",
    "hebrew then latin": "דוד 12 & Łucja",
    "arabic with marks": "مُحَمَّد ٢٠٢٦",
}


def crop(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Cut the white margin off."""
    rows, columns = np.flatnonzero((grey < 128).any(axis=1)), np.flatnonzero((grey < 128).any(axis=0))
    assert rows.size, "there is no ink"
    return grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Return how alike the least alike parts of two pictures of ink are: 1 for the same, 0 for other proportions.

    Each part, about a letter wide, may stand a little to the left or to the right: spaces are not quite of one width.
    """
    if not 0.95 < (one.shape[1] / one.shape[0]) / (other.shape[1] / other.shape[0]) < 1.05:
        return 0.0
    scaled, fixed = of_one_height(one), of_one_height(other)
    fixed = np.pad(fixed, ((0, 0), (PLAY, PLAY + HEIGHT)), constant_values=255)
    return min(
        max(correlation(part, fixed[:, at : at + part.shape[1]]) for at in range(start, start + 2 * PLAY))
        for start in range(0, max(1, scaled.shape[1] - HEIGHT // 2), HEIGHT // 3)
        if (part := scaled[:, start : start + HEIGHT]).min() < 128
    )


def of_one_height(ink: NDArray[np.uint8]) -> NDArray[np.float64]:
    size = (round(ink.shape[1] * HEIGHT / ink.shape[0]), HEIGHT)
    return np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.BOX), dtype=np.float64)


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1]) if other.min() < other.max() else 0.0


def painted(text: str) -> NDArray[np.uint8]:
    """Let Qt paint a line in bold, large."""
    load_bundled_fonts()
    font = QFont()
    font.setFamilies(["Inter", "Noto Sans Arabic", "Noto Sans Hebrew"])
    font.setPixelSize(80)
    font.setWeight(QFont.Weight.Bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    image = QImage(1600, 220, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    option = QTextOption(Qt.AlignmentFlag.AlignCenter)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(QRectF(0, 0, 1600, 220), text, option)
    painter.end()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return crop(pixels[:, : image.width()].copy())


def printed(till: Any, paper: Paper, title: str) -> NDArray[np.uint8]:
    """Print a ticket with hardly anything else on it, and cut its title out of the picture."""
    face = till.face(event_title=title, venue_name="", venue_address="", place=Place("", "1", "1"), customer_name="")
    pdf = render_tickets([face], paper)
    with pypdfium2.PdfDocument(pdf) as document:
        height = document[0].get_height()
        boxes = [*outlines(document[0]), *texts(document[0], title)]
    left, bottom, right, top = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    page = rasterise(pdf, dpi=DPI)
    grey = np.frombuffer(page.rgb, dtype=np.uint8).reshape(page.height, page.width, 3).max(axis=2)
    scale = DPI / 72
    up, down = int((height - top) * scale) - 1, int((height - bottom) * scale) + 2
    return crop(grey[up:down, int(left * scale) - 1 : int(right * scale) + 2])


def outlines(page: Any) -> Iterator[Box]:
    """Give the boxes of what is drawn as outlines; the QR symbol, which is square, is not among them."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds()
        if pdfium.FPDFPath_CountSegments(item.raw) > 20 and abs((right - left) - (top - bottom)) > 1:
            yield left, bottom, right, top


def texts(page: Any, title: str) -> Iterator[Box]:
    """Give the boxes of the places where the title stands as text."""
    words = page.get_textpage()
    search = words.search(title)
    while found := search.get_next():
        boxes = [words.get_charbox(index) for index in range(found[0], sum(found))]
        yield (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_a_title_looks_as_qt_paints_it(till: Any, paper: Paper, title: str) -> None:
    assert likeness(painted(title), printed(till, paper, title)) > ALIKE


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_a_wrong_order_a_missing_letter_and_boxes_are_seen_by_that_comparison(till: Any, title: str) -> None:
    right = printed(till, Paper.A4, title)
    swapped = title[1] + title[0] + title[2:]
    without = title.replace(title[-3], "", 1)
    for wrong in (title[::-1], swapped, without, NOWHERE + title[1:], NOWHERE * len(title)):
        assert likeness(painted(wrong), right) < ALIKE - 0.1, wrong
