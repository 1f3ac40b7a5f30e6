"""Text as every search compares it: what the letters of any keyboard can type finds what was written with care.

Both sides are folded alike. A word is what stands between blanks, dashes, apostrophes and other marks; what such marks
part is also one word ("O'Brien" is o, brien and obrien), and so is what a short word begins ("van Damme").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST_WORD: Final = 40
"""Letters of a folded word that are stored and compared."""

MOST_WORDS: Final = 48
"""Words under which one text is found, joined ones too."""


class WordKind(StrEnum):
    """What the words of the database find."""

    GUEST = "guest"
    """An order with a place of a performance, by the customer's name."""
    PERFORMANCE = "performance"
    """A performance, by the title of its event and by its venue."""
    ORDER = "order"
    """An order, by the customer's name, e-mail address and phone number, and by its note."""
    CUSTOMER = "customer"
    """A customer, by name, e-mail address and phone number."""
    CUSTOMER_PHONE = "customer_phone"
    """A customer, by the phone number from its last digit on."""
    CUSTOMER_MARK = "customer_mark"
    """A customer, by a mark as it is compared."""
    PHONE = "phone"
    """An order, by the customer's phone number from its last digit on: what it begins with is written in many ways."""


_SHORT: Final = 3
"""A word of so many letters belongs to the next one, too: van, de, Mc, O, a family name in Chinese."""

_BREAK: Final = "\x1f"
"""Stands for a mark that parts a word, until words are cut."""

_WITHOUT_MARK: Final = {
    **dict.fromkeys("ßẞ", "ss"),
    **dict.fromkeys("æÆ", "ae"),
    **dict.fromkeys("œŒ", "oe"),
    **dict.fromkeys("ðÐ", "d"),
    **dict.fromkeys("þÞ", "th"),
    **dict.fromkeys("əƏ", "e"),
    **dict.fromkeys("ŋŊ", "ng"),
    **dict.fromkeys("ĸ", "k"),
    **dict.fromkeys("ı", "i"),
    **dict.fromkeys("ȷ", "j"),
    **dict.fromkeys("ɛƐ", "e"),
    **dict.fromkeys("ɔƆ", "o"),
    "ґ": "\u0433",
    "\u0649": "\u064a",
    "\u06cc": "\u064a",
    "\u06a9": "\u0643",
    "\u0629": "\u0647",
    "\u05da": "\u05db",
    "\u05dd": "\u05de",
    "\u05df": "\u05e0",
    "\u05e3": "\u05e4",
    "\u05e5": "\u05e6",
}
"""Letters that are typed as others, though Unicode does not take them apart; at the end of Ukrainian, of Arabic and
Persian, and the Hebrew letters that look otherwise at the end of a word."""

_UNSEEN: Final = frozenset(
    "\u034f\u0640\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""What shows nothing, or only makes a word longer, and is in no category of such."""

_NAMED_AFTER: Final = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH ")
"""How Unicode calls letters with a stroke, a hook and the like: ł, ø, đ, ħ, ƙ."""

_KATAKANA: Final = range(0x30A1, 0x30F7)
_TO_HIRAGANA: Final = 0x60
_MODIFIERS: Final = range(0x2B9, 0x300)

_WITHOUT_BLANKS: Final = re.compile(
    "[\u0e01-\u0e30\u0e40-\u0e44\u0e80-\u0eff\u1000-\u1049\u1780-\u17b3\u3041-\u309f\u30fc\u3400-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of the scripts that part no words: each may begin one."""


class _Letters(dict[int, str]):
    """What becomes of each letter; each is thought about once. A picture is a word of its own."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = _plain(letter)
        while (again := "".join(map(_plain, plain))) != plain:
            plain = again
        self[code] = "".join(f" {one} " if unicodedata.category(one) == "So" else one for one in plain)
        return self[code]


def _plain(letter: str) -> str:
    """Return a letter without marks, in lower case; a break or a blank for what is none, nothing for what is unseen."""
    if letter in {_BREAK, " "}:
        return letter
    if letter.isspace():
        return " "
    if letter in _UNSEEN:
        return ""
    if letter in _WITHOUT_MARK:
        return _WITHOUT_MARK[letter]
    if "\uac00" <= letter <= "\ud7a3":
        return letter
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    taken_apart = unicodedata.normalize("NFKD", letter)
    if taken_apart != letter:
        return "".join(map(_plain, taken_apart))
    return _simple(letter)


def _simple(letter: str) -> str:
    category = unicodedata.category(letter)
    if unicodedata.combining(letter) or category in {"Cc", "Cf", "Cs", "Me"}:
        return ""
    if category == "So":
        return letter
    if category[0] in "PSZ" or ord(letter) in _MODIFIERS:
        return _BREAK
    named = _NAMED_AFTER.match(unicodedata.name(letter, ""))
    if named is not None:
        return named.group(1).lower()
    if ord(letter) in _KATAKANA:
        return chr(ord(letter) - _TO_HIRAGANA)
    return letter.casefold()


_LETTERS: Final = _Letters()


def folded(text: str) -> str:
    """Return the words of a text as they are compared, one blank between them. Never raises.

    Of a text that is nothing but marks ("!!!"), the marks themselves: it has no other name.
    """
    return " ".join(_parts(text))


def typed_words(text: str) -> tuple[str, ...]:
    """Return the words that a person typed to look for something."""
    return tuple(part[:LONGEST_WORD] for part in _parts(text))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words under which a text is found by their beginnings; its own come before the joined ones."""
    chains = list(_chains(text, shortest_alone=_SHORT + 1))
    own = [part for chain in chains for part in chain]
    joined = [word for chain in chains for word in _joined(chain)]
    inner = [part[at:] for part in own for at in _beginnings(part)]
    words = dict.fromkeys(word[:LONGEST_WORD] for word in (*own, *joined, *inner))
    return tuple(words)[:MOST_WORDS]


def begin_words(words: Sequence[str], typed: Sequence[str]) -> bool:
    """Tell whether each typed word begins one of the words, by itself or put together with the typed one beside it."""
    ways = (alone_and_joined(typed, at) for at in range(len(typed)))
    return all(any(word.startswith(way) for word in words) for way in ways)


def alone_and_joined(typed: Sequence[str], at: int) -> tuple[str, ...]:
    """Return a typed word, and what it is together with the one before it and the one behind: "o brien" is OBrien."""
    before = (typed[at - 1] + typed[at],) if at else ()
    behind = (typed[at] + typed[at + 1],) if at + 1 < len(typed) else ()
    return tuple(word[:LONGEST_WORD] for word in (typed[at], *before, *behind))


@dataclass(frozen=True, slots=True)
class Searched:
    """A text that is searched in memory, where the letters typed may stand anywhere in a word of it.

    plain: its words. joined: what marks part, put together, each behind a line feed: of these the beginning is typed.
    """

    plain: str
    joined: str

    @classmethod
    def of(cls, *texts: str) -> Searched:
        """Fold texts that are searched together; no word goes from one into the next."""
        plain: list[str] = []
        joined: list[str] = []
        for text in texts:
            marked = _marked(text)
            if _BREAK in marked:
                chains = list(_chains(text))
                plain += [" ".join(chain) for chain in chains]
                joined += [f"\n{word}" for chain in chains for word in _joined(chain)]
            else:
                plain.append(marked)
        return cls("\n".join(plain), "".join(joined))

    def fits(self, typed: Iterable[str]) -> bool:
        """Tell whether all typed words (see typed_words) are found."""
        return all(word in self.plain or f"\n{word}" in self.joined for word in typed)


def _parts(text: str) -> list[str]:
    return [part for chain in _chains(text) for part in chain]


def _marked(text: str) -> str:
    """Return a text with its letters made plain, its words still parted by any number of blanks and breaks."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    plain = plain.translate(_LETTERS)
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)


def _chains(text: str, shortest_alone: int = 0) -> Iterator[list[str]]:
    """Cut a text into words, each cut at its marks; a word shorter than this goes on with the next one."""
    chain: list[str] = []
    empty = True
    for word in _marked(text).split(" "):
        parts = [part for part in word.split(_BREAK) if part]
        chain += parts
        if chain and (not parts or len(parts[-1]) >= shortest_alone):
            yield chain
            chain, empty = [], False
    if chain:
        yield chain
    elif empty:
        marks = "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if _is_mark(letter))
        if marks:
            yield [marks]


def _is_mark(letter: str) -> bool:
    return letter != _BREAK and not letter.isspace() and _LETTERS[ord(letter)] == _BREAK


def _joined(chain: Sequence[str]) -> Iterator[str]:
    """Put together what follows each part of a word, to its end: "smith", "jones", "brown" is two more words."""
    for at in range(len(chain) - 1):
        yield "".join(chain[at:])


def _beginnings(part: str) -> Iterator[int]:
    """Tell where a word may begin inside one of a script without blanks, but for its very beginning."""
    return (found.start() for found in _WITHOUT_BLANKS.finditer(part) if found.start())
