"""Who has a seat that was sold or reserved elsewhere: what the line tells of a person, made fit to be stored here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.card_numbers import has_card_number, tell_card_number
from pos_app.domain.customers.contact import LONGEST_EMAIL, LONGEST_PHONE, email_key, looks_like_phone, phone_key
from pos_app.domain.customers.records import LONGEST_CUSTOMER_NAME, CustomerDraft
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line, name_key

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.takeover.file import OutsideLine

_YES: Final = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "ok"})
_NO: Final = frozenset({"", "no", "n", "false", "0", "-", "nein", "non"})


@dataclass(frozen=True, slots=True)
class Buyer:
    """A person as a line tells of one. email and phone: "" unless they are such; then their words stand in the note.

    letters: the line says that the house may write, and there is an address for it. key: what one person is known by,
    the address, else the phone number with the name; empty: nothing but a name is known, or nothing at all.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""
    letters: bool = False
    key: tuple[str, ...] = ()

    @property
    def order_key(self) -> tuple[str, ...]:
        """What lines of one order have in common; empty: a line of nobody, which stands alone."""
        return (*self.key, name_key(self.name)) if self.key or self.name else ()

    @property
    def told(self) -> str:
        """The name, or what else the person can be asked for; "" where nothing is known."""
        return self.name or self.email or self.phone

    def draft(self) -> CustomerDraft:
        """Return the customer that is made of this person."""
        return CustomerDraft(self.told, self.email, self.phone, self.note, letters=self.letters)


def read_buyer(line: OutsideLine) -> tuple[Buyer, tuple[Sentence, ...]]:
    """Return who has the seat, and what in the line was not taken as it stands there."""
    told: list[Sentence] = []
    note = [line.note] if line.note else []
    name, email, phone = clean_line(line.name, LONGEST_CUSTOMER_NAME), line.email, line.phone
    key: tuple[str, ...] = ()
    address = email_key(email) if email and len(email) <= LONGEST_EMAIL else ""
    if email and not address:
        told.append(say("“{email}” is no e-mail address; it is kept in the note.", email=email))
        note.append(email)
        email = ""
    if phone and (len(phone) > LONGEST_PHONE or not looks_like_phone(phone)):
        told.append(say("“{phone}” is no phone number; it is kept in the note.", phone=phone))
        note.append(phone)
        phone = ""
    if address:
        key = ("email", address)
    elif phone:
        key = ("phone", phone_key(phone), name_key(name))
    word = line.letters.casefold()
    letters = word in _YES
    if word not in _YES | _NO:
        told.append(say("“{word}” is no yes and no no; letters are taken as not wanted.", word=line.letters))
    elif letters and not email:
        told.append(say("Letters are wanted, and there is no e-mail address to send them to."))
    return Buyer(name, email, phone, " · ".join(note), letters and bool(email), key), tuple(told)


def card_number_in(line: OutsideLine) -> Sentence | None:
    """Return what is said of a line in which the number of a payment card stands; None where there is none."""
    fields = {"customer_name": line.name, "email": line.email, "phone": line.phone, "note": line.note}
    return next((tell_card_number(field) for field, text in fields.items() if text and has_card_number(text)), None)
