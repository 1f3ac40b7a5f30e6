"""What tickets are printed on."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Paper(Enum):
    """What tickets are printed on; the values are the names in the settings."""

    A4 = "a4"
    A4_THREE = "a4-three"
    """Three tickets to an A4 page, with lines to cut at the thirds; the last page may have fewer."""
    ROLL_80 = "roll80"
    """An 80 mm roll of a thermal printer, 72 mm of it printable at 203 dpi; each ticket is a page of its own length."""
    STOCK = "stock"
    """5.5 x 2 inch stock of a thermal ticket printer, landscape, a ticket a page."""


PAPERS: Final = tuple(paper.value for paper in Paper)
"""The names of the papers in the settings, in the order in which they are offered."""


def paper_by_name(name: str) -> Paper:
    """Return the paper that is so named in the settings. Raises ValueError for a name that there is not."""
    return Paper(name)
