"""How rows and seats are called: letters or numbers for rows, and the ways of numbering the seats of one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALL: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CLEAR: Final = _ALL.replace("I", "").replace("O", "")


class Numbering(StrEnum):
    """How the seats of a row are numbered, as seen from the house towards the stage."""

    LEFT_TO_RIGHT = "left_to_right"
    RIGHT_TO_LEFT = "right_to_left"
    ODD_EVEN = "odd_even"
    """From the middle outwards: odd numbers to the left, even ones to the right (5 3 1 2 4 6)."""
    EVEN_ODD = "even_odd"
    """The other way round: even numbers to the left, odd ones to the right."""
    ONLY_ODD = "only_odd"
    """1 3 5 7, for a block beside a middle aisle."""
    ONLY_EVEN = "only_even"


class RowNames(StrEnum):
    """What rows are called."""

    LETTERS = "letters"
    """A to Z, then AA, AB ..."""
    DOUBLED_LETTERS = "doubled_letters"
    """A to Z, then AA, BB ..."""
    NUMBERS = "numbers"


def row_name(index: int, names: RowNames, *, clear_letters: bool = True) -> str:
    """Return what a row is called; index counts from 0. clear_letters: without I and O, which look like numbers."""
    if index < 0:
        raise ValueError("rows are counted from 0")
    if names is RowNames.NUMBERS:
        return str(index + 1)
    letters = _CLEAR if clear_letters else _ALL
    if names is RowNames.DOUBLED_LETTERS:
        turn, letter = divmod(index, len(letters))
        return letters[letter] * (turn + 1)
    name, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, len(letters))
        name = letters[letter] + name
    return name


def row_index(name: str, names: RowNames, *, clear_letters: bool = True) -> int | None:
    """Return which row, from 0, is called so; None: none is. The reverse of row_name."""
    text = name.strip().upper()
    letters = _CLEAR if clear_letters else _ALL
    if names is RowNames.NUMBERS:
        return int(text) - 1 if text.isascii() and text.isdigit() and int(text) > 0 else None
    if not text or any(letter not in letters for letter in text):
        return None
    if names is RowNames.DOUBLED_LETTERS:
        return letters.index(text[0]) + len(letters) * (len(text) - 1) if len(set(text)) == 1 else None
    index = 0
    for letter in text:
        index = index * len(letters) + letters.index(letter) + 1
    return index - 1


def seat_numbers(count: int, numbering: Numbering, *, first: int = 1) -> list[int]:
    """Return the numbers of seats that stand side by side, from left to right; first: the lowest one.

    With ONLY_ODD and ONLY_EVEN a lowest number of the other kind is raised by one.
    """
    match numbering:
        case Numbering.LEFT_TO_RIGHT:
            return list(range(first, first + count))
        case Numbering.RIGHT_TO_LEFT:
            return list(range(first + count - 1, first - 1, -1))
        case Numbering.ONLY_ODD:
            return list(range(first | 1, (first | 1) + 2 * count, 2))
        case Numbering.ONLY_EVEN:
            start = first + first % 2
            return list(range(start, start + 2 * count, 2))
        case Numbering.ODD_EVEN | Numbering.EVEN_ODD:
            odd, even = first | 1, first + first % 2
            to_left, to_right = (odd, even) if numbering is Numbering.ODD_EVEN else (even, odd)
            # The side with the lowest number has the seat over.
            left = (count + 1) // 2 if to_left < to_right else count // 2
            outwards = range(to_left, to_left + 2 * left, 2)
            return [*reversed(outwards), *range(to_right, to_right + 2 * (count - left), 2)]


def leftmost_first(spots: Sequence[tuple[float, float]]) -> bool:
    """Tell whether the seats of a row run from left to right, by its two ends."""
    return len(spots) < 2 or spots[0] <= spots[-1]
