from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.errors import InvalidInput
from pos_app.domain.picking.proposals import Wish


@pytest.mark.parametrize(
    "wrong", [{"count": 0}, {"count": 21}, {"count": 1, "companions": 1}, {"count": 1, "wheelchairs": 2}]
)
def test_a_wish_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        Wish(**wrong)


def test_a_wish_counts_its_ordinary_seats() -> None:
    assert Wish(5, wheelchairs=1, companions=2).ordinary == 2
