"""For whom seats are reserved, as a till says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.seats import MapState
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_states
from pos_app.services.seats.reserved_notes import load_reserved_notes
from tests.services.orders.reserving import picked_up, reserved

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_the_map_knows_for_whom_and_until_when(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2)), "Zoë Novák")
    plan = database.read(load_plan, small.plan_id)
    states = database.read(load_states, small.performance_id, plan, None)
    index = plan.index_of(small.seat_id(1, 2))
    assert MapState(int(states.state[index])) is MapState.RESERVED
    note = states.claims[index].reserved
    assert note is not None
    assert (note.order_id, note.number, note.name) == (made.order_id, made.number, "Zoë Novák")
    assert note.until == made.release_at
    assert note.same_day
    picked_up(house, made.order_id)
    assert database.read(load_reserved_notes, small.performance_id, {made.order_id}) == {}
