"""Complimentary tickets: given away by the house, for a reason and by somebody who may.

A ticket is given away where its type is kept as complimentary and costs nothing. What costs nothing for another reason
(a promo code that takes all of it off, a companion's place, an evening free for all) is no gift of the seller's: nobody
is asked for a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line

LONGEST_WORDS: Final = 200


class GiftReason(StrEnum):
    """Why tickets are given away, as the takings count it; no personal word is in it."""

    ARTIST = "artist"
    PRESS = "press"
    STAFF = "staff"
    SPONSOR = "sponsor"
    GOODWILL = "goodwill"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Gift:
    """Why the complimentary tickets of a basket are given.

    words: the reason as the person told it; it is kept with the order, and may hold names. approval_id: of the manager
    whose name and PIN were checked; None where the seller may give by themselves.
    """

    reason: GiftReason
    words: str
    approval_id: int | None = None

    def cleaned_words(self) -> str:
        """Return the words as they are stored, in one line. Raises InvalidInput when nothing is left of them."""
        words = clean_line(self.words, LONGEST_WORDS)
        if not words:
            raise InvalidInput(
                say("Complimentary tickets need a reason."), field="reason", advice=say("Choose one, or type it.")
            )
        return words


def is_gift(*, complimentary: bool, price_minor: int) -> bool:
    """Tell whether a ticket is given away. complimentary: its type is kept as such; price_minor: before any code."""
    return complimentary and price_minor == 0
