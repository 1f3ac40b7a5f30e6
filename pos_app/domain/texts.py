"""What people, files and scanners hand over as text, made fit to be stored, shown and compared.

What cannot be seen is not stored: control characters, halves of characters, format characters (Unicode's category Cf:
marks of direction, soft hyphens, tags, spaces of no width), fillers, and code points that are no characters. Two things
that cannot be seen stay where they change what is seen: joiners, within words of the scripts that are written with them
and within pictures made of several, and selectors of variants behind what has some.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DROPPED: Final = frozenset({"Cc", "Cf", "Cs"})
"""Controls, format characters, and halves of characters (lone surrogates), which no database takes."""

_FILLERS: Final = (
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # joiner of graphemes, fillers of Hangul, inherent vowels of Khmer
    "\u2065\ufff0-\ufff8\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # kept free for more of the kind
)
"""Letters and marks that are ignored where they are shown (Default_Ignorable_Code_Point, Unicode 16)."""
_NO_CHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_NEVER_SEEN: Final = re.compile(f"[{_FILLERS}{_NO_CHARACTERS}]")
_JOINERS: Final = "\u200c\u200d"
_JOINER: Final = "\u200d"
_SELECTORS: Final = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_IS_SELECTOR: Final = re.compile(f"[{_SELECTORS}]")
_WITH_JOINERS: Final = re.compile(
    # Arabic, Syriac, N'Ko, Indic; Philippine, Khmer, Mongolian; Limbu to Vedic; Syloti to Tai Viet; Meetei; the forms
    # of Arabic; old scripts of Asia, Indic ones of plane 1, Adlam.
    "[\u0600-\u109f\u1700-\u18af\u1900-\u1cff\ua800-\uaaff\uabc0-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
"""Scripts in whose words a joiner decides what the letters beside it look like."""
_VIRAMA: Final = 9
"""The combining class of marks that take the vowel from a letter of an Indic script."""
_BLANK: Final = "\u2800"
"""The dots of Braille, none of them raised: seen as a space, and taken for one."""


def clean_line(text: str, longest: int) -> str:
    """Return text of any script as one line of so many characters at the most; "" when nothing is left of it."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:longest].rstrip()
    while True:
        # What is dropped lets others meet, that then are one letter, or no longer two.
        cleaned = _cleaned_once(text)[:longest].rstrip()
        if cleaned == text:
            return cleaned
        text = cleaned


def clean_text(text: str, longest: int) -> str:
    """Return text of several lines, each as clean_line leaves it; empty lines inside stay, one at a time."""
    lines: list[str] = []
    for line in text.splitlines():
        cleaned = clean_line(line, longest)
        if cleaned or (lines and lines[-1]):
            lines.append(cleaned)
    return "\n".join(clean_line(line, longest) for line in "\n".join(lines).strip()[:longest].splitlines()).strip()


def bare(text: str) -> str:
    """Return only what can be seen of a text, and its spaces, for comparing: no joiners and selectors either."""
    if text.isascii() and text.isprintable():
        return text
    kept = (" " if _is_blank(letter) else letter for letter in text if _is_blank(letter) or not _is_dropped(letter))
    return _IS_SELECTOR.sub("", _NEVER_SEEN.sub("", "".join(kept)))


def name_key(name: str) -> str:
    """Return a name as it is compared: two that cannot be told apart by reading are one.

    Without what cannot be seen, in one case, composed and in the usual forms of its letters, spaces folded, the dotted
    and the dotless i alike.
    """
    if name.isascii() and name.isprintable():
        return " ".join(name.lower().split())
    while True:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", bare(name)).casefold())
        key = " ".join(folded.replace("\u0307", "").replace("\u0131", "i").split())
        if key == name:
            return key
        name = key


def _cleaned_once(text: str) -> str:
    flat = (letter for letter in text if letter in _JOINERS or _is_blank(letter) or not _is_dropped(letter))
    seen = _NEVER_SEEN.sub("", "".join(" " if _is_blank(letter) else letter for letter in flat))
    kept: list[str] = []
    for place, letter in enumerate(seen):
        before = kept[-1] if kept else ""
        if letter in _JOINERS:
            behind = seen[place + 1 : place + 9].lstrip(_JOINERS)[:1]
            if _joins(letter, before, behind):
                kept.append(letter)
        elif not _IS_SELECTOR.match(letter) or _has_variants(before, letter):
            kept.append(letter)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _is_blank(letter: str) -> bool:
    return letter.isspace() or letter == _BLANK


def _is_dropped(letter: str) -> bool:
    return unicodedata.category(letter) in _DROPPED


def _joins(joiner: str, before: str, behind: str) -> bool:
    """Tell whether a joiner changes what is seen of its neighbours."""
    if not before or before in _JOINERS:
        return False
    if joiner == _JOINER and _is_picture(before) and unicodedata.category(behind or " ") == "So":
        return True
    if not _WITH_JOINERS.match(before):
        return False
    if unicodedata.combining(before) == _VIRAMA and joiner == _JOINER:
        return True  # also at the end of a word, as for the letters without a vowel in Malayalam
    return bool(_WITH_JOINERS.match(behind)) and _is_of_word(before) and _is_of_word(behind)


def _is_of_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LM"


def _is_picture(letter: str) -> bool:
    """Tell whether a picture may end so: with itself, the colour of a skin, or what makes it one in colours."""
    return unicodedata.category(letter) in {"So", "Sk"} or letter == "\ufe0f"


def _has_variants(letter: str, selector: str) -> bool:
    """Tell whether there are variants of a letter that such a selector chooses from."""
    if not letter or _IS_SELECTOR.match(letter):
        return False
    if selector in "\ufe0e\ufe0f":
        return letter in "#*0123456789\u203c\u2049" or unicodedata.category(letter) in {"So", "Sm", "Po"}
    if selector < "\ufe00":
        return "\u1800" <= letter <= "\u18af"  # Mongolian
    return unicodedata.category(letter) in {"Lo", "Sm", "Po"}  # ideographs above all
