"""What is known of a customer, and what may be typed of one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.customers.contact import (
    LONGEST_DIGITS,
    LONGEST_EMAIL,
    LONGEST_PHONE,
    email_key,
    looks_like_phone,
    phone_key,
)
from pos_app.domain.editing import FieldProblems
from pos_app.domain.errors import PosError
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pos_app.domain.sentences import Sentence

LONGEST_CUSTOMER_NAME: Final = 200
LONGEST_CUSTOMER_NOTE: Final = 500
LONGEST_MARK: Final = 30
MOST_MARKS: Final = 8
_LIKE_LOCALE: Final = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?")
USUAL_MARKS: Final = ("Wheelchair", "Press", "Subscriber", "School", "Staff")
"""Offered where none was used yet; a house types its own."""


class CustomerRefused(PosError):
    """What was asked of a customer cannot be: it is erased, or put away, or has something open."""


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """What is typed of a customer; a name is enough. letters: may the house write to this person.

    language: a locale in which letters are written; "": that of the house.
    """

    name: str
    email: str = ""
    phone: str = ""
    note: str = ""
    marks: tuple[str, ...] = ()
    letters: bool = False
    language: str = ""

    def cleaned(self) -> CustomerDraft:
        """Return it as it is stored. Raises FieldRefused: beside each field what is wrong with it, all at once."""
        problems = FieldProblems()
        name = clean_line(self.name, LONGEST_CUSTOMER_NAME + 1)
        email = clean_line(self.email, LONGEST_EMAIL + 1)
        phone = clean_line(self.phone, LONGEST_PHONE + 1)
        note = clean_line(self.note, LONGEST_CUSTOMER_NOTE + 1)
        if not name:
            problems.add("name", say("Type a name."))
        longest = {
            "name": LONGEST_CUSTOMER_NAME, "email": LONGEST_EMAIL, "phone": LONGEST_PHONE, "note": LONGEST_CUSTOMER_NOTE
        }  # fmt: skip
        typed = {"name": name, "email": email, "phone": phone, "note": note}
        for field, text in typed.items():
            if len(text) > longest[field]:
                problems.add(field, say("This is too long ({longest} letters at the most).", longest=longest[field]))
        problems.refuse_card_numbers(**typed)
        if email and not email_key(email):
            problems.add("email", say("This is no e-mail address. One looks like name@example.org."))
        if phone and not looks_like_phone(phone):
            problems.add("phone", _tell_phone(phone))
        if self.language and not _LIKE_LOCALE.fullmatch(self.language):
            problems.add("language", say("This language is not known."))
        if self.letters and not email:
            problems.add("letters", say("Letters need an e-mail address."))
        marks = clean_marks(self.marks)
        if len(marks) > MOST_MARKS:
            problems.add("marks", say("{most} marks at the most.", most=MOST_MARKS))
        problems.refuse_card_numbers(marks=" ".join(marks))
        problems.require_none()
        return replace(self, name=name, email=email, phone=phone, note=note, marks=marks)

    @property
    def email_key(self) -> str:
        """The address as it is compared; "" where there is none."""
        return email_key(self.email) if self.email else ""

    @property
    def phone_key(self) -> str:
        """The digits of the phone as they are compared; "" where there are none."""
        return phone_key(self.phone)[:LONGEST_PHONE]


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer as it is stored. revision: of this picture; times in UTC.

    letters_at: since when letters may come; None: they may not. former_ids: numbers of those that were merged into this
    customer. language: see CustomerDraft. erased_at: since when nothing personal is known any more. archived: put away.
    """

    customer_id: int
    revision: int
    name: str
    email: str
    phone: str
    note: str
    marks: tuple[str, ...]
    letters_at: datetime | None
    verified_at: datetime | None
    created_at: datetime
    language: str = ""
    archived: bool = False
    erased_at: datetime | None = None
    former_ids: tuple[int, ...] = ()

    @property
    def letters(self) -> bool:
        """Tell whether the house may write."""
        return self.letters_at is not None

    def draft(self) -> CustomerDraft:
        """Return the part that is typed."""
        return CustomerDraft(self.name, self.email, self.phone, self.note, self.marks, self.letters, self.language)


def clean_marks(marks: Iterable[str]) -> tuple[str, ...]:
    """Return marks as they are stored: each once, however it is written, in the order in which they were given."""
    found: dict[str, str] = {}
    for mark in marks:
        if cleaned := clean_line(mark, LONGEST_MARK):
            found.setdefault(name_key(cleaned), cleaned)
    return tuple(found.values())


def write_marks(marks: Iterable[str]) -> str:
    """Write marks as a column keeps them."""
    return json.dumps(list(marks), ensure_ascii=False)


def read_marks(text: str) -> tuple[str, ...]:
    """Read what write_marks wrote; what cannot be read is none."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return ()
    return tuple(mark for mark in found if isinstance(mark, str)) if isinstance(found, list) else ()


def _tell_phone(phone: str) -> Sentence:
    if any(letter.isalpha() for letter in phone):
        return say("A phone number has no letters. Put words into the note.")
    if len(phone_key(phone)) > LONGEST_DIGITS:
        return say("A phone number has {most} digits at the most.", most=LONGEST_DIGITS)
    return say("This is no phone number.")
