"""Whether a text that somebody typed names a person, and the same text without the name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pos_app.domain.customers.contact import phone_key
from pos_app.domain.searching import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

GONE: Final = "…"
"""Stands where a name, an address or a number was cut out of a text."""
_SHORTEST_WORD: Final = 3
_SURE_DIGITS: Final = 7
"""So many digits in a row are a person's number, and not a part of another one."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """The words of one person. names: whole ones, of several words; a single word names too many people.

    emails: as they were typed; phones: digits. words: each word of a name, for texts that are the person's own anyway.
    """

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    _whole: tuple[re.Pattern[str], ...] = field(default=(), repr=False, compare=False)

    @classmethod
    def of(cls, names: Iterable[str], emails: Iterable[str], phones: Iterable[str]) -> Mentions:
        """Make it of what was typed of a person, now or before."""
        typed = [name for name in dict.fromkeys(names) if name]
        whole = tuple(name for name in typed if " " in folded(name))
        boxes = tuple(dict.fromkeys(email for email in emails if email))
        digits = tuple(dict.fromkeys(key for phone in phones if len(key := phone_key(phone)) >= _SURE_DIGITS))
        words = {word for name in typed for word in folded(name).split() if len(word) >= _SHORTEST_WORD}
        patterns = [re.compile(re.escape(text), re.IGNORECASE) for text in boxes]
        patterns += [re.compile(r"[\s,;]+".join(map(re.escape, name.split())), re.IGNORECASE) for name in whole]
        patterns += [re.compile(r"(?:\(0\))?[\s()./+\u2010-\u2015-]*".join(number)) for number in digits]
        return cls(whole, boxes, digits, frozenset(words), tuple(patterns))

    def without_names(self) -> Mentions:
        """Return what is nobody else's: addresses and numbers alone."""
        return Mentions.of((), self.emails, self.phones)

    def are_in(self, text: str) -> bool:
        """Tell whether a text names the person for sure: by a whole name, an address, a number."""
        if not text:
            return False
        plain = f" {folded(text)} "
        if any(f" {folded(one)} " in plain for one in (*self.names, *self.emails)):
            return True
        digits = "".join(letter for letter in text.replace("(0)", "") if letter.isdecimal())
        return any(number in digits for number in self.phones)

    def may_be_in(self, text: str) -> bool:
        """Tell whether any word of the person stands in a text that belongs to the person's own orders."""
        return self.are_in(text) or not self.words.isdisjoint(folded(text).split())

    def cut_from(self, text: str) -> str:
        """Return a text without the person: what is left of it says what it said before of everything else."""
        for pattern in self._whole:
            text = pattern.sub(GONE, text)
        return GONE if self.are_in(text) else text
