"""What stands on the pages of a PDF."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]  # ships no types; what it returns is narrowed here


def page_text(pdf: bytes, *, page: int = 0) -> str:
    """Return the text of one page as a viewer would copy it; text drawn as outlines is not in it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[page].get_textpage().get_text_bounded())
