"""Lines of text on a PDF page: set in Inter where it has the letters, as outlines where it has not."""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from pos_app.assets import asset
from pos_app.documents.setting.any_script_text import UNITS, measure_text, outline_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

LONGEST_TEXT: Final = 400
"""Characters of a name or a title that are looked at; a ticket has no room for more."""

_LEADING: Final = 1.2
"""From baseline to baseline in Inter, in em."""

_TALLEST, _DEEPEST = 0.97, -0.48
"""How far ink of other scripts may reach from the baseline, in em; what reaches farther is drawn smaller.

The two together are their leading, so that no two lines can touch.
"""

_OVERHANG: Final = 0.06
"""How far ink may hang out of its line to the left and right, in em, as it does in every good font."""

_MOST_MARKS: Final = 4
"""Marks on one letter; no language piles up more, and jokes must not bury the lines above."""

_ELLIPSIS: Final = "…"


class Face(Enum):
    """The cuts of Inter that the documents use: file and weight."""

    REGULAR = ("Inter_400Regular", 400)
    MEDIUM = ("Inter_500Medium", 500)
    SEMIBOLD = ("Inter_600SemiBold", 600)
    BOLD = ("Inter_700Bold", 700)

    @property
    def font_name(self) -> str:
        """The name under which reportlab knows it."""
        return self.value[0]

    @property
    def weight(self) -> int:
        """400 for regular to 700 for bold."""
        return self.value[1]


class Align(Enum):
    """Where the given x lies on the line."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class SetText:
    """Text cut into lines that fit; size in points, width of the longest line in points."""

    lines: tuple[str, ...]
    face: Face
    size: float
    width: float

    @property
    def leading(self) -> float:
        """From baseline to baseline, in points."""
        plain = all(_in_inter(line) for line in self.lines)
        return self.size * (_LEADING if plain else _TALLEST - _DEEPEST)


_STEPS: Final = 40
"""In so many steps a width is narrowed to none."""

_lock = threading.Lock()
_letters: set[int] = set()


def prepare_fonts() -> None:
    """Give reportlab the embedded fonts; needed once, cheap to repeat, safe on any thread."""
    with _lock:
        if _letters:
            return
        coverage: set[int] | None = None
        for face in Face:
            font = TTFont(face.font_name, str(asset("fonts", f"{face.font_name}.ttf")))
            registerFont(font)
            own = {code for code, glyph in font.face.charToGlyph.items() if glyph}
            coverage = own if coverage is None else coverage & own
        _letters.update(coverage or set())


def is_cut(text: SetText) -> bool:
    """Tell whether the end of a text was left out."""
    return bool(text.lines) and text.lines[-1].endswith(_ELLIPSIS)


def clean(text: str) -> str:
    """Return text as one line that can be set: composed, without controls, white space collapsed, not endless."""
    composed = unicodedata.normalize("NFC", " ".join(text[: 4 * LONGEST_TEXT].split()))
    kept: list[str] = []
    marks = 0
    if len(composed) > LONGEST_TEXT:
        composed = composed[: LONGEST_TEXT - 1] + _ELLIPSIS
    for letter in composed:
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if kind == "Cs":
            kept.append("\N{REPLACEMENT CHARACTER}")
        elif kind != "Cc" and marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def line_width(text: str, face: Face, size: float) -> float:
    """Return the width of a cleaned line in points."""
    if _in_inter(text):
        return float(stringWidth(text, face.font_name, size))
    return measure_text(text, face.weight) * size


def fit_text(
    text: str, face: Face, sizes: Sequence[float], width: float, *, wrapped: Sequence[float] = (), lines: int = 2
) -> SetText:
    """Set text as large as it fits into a width (points).

    sizes: for one line, in points, falling. wrapped: sizes for up to `lines` lines, tried after those; empty for
    text that must stay on one line. What does not fit at the last size ends in an ellipsis.
    """
    return _fit(clean(text), face, tuple(sizes), width, tuple(wrapped), lines if wrapped else 1)


def fit_evenly(
    text: str, face: Face, sizes: Sequence[float], width: float, *, wrapped: Sequence[float], lines: int = 2
) -> SetText:
    """As fit_text; what takes several lines is cut into lines that are about as long as each other."""
    found = fit_text(text, face, sizes, width, wrapped=wrapped, lines=lines)
    if len(found.lines) == 1 or is_cut(found):
        return found
    for narrower in range(_STEPS - 1, _STEPS // 2, -1):
        room = width * narrower / _STEPS
        even = fit_text(text, face, (), room, wrapped=(found.size,), lines=len(found.lines))
        if is_cut(even) or len(even.lines) > len(found.lines):
            break
        found = even
    return found


def draw_line(
    canvas: Canvas, x: float, y: float, text: str, face: Face, size: float, align: Align = Align.LEFT
) -> None:
    """Draw a cleaned line with its baseline at y, in the canvas's fill colour."""
    if not text:
        return
    left = x - align.value * line_width(text, face, size) if align is not Align.LEFT else x
    if _in_inter(text):
        canvas.setFont(face.font_name, size)
        canvas.drawString(left, y, text)
        return
    drawn = outline_text(text, face.weight)
    start, end = min(0.0, drawn.left + _OVERHANG), max(drawn.width, drawn.right - _OVERHANG)
    squeeze = min(
        1.0,
        _TALLEST / max(drawn.top, _TALLEST),
        _DEEPEST / min(drawn.bottom, _DEEPEST),
        drawn.width / max(end - start, 0.001),
    )
    scale = size / UNITS * squeeze
    left += (align.value * drawn.width * (1 - squeeze) - start * squeeze) * size
    canvas.addLiteral(f"q {scale:.5f} 0 0 {scale:.5f} {left:.3f} {y:.3f} cm\n{drawn.operators}\nf Q")


def draw_text(canvas: Canvas, x: float, y: float, text: SetText, align: Align = Align.LEFT) -> float:
    """Draw set text, the first baseline at y; return the last baseline."""
    for index, line in enumerate(text.lines):
        if index:
            y -= text.leading
        draw_line(canvas, x, y, line, text.face, text.size, align)
    return y


@lru_cache(maxsize=4096)
def _fit(
    text: str, face: Face, sizes: tuple[float, ...], width: float, wrapped: tuple[float, ...], lines: int
) -> SetText:
    em = line_width(text, face, 1.0)
    for size in sizes:
        if em * size <= width:
            return SetText((text,), face, size, em * size)
    for size in wrapped:
        parts = _wrap(text, face, size, width, lines)
        if parts is not None:
            return _set(_in_one_direction(text, parts), face, size)
    last = (wrapped or sizes)[-1]
    return _set(_in_one_direction(text, _elided(text, face, last, width, lines)), face, last)


def _in_one_direction(text: str, lines: list[str]) -> list[str]:
    """Mark the lines that would run the other way than the text that they are cut from (rules P2 and P3 of UAX #9)."""
    backwards = _runs_backwards(text)
    mark = "\N{RIGHT-TO-LEFT MARK}" if backwards else "\N{LEFT-TO-RIGHT MARK}"
    return [mark + line if line and _runs_backwards(line, backwards) != backwards else line for line in lines]


def _runs_backwards(text: str, otherwise: bool = False) -> bool:  # noqa: FBT001, FBT002 - private, one caller
    """Tell whether the first strong letter is one of a script written from the right."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), otherwise)


def _set(lines: list[str], face: Face, size: float) -> SetText:
    return SetText(tuple(lines), face, size, max((line_width(line, face, size) for line in lines), default=0.0))


def _wrap(text: str, face: Face, size: float, width: float, lines: int) -> list[str] | None:
    """Cut at spaces (between any two letters where a word is wider than the line); None when it takes more lines."""
    wrapped: list[str] = []
    rest = text
    while rest:
        if len(wrapped) == lines:
            return None
        end = _longest_start(rest, face, size, width)
        if end < len(rest):
            space = rest.rfind(" ", 0, end + 1)
            end = space if space > 0 else end
        wrapped.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return wrapped


def _elided(text: str, face: Face, size: float, width: float, lines: int) -> list[str]:
    whole: list[str] = []
    rest = text
    for _ in range(lines - 1):
        head = rest[: _longest_start(rest, face, size, width)]
        space = head.rfind(" ")
        head = head[:space] if space > 0 else head
        whole.append(head)
        rest = rest[len(head) :].lstrip()
    if line_width(rest, face, size) > width:
        room = width - line_width(_ELLIPSIS, face, size)
        rest = rest[: _longest_start(rest, face, size, room)].rstrip() + _ELLIPSIS
    return [*whole, rest]


def _longest_start(text: str, face: Face, size: float, width: float) -> int:
    """Return how many letters from the start fit (at least one), never parting a letter from its marks."""
    if line_width(text, face, size) <= width:
        return len(text)
    low, high = 1, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        if line_width(text[:middle], face, size) <= width:
            low = middle
        else:
            high = middle
    end = low
    while end > 1 and _belongs_to_the_letter_before(text[end]):
        end -= 1
    return end


def _belongs_to_the_letter_before(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mn", "Mc", "Me"} or letter == "\N{ZERO WIDTH JOINER}"


def _in_inter(text: str) -> bool:
    """Combining marks and marks of direction need an engine that places them, even where Inter has them."""
    return all(ord(letter) in _letters and unicodedata.category(letter) not in {"Mn", "Cf"} for letter in text)
