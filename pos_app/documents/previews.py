"""Pages of a PDF as pictures, for the preview in the window, and the words on them, for who reads them again."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # ships no types; what it returns is narrowed here

_LARGEST_SIDE: Final = 20_000
"""Pixels; a page that would be larger is refused before it takes all the memory."""

_pdfium = threading.Lock()
"""PDFium is not safe to be entered by two threads, not even with two documents."""


@dataclass(frozen=True, slots=True)
class RasterPage:
    """A page as pixels. rgb: rows from the top, three bytes a pixel, no padding between rows."""

    width: int
    height: int
    rgb: bytes


def page_count(pdf: bytes) -> int:
    """Return the number of pages. Raises ValueError when the bytes are not a PDF."""
    with _pdfium, _open(pdf) as document:
        return len(document)


def rasterise(pdf: bytes, *, dpi: int, page: int = 0) -> RasterPage:
    """Return one page (the first is 0) on white at a resolution.

    Raises ValueError when the bytes are not a PDF, it has no such page, or the picture would be absurdly large.
    """
    with _pdfium, _open(pdf) as document:
        sheet = _sheet(document, page)
        try:
            if not 0 < max(sheet.get_size()) * dpi / 72 < _LARGEST_SIDE:
                raise ValueError(f"the page is too large for {dpi} dots an inch")
            bitmap = sheet.render(scale=dpi / 72, rev_byteorder=True)
            pixels = bitmap.to_numpy()
            return RasterPage(bitmap.width, bitmap.height, pixels[:, : bitmap.width, :3].tobytes())
        finally:
            sheet.close()


def words_of_pages(pdf: bytes) -> tuple[str, ...]:
    """Return the words of each page, line by line. Raises ValueError when the bytes are not a PDF."""
    with _pdfium, _open(pdf) as document:
        return tuple(str(page.get_textpage().get_text_bounded()) for page in document)


def _sheet(document: pypdfium2.PdfDocument, page: int) -> pypdfium2.PdfPage:
    if not 0 <= page < len(document):
        raise ValueError(f"the document has {len(document)} pages, asked for number {page}")
    return document[page]


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a PDF that can be read") from error
