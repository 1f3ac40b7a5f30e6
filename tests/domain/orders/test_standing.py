from __future__ import annotations

import pytest

from pos_app.domain.orders.changes import LineState
from pos_app.domain.orders.standing import OrderStanding, standing_of

LIVE, RETURNED, EXCHANGED, VOID, RESERVED, RELEASED = (
    LineState.LIVE,
    LineState.RETURNED,
    LineState.EXCHANGED,
    LineState.VOID,
    LineState.RESERVED,
    LineState.RELEASED,
)

CASES = [
    ([LIVE, LIVE], OrderStanding.PAID),
    ([LIVE, RETURNED], OrderStanding.PART_REFUNDED),
    ([LIVE, EXCHANGED], OrderStanding.EXCHANGED),
    ([LIVE, EXCHANGED, RETURNED], OrderStanding.PART_REFUNDED),
    ([RETURNED, RETURNED], OrderStanding.REFUNDED),
    ([EXCHANGED, RETURNED], OrderStanding.REFUNDED),
    ([VOID, VOID], OrderStanding.VOID),
    ([EXCHANGED, VOID], OrderStanding.VOID),
    ([RESERVED, LIVE], OrderStanding.RESERVED),
    ([RELEASED, LIVE], OrderStanding.PAID),
    ([RELEASED, RELEASED], OrderStanding.RELEASED),
    ([RELEASED, VOID], OrderStanding.VOID),
    ([RELEASED, RETURNED], OrderStanding.REFUNDED),
]


@pytest.mark.parametrize(("states", "standing"), CASES)
def test_what_became_of_the_seats_tells_what_an_order_is(states: list[LineState], standing: OrderStanding) -> None:
    assert standing_of(states) is standing
