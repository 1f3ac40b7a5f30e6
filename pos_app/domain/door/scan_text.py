"""What arrives when a scanner types like a keyboard, made plain."""

from __future__ import annotations

import re
from typing import Final

from pos_app.domain.codes import SHORT_CODE_LENGTH, SIGNED_CODE_DIGITS, grouped
from pos_app.domain.door.check_in import LONGEST_SCAN

_PREFIXES: Final = re.compile(r"\\0000(?:01|03|26|27)|^\][A-Za-z][0-9]")
r"""Marks that scanners put before the text: ECI (\000026 is UTF-8), and the AIM name of the symbology (]Q1 is QR)."""

_CODE_LENGTHS: Final = frozenset({SIGNED_CODE_DIGITS, SHORT_CODE_LENGTH, len(grouped("X" * SHORT_CODE_LENGTH))})


def clean_scan(text: str) -> str:
    """Return a scan without what the scanner added: unprintable characters, marks of encoding, the scan sent twice.

    A scan sent twice is cut in half only when the half is as long as a code of ours, so that no other text changes.
    The result has at most LONGEST_SCAN characters; a longer scan is cut, and as it is longer than any code of ours
    it remains one that is refused. Never raises.
    """
    printable = "".join(filter(str.isprintable, text))
    plain = _PREFIXES.sub("", printable).strip()
    half, odd = divmod(len(plain), 2)
    if not odd and half in _CODE_LENGTHS and plain[:half] == plain[half:]:
        return plain[:half]
    return plain[:LONGEST_SCAN]
