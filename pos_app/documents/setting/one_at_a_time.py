"""One document after the other: reportlab keeps the subsets of a font in the font, which all documents share."""

from __future__ import annotations

import threading

one_document = threading.Lock()
"""Held while a document is set."""
