"""Finding somebody among the staff by the first letters of a name, typed on any keyboard."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.staff.sign_in import StaffChoice

_PLAIN: Final = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ə": "e"}
)


def plain_words(text: str) -> list[str]:
    """Return the words of a text in letters that every keyboard has: "Amina Əliyeva" is amina, eliyeva."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    folded = bare.casefold().translate(_PLAIN)
    return "".join(letter if letter.isalnum() else " " for letter in folded).split()


def find_people(staff: Sequence[StaffChoice], typed: str) -> tuple[StaffChoice, ...]:
    """Return those each typed word begins a word of whose name, in the order given; all where nothing is typed."""
    wanted = plain_words(typed)
    return tuple(
        person
        for person in staff
        if all(any(word.startswith(part) for word in plain_words(person.name)) for part in wanted)
    )
