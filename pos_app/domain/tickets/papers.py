"""What tickets are printed on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, assert_never

from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """One paper. name, short_name: what it is called. on_a_page: so many tickets share a page."""

    name: Sentence
    short_name: Sentence
    on_a_page: int = 1


class Paper(Enum):
    """What tickets are printed on, in the order in which it is offered; the values are the names in the settings."""

    A4 = "a4"
    A4_THREE = "a4-three"
    """Three tickets to an A4 page, with lines to cut at the thirds; the last page may have fewer."""
    ROLL_80 = "roll80"
    """An 80 mm roll of a thermal printer, 72 mm of it printable at 203 dpi; each ticket is a page of its own length."""
    STOCK = "stock"
    """5.5 x 2 inch stock of a thermal ticket printer, landscape, a ticket a page."""

    @property
    def facts(self) -> PaperFacts:
        """What is known of it."""
        match self:
            case Paper.A4:
                return PaperFacts(say("A4, a ticket a page"), say("A4"))
            case Paper.A4_THREE:
                return PaperFacts(say("A4, three to a page"), say("A4, three"), on_a_page=3)
            case Paper.ROLL_80:
                return PaperFacts(say("80 mm roll"), say("80 mm roll"))
            case Paper.STOCK:
                return PaperFacts(say("Ticket stock 5.5 x 2 in"), say("Ticket stock"))
            case _:
                assert_never(self)


PAPERS: Final = tuple(paper.value for paper in Paper)
"""The names of the papers in the settings, in the order in which they are offered."""


def paper_by_name(name: str) -> Paper:
    """Return the paper that is so named in the settings. Raises ValueError for a name that there is not."""
    return Paper(name)
