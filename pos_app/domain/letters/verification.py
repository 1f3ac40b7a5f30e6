"""The six digits that show that an address is the customer's: made, kept as a hash, and judged when they are typed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import PosError
from pos_app.domain.sentences import NOTHING, Sentence, Span, say, say_count, say_in_turn

if TYPE_CHECKING:
    from pos_app.domain.customers.records import CustomerRecord

CODE_DIGITS: Final = 6
CODE_SECONDS: Final = 15 * 60
"""So long a code is good."""
MOST_TRIES: Final = 5
PAUSE_SECONDS: Final = 60
"""So long after a code no other one goes to the same address."""
_ROUNDS: Final = 2**12
_BLOCKS: Final = 8
_LONGEST_TYPED: Final = 64


class CodeVerdict(StrEnum):
    """What came of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"
    """It was typed wrongly too often."""
    OVER = "over"
    """Its time is over."""
    USED = "used"
    """It was used already, and the address is verified."""
    MISSING = "missing"
    """No code that is good was sent to the address that the customer has now."""


class CodeNotSent(PosError):
    """No code goes out now. seconds: after so many one may be asked for again; 0: something else has to be done."""

    def __init__(self, message: Sentence, *, advice: Sentence = NOTHING, seconds: float = 0.0) -> None:
        super().__init__(message, advice=advice)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is on its way. email: where to. seconds_left: so long it is good."""

    customer_id: int
    email: str
    seconds_left: float


@dataclass(frozen=True, slots=True)
class CodeChecked:
    """A try that is counted. customer: as it is now. tries_left: how often the code may still be typed."""

    verdict: CodeVerdict
    customer: CustomerRecord
    tries_left: int = 0

    @property
    def is_verified(self) -> bool:
        """Tell whether the address is the customer's, by this try or one before."""
        return self.verdict in {CodeVerdict.RIGHT, CodeVerdict.USED}

    def told(self) -> Sentence:
        """Return what came of it, and what to do next."""
        return tell_verdict(self.verdict, self.tries_left)


def new_code() -> str:
    """Return a new code: six digits that nobody can foretell."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def typed_code(text: str) -> str:
    """Return the six digits of a line that was typed, in digits of any script, with blanks or dashes; "" for others."""
    digits = [letter for letter in text[:_LONGEST_TYPED] if letter.isalnum()]
    if len(digits) != CODE_DIGITS or not all(letter.isdecimal() for letter in digits):
        return ""
    return "".join(str(int(letter)) for letter in digits)


def hash_code(code: str, salt: bytes | None = None) -> str:
    """Return a code as it is stored: its salt and its hash, which is slow to make, for the codes are few."""
    salt = salt or secrets.token_bytes(16)
    made = hashlib.scrypt(code.encode(), salt=salt, n=_ROUNDS, r=_BLOCKS, p=1, dklen=32)
    return f"{salt.hex()}:{made.hex()}"


def is_code(code: str, stored: str) -> bool:
    """Tell whether this is the code that hash_code stored."""
    salt, colon, _ = stored.partition(":")
    try:
        return bool(colon) and hmac.compare_digest(hash_code(code, bytes.fromhex(salt)), stored)
    except ValueError:
        return False


def tell_verdict(verdict: CodeVerdict, tries_left: int = 0) -> Sentence:
    """Return what came of a code, and what to do next."""
    if verdict is CodeVerdict.WRONG:
        wrong = say("This is not the code.")
        left = say_count("It can be typed once more.", "It can be typed {count} times more.", tries_left)
        return say_in_turn(wrong, left)
    return {
        CodeVerdict.RIGHT: say("The address is verified."),
        CodeVerdict.USED: say("The address is verified already."),
        CodeVerdict.SPENT: say("The code was typed wrongly too often, and is good no more. Send a new one."),
        CodeVerdict.OVER: say(
            "The code was good for {time}, and that is over. Send a new one.", time=Span(CODE_SECONDS)
        ),
        CodeVerdict.MISSING: say("No code that is good was sent to this address. Send one."),
    }[verdict]
