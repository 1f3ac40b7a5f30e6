"""Finding somebody among the staff by the first letters of a name, typed on any keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.searching import begin_words, typed_words, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.staff.sign_in import StaffChoice


def find_people(staff: Sequence[StaffChoice], typed: str) -> tuple[StaffChoice, ...]:
    """Return those each typed word begins a word of whose name, in the order given; all where nothing is typed."""
    wanted = typed_words(typed)
    return tuple(person for person in staff if begin_words(words_of(person.name), wanted))
