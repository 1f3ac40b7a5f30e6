"""Notes of the house: what a person writes to customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos_app.domain.editing import FieldProblems
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line, clean_text

LONGEST_SUBJECT: Final = 150
LONGEST_TEXT: Final = 8000


@dataclass(frozen=True, slots=True)
class HouseNote:
    """A note as it was typed. request_id: of the note, however many letters it becomes; a repeat writes none."""

    request_id: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteReach:
    """How many customers of a performance a note reaches. not_reached: without an address, or without leave."""

    reached: int
    not_reached: int


def sound_note(note: HouseNote) -> dict[str, str]:
    """Return subject and text as they are kept. Raises FieldRefused ("subject", "text")."""
    subject = clean_line(note.subject, LONGEST_SUBJECT + 1)
    text = clean_text(note.text, LONGEST_TEXT + 1)
    problems = FieldProblems()
    if not subject:
        problems.add("subject", say("A letter needs a subject."))
    elif len(subject) > LONGEST_SUBJECT:
        problems.add("subject", say("This is too long ({longest} letters at the most).", longest=LONGEST_SUBJECT))
    if not text:
        problems.add("text", say("Type what the letter says."))
    elif len(text) > LONGEST_TEXT:
        problems.add("text", say("This is too long ({longest} letters at the most).", longest=LONGEST_TEXT))
    problems.refuse_card_numbers(subject=subject, text=text)
    problems.require_none()
    return {"subject": subject, "text": text}
