"""What is kept of the words of a letter that went out: its text, and its HTML packed, in one document.

Rows of before have the text alone. HTML that would be long even when packed is not kept; its text is.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any, Final

LONGEST_PACKED: Final = 65_536
"""Characters: a letter with two hundred tickets has some five thousand."""
_LONGEST_HTML: Final = 4_000_000
"""Bytes. What claims to be more when it is unpacked is damaged, or meant to fill the memory."""


def keep_body(text: str, html: str = "") -> str:
    """Return the document that is kept of a letter."""
    packed = base64.b64encode(zlib.compress(html.encode(), 9)).decode("ascii") if html else ""
    if not packed or len(packed) > LONGEST_PACKED:
        return text if _object(text) is None else json.dumps({"text": text}, ensure_ascii=False)
    return json.dumps({"text": text, "packed": packed}, ensure_ascii=False)


def read_body(stored: str | None) -> tuple[str, str]:
    """Return the text and the HTML of a letter that went out, as they are kept; "": not kept, or damaged."""
    told = _object(stored or "")
    if told is None or not isinstance(told.get("text"), str):
        return stored or "", ""
    return told["text"], _unpacked(told["packed"]) if told.get("packed") else str(told.get("html") or "")


def _unpacked(packed: Any) -> str:
    try:
        unpacking = zlib.decompressobj()
        html = unpacking.decompress(base64.b64decode(packed, validate=True), _LONGEST_HTML)
        return html.decode() if unpacking.eof else ""
    except (TypeError, ValueError, binascii.Error, zlib.error):
        return ""


def _object(stored: str) -> dict[str, Any] | None:
    try:
        told = json.loads(stored)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
